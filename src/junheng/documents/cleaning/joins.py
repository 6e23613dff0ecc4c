"""Paragraphs that were cut into several lines, put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from junheng.documents.cleaning.edits import Edit
from junheng.documents.cleaning.lines import Line

_LONG = 45  # characters: a line this long that ends without a final mark is a paragraph cut in two
_CUT_BY_A_PAGE = 20
_SENTENCE_INSIDE = 20
_NEAR = 6  # cells that a full line may be short of the width of the page
_FEWEST_FULL = 4
_SHARE_FULL = 0.4
_NARROWEST = 30  # cells
_QUOTED = 40  # characters within which the other half of a quote is looked for
_APART = ("|", "#", "【脚注", "【尾注")  # a row of a table, a heading of Markdown, a note of a Word file
_WORDS = re.compile("[A-Za-z]{2}")  # of two words in Latin letters


class Seam(NamedTuple):
    """The border of two lines that follow each other in the clean text."""

    before: Line
    after: Line
    page_between: bool  # a page number stood here


def find_joins(seams: list[Seam]) -> Iterator[Edit]:
    """The borders that are to go; the span is that of the line break after the first line."""
    width = _full_width(seam.before for seam in seams)
    indents_tell = sum(seam.after.indented for seam in seams) * 10 < len(seams) * 9
    for seam in seams:
        why = _why(seam, width, indents_tell)
        if why:
            between = " " if _WORDS.match(seam.before.text[-1] + seam.after.text[0]) else ""
            yield Edit(seam.before.end, seam.after.start, between, "joined_line", why)
            if _reopened(seam):
                start = seam.after.start
                yield Edit(start, start + 1, "", "doubled_quote", "前一行的引号没有关闭，断行处又写了一次")


def _why(seam: Seam, width: int | None, indents_tell: bool) -> str:
    before, after = seam.before, seam.after
    if "\t" in before.text or "\t" in after.text or before.text.startswith(_APART):
        return ""
    if len(before.text) >= _SENTENCE_INSIDE and _quote_goes_on(before.text, after.text):
        return "前一行的引号或书名号到这一行才关闭"
    if before.is_finished:
        return ""
    if after.opens or (after.indented and indents_tell):
        return ""
    if seam.page_between and len(before.text) >= _CUT_BY_A_PAGE and not before.is_heading:
        return "句子被页码截断"
    if width and before.width >= width - _NEAR:
        return "前一行排满一行，没有句末标点"
    if before.is_heading:
        return ""
    if len(before.text) >= _LONG or (len(before.text) >= _SENTENCE_INSIDE and "。" in before.text):
        return "前一行没有句末标点，这一行不是标题"
    return ""


def _full_width(rows: Iterable[Line]) -> int | None:
    """The width that lines of the page have when full, in cells, where the text was broken at a width at all."""
    widths = Counter(row.width for row in rows if row.width >= _NARROWEST)
    if not widths:
        return None
    near = {width: sum(widths[width - short] for short in range(_NEAR + 1)) for width in widths}
    width = max(near, key=lambda each: (near[each], each))
    return width if near[width] >= max(_FEWEST_FULL, _SHARE_FULL * widths.total()) else None


def _quote_goes_on(before: str, after: str) -> bool:
    if before.endswith("。"):
        return False
    return any(before.rfind(opening) > before.rfind(closing) and -1 < after.find(closing, 0, _QUOTED) < _first(after, opening)
               for opening, closing in ("“”", "《》"))


def _first(text: str, sign: str) -> int:
    found = text.find(sign, 0, _QUOTED)
    return found if found >= 0 else _QUOTED


def _reopened(seam: Seam) -> bool:
    """The line goes on with the quote that is open already, and puts the mark again."""
    before, after = seam.before.text, seam.after.text
    return after.startswith("“") and before.rfind("“") > before.rfind("”") and -1 < after.find("”") < _second(after)


def _second(text: str) -> int:
    found = text.find("“", 1)
    return found if found >= 0 else len(text)
