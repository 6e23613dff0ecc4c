"""Score figures, claims and tasks against texts marked by hand before the program was run on them.

`tests/unit/documents/heldout/second/` and `third/` have made-up texts of further kinds, each with its `.marks`: lines of
`quote | value | ..` whose quote stands once in the text, the number in 【】; `~` before a line or in a field: not judged.
`python -m benchmarks.marked` prints the shares and what is wrong. How each is counted:
- found: the number of the mark and a figure of ours overlap; value and unit as exact numbers, shares in per cent (九成五 = 95 %).
- name, role, comparison, year: as in `benchmarks.heldout`.
- claim: a check that overlaps it has the wanted verdict; `holds` is right whether or not rounding was needed.
- alarm: a `contradicts` or `flagged` of ours overlaps a claim that is marked so.
- task: one of ours that is not vague covers half of the shorter of both; its body is that in print, its due day that of the mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.gold import Score, Span, same_name
from junheng.documents.codes import BodySource, Judgement
from junheng.documents.opening import open_document
from junheng.documents.reading import read
from junheng.documents.shapes import Figure, Reading

TEXTS = Path(__file__).parents[1] / "tests" / "unit" / "documents" / "heldout" / "second"
SHARES = {"成": Decimal(10), "%": Decimal(1), "‰": Decimal("0.1")}
SAYS_NOTHING = ("share", "ratio")
ALARMS = (Judgement.contradicts, Judgement.flagged)
HOLDS = ("holds", "holds_within_rounding")
UNJUDGED = "~"
FIRST = {"recall": (261, 263), "value": (260, 261), "unit": (258, 261), "name": (238, 261), "role": (190, 257),
         "comparison": (234, 243), "year": (128, 212), "blanks": (2, 2), "precision": (261, 261), "verdicts": (26, 54),
         "alarms": (2, 2), "task recall": (22, 31), "task precision": (21, 28), "task body": (17, 22),
         "task due": (9, 12)}  # right and asked on the first run, before any rule was changed for what it showed
THIRD = TEXTS.with_name("third")  # marked when the rules had been mended for what the second had shown
FIRST_OF_THIRD = {"recall": (105, 106), "value": (105, 105), "unit": (105, 105), "name": (90, 104), "role": (95, 101),
                  "comparison": (97, 99), "year": (84, 86), "precision": (109, 109), "verdicts": (15, 22), "alarms": (1, 1),
                  "task recall": (12, 17), "task precision": (15, 18), "task body": (12, 12), "task due": (4, 6)}


@dataclass(frozen=True)
class Mark:
    """One marked place of the raw text; `span` is what stands in 【】, else the whole quote; `asked`: it is judged."""

    kind: str  # figures, claims, tasks
    span: Span
    line: str
    fields: tuple[str, ...]
    asked: bool


def marks(path: Path) -> Iterator[Mark]:
    """The marks beside a text."""
    raw, kind = path.read_text(encoding="utf-8"), ""
    for line in path.with_suffix(".marks").read_text(encoding="utf-8").splitlines():
        if line in ("figures", "claims", "tasks"):
            kind = line
            continue
        quote, *fields = (field.strip() for field in line.split("|"))
        yield Mark(kind, _place(raw, quote.removeprefix(UNJUDGED)), line, tuple(fields), not quote.startswith(UNJUDGED))


def _place(raw: str, quote: str) -> Span:
    bare = quote.replace("【", "").replace("】", "")
    if raw.count(bare) != 1:
        raise ValueError(f"{quote}: stands {raw.count(bare)} times")
    at = raw.index(bare)
    if "【" not in quote:
        return at, at + len(bare)
    return at + quote.index("【"), at + quote.index("】") - 1


def score_marked(texts: Path = TEXTS) -> Score:
    """Shares over all the texts of a folder."""
    total = Score()
    for path in sorted(texts.glob("*.txt")):
        reading, own = read(open_document(path)), list(marks(path))
        for kind, scored in (("figures", _figures), ("claims", _claims), ("tasks", _tasks)):
            scored(path.stem, reading, [mark for mark in own if mark.kind == kind], total)
    return total


def table(total: Score, first: dict[str, tuple[int, int]]) -> list[tuple[str, str, str, str]]:
    """What, right of asked now, its share, and the share of the first run."""
    return [(subject, f"{total.right[subject]} of {total.asked[subject]}", f"{total.share(subject):.3f}", f"{right / asked:.3f}")
            for subject, (right, asked) in first.items()]


def _figures(text: str, reading: Reading, own: list[Mark], total: Score) -> None:
    found = {reading.text.raw_span((each.start, each.end)): each for each in reading.figures}
    blanks = [reading.text.raw_span((each.start, each.end)) for each in reading.blanks]
    for mark in own:
        line = f"{text}: {mark.line}"
        figure = next((figure for span, figure in found.items() if _overlap(span, mark.span)), None)
        if mark.asked and mark.fields[0] == "?":
            hidden = any(_overlap(span, mark.span) for span in blanks) and (figure is None or figure.value is None)
            total.note("blanks", hidden, line)
        elif mark.asked:
            total.note("recall", figure is not None, line)
            if figure is not None:
                _figure(line, mark.fields, figure, total)
    for span, figure in found.items():
        marked = any(_overlap(span, mark.span) for mark in own)
        total.note("precision", marked, f"{text} {span} [{figure.printed}] {figure.quote}")


def _figure(line: str, fields: tuple[str, ...], figure: Figure, total: Score) -> None:
    value, unit, name, role, comparison, year = fields
    kind = figure.comparison.kind.name if figure.comparison else ""
    total.note("value", _same_value(value, unit, figure), f"{line}: {figure.value} {figure.high} {figure.second}")
    total.note("unit", figure.unit == unit or {figure.unit, unit} <= set(SHARES), f"{line}: {figure.unit}")
    if name != UNJUDGED:
        total.note("name", same_name(figure.indicator_raw, name), f"{line}: {figure.indicator_raw}")
    if role != UNJUDGED:
        total.note("role", figure.role.name == role, f"{line}: {figure.role.name}")
    if comparison != UNJUDGED:
        good = kind == comparison or (not comparison and kind in SAYS_NOTHING)
        total.note("comparison", good, f"{line}: {kind}")
    if year:
        total.note("year", figure.period.year == int(year), f"{line}: {figure.period.year}")


def _same_value(marked: str, unit: str, figure: Figure) -> bool:
    for sign, other in ((":", figure.second), ("-", figure.high)):
        first, found, last = marked.partition(sign)
        if found:
            return (figure.value, other) == (Decimal(first), Decimal(last))
    per = SHARES.get(unit, Decimal(1)), SHARES.get(figure.unit, Decimal(1))
    return figure.value is not None and figure.value * per[1] == Decimal(marked) * per[0]


def _claims(text: str, reading: Reading, own: list[Mark], total: Score) -> None:
    checks = [(check, [reading.text.raw_span(span) for span in check.spans]) for check in reading.checks]
    for mark in own:
        told = [check.judgement.name for check, spans in checks if any(_overlap(span, mark.span) for span in spans)]
        wanted = HOLDS if mark.fields[0] == "holds" else mark.fields
        total.note("verdicts", any(one in wanted for one in told), f"{text}: {mark.line}: {'、'.join(told) or 'nothing'}")
    alarms = [mark.span for mark in own if mark.fields[0] in [one.name for one in ALARMS]]
    for check, spans in checks:
        if check.judgement in ALARMS:
            right = any(_overlap(one, span) for one in alarms for span in spans)
            total.note("alarms", right, f"{text}: {check.judgement.name} {check.claim}: {check.reason}")


def _tasks(text: str, reading: Reading, own: list[Mark], total: Score) -> None:
    found = [(reading.text.raw_span((task.start, task.end)), task) for task in reading.tasks if not task.vague]
    for mark in own:
        if not mark.asked:
            continue
        body, due = mark.fields
        task = next((task for span, task in found if _covers(span, mark.span)), None)
        total.note("task recall", task is not None, f"{text}: {mark.line}")
        if task is None:
            continue
        named = task.body if task.body_source is BodySource.explicit else ""
        total.note("task body", named == body, f"{text}: {mark.line}: {named}")
        if due != UNJUDGED:
            total.note("task due", str(task.due or "") == due, f"{text}: {mark.line}: {task.due}")
    for span, task in found:
        total.note("task precision", any(_covers(span, mark.span) for mark in own), f"{text}: {task.text}")


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _covers(one: Span, other: Span) -> bool:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common > 0 and 2 * common >= min(one[1] - one[0], other[1] - other[0])


def main() -> None:
    """Print the shares of both folders, then everything that is wrong in each."""
    for texts, first in ((TEXTS, FIRST), (THIRD, FIRST_OF_THIRD)):
        total = score_marked(texts)
        for row in table(total, first):
            print(*row, sep="\t")
        print(*sorted(total.wrong), sep="\n")


if __name__ == "__main__":
    main()
