"""A figure by another dimension: its parts, made from the snapshot when they are asked for, and the schools of one of them.

The index holds whole groups only. A standard judges no part, so a part has a value and no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from junheng.engines import open_source
from junheng.indicators.figures import Figures
from junheng.indicators.measurement import Measurement, in_force
from junheng.indicators.models import FindingRow
from junheng.indicators.origin import below, items_in, shape_of
from junheng.indicators.readings import Reading
from junheng.indicators.registry import INDICATORS
from junheng.indicators.results import ENGINE, book_of
from junheng.indicators.slices import DIMENSIONS, part_names, parts, word
from junheng.indicators.units import Unit, load_units
from junheng.indicators.views.found import finding_at, in_order
from junheng.kernel.codes import Level, Split
from junheng.kernel.exact import written_or_none
from junheng.kernel.shapes import AtLeast, Attested, Mean
from junheng.people.doors import Asked, needs
from junheng.people.language import code_word
from junheng.people.models import Organisation
from junheng.people.pages import paged, rest_of_query
from junheng.people.permissions import Action
from junheng.register.codes import Tree
from junheng.register.holding import snapshot_named

WORDS = {"urban_rural": "城乡", "ownership": "公办民办", "kind": "办学类型", **{tree.name: tree.zh for tree in Tree}}


@dataclass(frozen=True)
class Part:
    """One part: `urban_rural=rural` in words, its figure as the pages print it, and its schools."""

    key: str
    word: str
    figure: FindingRow
    schools: frozenset[str]


def dimensions_of(row: FindingRow) -> Mapping[str, str]:
    """By what a figure can be taken apart: none of a school's, of what counts places, of what is made of other items."""
    indicator = INDICATORS[row.item]
    if indicator.by not in ("stage", "school", "whole") or Level[row.level] is Level.school:
        return {}
    if isinstance(shape_of(row.item), AtLeast | Attested | Mean) and not indicator.counts:
        return {}
    trees = set(Organisation.objects.filter(kind__in=Tree.__members__).order_by().values_list("kind", flat=True).distinct())
    return {name: _dimension(name) for name in DIMENSIONS if name not in Tree.__members__ or name in trees}


def _dimension(name: str) -> str:
    return code_word(name, WORDS[name])


@needs(Action.see_findings)
def parts_of(request: Asked, year: int, item: str, level: str, group: str, stage: str) -> HttpResponse:
    """The parts of a figure, and of one part the schools; alone on a page, or put into the figure's page."""
    row = finding_at(request, Action.see_findings, (year, item, level, group, stage))
    dimensions, by = dimensions_of(row), request.GET.get("by", "")
    if by not in dimensions:
        raise Http404
    found = parted(row, by)
    part = next((each for each in found if each.key == request.GET.get("part")), None)
    is_part = bool(request.headers.get("HX-Request"))
    answer = render(request, "indicators/parts/parted.html" if is_part else "indicators/parted.html", {
        "row": row, "dimensions": dimensions, "by": by, "parts": found, "part": part,
        "page": paged(request, _schools(request, row, part)) if part else None, "query": rest_of_query(request)})
    answer["Vary"] = "HX-Request, Cookie"
    return answer


def parted(row: FindingRow, by: str) -> list[Part]:
    """By the same rules and the same rows as the whole: in sum the parts are the whole."""
    snapshot, indicator = snapshot_named(settings.CITY, row.snapshot), INDICATORS[row.item]
    book = book_of(settings.CITY, snapshot)
    asked = (row.item, *items_in(row.item))
    figures = Figures(snapshot, open_source(ENGINE, snapshot.path), load_units(snapshot, book), book,
                      in_force(indicator.standard, book, asked))
    measured, names = Measurement(snapshot, figures, indicator.standard, asked), part_names(snapshot)
    return [_part(row, key, names, measured.part(indicator, units)[Split.by_pupils], units)
            for group, stage, key, units in parts(measured, indicator, Level[row.level], by)
            if (group, stage) == (row.group, row.stage)]


def _part(row: FindingRow, key: str, names: Mapping[str, str], reading: Reading, units: list[Unit]) -> Part:
    figure = FindingRow(
        item=row.item, level=row.level, part=written_or_none(reading.part), whole=written_or_none(reading.whole),
        value=written_or_none(reading.value), lower=written_or_none(reading.lower), upper=written_or_none(reading.upper),
        unknown=reading.unknown, rows=reading.rows)
    return Part(key, _word(key, names), figure, frozenset(unit.school_id for unit in units))


def _word(key: str, names: Mapping[str, str]) -> str:
    dimension, _equals, value = key.partition("=")
    told = word(key, names)
    return _(told) if dimension in Tree.__members__ else code_word(value, told)


def _schools(request: Asked, row: FindingRow, part: Part) -> QuerySet[FindingRow]:
    """The figures that the part is made of, of the schools that the person sees."""
    seen = request.access.reach(Action.see_findings).narrow(FindingRow.objects.all())
    return in_order(seen.filter(below(row), school_id__in=part.schools), row)
