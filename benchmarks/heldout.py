"""Score the reading of figures against texts of other kinds and cities that the rules were not written on.

`tests/unit/documents/heldout/` has five short made-up texts (bulletin, county plan, CPPCC survey, aid report, layout plan) and
`heldout.csv` with their figures, marked by hand before the program was run on them. `python -m benchmarks.heldout` prints the
shares and what is wrong. Counted as in `benchmarks.gold`; besides, a year where the mark names one.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from benchmarks.gold import Read, Row, Score, read_text, same_name
from junheng.documents.shapes import Figure

TEXTS = Path(__file__).parents[1] / "tests" / "unit" / "documents" / "heldout"
SAYS_NOTHING = ("share", "ratio")  # a kind that says no more than the measure itself
FIRST = {"recall": 130, "value": 130, "unit": 128, "name": 111, "role": 94, "comparison": 127, "year": 70, "blanks": 3,
         "precision": 130}  # right on the first run, before any rule was changed for what it showed
FIRST_OF = {"recall": 133, "year": 121, "blanks": 3}  # asked then; else 130


def score_heldout() -> Score:
    """Shares of recall, value, unit, name, role, comparison, year, blanks and precision."""
    total = Score()
    with open(TEXTS / "heldout.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name in dict.fromkeys(row["text"] for row in rows):
        _score_text(name, read_text(TEXTS / f"{name}.txt"), [row for row in rows if row["text"] == name], total)
    return total


def _score_text(text: str, read: Read, rows: list[Row], total: Score) -> None:
    spans = {(int(row["start"]), int(row["end"])): row for row in rows}
    for span, row in spans.items():
        line = f"{text} {span} {row['name']} [{row['printed']}{row['unit']}]"
        if row["kind"] == "blank":
            total.note("blanks", span in read.blanks and span not in read.figures, line)
            continue
        total.note("recall", span in read.figures, line)
        if span in read.figures:
            _score_figure(line, row, read.figures[span], total)
    for span, figure in read.figures.items():
        marked = span in spans and spans[span]["kind"] == "figure"
        total.note("precision", marked, f"{text} {span} [{figure.printed}{figure.unit}] {figure.quote}")


def _score_figure(line: str, row: Row, figure: Figure, total: Score) -> None:
    kind = figure.comparison.kind.name if figure.comparison else ""
    total.note("value", _value(row["value"], figure), f"{line}: {figure.value} {figure.high} {figure.second}")
    total.note("unit", figure.unit == row["unit"], f"{line}: {figure.unit}")
    total.note("name", same_name(figure.indicator_raw, row["name"]), f"{line}: {figure.indicator_raw}")
    total.note("role", figure.role.name == row["role"], f"{line}: {figure.role.name} for {row['role']}")
    good = kind == row["comparison"] or (not row["comparison"] and kind in SAYS_NOTHING)
    total.note("comparison", good, f"{line}: {kind} for {row['comparison']}")
    if row["year"]:
        total.note("year", figure.period.year == int(row["year"]), f"{line}: {figure.period.year} for {row['year']}")


def _value(marked: str, figure: Figure) -> bool:
    for sign, other in ((":", figure.second), ("-", figure.high)):
        first, found, last = marked.partition(sign)
        if found:
            return (figure.value, other) == (Decimal(first), Decimal(last))
    return figure.value == Decimal(marked)


def table(total: Score) -> list[tuple[str, str, str, str]]:
    """What, right of asked now, its share, and the share of the first run."""
    return [(subject, f"{total.right[subject]} of {asked}", f"{total.share(subject):.3f}",
             f"{FIRST[subject] / FIRST_OF.get(subject, 130):.3f}") for subject, asked in total.asked.items()]


def main() -> None:
    """Print the shares, then everything that is wrong."""
    total = score_heldout()
    for row in table(total):
        print(*row, sep="\t")
    print(*sorted(total.wrong), sep="\n")


if __name__ == "__main__":
    main()
