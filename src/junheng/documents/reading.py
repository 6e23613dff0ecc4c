"""A document is read: opened text in, all that it says out, each stage once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from junheng.documents.checks import find_checks
from junheng.documents.cleaning import clean
from junheng.documents.figures import find_figures
from junheng.documents.figures.periods import anchors, document_day
from junheng.documents.local import NATIONAL, Law
from junheng.documents.outline import outline
from junheng.documents.shapes import Outline, Raw, Reading, Text
from junheng.documents.tasks import find_goals, find_tasks, lay_out

TITLE = 40  # characters
NOTHING_LEFT = "全文都像网站的导航和广告，按此删去，没有留下正文；请核对交来的文件，确属正文的用 --undo-repair 恢复"
SENTENCE_ENDS = "。；，！;,"


def read(source: Raw, *, on: date | None = None, collisions: bool = True, without: Collection[int] = (),
         also: Collection[int] = (), local: Law = NATIONAL) -> Reading:
    """All that a document says: outline, figures, checks, goals, tasks, each with its place.

    `on`             the document's day, where it is known better than the text tells it
    `collisions`     whether characters that were merged by damaged bytes are looked for (slower)
    `without, also`  numbers of the repairs that are taken back, and of those only proposed that are accepted
    `local`          the law that its figures are held against: of a city folder with what is laid over the nation's
    """
    text = clean(source.text, collisions=collisions, without=without, also=also)
    found = outline(text)
    known = anchors(text, found)
    figures, blanks = find_figures(text, found, known)
    told, inferred_by = document_day(text, known)
    day = on or told
    laid = lay_out(text, found, day, known)
    return Reading(
        source=source, text=text, title=_title(source, text, found), day=day, day_inferred_by="" if on else inferred_by,
        outline=found, figures=figures, blanks=blanks,
        checks=find_checks(text, found, figures, known, local),
        goals=find_goals(text, found, figures, day, blanks, laid),
        tasks=find_tasks(text, found, figures, day, blanks, laid),
        notes=source.notes if text.clean else (*source.notes, NOTHING_LEFT))


def _title(source: Raw, text: Text, found: Outline) -> str:
    """The title of its first part on the topic; else its first heading, else the name of its file. A sentence is no title."""
    titles = [each.title for each in sorted(text.parts, key=lambda part: not part.on_topic)]
    headings = [each.title for each in found.headings]
    known = (each for each in [*titles, *headings] if each and each[-1] not in SENTENCE_ENDS)
    return next(known, Path(source.name).stem)[:TITLE]
