"""A text with marks in it and a record for each mark beside it, as plain data. Knows no room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.paper.sheets import Role


@dataclass(frozen=True)
class Mark:
    """A stretch of the text that belongs to a record, or to none (""); `look` is what it is (figure, task, ...), `role` how
    it stands."""

    start: int
    end: int
    record: str
    look: str
    role: Role = Role.plain


@dataclass(frozen=True)
class Record:
    """What is told beside the text: a word for how it stands, a title with its amount, facts on one line, lines of label and
    text."""

    key: str
    title: str
    amount: str = ""
    facts: tuple[str, ...] = ()
    word: str = ""
    role: Role = Role.plain
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Group:
    """Records of one kind; `empty` is said where there is none. What is not `printed` is on the screen alone."""

    key: str
    title: str
    records: tuple[Record, ...]
    empty: str
    remark: str = ""
    printed: bool = True


@dataclass(frozen=True)
class Entry:
    """A heading of the text; `place` is where it begins."""

    text: str
    level: int
    place: int


@dataclass(frozen=True)
class Annotated:
    """A page: the text as it stands with its marks, its outline at the left, the records at the right."""

    title: str
    facts: tuple[str, ...]
    caveat: str
    text: str
    marks: tuple[Mark, ...]
    outline: tuple[Entry, ...]
    groups: tuple[Group, ...]
    legend: tuple[tuple[str, str, Role], ...]  # look, words, role
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A stretch of one line under the same marks, the shortest first; `begins` are the records that are first told of here."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[str, ...]


@dataclass(frozen=True)
class TextLine:
    """A line of the text in pieces; `entries` are the numbers of the headings that begin on it."""

    pieces: tuple[Piece, ...]
    entries: tuple[int, ...]


def lines(page: Annotated) -> Iterator[TextLine]:
    """The text line by line, cut where a mark begins or ends, in one walk over it."""
    marks = sorted((each for each in page.marks if each.end > each.start), key=lambda each: each.start)
    entries = sorted((each.place, number) for number, each in enumerate(page.outline))
    opened: list[Mark] = []
    told: set[str] = set()
    at, next_mark, next_entry = 0, 0, 0
    for line in page.text.splitlines(keepends=True):
        end, pieces, heads = at + len(line), [], []
        while next_entry < len(entries) and entries[next_entry][0] < end:
            heads.append(entries[next_entry][1])
            next_entry += 1
        while at < end:
            begins = []
            while next_mark < len(marks) and marks[next_mark].start <= at:
                begins.append(marks[next_mark])
                next_mark += 1
            opened = [each for each in (*opened, *begins) if each.end > at]
            ahead = marks[next_mark].start if next_mark < len(marks) else end
            stop = min([end, ahead, *(each.end for each in opened)])
            shortest = tuple(sorted(opened, key=lambda each: each.end - each.start))
            new = dict.fromkeys(each.record for each in begins if each.record and each.record not in told)
            told.update(new)
            pieces.append(Piece(page.text[at:stop], shortest, tuple(new)))
            at = stop
        yield TextLine(tuple(pieces), tuple(heads))
