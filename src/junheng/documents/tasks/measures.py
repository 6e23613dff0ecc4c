"""The figures that a result can be held against."""

from __future__ import annotations

import re

from junheng.documents.codes import ComparisonKind, Exactness, FigureRole
from junheng.documents.shapes import Figure
from junheng.documents.tasks.deadlines import Deadline

_THRESHOLD = re.compile("[人名个所]?(?:及|或)?(?:以上|以下)的?(?:大|超|特大|行政|班|学校|村|幼|乡镇|县)")


def is_threshold(clean: str, figure: Figure) -> bool:
    """It only says of which things: 56人以上的大班额."""
    return _THRESHOLD.match(clean, figure.end) is not None


def measures(clean: str, figure: Figure, by: Deadline | None) -> bool:
    """A figure that a result can be held against: no rank within a group, no base, no part of a date, no 56人以上的班."""
    dated = by is not None and by.start <= figure.start < by.end
    hidden = figure.exactness in (Exactness.masked, Exactness.blank)
    before = figure.comparison is not None and figure.comparison.kind is ComparisonKind.before
    return not (dated or hidden or before or is_threshold(clean, figure) or figure.role in (FigureRole.base, FigureRole.group))


def measure(figure: Figure) -> str:
    """The figure as a condition of acceptance: 义务教育巩固率≥95%."""
    kind = figure.comparison.kind.name if figure.comparison else ""
    sign = "≥" if kind == "at_least" else "≤" if kind == "at_most" else " " if figure.indicator_raw else ""
    return f"{figure.indicator_raw}{sign}{figure.printed}{figure.unit}".strip()
