"""Changes to the raw text, each on its own, laid upon it all at once: the clean text and where its characters stood."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """One change: `now` instead of what stands at `start:end` of the raw text. Layout has no `kind`: it is not logged."""

    start: int
    end: int
    now: str
    kind: str = ""
    why: str = ""
    done: bool = True


def apply(raw: str, edits: Iterable[Edit]) -> tuple[str, array[int]]:
    """The text after the edits that are done, and the raw offset of each of its characters and of its end."""
    pieces: list[str] = []
    raw_at = array("L")
    at = 0
    for start, end, now, *_ in sorted(each for each in edits if each.done):
        pieces += raw[at:start], now
        raw_at.extend(range(at, start))
        last = max(start, end - 1)
        raw_at.extend(min(start + step, last) for step in range(len(now)))
        at = end
    pieces.append(raw[at:])
    raw_at.extend(range(at, len(raw) + 1))
    return "".join(pieces), raw_at


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order, without those that begin inside another; the longer of two that begin together wins."""
    kept: list[Edit] = []
    at = -1
    for edit in sorted(edits, key=lambda each: (each.start, -each.end)):
        if edit.start >= at:
            kept.append(edit)
            at = max(edit.end, edit.start + 1)
    return kept
