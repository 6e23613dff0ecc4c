"""Items that tell two counts each (其中，学前2860人次、143万元；小学..): each column adds up to its own whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from junheng.documents.checks.changes.runs import base_unit
from junheng.documents.checks.intervals import judged, quantity, shown
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.checks.sums.parts import countable
from junheng.documents.codes import Judgement
from junheng.documents.shapes import Check, Figure

FITS = (Judgement.holds, Judgement.holds_within_rounding)
LONGEST = 20  # items

Columns = list[tuple[Figure, ...]]


def paired_sums(page: Page) -> Iterator[Check]:
    """The columns of each such list. That one adds up tells that nothing is left out or told twice: so must the others."""
    for place, figures in enumerate(page.by_sentence):
        head, found, _ = page.text[page.sentences[place].start:page.sentences[place].end].partition("其中")
        if found and figures:
            at = page.sentences[place].start + len(head)
            columns = _columns(page, place, at)
            wholes = [_whole(page, place, at, column[0]) for column in columns]
            yield from _weighed(page, [(whole, column) for whole, column in zip(wholes, columns, strict=True) if whole])


def _columns(page: Page, place: int, at: int) -> Columns:
    """The figures of the items behind 其中, by unit, where each item has the same units, two or more."""
    own = tuple(figure for figure in page.by_sentence[place] if figure.start > at)
    items = _by_turns(own)
    alone = not items
    items = items or [own]
    while alone and place + 1 < len(page.sentences) and len(items) < LONGEST \
            and page.text[page.sentences[place].end - 1] in ";；":
        place += 1
        if "其中" in page.text[page.sentences[place].start:page.sentences[place].end]:
            break  # a list of its own
        items.append(page.by_sentence[place])
    units = [tuple(map(base_unit, item)) for item in items]
    if len(items) < 2 or len(set(units)) != 1 or len(set(units[0])) != len(units[0]) or len(units[0]) < 2:
        return []
    return list(zip(*items, strict=True)) if all(countable(figure) for item in items for figure in item) else []


def _by_turns(figures: tuple[Figure, ...]) -> list[tuple[Figure, ...]]:
    """The figures of one sentence as items, where their units come in turns: 人次, 万元, 人次, 万元."""
    units = [base_unit(figure) for figure in figures]
    turn = next((at for at in range(1, len(units)) if units[at] == units[0]), 0)
    if turn < 2 or len(units) % turn or any(unit != units[at % turn] for at, unit in enumerate(units)):
        return []
    return [figures[at:at + turn] for at in range(0, len(figures), turn)]


def _whole(page: Page, place: int, at: int, like: Figure) -> Figure | None:
    """The only standing count in the unit, in the clause before or, where 其中 opens its sentence, in the sentence before."""
    own = [figure for figure in page.by_sentence[place] if figure.start < at]
    before = own or (page.by_sentence[place - 1] if place else ())
    found = [figure for figure in before if countable(figure) and base_unit(figure) == base_unit(like)]
    return found[0] if len(found) == 1 else None


def _weighed(page: Page, lists: list[tuple[Figure, tuple[Figure, ...]]]) -> Iterator[Check]:
    weighed = [(whole, parts, *made) for whole, parts in lists if (made := _sum(whole, parts))]
    if not any(verdict in FITS for *_, verdict in weighed):
        return
    for whole, parts, right, verdict in weighed:
        said = "+".join(f"{part.printed}{part.unit}" for part in parts)
        told = "两者相符" if verdict in FITS else "同一列表的另一组数恰好相符"
        yield check(page, "parts", spans_of(whole, *parts), verdict, right,
                    f"{said}={right}，总数写{whole.printed}{whole.unit}，{told}。")


def _sum(whole: Figure, parts: tuple[Figure, ...]) -> tuple[str, Judgement] | None:
    total, worked = quantity(whole), [quantity(part) for part in parts]
    if total is None or any(one is None for one in worked):
        return None
    added = reduce(lambda one, two: one + two, [one for one in worked if one])
    verdict = judged(whole, added)
    if verdict is Judgement.contradicts and added.point < total.point:
        verdict = Judgement.flagged  # some of the whole may have been left out
    return shown(added.point, whole), verdict
