"""Reading documents: right how often on the hand-made gold, and how fast from 10 kB to 5 MB.

Run: `JUNHENG_REFERENCE_DATA=... python benchmarks/documents.py [rounds]`. Prints a confusion list; writes its tables into
benchmarks/RESULTS.md. The longer texts are the five of the gold, one after the other, as often as it takes.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
from gold import Score, score
from heldout import score_heldout, table
from marked import FIRST, FIRST_OF_THIRD, TEXTS, THIRD, score_marked
from marked import table as marked_table
from results import write_section
from verdicts import score_verdicts

from junheng.documents.opening import open_document
from junheng.documents.promises import promises
from junheng.documents.reading import read
from junheng.documents.shapes import Raw

SIZES = {"10 kB": 10_000, "100 kB": 100_000, "1 MB": 1_000_000, "5 MB": 5_000_000}  # bytes of UTF-8
GOALS = {"recall": 0.99, "precision": 0.97, "value": 0.99, "unit": 0.99, "name": 0.85, "role": 0.9, "comparison": 0.9,
         "blanks": 1.0, "verdicts": 0.85, "no false alarm": 1.0}
COMMAND = "python benchmarks/documents.py"
MOST_OF_LONGER = 3  # rounds of a text longer than the five: minutes each


def scores(data: Path) -> None:
    """How often each part of a figure and each verdict is right, and every one that is not."""
    rows, wrong = [], []
    for total in (score(data), score_verdicts(data)):
        rows += [_row(total, subject) for subject in total.asked]
        wrong += total.wrong
    print(*sorted(wrong), sep="\n", end="\n\n")
    write_section("Documents against the gold", COMMAND, ("what", "right", "of", "share", "goal"), rows,
                  "181 figures, 50 masked numbers and 66 claims of five speeches and reports, marked by hand. How each is "
                  "counted stands in benchmarks/gold.py and benchmarks/verdicts.py.")


def heldout() -> None:
    """The same on made-up texts of other kinds and cities, marked before the program was run on them."""
    total = score_heldout()
    print(*sorted(total.wrong), sep="\n", end="\n\n")
    write_section("Documents held out", COMMAND, ("what", "right", "share", "share of the first run"), table(total),
                  "133 figures and 3 masked numbers of five short made-up texts (bulletin, county plan, CPPCC survey, aid "
                  "report, layout plan). The first run was the blind one; afterwards rules of grammar were mended with these "
                  "texts in sight, so the present shares are no longer blind. Marks were not changed. Counted as in "
                  "benchmarks/heldout.py.")


def marked() -> None:
    """The same, and claims and tasks, on texts of further kinds: eight, and four more when these had shown what to mend."""
    for title, texts, first, note in (
            ("Documents marked before the first run", TEXTS, FIRST,
             "265 figures and masks, 54 claims and 31 tasks of eight made-up texts (statistics, county plan, CPPCC survey, aid "
             "report, layout plan, inspection notice, budget explanation, principal's term report). 32 years count as wrong "
             "because the marks name the school year 2023—2024 by its second year, the program by its first."),
            ("Documents marked after the mending", THIRD, FIRST_OF_THIRD,
             "106 figures, 22 claims and 17 tasks of four made-up texts (reply to a deputy, spending announcement, safety "
             "scheme, township summary), marked when the rules had been mended for what the eight had shown: their first run "
             "says how well the mended rules do on what they had not seen.")):
        total = score_marked(texts)
        print(*sorted(total.wrong), sep="\n", end="\n\n")
        write_section(title, COMMAND, ("what", "right", "share", "share of the first run"), marked_table(total, first),
                      f"{note} Texts and marks were committed before the program was run on them, by one who had read its code; "
                      "the first run was blind, the present shares no longer are. Marks were not changed. Counted as in "
                      "benchmarks/marked.py.")


def _row(total: Score, subject: str) -> tuple[str, ...]:
    goal = GOALS.get(subject)
    return (subject, str(total.right[subject]), str(total.asked[subject]), f"{total.share(subject):.3f}",
            f"{goal:.2f}" if goal else "")


def speeds(data: Path, rounds: int) -> None:
    """Seconds of the five texts and characters a second of longer ones, without and with repair of merged characters."""
    texts = [open_document(path) for path in sorted((data / "texts").glob("0*.txt"))]
    five = sum(len(each.text) for each in texts)
    rows = [_measured("the five texts", texts, five, rounds)]
    for name, size in SIZES.items():
        longer = _of_size("".join(each.text for each in texts), size)
        rows.append(_measured(name, [longer], len(longer.text), min(rounds, MOST_OF_LONGER)))
    columns = ("text", "characters", "rounds", "CPU seconds", "characters a second", "with collision repair",
               "characters a second with it")
    write_section("Reading documents by length", f"{COMMAND} {rounds}", columns, rows,
                  "After start-up, from decoded text to figures, checks, goals and tasks; median of the rounds. Goals: the five "
                  "texts under 0.5 s, under 2 s with collision repair; growth linear.")


def promise_speeds(data: Path) -> None:
    """CPU seconds of holding the promises of a plan against a report, both the five texts over and over."""
    whole = "".join(open_document(path).text for path in sorted((data / "texts").glob("0*.txt")))
    readings = {name: read(_of_size(whole, size), collisions=False) for name, size in SIZES.items()}
    rows = []
    for plan, report in (("100 kB", "100 kB"), ("100 kB", "1 MB"), ("1 MB", "1 MB"), ("1 MB", "5 MB")):
        begun = time.process_time()
        found = promises(readings[plan], readings[report])
        rows.append((plan, report, f"{len(found):,}", f"{time.process_time() - begun:.2f}"))
    write_section("Promises against results", COMMAND, ("plan", "report", "promises", "CPU seconds"), rows,
                  "Both read before. Every clause and figure of the report that can reach the needed weight is weighed; none is "
                  "cut off.")


def _of_size(text: str, size: int) -> Raw:
    """As much of the text, repeated, as takes so many bytes."""
    data = text.encode()
    cut = (data * (size // len(data) + 1))[:size].decode(errors="ignore")
    return Raw("bench.txt", "0" * 64, "txt", cut)


def _measured(name: str, texts: Sequence[Raw], characters: int, rounds: int) -> tuple[str, ...]:
    """A row of the table; each round is printed, for a median hides how far they lie apart."""
    cells = [name, f"{characters:,}", str(rounds)]
    for collisions in (False, True):
        seconds = [_seconds(texts, collisions) for _ in range(rounds)]
        print(name, "with collision repair:" if collisions else "without:", *(f"{one:.2f}" for one in seconds))
        cells += [f"{median(seconds):.2f}", f"{characters / median(seconds):,.0f}"]
    return tuple(cells)


def _seconds(texts: Sequence[Raw], collisions: bool) -> float:
    begun = time.process_time()
    for each in texts:
        read(each, collisions=collisions)
    return time.process_time() - begun


if __name__ == "__main__":
    reference = Path(os.environ["JUNHENG_REFERENCE_DATA"])
    read(Raw("warm.txt", "0" * 64, "txt", "一、全县小学5所，比上年增加1所。"))
    scores(reference)
    heldout()
    marked()
    promise_speeds(reference)
    speeds(reference, int(sys.argv[1]) if len(sys.argv) > 1 else 5)
