"""The terminal: results as tables on stdout, progress on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from junheng.kernel.faults import OnProgress

WIDE = 160  # columns when the output is not a terminal


def out() -> Console:
    """Where results go."""
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS") or WIDE)
    return Console(soft_wrap=False, width=width, highlight=False)


def say(text: str) -> None:
    """One line of result, as it stands."""
    out().print(escape(text), soft_wrap=True)


def tell(text: str) -> None:
    """One line beside the result, to stderr."""
    Console(stderr=True, highlight=False).print(escape(text), soft_wrap=True)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of words and numbers; columns whose title ends in a digit mark `#` stand to the right."""
    drawn = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        drawn.add_column(column.removesuffix("#"), justify="right" if column.endswith("#") else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(escape(cell) for cell in row))
    console = out()
    with console.capture() as captured:
        console.print(drawn)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def _lines() -> OnProgress:
    """A line each time a tenth more is done; a log file is no place for a thousand lines."""
    told = {-1}

    def on_progress(share: float, sentence: str) -> None:
        tenth = int(share * 10)
        if tenth not in told:
            told.add(tenth)
            tell(f"{share:4.0%} {sentence}")
    return on_progress


@contextmanager
def progress() -> Iterator[OnProgress]:
    """Progress on stderr: a bar on a terminal, else a line for each new sentence."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        job = bar.add_task("", total=1.0)
        yield lambda share, sentence: bar.update(job, completed=share, description=sentence)
