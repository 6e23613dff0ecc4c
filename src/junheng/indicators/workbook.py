"""Findings as a workbook: exact numbers, rounded by their format only; texts are written as texts, so nothing is a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.conf import settings
from django.utils.translation import override

from junheng.indicators import shown
from junheng.indicators.forms.layout import CAVEAT
from junheng.indicators.kept import Indexed
from junheng.indicators.models import FindingRow
from junheng.kernel.codes import Evidence, Level, Stage, Verdict
from junheng.paper.sheets import Cell, Column, Role, Sheet
from junheng.paper.xlsx import workbook_bytes

MOST_ROWS = 5000  # more takes longer than a page may
PLACES = 4
ROLES = {Verdict.met: Role.ok, Verdict.not_met: Role.bad, Verdict.unknown: Role.unknown, Verdict.needs_evidence: Role.waiting}
COLUMNS = tuple(Column((head,), width, "right" if is_number else "left") for head, width, is_number in (
    ("标准", 22, False), ("编号", 10, False), ("项目", 28, False), ("级别", 6, False), ("单位名称", 22, False),
    ("代码", 13, False), ("县区", 10, False), ("乡镇", 12, False), ("学段", 6, False), ("分子", 12, True), ("分母", 12, True),
    ("值", 11, True), ("计量单位", 9, False), ("标准值", 9, True), ("差距", 11, True), ("差距单位", 8, False),
    ("占差异%", 8, True), ("判断", 18, False), ("缺数据处", 8, True), ("依据", 12, False)))


@override(settings.LANGUAGE_CODE)
def workbook(rows: Sequence[FindingRow], year: Indexed, names: Mapping[str, str]) -> bytes:
    """The bytes of the workbook; `names` of counties and towns by code."""
    facts = (f"{year.year}—{year.year + 1}学年，快照 {year.snapshot}，共 {len(rows)} 条",)
    listed = tuple(_row(each, names) for each in rows)
    title = f"{year.city_name}教育指标测算结果"
    sheet = Sheet("测算结果", title, COLUMNS, listed, facts=facts, notes=(CAVEAT,), fixed=5, paper="A3", marking="内部资料")
    return workbook_bytes([sheet])


def _row(row: FindingRow, names: Mapping[str, str]) -> tuple[Cell, ...]:
    verdict = Verdict[row.verdict] if row.verdict else None
    return (
        Cell(shown.standard_word(row.standard)), Cell(row.item), Cell(shown.item_word(row.item)), Cell(Level[row.level].zh),
        Cell(row.name), Cell(row.group), Cell(names.get(row.county_code, row.county_code)),
        Cell(names.get(row.township_code, row.township_code)),
        Cell(Stage[row.stage].zh if row.stage in Stage.__members__ else "总体"),
        _total(row, row.part), _total(row, row.whole), _value(row), Cell(shown.unit_of(row)),
        _number(row.limit, PLACES, shown.times(row)), _number(row.gap, PLACES),
        Cell(row.gap_unit), Cell() if row.share_number is None else Cell(Fraction(row.share_number * 100), places=1),
        Cell(verdict.zh, ROLES[verdict]) if verdict else Cell("本级不作判定", Role.quiet), Cell(Fraction(row.unknown)),
        Cell(Evidence[row.evidence].zh, Role.waiting if row.evidence == Evidence.believed.name else Role.quiet))


def _value(row: FindingRow) -> Cell:
    """With all its digits; what is not known says so, never a zero or a blank."""
    if row.value is None:
        return Cell(shown.shown(row, unit=False), Role.unknown if shown.is_unknown(row) else Role.quiet)
    return _number(row.value, shown.places(row), shown.times(row))


def _number(text: str | None, places: int, times: int = 1) -> Cell:
    return Cell() if text is None else Cell(Fraction(text) * times, places=places)


def _total(row: FindingRow, text: str | None) -> Cell:
    return Cell("未知", Role.unknown) if text is None and row.unknown else _number(text, 2)
