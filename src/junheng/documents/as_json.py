"""A reading as the machine-readable answer prints it: spans in the raw text as decoded, exact numbers as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Literal

from junheng.documents.against import Against
from junheng.documents.promises import Promise
from junheng.documents.shapes import (
    Blank,
    Check,
    Comparison,
    Figure,
    Goal,
    Heading,
    Reading,
    Repair,
    Span,
    Suggestion,
    Task,
)

Only = Literal["figures", "checks", "goals", "tasks", "outline", "repairs"]
Json = dict[str, object]


def as_json(reading: Reading, only: Only | None = None, against: Iterable[Against] = ()) -> Json:
    """The whole of a reading, or the document and one list of it; `against` adds what the register says of each figure."""
    held = {id(each.figure): each for each in against}
    lists: Mapping[str, Callable[[], object]] = {
        "outline": lambda: [_heading(reading, each) for each in reading.outline.headings],
        "figures": lambda: [_figure(reading, each, held.get(id(each))) for each in reading.figures],
        "checks": lambda: [_check(reading, each) for each in reading.checks],
        "goals": lambda: [_goal(reading, each) for each in reading.goals],
        "tasks": lambda: [_task(reading, each) for each in reading.tasks],
        "blanks": lambda: [_blank(reading, each) for each in reading.blanks],
        "repairs": lambda: [_repair(each) for each in reading.text.repairs],
        "suggestions": lambda: [_suggestion(reading, each) for each in reading.suggestions]}
    return {"document": _document(reading)} | {name: made() for name, made in lists.items() if only in (None, name)}


def promises_as_json(plan: Reading, report: Reading, found: Sequence[Promise]) -> Json:
    """What became of each promise; spans are in the raw text of the plan and of the report."""
    return {"plan": _document(plan), "report": _document(report), "promises": [_promise(plan, report, each) for each in found]}


def _promise(plan: Reading, report: Reading, each: Promise) -> Json:
    return {"span": _span(plan, *each.span), "text": each.text, "verdict": each.verdict.name, "reason": each.reason,
            "figure": _figure(plan, each.figure, None) if each.figure else None, "answer": each.answer or None,
            "answer_span": _span(report, *each.answer_span) if each.answer_span else None,
            "answer_figure": _figure(report, each.answer_figure, None) if each.answer_figure else None}


def number(value: Decimal | None) -> str | None:
    """An exact number as text, without an exponent."""
    return None if value is None else f"{value:f}"


def digest(text: str) -> str:
    """The SHA-256 of a text as UTF-8: of the raw text it tells whether spans still lie in the same one."""
    return sha256(encoded(text)).hexdigest()


def encoded(text: str) -> bytes:
    """A text as UTF-8; half of a pair of surrogates, which a damaged file may leave, stays what it is."""
    return text.encode("utf-8", "surrogatepass")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _span(reading: Reading, start: int, end: int) -> Span:
    return reading.text.raw_span((start, end))


def _document(reading: Reading) -> Json:
    source = reading.source
    parts = [{"title": each.title, "span": _span(reading, each.start, each.end), "on_topic": each.on_topic, "why": each.why}
             for each in reading.text.parts]
    return {"file": source.name, "format": source.format, "sha256": source.sha256, "text_sha256": digest(source.text),
            "characters": len(source.text), "title": reading.title, "day": _day(reading.day),
            "day_inferred_by": reading.day_inferred_by, "parts": parts, "notes": list(reading.notes)}


def _heading(reading: Reading, each: Heading) -> Json:
    return {"span": _span(reading, each.start, each.end), "number": each.number, "title": each.title, "family": each.family,
            "level": each.level, "tense": each.tense.name if each.tense else None,
            "children": [_heading(reading, child) for child in each.children]}


def _figure(reading: Reading, each: Figure, held: Against | None) -> Json:
    period = {"printed": each.period.printed, "year": each.period.year, "inferred_by": each.period.inferred_by}
    made: Json = {
        "span": _span(reading, each.start, each.end), "quote": each.quote, "printed": each.printed,
        "value": number(each.value), "high": number(each.high), "second": number(each.second),
        "exactness": each.exactness.name, "unit": each.unit, "scale": number(each.scale),
        "indicator_raw": each.indicator_raw, "indicator": each.indicator, "stage": each.stage, "period": period,
        "place": each.place, "role": each.role.name, "comparison": _comparison(each.comparison)}
    return made | ({"against": held.as_json()} if held else {})


def _comparison(each: Comparison | None) -> Json | None:
    return {"kind": each.kind.name, "direction": each.direction, "versus": each.versus} if each else None


def _check(reading: Reading, each: Check) -> Json:
    return {"claim": each.claim, "kind": each.kind, "spans": [_span(reading, *span) for span in each.spans],
            "verdict": each.judgement.name, "recomputed": each.recomputed, "reason": each.reason}


def _goal(reading: Reading, each: Goal) -> Json:
    figure, blank = (_span(reading, one.start, one.end) if one else None for one in (each.figure, each.blank))
    return {"span": _span(reading, each.start, each.end), "text": each.text, "figure": figure, "blank": blank,
            "deadline": each.deadline, "due": _day(each.due), "path": list(each.path)}


def _task(reading: Reading, each: Task) -> Json:
    return {"span": _span(reading, each.start, each.end), "text": each.text, "action": each.action, "object": each.object,
            "body": each.body, "body_source": each.body_source.name, "joint": list(each.joint), "deadline": each.deadline,
            "due": _day(each.due), "measure": each.measure, "path": list(each.path), "vague": each.vague}


def _blank(reading: Reading, each: Blank) -> Json:
    return {"span": _span(reading, each.start, each.end), "quote": each.quote, "printed": each.printed, "unit": each.unit,
            "indicator_raw": each.indicator_raw, "kind": each.kind}


def _repair(each: Repair) -> Json:
    return {"number": each.number, "span": each.span, "kind": each.kind, "was": each.was, "now": each.now, "why": each.why,
            "done": each.done, "decided": each.decided}


def _suggestion(reading: Reading, each: Suggestion) -> Json:
    return {"span": _span(reading, each.start, each.end), "kind": each.kind.name, "words": list(each.words),
            "source": "suggested"}
