"""Annexes and tables with titles of their own: what stands in them is not of the heading that happens to come before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from junheng.documents.outline.marks import HEAD, Mark

_LONGEST = 40  # characters of a title
_NUMBER = r"(?:[ 　]?(?:\d{1,2}(?!\d|年)|[一二三四五六七八九十]{1,3}))?(?:[-—－]\d{1,2})?"
_ANNEX = re.compile(rf"^[ 　]*(?P<name>附[件表录]{_NUMBER})(?P<after>[ 　:：、.．]*)(?P<title>[^\n。；！？\t]*)$", re.MULTILINE)
_LISTED = re.compile(r"\d{1,2}[.、．]")  # 附件：1.……: the list of the annexes, before the day
_ROWS = re.compile(r"(?:^[^\n]*\t[^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
_UNIT = re.compile(r"[ 　（(]*(?:计量)?单位[:：][^\n]{1,20}$")
_CAPTION = re.compile(r"(?:[附续]?表[ 　]?\d|[^\n]*(?:表|清单|一览|名单|台账|目录|情况)(?:[（(][^\n（）()]{1,20}[)）])?$)")
_SENTENCE = re.compile("[。；！？：:，\t]")


def titled(clean: str) -> list[Mark]:
    """Annexes, each to the end of the text or the next, and captions to the end of their table, in order of place."""
    found = list(_annexes(clean))
    return sorted([*found, *outside(_captions(clean), found)], key=lambda mark: mark.start)


def _annexes(clean: str) -> Iterator[Mark]:
    begins = len(clean) - len(clean.lstrip())
    for match in _ANNEX.finditer(clean):
        name, title, body = re.sub("[ 　]", "", match["name"]), match["title"].strip(" 　"), match.end()
        if match.start() <= begins or len(title) > _LONGEST or (title and not match["after"]):
            continue  # a text that is itself an annex; a sentence about one
        if _LISTED.match(title):
            title, body = "", match.start("title")
        elif not title:
            title, body = _line_as_title(clean, match.end() + 1) or (title, body)
        yield Mark(match.start("name"), body, "annex", "", 0, True, f"{name} {title}".strip(), body)


def _line_as_title(clean: str, start: int) -> tuple[str, int] | None:
    """The line that begins here with its end, where it can be a title."""
    end = clean.find("\n", start)
    end = len(clean) if end < 0 else end
    title = clean[start:end].strip(" 　")
    is_title = 1 < len(title) <= _LONGEST and not _SENTENCE.search(title) and not HEAD.match(title)
    return (title, end) if is_title else None


def _captions(clean: str) -> Iterator[Mark]:
    for rows in _ROWS.finditer(clean):
        start, end = _line_before(clean, rows.start())
        if _UNIT.match(clean, start, end):
            start, end = _line_before(clean, start)
        title = clean[start:end].strip(" 　")
        start = clean.find(title, start)
        if 1 < len(title) <= _LONGEST and _CAPTION.match(title) and not _SENTENCE.search(title) and not HEAD.match(title):
            yield Mark(start, end, "table", "", 0, True, title, end, rows.end())


def _line_before(clean: str, at: int) -> tuple[int, int]:
    end = max(at - 1, 0)
    return clean.rfind("\n", 0, end) + 1, end


def outside(marks: Iterable[Mark], found: Sequence[Mark]) -> Iterator[Mark]:
    """The marks that stand in no title of these."""
    at = 0
    for mark in marks:
        while at < len(found) and found[at].body <= mark.start:
            at += 1
        if at == len(found) or mark.start < found[at].start:
            yield mark
