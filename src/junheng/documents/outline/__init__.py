"""A clean text goes in; its headings, nested by their families, and its sentences come out, each with what it tells of:
what was done, how things stand, what is to be done."""

from __future__ import annotations

from junheng.documents.outline.headings import listed, nested
from junheng.documents.outline.marks import marks
from junheng.documents.outline.sentences import Cut, cuts, placed
from junheng.documents.outline.tense import told
from junheng.documents.outline.titles import outside, titled
from junheng.documents.shapes import Outline, Text

__all__ = ["outline"]


def outline(text: Text) -> Outline:
    """The headings and sentences of a text; offsets are into `text.clean`.

    Each character that is no line break or blank at an edge stands in exactly one sentence. A list of one item is no list.
    """
    clean = text.clean
    borders = [part.start for part in text.parts]
    titles = titled(clean)
    found = listed(sorted([*titles, *outside(marks(clean), titles)], key=lambda mark: mark.start), clean, borders)
    pieces: list[Cut] = cuts(clean, [item.mark.start for item in found])
    tenses = told(clean, pieces, found, borders)
    headings = nested(clean, found, pieces, tenses, borders)
    return Outline(headings, placed(pieces, headings, tenses, borders))
