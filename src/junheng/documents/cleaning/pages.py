"""Page numbers: lines of their own, in the middle of a line, or put before the first word of each page by a viewer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from junheng.documents.cleaning.edits import Edit
from junheng.documents.cleaning.lines import Line

_ALONE = re.compile(r"[-—–－─·]+\s*(\d{1,4})\s*[-—–－─·]+$|第\s*(\d{1,4})\s*页(?:\s*[/,，、]?\s*共\s*\d{1,4}\s*页)?$"
                    r"|(?:Page|P\.?)\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?$|(\d{1,3})\s*/\s*\d{1,3}$", re.IGNORECASE)
_BARE = re.compile(r"(\d{1,3})$")
_INSIDE = re.compile(r"第\s?\d{1,4}\s?页\s?[/,，、]?\s?共\s?\d{1,4}\s?页")
_LEADING = re.compile(r"(\d{1,3})、\s*")
_LONG = 45  # characters: a line this long is a paragraph, not a title
_PAGE = 200  # characters that a page holds at least
_FIRST_PRINTED = (1, 2, 3)  # a cover and a list of contents bear no number


class _Marker(NamedTuple):
    row: int  # number of the line
    number: int
    end: int
    cut: bool  # the line before it breaks off


def find_page_markers(rows: list[Line], viewed: bool) -> Iterator[Edit]:
    """The page numbers to drop from the lines; `viewed`: the text comes from a page viewer."""
    taken = set()
    for place, row in enumerate(rows):
        if _ALONE.match(row.text):
            taken.add(place)
            yield Edit(row.start, row.end, "", "page_marker", "单独成行的页码")
        elif "页" in row.text:
            yield from (Edit(row.start + each.start(), row.start + each.end(), "", "page_marker", "夹在正文里的页码")
                        for each in _INSIDE.finditer(row.text))
    bare = [_Marker(place, int(found[1]), found.end(), False) for place, row in enumerate(rows)
            if place not in taken and len(row.text) <= 3 and (found := _BARE.match(row.text))]
    run = max((_run(bare, first) for first in _FIRST_PRINTED), key=len)
    if len(run) >= 3 and median(_lengths(rows, run)) >= _PAGE:
        why = f"从{run[0].number}连到{run[-1].number}的页码"
        yield from (Edit(rows[each.row].start, rows[each.row].end, "", "page_marker", why) for each in run)
    yield from _leading(rows, viewed)


def _leading(rows: list[Line], viewed: bool) -> Iterator[Edit]:
    marked = [_Marker(place, int(found[1]), found.end(), bool(place) and _breaks_off(rows[place - 1]))
              for place, row in enumerate(rows) if (found := _LEADING.match(row.text))]
    for run in (_run(marked), _run([each for each in marked if each.cut or each.number == 1])):
        if _are_pages(rows, run, viewed):
            for each in run:
                start = rows[each.row].start
                yield Edit(start, start + each.end, "", "page_marker",
                           f"从1连到{len(run)}的页码，{sum(each.cut for each in run)}处截断了前一页的句子")
            return


def _run(markers: list[_Marker], first: int = 1) -> list[_Marker]:
    """Those that count on from the first in their order."""
    run: list[_Marker] = []
    for each in markers:
        if each.number == len(run) + first:
            run.append(each)
    return run


def _are_pages(rows: list[Line], run: list[_Marker], viewed: bool) -> bool:
    """Pages cut sentences, and are of one size; the points of a list do neither."""
    if len(run) < (2 if viewed else 3) or 2 * sum(each.cut for each in run[1:]) < len(run) - 1:
        return False
    lengths = _lengths(rows, run)
    middle = median(lengths)
    return viewed or 2 * sum(abs(length - middle) <= max(3, middle // 30) for length in lengths) > len(lengths)


def _lengths(rows: list[Line], run: list[_Marker]) -> list[int]:
    """Characters between one marker and the next."""
    return [sum(len(row.text) for row in rows[one.row:next_.row]) for one, next_ in pairwise(run)]


def _breaks_off(row: Line) -> bool:
    return len(row.text) >= _LONG and not row.is_finished
