"""The findings: a standard's items, and down from an item to counties, towns and schools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.indicators import shown
from junheng.indicators.actions import note_export
from junheng.indicators.filters import Filters, ordered_items
from junheng.indicators.kept import Indexed, kept, years_in_force
from junheng.indicators.models import FindingRow, SavedView
from junheng.indicators.origin import spread_of
from junheng.indicators.registry import INDICATORS
from junheng.indicators.units import STAGE_ORDER
from junheng.indicators.views.items import items_of
from junheng.indicators.views.places import Places, levels_from, places_of, widest
from junheng.indicators.workbook import MOST_ROWS, workbook
from junheng.kernel.codes import Level, Verdict
from junheng.kernel.faults import JunhengError
from junheng.people.doors import Asked, needs
from junheng.people.language import unit_word
from junheng.people.pages import download, paged
from junheng.people.permissions import Action
from junheng.people.scope import Reach
from junheng.standards import law

Key = tuple[str, str, str, str]


@needs(Action.see_findings)
def findings(request: Asked) -> HttpResponse:
    years = years_in_force(request)
    asked, reach = Filters.of(request.GET), request.access.reach(Action.see_findings)
    year = _chosen(years, asked)
    if year is None:
        return render(request, "indicators/findings.html", {"year": None})
    top, places = widest(reach), places_of(year, reach)
    asked = _completed(asked, top)
    page = {"year": year, "years": years, "asked": asked, "top": top, "places": places,
            "views": SavedView.objects.filter(person=request.access.person),
            "levels": [each for each in (Level.city, Level.county, Level.township, Level.school) if each in levels_from(top)],
            "may_export": request.access.may(Action.export_findings)}
    own = _listed(request, asked, page, reach) if asked.is_narrow else items_of(asked, year, reach, top)
    return render(request, "indicators/findings.html", page | own)


def _chosen(years: Sequence[Indexed], asked: Filters) -> Indexed | None:
    """The year asked for, else the latest."""
    return next((each for each in years if f"{each.year}" == asked.year), years[0] if years else None)


def _completed(asked: Filters, top: Level) -> Filters:
    """An item without a level begins at the widest one it is figured at."""
    if asked.item and not (asked.level or asked.q or asked.town or asked.school):
        levels = [each for each in (Level.county, Level.township, Level.school) if each in levels_from(top)]
        level = next((each for each in levels if each in INDICATORS[asked.item].levels), top)
        return asked.but(level=level.name)
    if (asked.town or asked.school) and asked.level not in ("", "township", "school"):
        return asked.but(level="school")  # nothing wider lies in a town
    return asked


def _listed(request: Asked, asked: Filters, about: Mapping[str, Any], reach: Reach) -> dict[str, Any]:
    year, places = about["year"], about["places"]
    page = paged(request, asked.sorted(asked.rows(year.snapshot, reach)).defer("splits"))
    rows = list(page.object_list)
    earlier = next((each for each in about["years"] if each.year < year.year), None)
    before = _of_year(rows, earlier.snapshot, reach) if earlier else {}
    items = {item: asked.but(item=item, q="").href for item in {row.item for row in rows}}
    lines = [_line(row, before.get(_key(row)), asked, places) | {"item_href": items[row.item]} for row in rows]
    has_share = any(row.share_number is not None for row in rows)
    return {"page": page, "rows": lines, "has_share": has_share, "has_item": not asked.item,
            "has_unit": not (asked.item and asked.level), "columns": _columns(asked, has_share=has_share),
            "path": _path(asked, places), "query": asked.query, "towns": places.towns_in(asked.county),
            "level_tabs": _level_tabs(asked, about["levels"]), "stages": STAGE_ORDER, "verdicts": list(Verdict),
            "standards": _standards(), "items": _items(asked.standard),
            "place": rows[0].name if asked.school and rows else
            places.towns.get(asked.town) or places.counties.get(asked.county, ""),
            "cleared": Filters(year=asked.year, item=asked.item, standard=asked.standard, level=asked.level).href}


@kept
def _standards() -> list[tuple[str, str]]:
    """To choose from, with their words."""
    return [(each, shown.standard_word(each)) for each in law.standards]


@kept
def _items(standard: str) -> list[tuple[str, str]]:
    return [(each, f"{each} {shown.item_word(each)}") for each in ordered_items(standard)]


def _level_tabs(asked: Filters, levels: Sequence[Level]) -> list[tuple[str, str, bool]]:
    """The levels there are for what is asked; of several items, all together as well."""
    of = INDICATORS[asked.item].levels if asked.item else tuple(Level)
    tabs = [(each.name, asked.but(level=each.name).href, each.name == asked.level) for each in levels if each in of]
    return tabs if asked.item else [("", asked.but(level="").href, not asked.level), *tabs]


def _of_year(rows: Iterable[FindingRow], snapshot: str, reach: Reach) -> dict[Key, float | None]:
    """The values of the same figures in another year."""
    told, columns = list(rows), ("item", "level", "group", "stage")
    same = {f"{name}__in": {getattr(row, name) for row in told} for name in columns}
    found = reach.narrow(FindingRow.objects.filter(snapshot=snapshot, **same)).values_list(*columns, "value_number")
    return {tuple(key): value for *key, value in found}


def _key(row: FindingRow) -> Key:
    return row.item, row.level, row.group, row.stage


def _line(row: FindingRow, before: float | None, asked: Filters, places: Places) -> dict[str, Any]:
    return {"row": row, "change": _change(row, before), "href": _down(row, asked), "under": _under(row, asked, places)}


def _under(row: FindingRow, asked: Filters, places: Places) -> str:
    """Where a school or town lies, as far as the list does not say it already."""
    county = places.counties.get(row.county_code, "") if not asked.county and len(places.counties) > 1 else ""
    town = places.towns.get(row.township_code, "") if row.level == "school" and not asked.town else ""
    return " ".join(filter(None, (county if row.level != "county" else "", town)))


def _change(row: FindingRow, before: float | None) -> dict[str, str] | None:
    """By how much the figure moved since the year before, and whether towards what is asked."""
    if row.value_number is None or before is None:
        return None
    moved, indicator, places = (row.value_number - before) * shown.times(row), INDICATORS.get(row.item), shown.places(row)
    if not float(f"{moved:.{places}f}"):
        return {"text": "0", "css": ""}
    text = f"{moved:+,.{places}f}".replace("-", "−")
    if indicator is None or row.limit is None:
        return {"text": text, "css": ""}
    is_better = (moved < 0) == shown.wants_less(row, indicator)
    return {"text": text, "css": "better" if is_better else "worse"}


def _down(row: FindingRow, asked: Filters) -> str:
    """One step down from a group to what lies in it; of a school, or where nothing lies below, the figure's own page."""
    indicator, level = INDICATORS.get(row.item), Level[row.level]
    if indicator is None or level is indicator.own_level or indicator.by == "group":
        return row.get_absolute_url()
    into = Filters(year=asked.year, item=row.item, stage=row.stage)
    if level is Level.city or level is Level.province:
        return into.but(level="county").href
    if level is Level.township:
        return into.but(level="school", town=row.group).href
    if spread := spread_of(row.item):
        return into.but(item=spread, level="school", county=row.group, sort="-share").href
    next_level = Level.township if Level.township in indicator.levels else indicator.own_level
    return into.but(level=next_level.name, county=row.group).href


