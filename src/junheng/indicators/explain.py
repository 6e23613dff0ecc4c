"""The way back from a figure: to part and whole, to the rows, to the file and row each came from, to the paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Protocol

from junheng.engines import Source, columns_used, rows
from junheng.indicators.figures import Figures
from junheng.indicators.measurement import Measurement, in_force
from junheng.indicators.registry import INDICATORS, Indicator
from junheng.indicators.units import Unit, load_units
from junheng.kernel.codes import Privacy, Stage, Verdict
from junheng.kernel.exact import written
from junheng.kernel.faults import JunhengError
from junheng.kernel.findings import Finding
from junheng.kernel.shapes import AtLeast, Attested, Every, Mean, Ratio, Shape, Spread, Sum, Total, Trend
from junheng.kernel.tables import Table
from junheng.register.census import Register
from junheng.standards import Entry, LawBook, Limit, law

LISTED = 1000  # rows of a sum that are shown; a county's pupils are too many to read
ORIGIN = ("origin_file", "origin_sheet", "origin_row")


class Held(Register, Protocol):
    """A snapshot that also knows the files its rows came from."""

    @property
    def files(self) -> list[dict[str, str]]: ...


@dataclass(frozen=True)
class Explanation:
    """A finding with what it was made of: sums down to their rows for a school, the schools or items above it."""

    finding: Finding
    definition: str
    sums: list[dict[str, Any]]
    made_of: list[Finding]
    documents: list[dict[str, Any]]
    law: list[tuple[Limit, Entry]]

    def as_json(self) -> dict[str, object]:
        return {
            "finding": self.finding.as_json(), "definition": self.definition, "sums": self.sums,
            "made_of": [each.as_json() for each in self.made_of], "documents": self.documents,
            "law": [{"name": limit.name, "zh": limit.zh, "value": str(entry.value), "day": entry.day.isoformat(),
                     "paper": entry.paper, "evidence": entry.evidence.name, "jurisdiction": entry.jurisdiction or None}
                    for limit, entry in self.law],
        }


def explain(snapshot: Held, source: Source, book: LawBook, findings: Sequence[Finding], item: str, group: str,
            stage: str | None = None, *, opened: Collection[str] = ()) -> Explanation:
    """One figure, taken apart; personal columns are masked save in the tables `opened`.

    Errors: JunhengError when there is no such item, group or stage, with those there are.
    """
    indicator = known_item(item)
    item = indicator.item
    figures = Figures(snapshot, source, load_units(snapshot, book), book, in_force(indicator.standard, book, (item,)))
    measured = Measurement(snapshot, figures, indicator.standard, (item,))
    found = _one(measured, findings, item, group, stage)
    unit = _unit(measured, indicator, found)
    sums = _sums(snapshot, source, measured, measured.figures.shapes[item][unit], unit, opened) if unit else []
    return Explanation(found, indicator.how, sums, _made_of(measured, findings, found, unit),
                       _documents(snapshot, item, group), _law(measured, indicator, found, unit))


def _unit(measured: Measurement, indicator: Indicator, found: Finding) -> Unit | None:
    """The unit that a finding of the units' own level is of."""
    if indicator.by == "group" or found.level is not indicator.own_level:
        return None
    return next((each for each in measured.units.of(indicator.by, indicator.stages, indicator.among)
                 if (each.groups.get(found.level), each.stage) == (found.group, found.stage)), None)


def known_item(item: str) -> Indicator:
    """The indicator of an item; `1.4` is `yz.1.4`. Errors: `JunhengError` when there is none, with those that are close."""
    item = item if item in INDICATORS else f"yz.{item}"
    if item not in INDICATORS:
        close = [name for name in INDICATORS if name.startswith(item.removeprefix("yz.").split(".")[0])]
        raise JunhengError(f"没有指标 {item.removeprefix('yz.')}；可用：{'、'.join(close or INDICATORS)} -> 改正指标编号")
    return INDICATORS[item]


def _one(measured: Measurement, findings: Sequence[Finding], item: str, group: str, stage: str | None) -> Finding:
    own = [each for each in findings if each.item == item and each.group == group]
    staged = [each for each in own if stage in (None, each.stage)]
    if not own:
        raise JunhengError(f"{item} 没有 {group} 的结果：{_why_not(measured, group)}")
    if len(staged) != 1:
        stages = "、".join(Stage[each.stage].zh if each.stage in Stage.__members__ else each.stage for each in own)
        raise JunhengError(f"{item} 在 {group} 有学段 {stages} -> 用 --stage 指明其一")
    return staged[0]


