"""What a reading says as rows: each with its place in the raw text and the text that a decision on it is remembered by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from junheng.documents.against import Against
from junheng.documents.forms.page import document_page
from junheng.documents.shapes import Reading
from junheng.paper.annotated import Mark, Record

LOOKS = {"ok": "met", "bad": "not_met", "waiting": "needs_evidence", "unknown": "unknown"}  # of a role of paper, on a page
BY_PLACE = ("figures", "blanks")  # whose title may change with the rules: what is printed there tells them
REPAIRS = "repairs"


def items(reading: Reading, against: Sequence[Against]) -> Iterator[dict[str, Any]]:
    """Every record of the page of the document, in the order of the page."""
    page, raw = document_page(reading, against), reading.source.text
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mark in page.marks:
        spans[mark.record].append((mark.start, mark.end))
    repairs = {f"r{each.number}": each for each in reading.text.repairs}
    for group in page.groups:
        for number, record in enumerate(group.records):
            places = spans[record.key]
            start, end = places[0] if places else (0, 0)
            told: dict[str, Any] = {}
            text = raw[start:end] if group.key in BY_PLACE else record.title
            if group.key == REPAIRS:
                each = repairs[record.key]
                told = {"kind": each.kind, "span": list(each.span), "now": each.now, "done": each.done}
                told["open"] = each.now != each.was  # else only a hint
                text = f"{each.kind}→{each.now}"
            yield _row(group.key, number, record, (start, end), places, text) | {"told": told}


def sentences(reading: Reading) -> Iterator[dict[str, Any]]:
    """Every sentence as it reads clean, with its place in the raw text."""
    for each in reading.outline.sentences:
        start, end = reading.text.raw_span((each.start, each.end))
        yield {"start": start, "end": end, "text": _whole(reading.text.clean[each.start : each.end])}


def _row(kind: str, number: int, record: Record, place: tuple[int, int], places: Any, text: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "number": number,
        "start": place[0],
        "end": place[1],
        "spans": places,
        "text": _whole(text),
        "title": _whole(record.title),
        "amount": _whole(record.amount)[:200],
        "facts": [_whole(each) for each in record.facts],
        "word": record.word,
        "look": LOOKS.get(record.role.value, ""),
        "lines": [[label, _whole(words)] for label, words in record.lines],
    }


def _whole(text: str) -> str:
    """A text that every database holds: no half of a character, no zero."""
    return text.encode("utf-8", "replace").decode().replace("\0", "�")


def marks_within(spans: Sequence[tuple[str, str, Sequence[Sequence[int]]]], start: int, end: int) -> list[Mark]:
    """The places of items inside a stretch of the text, counted from its start: (key, look, spans)."""
    return [
        Mark(max(first, start) - start, min(last, end) - start, key, look)
        for key, look, places in spans
        for first, last in places
        if first < end and last > start
    ]


def windows(text: str, size: int) -> list[tuple[int, int]]:
    """The text cut at ends of lines into stretches of about `size` characters, for pages that stay quick."""
    found, start, at = [], 0, 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        if at - start >= size:
            found.append((start, at))
            start = at
    return [*found, (start, at)] if at > start or not found else found
