"""The sums of a figure as the page lists them: words for codes, the first rows or all that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.indicators.explain import Explanation
from junheng.indicators.models import FindingRow
from junheng.indicators.origin import LINES, may_open
from junheng.kernel.columns import Column
from junheng.people.scope import Access
from junheng.register.tables import TABLES

FIRST = 20  # rows of a sum that are shown unless all are asked for
SIDES = {"part": "分子", "whole": "分母", "now.part": "本期分子", "now.whole": "本期分母", "before.part": "上期分子",
         "before.whole": "上期分母"}
LINKED = {  # counts of a list behind each row
    "titles": "有效骨干称号数", "honours": "当年获表彰次数", "hours": "周期内学时", "rotations": "本学年交流次数",
    "covered": "公办或普惠性民办园数", "public": "公办学校数", "private": "民办学校数", "good": "优质普通高中数",
    "rural": "镇区和乡村学校数", "towns": "城区和镇区学校数", "vocational": "中等职业学校数",
    "kindergartens": "本村幼儿园（班）数",
}
LEFT_OUT = ("year",)  # said by the page's heading


@dataclass(frozen=True)
class Sum:
    """One sum: what it adds, its columns and rows; `rows` is None where the table was not handed in."""

    number: int
    anchor: str
    side: str
    times: str
    table: str
    zh: str
    behind: str
    in_common: bool
    heads: Sequence[str]
    rows: Sequence[tuple[dict[str, Any], list[str]]] | None
    all: int
    kept: int

    @property
    def left(self) -> int:
        return self.all - len(self.rows or ())


def sums_of(found: Explanation, wanted: str) -> list[Sum]:
    """Sums without rows are told only where their side has none with rows: a total of many terms is mostly empty ones."""
    told = [one for one in found.sums
            if one["rows"] != [] or not any(other["rows"] and other["side"] == one["side"] for other in found.sums)]
    firsts = {one["side"]: number for number, one in reversed(list(enumerate(told)))}
    return [_sum(number, one, _anchor(one["side"]) if firsts[one["side"]] == number else "", str(number) == wanted)
            for number, one in enumerate(told)]


def _anchor(side: str) -> str:
    """Where a link to part or whole leads; of a movement, to what is now and what was before."""
    return {"now.part": "part", "before.part": "whole"}.get(side, side if "." not in side else "")


def _sum(number: int, one: dict[str, Any], anchor: str, is_whole: bool) -> Sum:
    rows = one["rows"]
    names = [name for name in _names(rows or ()) if name not in LEFT_OUT]
    columns = TABLES[one["table"]].columns
    heads = [columns[name].zh if name in columns else LINKED.get(name, name) for name in names]
    listed = None if rows is None else [
        (row, [_word(columns.get(name), row["columns"].get(name)) for name in names])
        for row in (rows if is_whole else rows[:FIRST])]
    kept = len(rows or ())
    return Sum(number, anchor, SIDES[one["side"]], "" if one["times"] == "1" else one["times"], one["table"], one["zh"],
               TABLES[one["behind"]].zh if one["behind"] else "", one["in_common"], heads, listed, kept + one["left_out"], kept)


def _names(rows: Iterable[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row["columns"]))


def _word(column: Column | None, text: str | None) -> str:
    """A cell in Chinese words; an empty one stays empty."""
    if text is None or column is None:
        return text or ""
    if column.choices and text in column.choices.__members__:
        return column.choices[text].zh
    return {"True": "是", "False": "否"}.get(text, text) if column.kind == "flag" else text


def documents_of(found: Explanation) -> list[tuple[str, dict[str, Any]]]:
    """Each document in words, with its cells."""
    told = [(name, column) for name, column in TABLES["evidence"].columns.items()
            if name not in ("year", "item", "place_code", "file")]
    return [("，".join(f"{column.zh} {_word(column, cells[name])}" for name, column in told if name in cells), cells)
            for cells in found.documents]


def tables_to_open(found: Explanation, access: Access, row: FindingRow, opened: Sequence[str]) -> list[tuple[str, str]]:
    """The tables of its sums whose personal columns the person may open: name and Chinese word."""
    named = dict.fromkeys(one["table"] for one in found.sums if one["rows"] and one["table"] in LINES)
    return [(name, TABLES[name].zh) for name in named if name not in opened and may_open(access, row, name)]