def _why_not(measured: Measurement, group: str) -> str:
    units = [unit for unit in (*measured.units.stages, *measured.units.schools) if unit.school_id == group]
    if measured.figures.small_points(units):
        return "不足50人的教学点不单独计算资源配置项目（规定 small_point） -> 看其中心校，或用 junheng standards 查看规定"
    if units:
        return "该校不在此项的范围内 -> 各项的范围见说明文档 figures"
    return "没有这个学校或区划代码 -> 用 junheng measure --json 查看代码"


def _sums(snapshot: Held, source: Source, measured: Measurement, shape: Shape, unit: Unit,
          opened: Collection[str]) -> list[dict[str, Any]]:
    return [made for side, total in _sides(shape).items() for weight, asked in Total.of(total).terms if weight
            for made in _sum(snapshot, source, measured, {"side": side, "times": str(weight)}, asked, unit, opened)]


def _sides(shape: Shape) -> dict[str, Sum | Total]:
    if isinstance(shape, Trend):
        return {"now.part": shape.now.part, "now.whole": shape.now.whole,
                "before.part": shape.before.part, "before.whole": shape.before.whole}
    if isinstance(shape, Ratio):
        return {"part": shape.part, "whole": shape.whole}
    if isinstance(shape, Every):
        return {"part": shape.good, "whole": shape.of}
    return {"part": shape} if isinstance(shape, Sum | Total) else {}


def _sum(snapshot: Held, source: Source, measured: Measurement, about: dict[str, Any], asked: Sum,
         unit: Unit, opened: Collection[str]) -> list[dict[str, Any]]:
    """The rows of a sum, then those of the lists it is linked to that speak of the rows it counts."""
    table = asked.table
    found = _rows(source, asked, _group(table, unit), *(name for link in table.links for name in link.on))
    if not measured.figures.amount(asked, unit).rows and not measured.figures.has_handed_in(asked, unit):
        return [{"table": table.name, "zh": table.zh, "rows": None, "left_out": 0, "in_common": False, "behind": None} | about]
    in_common = "stage" not in table.columns and not unit.places
    made = [_listed(snapshot, asked, found, opened) | about | {"in_common": in_common, "behind": None}]
    for link in table.links:
        keys = {tuple(row[name] for name in link.on) for row in found or ()}
        # of a city all training of all teachers would be read, for those of one school
        near = {name: tuple({key[place] for key in keys}) for place, name in enumerate(link.on)}
        behind = _rows(source, link.of, near, *link.on)
        counted = None if behind is None else [row for row in behind if tuple(row[name] for name in link.on) in keys]
        made.append(_listed(snapshot, link.of, counted, opened) | about | {"in_common": False, "behind": table.name})
    return made


def _rows(source: Source, asked: Sum, group: Mapping[str, object], *also: str) -> list[dict[str, Any]] | None:
    """The rows of a sum in a group, with the columns a reader needs and `also` these; None where the table was not handed in."""
    if not all(source.has(name) for name in asked.table.reads):
        return None
    shown = dict.fromkeys((*columns_used(asked), *ORIGIN, *also))
    return rows(source, asked, dict(group), list(shown))


def _listed(snapshot: Held, asked: Sum, found: list[dict[str, Any]] | None, opened: Collection[str]) -> dict[str, Any]:
    is_open = asked.table.name in opened
    listed = None if found is None else [_row(snapshot, asked, row, is_open) for row in sorted(found, key=_place)[:LISTED]]
    return {"table": asked.table.name, "zh": asked.table.zh, "rows": listed, "left_out": max(0, len(found or ()) - LISTED)}


def _group(table: Table, unit: Unit) -> dict[str, object]:
    """The values by which the unit's rows of a table are found."""
    own: dict[str, object] = {"school_id": unit.schools} if "school_id" in table.columns else {"place_code": unit.places}
    return own | ({"stage": unit.counted} if "stage" in table.columns else {})


def _place(row: dict[str, Any]) -> tuple[int, str, int]:
    return (row["origin_file"], row["origin_sheet"] or "", row["origin_row"])


