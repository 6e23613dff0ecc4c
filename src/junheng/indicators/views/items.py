"""A standard's items, the first step down: how its counties and schools stand, or the figures of the one there is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from junheng.indicators.filters import Filters, ordered_items
from junheng.indicators.kept import Indexed, kept
from junheng.indicators.models import FindingRow, VerdictRow
from junheng.indicators.registry import INDICATORS
from junheng.indicators.units import STAGE_ORDER
from junheng.kernel.codes import Level, Verdict
from junheng.people.scope import Reach
from junheng.standards import law

VERDICTS = 12
FIRST_STANDARD = next(iter(law.standards))


@dataclass
class Item:
    """An item of a standard: its figures where there is one group; how many groups and schools are judged how."""

    item: str
    rows: list[FindingRow] = field(default_factory=list)
    judged: dict[str, dict[str, int]] = field(default_factory=dict)  # level -> verdict -> how many


@kept
def items_of(asked: Filters, year: Indexed, reach: Reach, top: Level) -> dict[str, Any]:
    """The items of a standard for the page, the verdicts above them, and how much falls short in the other standards."""
    seen = asked.but(standard="").rows(year.snapshot, reach)
    there = set(seen.order_by().values_list("standard", flat=True).distinct())
    standards = [name for name in law.standards if name in there]  # a kindergarten has none of compulsory education
    asked = asked.but(standard=asked.standard or next(iter(standards), FIRST_STANDARD))
    own, level = seen.filter(standard=asked.standard), top.name
    found = {item: Item(item) for item in ordered_items(asked.standard)}
    counted = own.filter(level__in=(level, "school")).exclude(verdict="").values_list("item", "level", "verdict")
    for item, of, verdict, many in counted.annotate(many=Count("pk")).order_by():
        found[item].judged.setdefault(of, {})[verdict] = many
    groups = list(own.filter(level=level).order_by().values_list("group", "name").distinct()[:2])
    if len(groups) == 1:
        for row in sorted(own.filter(level=level), key=lambda each: STAGE_ORDER.index(each.stage)):
            found[row.item].rows.append(row)
    held = set(own.order_by().values_list("item", flat=True).distinct())
    lines = [{"item": each, "href": _down(asked, each), "top": _tally(asked, each, level),
              "school": _tally(asked, each, "school"), "fails": Verdict.not_met.name in each.judged.get(level, {})}
             for each in found.values() if each.item in held]
    short = dict(seen.filter(level=level, verdict=Verdict.not_met.name).order_by().values_list("standard").annotate(
        many=Count("pk")))
    return {"asked": asked, "lines": lines, "only": groups[0][1] if len(groups) == 1 else "",
            "paper": law.standards[asked.standard].paper, "verdict_rows": _verdicts(asked, year, reach),
            "tabs": [(name, asked.but(standard=name).href, short.get(name, 0)) for name in standards],
            "shortfalls": asked.but(level=level, verdict=Verdict.not_met.name).href, "unknowns": asked.but(unknown="1").href}


def _down(asked: Filters, item: Item) -> str:
    """The list of an item; where it is one figure and nothing lies below, the figure."""
    indicator = INDICATORS[item.item]
    if len(item.rows) == 1 and (indicator.by == "group" or indicator.own_level is Level[item.rows[0].level]):
        return item.rows[0].get_absolute_url()
    return asked.but(item=item.item).href


def _verdicts(asked: Filters, year: Indexed, reach: Reach) -> list[VerdictRow]:
    """What the standard says of the counties; of more than a line holds, the first."""
    found = VerdictRow.objects.filter(reach.rows(township="", school=""), snapshot=year.snapshot, standard=asked.standard)
    own = found.filter(county_code=asked.county) if asked.county else found
    return sorted(own.order_by("county_code", "stage")[:VERDICTS],
                  key=lambda each: (each.county_code, STAGE_ORDER.index(each.stage)))


def _tally(asked: Filters, item: Item, level: str) -> list[dict[str, Any]]:
    """How many of a level are judged how, each with the list of them."""
    counts = item.judged.get(level, {})
    return [{"verdict": each.name, "many": counts[each.name],
             "href": asked.but(item=item.item, level=level, verdict=each.name).href}
            for each in (Verdict.not_met, Verdict.unknown, Verdict.needs_evidence, Verdict.met) if counts.get(each.name)]
