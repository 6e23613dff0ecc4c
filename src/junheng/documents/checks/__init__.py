"""A text with its outline and figures goes in; a verdict on every claim that arithmetic, the calendar or a dated rule can check
comes out. Nothing is accused that rounding, or another reading of the sentence, could explain."""

from __future__ import annotations

from itertools import chain

from junheng.documents.checks.calendar import calendar
from junheng.documents.checks.changes.change import changes
from junheng.documents.checks.changes.multiples import multiples
from junheng.documents.checks.changes.series import series
from junheng.documents.checks.lists.lists import lists
from junheng.documents.checks.page import Page
from junheng.documents.checks.plausibility import clashes, investments, masked, plausibility, rates_of_masked
from junheng.documents.checks.ranks import pairings, standings
from junheng.documents.checks.rules import breaches
from junheng.documents.checks.shares.made_rates import made_rates
from junheng.documents.checks.shares.means import means
from junheng.documents.checks.shares.products import products
from junheng.documents.checks.shares.ratio import ratios
from junheng.documents.checks.shares.shares import shares
from junheng.documents.checks.shares.wholes import shares_of_named
from junheng.documents.checks.sums.columns import columns
from junheng.documents.checks.sums.paired import paired_sums
from junheng.documents.checks.sums.parts import sums
from junheng.documents.checks.sums.stages import stage_identities
from junheng.documents.figures.periods import Anchors
from junheng.documents.local import NATIONAL, Law
from junheng.documents.shapes import Check, Figure, Outline, Span, Text

__all__ = ["find_checks"]


def find_checks(text: Text, outline: Outline, figures: tuple[Figure, ...], anchors: Anchors,
                local: Law = NATIONAL) -> tuple[Check, ...]:
    """The claims of a text with what can be said of each, in the order of the text; offsets are into `text.clean`.

    A claim is judged once by each kind of check. Parts that are off the topic are left out. `local` is the law that binds.
    """
    page = Page(text.clean, outline, figures)
    found = chain.from_iterable((
        changes(page), multiples(page), columns(page), paired_sums(page), series(page), sums(page), shares(page),
        made_rates(page), means(page), products(page), shares_of_named(page), stage_identities(page), ratios(page),
        standings(page), pairings(page), lists(page), calendar(page), plausibility(page), investments(page), clashes(page),
        masked(page), rates_of_masked(page), breaches(page, anchors, local)))
    kept: dict[tuple[str, Span], Check] = {}
    for one in found:
        kept.setdefault((one.kind, one.spans[0]), one)
    off = [(part.start, part.end) for number, part in enumerate(text.parts) if not text.is_read(number)]
    return tuple(sorted((one for one in kept.values() if not any(start <= one.spans[0][0] < end for start, end in off)),
                        key=lambda one: one.spans[0]))
