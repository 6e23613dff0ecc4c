"""Score the reading of figures against the hand-made gold: `python -m benchmarks.gold` prints the shares and a confusion list.

How each share is counted:
- found: a figure of ours matches a gold figure when both are at the same raw offsets. A gold row of several items
  (帮扶一所薄弱高中、一所薄弱初中: "task quota, 2 items") covers our figures of its list, and its value is their sum.
- value and unit: as exact decimals; a masked number must have no value. The gold's 亿(元) is 亿元.
- name: without particles, blanks and quotation marks; right when equal, when one contains the other, or when the shorter
  shares 60 % of its characters with the longer and one of its last two characters (its head) stands in the other.
- role and comparison: `change` in the gold's words, by the table `MEANS`; where the gold says nothing of a comparison, one
  that says no more than the measure itself does (a share, a ratio) is not wrong.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from junheng.documents.cleaning import clean
from junheng.documents.codes import ComparisonKind, Exactness, FigureRole
from junheng.documents.figures import find_figures
from junheng.documents.outline import outline
from junheng.documents.shapes import Blank, Figure

Row = dict[str, str]
Span = tuple[int, int]

Q = FigureRole
K = ComparisonKind


@dataclass(frozen=True)
class Read:
    """What was read of one text, by raw offsets."""

    figures: dict[Span, Figure]
    blanks: dict[Span, Blank]


@dataclass
class Score:
    """Counts of right and asked by subject, and what was wrong, one line each."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def note(self, subject: str, good: bool, line: str) -> None:
        self.asked[subject] += 1
        self.right[subject] += good
        if not good:
            self.wrong.append(f"{subject:10} {line}")

    def share(self, subject: str) -> float:
        return self.right[subject] / self.asked[subject] if self.asked[subject] else 1.0


