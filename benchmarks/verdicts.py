"""Score the verdicts on claims against the hand-made gold.

A claim of the gold and a check of ours belong together when a span of the check overlaps the claim's, in the raw text; the claim
is right when one of them has the wanted verdict. A false alarm is a `contradicts` that overlaps no claim the gold calls false.
"""

from __future__ import annotations

from pathlib import Path

from gold import Score, Span, gold_rows

from junheng.documents.codes import Judgement
from junheng.documents.opening import open_document
from junheng.documents.reading import read
from junheng.documents.shapes import Check, Reading

J = Judgement
MEANS = {  # the gold's words
    "yes": J.holds, "yes (bound)": J.holds, "resolves": J.holds, "yes/resolves": J.holds, "plausible": J.holds,
    "yes (0 decimals)": J.holds_within_rounding, "yes iff 4 steps": J.holds_if, "NO": J.contradicts,
    "implied": J.implied, "flag": J.flagged, "implausible?": J.flagged, "uncheckable": J.cannot_check}


def score_verdicts(data: Path) -> Score:
    """Verdicts on the claims of the five texts, and false alarms."""
    rows, total = [row for row in gold_rows(data) if row["holds"]], Score()
    for path in sorted((data / "texts").glob("0*.txt")):
        reading = read(open_document(path))
        raw = [(check, [reading.text.raw_span(span) for span in check.spans]) for check in reading.checks]
        own = [row for row in rows if row["text"] == path.name]
        false = [_span(row) for row in own if MEANS[row["holds"]] is J.contradicts]
        for row in own:
            _score(path.name[:3], row, raw, total)
        _alarms(reading, raw, false, total)
    return total


def _score(text: str, row: dict[str, str], raw: list[tuple[Check, list[Span]]], total: Score) -> None:
    wanted = MEANS[row["holds"]]
    found = [check.judgement for check, spans in raw if any(_overlap(_span(row), span) for span in spans)]
    told = "、".join(dict.fromkeys(each.name for each in found)) or "nothing"
    total.note("verdicts", wanted in found, f"{text} {row['claim_check'][:50]}: {told} for {wanted.name}")


def _alarms(reading: Reading, raw: list[tuple[Check, list[Span]]], false: list[Span], total: Score) -> None:
    for check, spans in raw:
        if check.judgement is J.contradicts:
            right = any(_overlap(one, span) for one in false for span in spans)
            total.note("no false alarm", right, f"{reading.source.name[:3]} {check.claim}: {check.reason}")


def _span(row: dict[str, str]) -> Span:
    return int(row["start"]), int(row["end"])


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
