"""Columns of a table against its row of totals: what stands above it, or below, adds up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import reduce

from junheng.documents.checks.intervals import as_printed, judged, quantity, shown
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.checks.sums.parts import countable
from junheng.documents.codes import Judgement
from junheng.documents.figures.cells import TOTAL, Cell, tables
from junheng.documents.shapes import Check, Figure

_NO_SUM = re.compile("率|比|均|占|指数|系数|增长|增幅|排名|名次|标准|定额")
_NESTED = re.compile("其中|^含|[—\\-－]{1,2}$|小计")


def columns(page: Page) -> Iterator[Check]:
    """Each column of counts or money that has one total, first or last; tables with rows within rows are left alone."""
    placed = {figure.start: figure for figure in page.figures}
    for table in tables(page.text):
        totals = {cell.row for cell in table if TOTAL.search(cell.label)}
        if len(totals) != 1 or any(_NESTED.search(cell.label) for cell in table):
            continue
        total, rows = totals.pop(), {cell.row for cell in table}
        if len(rows) < 3 or total not in (min(rows), max(rows)):
            continue
        by_column: dict[int, list[Cell]] = defaultdict(list)
        for cell in table:
            by_column[cell.column].append(cell)
        for cells in by_column.values():
            if len(cells) == len(rows) and not _NO_SUM.search(cells[0].head) and (made := _summed(page, cells, total, placed)):
                yield made


def _summed(page: Page, cells: list[Cell], total: int, placed: dict[int, Figure]) -> Check | None:
    """One column; a difference is asked after, for a row may have been left out on purpose."""
    figures = [placed.get(cell.start) for cell in cells]
    if not all(figure is not None and countable(figure) for figure in figures):
        return None
    whole = next(figure for cell, figure in zip(cells, figures, strict=True) if cell.row == total and figure)
    parts = [figure for figure in figures if figure and figure is not whole]
    said, worked = quantity(whole), [quantity(part) for part in parts]
    if said is None or None in worked:
        return check(page, "parts", spans_of(whole, *parts), Judgement.cannot_check, "", "这一列有数字被遮盖，无法核对合计。",
                     quoted=1)
    added = reduce(lambda one, two: one + two, [one for one in worked if one])
    verdict, right = judged(whole, added), shown(added.point, whole)
    verdict = Judgement.flagged if verdict is Judgement.contradicts else verdict
    reason = f"“{cells[0].head}”一列{'、'.join(as_printed(part) for part in parts)}相加得{right}，合计写{as_printed(whole)}"
    more = "，请核实。" if verdict is Judgement.flagged else "，相符。"
    return check(page, "parts", spans_of(whole, *parts), verdict, right, reason + more, quoted=1)