def gold_rows(data: Path) -> list[Row]:
    with open(data / "texts" / "gold_figures.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_text(path: Path) -> Read:
    text = clean(path.read_bytes().decode("utf-8"))
    figures, blanks = find_figures(text, outline(text))
    return Read({text.raw_span((each.start, each.end)): each for each in figures},
                {text.raw_span((each.start, each.end)): each for each in blanks})


def score(data: Path) -> Score:
    """Read the five texts and compare with the gold."""
    rows, total = gold_rows(data), Score()
    for path in sorted((data / "texts").glob("0*.txt")):
        _score_text(path.name[:3], read_text(path), [row for row in rows if row["text"] == path.name], total)
    return total


def _score_text(text: str, read: Read, rows: list[Row], total: Score) -> None:
    covered: set[Span] = set()
    for row in rows:
        span = (int(row["start"]), int(row["end"]))
        if row["kind"] == "figure":
            items = list(_items(row, span, read))
            covered.update(items)
            total.note("recall", span in read.figures, f"{text} {span} {row['quote']}")
            if span in read.figures:
                _score_figure(f"{text} {span} {row['quote'][:30]}", row, [read.figures[item] for item in items], total)
        elif row["kind"] == "placeholder":
            total.note("blanks", span in read.blanks and span not in read.figures, f"{text} {span} {row['quote']}")
    for span, figure in read.figures.items():
        total.note("precision", span in covered, f"{text} {span} [{figure.printed}{figure.unit}] {figure.quote}")


def _items(row: Row, span: Span, read: Read) -> Iterator[Span]:
    yield span
    if "task quota" in row["change"]:
        many = int(re.findall("[0-9]+", row["indicator"])[0])
        yield from sorted(other for other in read.figures if other[0] > span[0] and other[0] < span[0] + 40)[:many - 1]


def _score_figure(line: str, row: Row, figures: list[Figure], total: Score) -> None:
    figure = figures[0]
    value, unit = _value(row, figures), _unit(row["unit"])
    total.note("value", value, f"{line}: {figure.value} {figure.second or ''} for {row['value']}")
    total.note("unit", figure.unit == unit or (unit == "位" and figure.unit == "名"), f"{line}: {figure.unit} for {row['unit']}")
    total.note("name", same_name(figure.indicator_raw, row["indicator"]),
               f"{line}: {figure.indicator_raw} for {row['indicator']}")
    role, comparisons, exact = MEANS[re.sub(r" ?(?:[0-9]+|vs .*|not a year)$|, .*$", "", row["change"])]
    total.note("role", figure.role is role, f"{line}: {figure.role.zh} for {row['change'] or '实际'}")
    kind = figure.comparison.kind if figure.comparison else None
    total.note("comparison", kind in comparisons, f"{line}: {kind} for {row['change']}")
    if exact is not None:
        total.note("exactness", figure.exactness is exact, f"{line}: {figure.exactness} for {row['change']}")


def _value(row: Row, figures: list[Figure]) -> bool:
    printed = row["value"]
    if "masked" in printed:
        return figures[0].value is None
    if ":" in printed:
        first, _, second = printed.partition(":")
        return (figures[0].value, figures[0].second) == (Decimal(first), Decimal(second))
    if "-" in printed:
        low, _, high = printed.partition("-")
        return (figures[0].value, figures[0].high) == (Decimal(low), Decimal(high))
    return all(each.value is not None for each in figures) and sum(each.value or 0 for each in figures) == Decimal(printed)


def _unit(printed: str) -> str:
    return printed.replace("(元)", "元")


SAYS_NOTHING = (None, K.share, K.ratio)
MEANS: dict[str, tuple[FigureRole, tuple[ComparisonKind | None, ...], Exactness | None]] = {
    "": (Q.actual, SAYS_NOTHING, None),
    ">=": (Q.actual, (K.at_least,), Exactness.over),
    "<=": (Q.actual, (K.at_most,), Exactness.under),
    "rank": (Q.rank, SAYS_NOTHING, None),
    "group": (Q.group, SAYS_NOTHING, None),
    "base": (Q.base, SAYS_NOTHING, None),
    "part-of": (Q.actual, (K.part,), None),
    "approx <": (Q.actual, SAYS_NOTHING, Exactness.under),
    "approx >": (Q.actual, SAYS_NOTHING, Exactness.over),
    "target": (Q.target, SAYS_NOTHING, None),
    "task quota": (Q.target, SAYS_NOTHING, None),
    "target range": (Q.target, (*SAYS_NOTHING, K.at_least), Exactness.range),
    ">= target": (Q.target, (K.at_least,), Exactness.over),
    "rule": (Q.rule, SAYS_NOTHING, None),
    ">= rule": (Q.rule, (K.at_least,), Exactness.over),
    "from": (Q.actual, (K.before,), None),
    "to": (Q.actual, (K.after,), None),
    "to/target": (Q.target, (K.after,), None),
    "masked": (Q.actual, SAYS_NOTHING, Exactness.masked),
    "+": (Q.actual, (K.difference, K.points), None),
    "+%": (Q.actual, (K.growth,), None),
    "+/yr": (Q.actual, (K.yearly_growth,), None),
}


def _tidied(name: str) -> str:
    return re.sub("[的了在等和与“”‘’\"《》、，,（）()\\s]|\\(.*?\\)", "", name).casefold()


def same_name(ours: str, gold: str) -> bool:
    """Whether two names say the same measure; the rule is in the module's docstring."""
    one, other = sorted((_tidied(ours), _tidied(re.sub(r"\(.*\)", "", gold)).removesuffix("数")), key=len)
    if len(one) < 2:
        return False
    if one in other:
        return True
    common = sum((Counter(one) & Counter(other)).values())
    return common >= 0.6 * len(one) and any(sign in other for sign in one[-2:])


def main() -> None:
    """Print the shares, then everything that is wrong."""
    total = score(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["JUNHENG_REFERENCE_DATA"]))
    for subject, asked in total.asked.items():
        print(f"{subject:10} {total.right[subject]:4} of {asked:4}  {total.share(subject):.3f}")
    print(*sorted(total.wrong), sep="\n")


if __name__ == "__main__":
    main()