def _row(snapshot: Held, asked: Sum, row: dict[str, Any], is_open: bool) -> dict[str, Any]:
    columns = {name: str(row[name]) if is_open else _shown(asked, name, row[name])
               for name in columns_used(asked) if row[name] is not None}
    hidden = "已隐去" if _sums_what_is_personal(asked) and not is_open else None
    amount = None if row["amount"] is None or not row["counted"] else hidden or written(Fraction(row["amount"]))
    return {"file": snapshot.files[row["origin_file"]]["name"], "sheet": row["origin_sheet"], "row": row["origin_row"],
            "amount": amount, "columns": columns}


def _sums_what_is_personal(asked: Sum) -> bool:
    """Whether an amount is a cell that only few may read, such as somebody's pay. What is summed is never the key."""
    summed = columns_used(Sum(replace(asked.table, keep=None), asked.column))
    columns = (asked.table.columns[name] for name in summed if name in asked.table.columns and name not in asked.table.key)
    return any(column.privacy is Privacy.personal for column in columns)


def _shown(asked: Sum, name: str, value: object) -> str:
    """A cell as text; of a pseudonym only its beginning, of what else is personal nothing."""
    column = asked.table.columns.get(name)  # none for a linked sum
    if column is None or column.privacy is not Privacy.personal:
        return str(value)
    return f"{str(value)[:4]}…" if column.kind == "identity" else "已隐去"


def _made_of(measured: Measurement, findings: Sequence[Finding], found: Finding, unit: Unit | None) -> list[Finding]:
    """The items a figure counts, or the schools under a group: those that drive a spread most, or fall short, first."""
    indicator = INDICATORS[found.item]
    units = [unit] if unit else measured.groups_of(indicator, found.level).get((found.group, found.stage), [])
    if not units and indicator.by != "group":
        return []  # nothing of the snapshot is in it
    shape = measured.shape(indicator, units)
    if isinstance(shape, AtLeast | Mean) and (unit or not indicator.counts):
        return [each for each in findings if each.item in shape.of and (each.group, each.stage) == (found.group, found.stage)]
    if unit or isinstance(shape, Attested):
        return []
    item = shape.of if isinstance(shape, Spread) else found.item
    members = {each.groups[indicator.own_level] for each in units}
    below = [each for each in findings if each.item == item and each.stage == found.stage and each.group in members]
    return sorted(below, key=lambda each: (-(each.share or 0), each.verdict is not Verdict.not_met, each.group))


def _documents(snapshot: Held, item: str, group: str) -> list[dict[str, Any]]:
    if not snapshot.has("evidence"):
        return []
    held = (row for row in snapshot.table("evidence").to_dicts() if (row["item"], row["place_code"]) == (item, group))
    return [_document(snapshot, row) for row in held]


def _document(snapshot: Held, row: dict[str, Any]) -> dict[str, Any]:
    cells = {name: str(value) for name, value in row.items() if value is not None and name not in (*ORIGIN, "file")}
    return cells | {"electronic_file": row["file"], "file": snapshot.files[row["origin_file"]]["name"],
                    "sheet": row["origin_sheet"], "row": row["origin_row"]}


def _law(measured: Measurement, indicator: Indicator, found: Finding, unit: Unit | None) -> list[tuple[Limit, Entry]]:
    """The values of the law that the figure rests on: those its units were measured by, then the limit it is held against."""
    units = [unit] if unit else measured.groups_of(indicator, found.level).get((found.group, found.stage), [])
    used = [(limit, entry) for each in units for limit, entry in zip(
        indicator.asks.values(), measured.figures.entries.get((indicator.item, each), ()), strict=False)]
    limit = measured.figures.limit(indicator, unit) if unit else measured.group_limit(
        indicator, found.level, found.group, found.stage)
    asked = [(indicator.limit, limit), (indicator.enough, None if unit else measured.enough(indicator, found.group))]
    small = measured.decided_by_small_points(indicator, found.level, found.group, found.stage) if not unit else []
    used += [(law["small_point"], measured.book.entry(law["small_point"], each.place, each.facts)) for each in small[:1]]
    return list(dict.fromkeys([*((limit, entry) for limit, entry in asked if limit and entry), *used]))
