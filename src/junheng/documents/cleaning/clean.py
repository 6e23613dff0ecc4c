"""Puts the repairs together: what is dropped, what is joined, what is changed inside lines, what is only proposed."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from junheng.documents.cleaning.characters import find_odd_characters
from junheng.documents.cleaning.collisions import find_collisions
from junheng.documents.cleaning.edits import Edit, apart, apply
from junheng.documents.cleaning.furniture import find_furniture
from junheng.documents.cleaning.joins import Seam, find_joins
from junheng.documents.cleaning.lines import Line, lines
from junheng.documents.cleaning.pages import find_page_markers
from junheng.documents.cleaning.parts import find_page_headers, find_titles, make_parts
from junheng.documents.cleaning.truncation import find_truncation
from junheng.documents.shapes import Repair, Text

_BREAK = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def clean(raw: str, *, collisions: bool = True, without: Collection[int] = (), also: Collection[int] = ()) -> Text:
    """The text without the dirt of its way here, one line break between lines and no blanks around them.

    Every character of it stands in the raw text at `raw_at`, or is the `now` of a repair that is done. `repairs` lists all
    repairs in the order of the raw text; their numbers, from 1, depend on `raw` and `collisions` alone, so `without` takes back
    those of these numbers and `also` accepts those that were only proposed. Lines are cut, joined and dropped; no word is made
    up.
    """
    rows = list(lines(raw))
    found, kept = _find(rows)
    if collisions:
        found = sorted([*found, *_collisions(raw, rows, found)])
    chosen = [edit._replace(done=_is_chosen(edit, number, raw, without, also)) for number, edit in enumerate(found, 1)]
    text, raw_at, laid = _lay(raw, rows, _gone(rows, found), list(chosen))
    starts = [bisect_left(raw_at, kept[place].start) for place in find_titles(kept)]
    return Text(raw, text, raw_at, tuple(_logged(raw, found, chosen, laid)), make_parts(text, starts))


def _is_chosen(edit: Edit, number: int, raw: str, without: Collection[int], also: Collection[int]) -> bool:
    if edit.done:
        return number not in without
    return number in also and edit.now != raw[edit.start:edit.end]


def _logged(raw: str, found: list[Edit], chosen: list[Edit], laid: list[Edit]) -> Iterator[Repair]:
    """The edits as they were found, as they were wanted and as they came about."""
    for number, (usual, wanted, (start, end, now, kind, why, done)) in enumerate(zip(found, chosen, laid, strict=True), 1):
        yield Repair(kind, (start, end), raw[start:end], now, why, done, number, decided=wanted.done is not usual.done)


def _find(rows: list[Line]) -> tuple[list[Edit], list[Line]]:
    """All proposals but collisions, in order; and the lines that are left."""
    drops, viewed = find_furniture(rows)
    kept = _left(rows, drops)
    headers = find_page_headers(kept)
    kept = _left(kept, headers)
    numbers = list(find_page_markers(kept, viewed))
    kept = _left(kept, numbers)
    titles = find_titles(kept)
    joins = _confined(find_joins(_seams(kept, titles, [*headers, *numbers])), rows)
    inside = [edit for row in kept for edit in find_odd_characters(row)]
    proposed = [edit for edit in (*inside, *find_truncation(kept, titles)) if not edit.done]
    sure = apart(edit for edit in (*drops, *headers, *numbers, *joins, *inside) if edit.done)
    return sorted([*sure, *proposed]), kept


def _left(rows: list[Line], edits: list[Edit]) -> list[Line]:
    """The lines without those that the edits take away whole, and without what they take off the ends of others."""
    by_row = {edit.start: edit for edit in edits}
    by_end = {edit.end: edit for edit in edits}
    left = []
    for row in rows:
        head, tail = by_row.get(row.start), by_end.get(row.end)
        if head and head.end == row.end:
            continue
        if head:
            row = row._replace(start=head.end, text=row.text[head.end - row.start:])
        if tail:
            row = row._replace(text=row.text[:tail.start - row.end])
        left.append(row)
    return left


def _seams(kept: list[Line], titles: list[int], pages: list[Edit]) -> list[Seam]:
    """The borders of the lines, but those of titles."""
    apart_ = {*titles, *(title - 1 for title in titles)}
    starts = sorted(edit.start for edit in pages)
    return [Seam(before, after, bisect_left(starts, before.end) < bisect_left(starts, after.start))
            for place, (before, after) in enumerate(pairwise(kept)) if place not in apart_]


def _confined(joins: Iterable[Edit], rows: list[Line]) -> Iterator[Edit]:
    """A join takes the break after its first line; other lines that stand between are dropped by edits of their own."""
    starts = [row.start for row in rows]
    for edit in joins:
        yield edit._replace(end=starts[bisect_left(starts, edit.start)]) if edit.kind == "joined_line" else edit


def _gone(rows: list[Line], edits: list[Edit]) -> list[bool]:
    taken = {(edit.start, edit.end) for edit in edits if edit.done and not edit.now}
    return [(row.start, row.end) in taken for row in rows]


def _lay(raw: str, rows: list[Line], meant: list[bool], edits: list[Edit]) -> tuple[str, array[int], list[Edit]]:
    """The clean text. `meant`: the lines that were to go; a join over one that was put back is not done."""
    gone = _gone(rows, edits)
    back = {place for place, (is_gone, was) in enumerate(zip(gone, meant, strict=True)) if was and not is_gone}
    last = max((place for place, is_gone in enumerate(gone) if not is_gone), default=-1)
    joined = {edit.start: number for number, edit in enumerate(edits) if edit.kind == "joined_line" and edit.done}
    layout: list[Edit] = []
    for place, (start, end) in enumerate(_gaps(raw, rows)):
        if start in joined and place:
            if place not in back:
                continue
            edits[joined[start]] = edits[joined[start]]._replace(done=False)
        is_border = 0 < place <= last and not gone[place - 1]
        layout += _border(raw, start, end) if is_border else [Edit(start, end, "")] if end > start else []
    return *apply(raw, [*edits, *layout]), edits


def _gaps(raw: str, rows: list[Line]) -> Iterator[tuple[int, int]]:
    """The blank stretches before, between and after the lines."""
    at = 0
    for row in rows:
        yield at, row.start
        at = row.end
    yield at, len(raw)


def _border(raw: str, start: int, end: int) -> list[Edit]:
    """Of a blank stretch one line break is left."""
    if raw[start:end] == "\n":
        return []
    found = _BREAK.search(raw, start, end)
    assert found
    at = found.end() - 1
    layout = [Edit(start, at, "") if at > start else None, None if raw[at] == "\n" else Edit(at, at + 1, "\n"),
              Edit(at + 1, end, "") if end > at + 1 else None]
    return [edit for edit in layout if edit]


def _collisions(raw: str, rows: list[Line], found: list[Edit]) -> Iterator[Edit]:
    """Proposals on the text as it is without them, for there the words are whole."""
    text, raw_at, _ = _lay(raw, rows, _gone(rows, found), list(found))
    for edit in find_collisions(text):
        at = raw_at[edit.start]
        if raw[at] == text[edit.start]:
            yield edit._replace(start=at, end=at + 1)
