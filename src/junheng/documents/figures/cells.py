"""Tables in a text: lines of cells parted by tabs or bars. A number in one is told by the heads of its column and its row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from junheng.documents.figures.units import Unit, unit_after
from junheng.documents.masks import MASKS
from junheng.documents.shapes import Span

_RULE = re.compile(r"[\s|:\-–—]*")  # |---|---|
_NUMBER = re.compile(rf"[-－]?(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?|[{MASKS}]{{1,6}})[ 　]*(?P<unit>[^0-9\s{MASKS}]{{0,4}})")
_UNIT = re.compile(r"[（(](?:单位[：:])?(?P<unit>[^（）()]{1,5})[）)]")
_BARE_UNIT = re.compile("(?<=.)(?P<unit>[千万亿]元|万?平方米|亩)$")  # 总投资万元
_ALL_IN = re.compile(r"单位[：:]\s*(?P<unit>[^\s，,。；;（）()]{1,4})[）)]?[ 　]*$")
_NO_FIGURES = re.compile("序号|编号|代码|电话|邮编|学号|标识码|文号|日期|时间|时限|期限|节点|年份|年度|^月份$|学年|备注|说明"
                         "|联系")
_FIRST_HEAD = re.compile("(?:序号|指标|项目|学校|单位|名称|类[别型]|学段|年[份度]|县区|[地区]域?|科目)(?:名称)?(?:[（(].*)?$")
_ROW_NUMBERS = re.compile("序号|编号|序$")
_YEAR = re.compile("(?P<year>(?:19|20)[0-9]{2})年?(?:度|底|末)?")
# the year and the role of a column are told apart from its name
_SAID_ELSEWHERE = re.compile("(?:19|20)[0-9]{2}年(?:度|底|末)?|(?:目标|计划|任务|完成|实际|现状)(?:值|数|情况)?$")
_YEAR_SAID = re.compile("(?:19|20)[0-9]{2}年")
TOTAL = re.compile("合计|总计|共计|全[市县区]|小计")


@dataclass(frozen=True)
class Cell:
    """A number in a table: what its heads call it, its unit, the year that a head names."""

    start: int
    end: int
    name: str
    unit: Unit | None
    year: int | None
    row: int
    column: int
    label: str  # of its row
    head: str   # of its column


@dataclass(frozen=True)
class Grid:
    """A table of a text: the heads of its columns, and of each row below the places of its cells; an empty one has no length."""

    head: Span
    heads: tuple[str, ...]
    rows: tuple[tuple[Span, ...], ...]


def grids(clean: str) -> Iterator[Grid]:
    """The tables of a text; a block of lines whose first has numbers, too, is none. Rows that may lack a cell within are left
    out, for nobody can tell which it is."""
    if "\t" not in clean and "|" not in clean:
        return
    for lines in _blocks(clean):
        rows = [_row(clean, *line) for line in lines]
        borders = [0, *(at for at in range(1, len(rows)) if _begins(clean, rows[at])), len(rows)]
        for first, last in pairwise(borders):
            if last - first > 1 and not _has_numbers(clean, rows[first]):
                heads = tuple(clean[slice(*cell)] for cell in rows[first])
                yield Grid(lines[first], heads, tuple(row for row in rows[first + 1:last] if _fits(clean, row, heads)))


def _begins(clean: str, row: tuple[Span, ...]) -> bool:
    """The heads of another table right under the one before."""
    return _FIRST_HEAD.match(clean, *row[0]) is not None and not _has_numbers(clean, row)


def _has_numbers(clean: str, row: tuple[Span, ...]) -> bool:
    return any(_number(clean, *cell) for cell in row)


def _row(clean: str, start: int, end: int) -> tuple[Span, ...]:
    sign = "\t" if clean.find("\t", start, end) >= 0 else "|"
    if sign == "|":
        start, end = _stripped(clean, start, end)
        start, end = start + (clean[start] == "|"), end - (clean[end - 1] == "|")
    cells, at = [], start
    while at <= end:
        stop = clean.find(sign, at, end)
        stop = end if stop < 0 else stop
        cells.append(_stripped(clean, at, stop))
        at = stop + 1
    return tuple(cells)


def _fits(clean: str, row: tuple[Span, ...], heads: tuple[str, ...]) -> bool:
    """It has a cell for each head, or lacks only remarks at its end."""
    if len(row) > len(heads) or not all(_NO_FIGURES.search(head) for head in heads[len(row):]):
        return False
    numbered = _ROW_NUMBERS.search(heads[0]) is None or clean[slice(*row[0])].strip(".、 ").isdigit() or row[0][0] == row[0][1]
    return len(row) == len(heads) or numbered


def tables(clean: str) -> Iterator[tuple[Cell, ...]]:
    """The numbers of each table of a text, row by row."""
    for grid in grids(clean):
        start = grid.head[0]
        above = clean[max(clean.rfind("\n", 0, max(start - 1, 0)), start - 60, 0):start]
        yield tuple(_cells(clean, grid, _ALL_IN.search(above.rstrip("\n"))))


def _blocks(clean: str) -> Iterator[list[Span]]:
    """Lines of cells, one after the other, without those that only rule the table."""
    block: list[Span] = []
    start = 0
    while start <= len(clean):
        stop = clean.find("\n", start)
        stop = len(clean) if stop < 0 else stop
        if clean.find("\t", start, stop) >= 0 or clean.count("|", start, stop) > 1:
            block += [] if _RULE.fullmatch(clean, start, stop) else [(start, stop)]
        elif block:
            yield block
            block = []
        start = stop + 1
    if block:
        yield block


def _stripped(clean: str, start: int, end: int) -> Span:
    while start < end and clean[start].isspace():
        start += 1
    while end > start and clean[end - 1].isspace():
        end -= 1
    return start, end


def _cells(clean: str, grid: Grid, all_in: re.Match[str] | None) -> Iterator[Cell]:
    for number, row in enumerate(grid.rows):
        texts = [clean[slice(*cell)] for cell in row]
        label = next((text for text in texts if text and not _number(text, 0, len(text))), "")
        for column, ((start, end), head) in enumerate(zip(row, grid.heads, strict=False)):
            printed = _number(clean, start, end)
            if printed is None or _NO_FIGURES.search(head):
                continue
            unit = _unit(printed, head, label, all_in)
            year = next((int(found["year"]) for text in (head, label) if (found := _YEAR.match(text))), None)
            start, end = printed.span("number")
            yield Cell(start, end, _name(label, head), unit, year, number, column, label, head)


def _number(text: str, start: int, end: int) -> re.Match[str] | None:
    """A number with or without its unit; 2023年 is a head."""
    return None if _YEAR_SAID.match(text, start, end) else _NUMBER.fullmatch(text, start, end)


def _unit(printed: re.Match[str], head: str, label: str, all_in: re.Match[str] | None) -> Unit | None:
    """The unit of the cell itself, of its column, of its row, else of the whole table; it ends where the number does."""
    own = unit_after(printed.string, printed.end("number"), money=True) if printed["unit"] else None
    if own is not None:
        return own
    named = next((said["unit"] for text in (head, label) if (said := _UNIT.search(text) or _BARE_UNIT.search(text))),
                 all_in["unit"] if all_in else "")
    found = unit_after(named, 0, money=True) if named else None
    return replace(found, end=printed.end("number"), more=False) if found else None


def _name(label: str, head: str) -> str:
    """小学 | 在校生（人） is 小学在校生; of a year as head only the other is left."""
    return "".join(_SAID_ELSEWHERE.sub("", _BARE_UNIT.sub("", _UNIT.sub("", text))).strip() for text in (label, head))[-30:]