def _columns(asked: Filters, *, has_share: bool) -> list[dict[str, str]]:
    """The heads of the list; those that can be sorted by turn round when they are asked again."""
    heads = [("name", _("单位"), ""), *([] if asked.item else [("item", _("项目"), "")]), ("stage", _("学段"), ""),
             ("value", _value_head(asked), "n"), ("", _("标准"), "n"), ("gap", _("差距"), "n"), ("", _("较上年"), "n"),
             *([("share", _("占差异"), "n")] if has_share else []), ("verdict", _("判断"), "")]
    return [{"key": key, "zh": zh, "css": css, "href": asked.but(sort=_turned(asked.sort, key)).href if key else "",
             "aria": "" if not key or asked.sort.removeprefix("-") != key else
             "descending" if asked.sort.startswith("-") else "ascending"} for key, zh, css in heads]


def _value_head(asked: Filters) -> str:
    """Of one item the unit stands in the head; of several beside each value."""
    unit = shown.unit_at(asked.item, Level[asked.level]) if asked.item and asked.level else ""
    return _("值（%(unit)s）") % {"unit": unit_word(unit)} if unit else _("值")


def _turned(sort: str, key: str) -> str:
    """Numbers begin with the largest, words with the first."""
    first = f"-{key}" if key in ("value", "gap", "share") else key
    return first if sort != first else first.removeprefix("-") if first.startswith("-") else f"-{key}"


def _path(asked: Filters, places: Places) -> list[tuple[str, str]]:
    """The way down to here: standard, item, county, town."""
    item, found = Filters(year=asked.year, item=asked.item), []
    if asked.standard:
        found.append((shown.standard_word(asked.standard), Filters(year=asked.year, standard=asked.standard).href))
    if asked.item:
        found.append((shown.item_word(asked.item), item.href))
    county = asked.county or places.county_of.get(asked.town, "")
    if asked.item and county in places.counties:
        found.append((places.counties[county], item.but(level="township", county=county).href))
    if asked.item and asked.town in places.towns:
        found.append((places.towns[asked.town], item.but(level="school", town=asked.town).href))
    return found


@needs(Action.export_findings)
@require_POST
def export(request: Asked) -> HttpResponse:
    """The same findings as a workbook, of what the person may see and may take along."""
    asked = Filters.of(request.GET)
    year = _chosen(years_in_force(request), asked)
    if year is None:
        raise JunhengError(_("还没有测算结果 -> 先导入数据"))
    rows = asked.rows(year.snapshot, request.access.reach(Action.see_findings))
    rows = request.access.reach(Action.export_findings).narrow(rows)
    many = rows.count()
    if many > MOST_ROWS:
        told = {"many": f"{many:,}", "most": f"{MOST_ROWS:,}"}
        raise JunhengError(_("导出：共 %(many)s 条，一次最多 %(most)s 条 -> 按标准、项目、县区或级别缩小范围后再导出") % told)
    places = places_of(year, request.access.reach(Action.see_findings))
    content = workbook(list(asked.sorted(rows)), year, {**places.counties, **places.towns})
    note_export(request.access, asked, year.snapshot, many)
    return download(content, f"findings-{year.year}.xlsx")
