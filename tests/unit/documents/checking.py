"""A text in, its checks out, through the whole of the room: what the tests of checks look at."""

from __future__ import annotations

from junheng.documents.checks import find_checks
from junheng.documents.cleaning import clean
from junheng.documents.figures import find_figures
from junheng.documents.figures.periods import anchors
from junheng.documents.outline import outline
from junheng.documents.shapes import Check


def checks_of(said: str, kind: str = "") -> tuple[Check, ...]:
    """The checks of a text, of one kind where it is named."""
    text = clean(said)
    laid = outline(text)
    found = find_checks(text, laid, find_figures(text, laid)[0], anchors(text, laid))
    return tuple(one for one in found if not kind or one.kind == kind)


def verdicts(said: str, kind: str = "") -> list[tuple[str, str]]:
    """(verdict, recomputed) of each check."""
    return [(one.judgement.name, one.recomputed) for one in checks_of(said, kind)]


def verdict(said: str, kind: str) -> tuple[str, str]:
    """The verdict of the only check of a kind."""
    found = verdicts(said, kind)
    assert len(found) == 1, checks_of(said)
    return found[0]


def words(said: str, kind: str) -> set[str]:
    return {one.judgement.name for one in checks_of(said, kind)}
