"""The figures that a result can be held against."""

from __future__ import annotations

import re

from junheng.documents.codes import ComparisonKind, Exactness, FigureRole
from junheng.documents.shapes import Figure
from junheng.documents.tasks.deadlines import Deadline

_THRESHOLD = re.compile("[人名个所]?(?:及|或)?(?:以上|以下)的?(?:大|超|特大|行政|班|学校|村|幼|乡镇|县)")
_MOVES = {ComparisonKind.difference: ("增加", "减少"), ComparisonKind.growth: ("增长", "下降"),
          ComparisonKind.points: ("提高", "下降"), ComparisonKind.yearly_growth: ("年均增长", "年均下降")}
_FEWER_THAN = re.compile("(?:不足|不满|少于|低于|超过|多于)$")
_WHICH = re.compile("[人名个所]的")


def is_threshold(clean: str, figure: Figure) -> bool:
    """It only says of which things: 56人以上的大班额, 不足50人的教学点."""
    which = _WHICH.match(clean, figure.end) and _FEWER_THAN.search(clean, max(figure.start - 2, 0), figure.start)
    return bool(which) or _THRESHOLD.match(clean, figure.end) is not None


def measures(clean: str, figure: Figure, by: Deadline | None) -> bool:
    """A figure that a result can be held against: no rank within a group, no base, no part of a date, no 56人以上的班."""
    dated = by is not None and by.start <= figure.start < by.end
    hidden = figure.exactness in (Exactness.masked, Exactness.blank)
    before = figure.comparison is not None and figure.comparison.kind is ComparisonKind.before
    return not (dated or hidden or before or is_threshold(clean, figure) or figure.role in (FigureRole.base, FigureRole.group))


def measure(figure: Figure) -> str:
    """The figure as a condition of acceptance: 义务教育巩固率≥95%, 近视率比上年下降0.5个百分点."""
    told = figure.comparison
    kind = told.kind.name if told else ""
    if told and told.kind in _MOVES and told.direction:
        versus = told.versus and "比" + told.versus.removeprefix("比")
        return f"{figure.indicator_raw}{versus}{_MOVES[told.kind][told.direction < 0]}{figure.printed}{figure.unit}"
    sign = "≥" if kind == "at_least" else "≤" if kind == "at_most" else " " if figure.indicator_raw else ""
    return f"{figure.indicator_raw}{sign}{figure.printed}{figure.unit}".strip()
