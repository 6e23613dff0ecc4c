"""Tables in a text: lines of cells parted by tabs or bars. A number in one is told by the heads of its column and its row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from junheng.documents.figures.numbers import MASKS
from junheng.documents.figures.units import Unit, unit_after
from junheng.documents.shapes import Span

_CELL = re.compile(r"[^\t|]+")
_RULE = re.compile(r"[\s|:\-–—]*")  # |---|---|
_NUMBER = re.compile(rf"[-－]?(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?|[{MASKS}]{{1,6}})[ 　]*(?P<unit>[^0-9\s{MASKS}]{{0,4}})")
_UNIT = re.compile(r"[（(](?:单位[：:])?(?P<unit>[^（）()]{1,5})[）)]")
_ALL_IN = re.compile(r"单位[：:]\s*(?P<unit>[^\s，,。；;（）()]{1,4})[）)]?[ 　]*$")
_NO_FIGURES = re.compile("序号|编号|代码|电话|邮编|学号|标识码|文号|日期|时间|年份|年度|学年|备注|联系")
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


def tables(clean: str) -> Iterator[tuple[Cell, ...]]:
    """The numbers of each table of a text, row by row; a block of lines whose first has numbers, too, is no table."""
    if "\t" not in clean and "|" not in clean:
        return
    for lines in _blocks(clean):
        rows = [[_stripped(clean, *cell.span()) for cell in _CELL.finditer(clean, *line)] for line in lines]
        if len(rows) > 1 and not any(_number(clean, *cell) for cell in rows[0]):
            begin = lines[0][0]
            above = clean[max(clean.rfind("\n", 0, max(begin - 1, 0)), begin - 60, 0):begin]
            yield tuple(_cells(clean, rows, _ALL_IN.search(above.rstrip("\n"))))


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


def _cells(clean: str, rows: list[list[Span]], all_in: re.Match[str] | None) -> Iterator[Cell]:
    heads = [clean[slice(*cell)] for cell in rows[0]]
    for number, row in enumerate(rows[1:]):
        texts = [clean[slice(*cell)] for cell in row]
        label = next((text for text in texts if text and not _number(text, 0, len(text))), "")
        for column, (start, end) in enumerate(row[:len(heads)]):
            printed, head = _number(clean, start, end), heads[column]
            if printed is None or _NO_FIGURES.search(head) or len(row) != len(heads):
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
    named = next((said["unit"] for text in (head, label) if (said := _UNIT.search(text))), all_in["unit"] if all_in else "")
    found = unit_after(named, 0, money=True) if named else None
    return replace(found, end=printed.end("number"), more=False) if found else None


def _name(label: str, head: str) -> str:
    """小学 | 在校生（人） is 小学在校生; of a year as head only the other is left."""
    return "".join(_SAID_ELSEWHERE.sub("", _UNIT.sub("", text)).strip() for text in (label, head))[-30:]
