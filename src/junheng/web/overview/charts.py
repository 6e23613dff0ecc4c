"""Charts that say something, each with the same numbers as a table whose cells lead to how they were made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Count, IntegerField, Q, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from junheng.indicators.models import FindingRow
from junheng.indicators.shown import item_word
from junheng.kernel.codes import Stage
from junheng.people.scope import Reach
from junheng.register.models import School
from junheng.web.overview.figures import BANDS, TwoYears

COMPULSORY = (Stage.primary.name, Stage.junior.name)
SEVEN = tuple(f"yz.1.{number}.cv" for number in range(1, 8))
BAND_GROUPS = (("≤40", BANDS[:4]), ("41–45", BANDS[4:5]), ("46–50", BANDS[5:6]), ("51–55", BANDS[6:7]), ("56–65", BANDS[7:9]),
               ("≥66", BANDS[9:]))
LONGEST_NAME = 14


@dataclass(frozen=True)
class Cell:
    """A number under a chart; without text it is unknown."""

    text: str = ""
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """What charts.js draws, and its table: `heads` and rows of a name and cells."""

    title: str
    note: str
    drawn: dict[str, Any]
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]] = field(default_factory=list)


def spreads(findings: TwoYears) -> Chart | None:
    """How near the coefficients of variation are to their limits: of one county by item, of several the highest of each."""
    rows = [row for row in findings.of_items(SEVEN) if row.stage in COMPULSORY]
    names = {row.county_code: row.name for row in rows}
    if not rows:
        return None
    if len(names) == 1:
        groups = {_item_name(item): [row for row in rows if row.item == item] for item in SEVEN}
        title, kind = _("差异系数离标准还有多远"), "shares"
    else:
        groups = {name: [row for row in rows if row.county_code == code] for code, name in names.items()}
        title, kind = _("各县差异系数（七项中最高的一项）"), "bars"
    found = {name: {stage: _highest([row for row in own if row.stage == stage]) for stage in COMPULSORY}
             for name, own in groups.items()}
    drawn = {"kind": kind, "unit": "%", "places": 0, "categories": list(found),
             "series": [{"name": _stage(stage), "values": [_share(each[stage]) for each in found.values()]}
                        for stage in COMPULSORY], "limit": {"value": 100, "name": _("标准值")}}
    return Chart(title, _("占标准值的百分比；超过 100% 即测算未达标"), drawn, [_stage(each) for each in COMPULSORY],
                 [(name, [_cell(each[stage]) for stage in COMPULSORY]) for name, each in found.items()])


def _item_name(item: str) -> str:
    name = item_word(item).partition("：")[0]
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _highest(rows: Sequence[FindingRow]) -> FindingRow | None:
    """The one that is nearest its limit. Where one is unknown nobody knows which that is, and the unknown one is told."""
    unknown = next((row for row in rows if row.value_number is None or not row.limit), None)
    return unknown or max(rows, key=_of_limit, default=None)


def _of_limit(row: FindingRow) -> float:
    return (row.value_number or 0) / float(Fraction(row.limit or 1))


def _share(row: FindingRow | None) -> float | None:
    return None if row is None or row.value_number is None or not row.limit else round(_of_limit(row) * 100, 1)


def _cell(row: FindingRow | None) -> Cell:
    if row is None:
        return Cell()
    text = "" if row.value_number is None else f"{row.value_number:.3f} / {float(Fraction(row.limit or 0)):.2f}"
    return Cell(text, row.get_absolute_url(), _item_name(row.item))


def class_sizes(findings: TwoYears) -> Chart | None:
    """How many classes there are of each size; a county that does not know leaves the sum unknown."""
    rows = [row for row in findings.of_items(BANDS) if row.stage in COMPULSORY]
    if not rows:
        return None
    counts = {(label, stage): _classes(row for row in rows if row.item in items and row.stage == stage)
              for label, items in BAND_GROUPS for stage in COMPULSORY}
    drawn = {"kind": "bars", "unit": "", "places": 0, "categories": [label for label, _items in BAND_GROUPS],
             "series": [{"name": _stage(stage), "values": [counts[label, stage] for label, _items in BAND_GROUPS]}
                        for stage in COMPULSORY]}
    return Chart(_("班额分布"), _("班数；56 人及以上为大班额，66 人及以上为超大班额"), drawn,
                 [_stage(each) for each in COMPULSORY],
                 [(label, [Cell("" if counts[label, stage] is None else f"{counts[label, stage]:,}") for stage in COMPULSORY])
                  for label, _items in BAND_GROUPS])


def _classes(rows: Iterable[FindingRow]) -> int | None:
    parts = [row.part for row in rows]
    return None if not parts or None in parts else sum(int(Fraction(part)) for part in parts if part)


def pupils(reach: Reach) -> Chart | None:
    """The pupils of each stage over the years in force; a school that does not know leaves the sum unknown."""
    sums: dict[str, Any] = {}
    for stage in Stage:
        path = f"stages__{stage.name}__pupils"
        sums[stage.name] = Sum(Cast(KT(path), IntegerField()))
        sums[f"{stage.name}_unknown"] = Count("pk", filter=Q(**{path: None}))
    rows = reach.narrow(School.objects.all()).values("year").annotate(**sums).order_by("year")
    return _over_years({row["year"]: {stage.name: None if row[f"{stage.name}_unknown"] else row[stage.name]
                                      for stage in Stage if row[stage.name] is not None or row[f"{stage.name}_unknown"]}
                        for row in rows})


def pupils_of(rows: Sequence[School]) -> Chart | None:
    """The same of one school, oldest year first."""
    return _over_years({row.year: {stage: told["pupils"] for stage, told in row.stages.items()} for row in rows})


def _over_years(told: Mapping[int, Mapping[str, int | None]]) -> Chart | None:
    stages = [each.name for each in Stage if any(each.name in own for own in told.values())]
    if len(told) < 2 or not stages:
        return None
    drawn = {"kind": "lines", "unit": "", "places": 0, "x": [f"{year}" for year in told],
             "series": [{"name": _stage(stage), "values": [own.get(stage) for own in told.values()]} for stage in stages]}
    return Chart(_("在校学生"), _("各学年 9 月 1 日，人"), drawn, [_stage(each) for each in stages],
                 [(f"{year}", [Cell("" if own.get(stage) is None else f"{own[stage]:,}") for stage in stages])
                  for year, own in told.items()])


def _stage(code: str) -> str:
    return code if get_language() == "en" else Stage[code].zh
