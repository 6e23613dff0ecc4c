"""The sums of a figure as the page lists them: words for codes, the first rows or all that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.indicators import shown
from junheng.indicators.explain import Explanation
from junheng.indicators.forms.explained import SIDES, cell_word, column_word, document_words, told
from junheng.indicators.models import FindingRow
from junheng.indicators.origin import LINES, may_open
from junheng.kernel.columns import Column
from junheng.people.scope import Access
from junheng.register.tables import TABLES
from junheng.standards import Entry, Limit
from junheng.standards.actions import confirmed
from junheng.standards.confirmed import key
from junheng.standards.models import Confirmation
from junheng.standards.words import printed

FIRST = 20  # rows of a sum that are shown unless all are asked for
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


def sums_of(found: Explanation, wanted: str, opened: Sequence[str]) -> list[Sum]:
    """The sums that say something, with their first rows; all that are kept of the sum numbered `wanted` and of opened tables."""
    sums = told(found.sums)
    firsts = {one["side"]: number for number, one in reversed(list(enumerate(sums)))}
    return [_sum(number, one, _anchor(one["side"]) if firsts[one["side"]] == number else "",
                 str(number) == wanted or one["table"] in opened) for number, one in enumerate(sums)]


def _anchor(side: str) -> str:
    """Where a link to part or whole leads; of a movement, to what is now and what was before."""
    return {"now.part": "part", "before.part": "whole"}.get(side, side if "." not in side else "")


def _sum(number: int, one: dict[str, Any], anchor: str, is_whole: bool) -> Sum:
    rows = one["rows"]
    names = [name for name in _names(rows or ()) if name not in LEFT_OUT]
    columns = TABLES[one["table"]].columns
    heads = [column_word(one["table"], name) for name in names]
    listed = None if rows is None else [
        (row | {"amount": _amount(row["amount"])}, [_cell(columns.get(name), row["columns"].get(name)) for name in names])
        for row in (rows if is_whole else rows[:FIRST])]
    kept = len(rows or ())
    return Sum(number, anchor, SIDES[one["side"]], "" if one["times"] == "1" else one["times"], one["table"], one["zh"],
               TABLES[one["behind"]].zh if one["behind"] else "", one["in_common"], heads, listed, kept + one["left_out"], kept)


def _names(rows: Iterable[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row["columns"]))


def _amount(text: str | None) -> str | None:
    """A number as people read it; what is hidden, or not known, stays so."""
    return shown.count(text) if text and text[0].isdigit() else text


def _cell(column: Column | None, text: str | None) -> str:
    """A cell in words; an empty one stays empty."""
    return text or "" if text is None or column is None else cell_word(column, text)


def documents_of(found: Explanation) -> list[tuple[str, dict[str, Any]]]:
    """Each document in words, with where it stands."""
    return [(document_words(cells), cells) for cells in found.documents]


def law_of(found: Explanation) -> list[tuple[Limit, Entry, str, Confirmation | None]]:
    """The values of the law, each as people read it, and who confirmed it."""
    seen = confirmed({limit.name for limit, _entry in found.law})
    return [(limit, entry, " ".join(printed(entry.value, limit.unit)).strip(), seen.get(key(limit.name, entry)))
            for limit, entry in found.law]


def tables_to_open(found: Explanation, access: Access, row: FindingRow, opened: Sequence[str]) -> list[tuple[str, str]]:
    """The tables of its sums whose personal columns the person may open: name and Chinese word."""
    named = dict.fromkeys(one["table"] for one in found.sums if one["rows"] and one["table"] in LINES)
    return [(name, TABLES[name].zh) for name in named if name not in opened and may_open(access, row, name)]
