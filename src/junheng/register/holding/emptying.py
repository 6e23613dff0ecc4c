"""Known values that a correction leaves empty: a sheet takes the place of the one before it, and may say less than that did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from junheng.kernel.columns import Column
from junheng.kernel.faults import Fault
from junheng.register.holding.differences import LATER, TableDifference, facts_of, paired
from junheng.register.holding.snapshots import Snapshot
from junheng.register.kinds import Kind, fault
from junheng.register.submission import Submission
from junheng.register.tables import TABLES

TOLD = 5  # columns named in one line


@dataclass(frozen=True)
class Emptied:
    """How many cells of one column of a sheet were known and are empty now. `whole`: the sheet says nothing in that column."""

    table: str
    column: str
    file: str
    sheet: str
    cells: int
    whole: bool

    @property
    def spec(self) -> Column:
        return TABLES[self.table].columns[self.column]

    def fault(self) -> Fault:
        why = f"没有“{self.spec.zh}”列或整列空白，" if self.whole else f"“{self.spec.zh}”有空白，"
        return fault(Kind.emptied_values, self.file, self.sheet, 0, self.column, found=f"{why}{self.cells} 个已知值将变为空",
                     wanted="在用快照里已知的值", do=f"若非有意，补{'列' if self.whole else '填'}后重新导入")


def emptied_by(facts: Submission, before: Snapshot) -> list[Emptied]:
    """What `facts`, put in the place of `before`, would no longer say of rows that stay."""
    was, now = [file["sha256"] for file in before.files], [file.sha256 for file in facts.files]  # one name may stand for two
    names = {file.sha256: file.name for file in facts.files}
    found: list[Emptied] = []
    for name in (name for name in before.tables if name in facts.frames):
        rows = facts_of(facts.frames[name], now)
        found += _of_table(paired(name, facts_of(before.table(name), was), rows), rows, names)
    return found


def warnings_of(emptied: Iterable[Emptied], known: Iterable[Fault]) -> list[Fault]:
    """A warning for each, but for a column that a fault of intake speaks of already."""
    said = {(each.file, each.sheet, each.column) for each in known}
    return [each.fault() for each in emptied if (each.file, each.sheet, each.column) not in said]


def in_words(emptied: Sequence[Emptied]) -> str:
    """One sentence for all of them; nothing where nothing was emptied."""
    if not emptied:
        return ""
    cells: dict[str, int] = {}
    for each in emptied:
        place = f"{TABLES[each.table].zh}/{each.spec.zh}{'（文件没有这一列或整列空白）' if each.whole else ''}"
        cells[place] = cells.get(place, 0) + each.cells
    most = [f"{place} {count} 个" for place, count in sorted(cells.items(), key=lambda item: -item[1])]
    more = f" 等 {len(most)} 列" if len(most) > TOLD else ""
    return f"本次更正使 {sum(cells.values())} 个已知值变为空：{'、'.join(most[:TOLD])}{more} -> 若非有意，请补列补值后重新导入"


def _of_table(found: TableDifference, rows: pl.DataFrame, names: Mapping[str, str]) -> Iterator[Emptied]:
    sheet = ["origin_file", "origin_sheet"]
    stayed = found.rows.filter(pl.col("change") == "changed")
    for column in found.compared if stayed.height else ():
        lost = stayed.filter(pl.col(column).is_not_null() & pl.col(column + LATER).is_null()).select(
            pl.col(name + LATER).alias(name) for name in sheet).group_by(sheet, maintain_order=True).len("cells")
        said = rows.group_by(sheet).agg(pl.col(column).is_null().all().alias("whole"))
        for file, title, cells, whole in lost.join(said, on=sheet, maintain_order="left").iter_rows():
            yield Emptied(found.table, column, names[file], title, cells, whole)
