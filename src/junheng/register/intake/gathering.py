"""Files in, stacks of raw rows out; a file that cannot be read is a fault and the next one is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as PyMapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath

from junheng.kernel.tables import Table
from junheng.register.intake.folders import Input
from junheng.register.intake.headers import FILLED_IN, Headers, Layout, is_table, table_named
from junheng.register.intake.mapping import MappedTable, Mapping, find_header, mapped_rows
from junheng.register.intake.reading import SUFFIXES, read_bytes, read_sheets
from junheng.register.intake.sheets import Cell, Refused, Row, Sheet
from junheng.register.intake.stacking import Stack, Typist
from junheng.register.kinds import Kind, fault
from junheng.register.submission import HandedIn

# digest of a file -> sheet, row as the spreadsheet shows it, column -> what was typed in its place
Corrections = PyMapping[str, PyMapping[tuple[str, int, str], str]]
_IDENTITY = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")


@dataclass(frozen=True)
class TableSheet:
    """A sheet that was handed in as a table."""

    table: Table
    file: int
    sheet: str
    header_row: int
    names_schools: bool


class Gathering:
    """Collects the sheets of all files by table and layout."""

    def __init__(self, typist: Typist, mapping: Mapping | None, corrections: Corrections) -> None:
        self.typist, self.mapping, self.corrections = typist, mapping, corrections
        self.files, self.faults = typist.files, typist.faults
        self.sheets: list[TableSheet] = []
        self.stacks: dict[Layout | MappedTable, Stack] = {}
        self._headers = Headers()
        self._first: dict[str, HandedIn] = {}  # of each digest

    def add(self, given: Input) -> None:
        """Read one file; whatever is wrong with it becomes faults."""
        if not given.known:
            self._say(Kind.unknown_file, given.name, found=f"{given.path.suffix or '没有后缀'} 文件",
                      wanted="、".join(SUFFIXES), do="不是要交的数据就不必理会；否则另存为 .xlsx 后重交")
            return
        file = HandedIn(given.path, given.name, "")
        self.files.append(file)
        try:
            self._read(file)
        except Refused as refused:
            self._say(refused.kind, file.name, refused.sheet, refused.row, found=refused.found,
                      wanted=refused.wanted, do=refused.do)

    def _read(self, file: HandedIn) -> None:
        data = read_bytes(file.path)
        file.sha256 = sha256(data).hexdigest()
        first = self._first.setdefault(file.sha256, file)
        if first is not file:
            self._say(Kind.duplicate_file, file.name, found=f"与 {first.name} 逐字节相同", wanted="每份文件只交一次",
                      do="删去其中一份")
            return
        sheets = read_sheets(data, file.path.suffix, is_table)
        filled = [sheet for sheet in sheets if any(map(any, sheet.rows))]
        if not filled:
            self._say(Kind.empty_file, file.name, found="没有任何有内容的数据表", wanted="有表头和数据的表格文件",
                      do="核对交来的文件，补交正确的一份")
        strangers = [sheet for sheet in filled if not self._take(file, sheet, alone=len(sheets) == 1)]
        self._report_strangers(file, strangers, all_strange=len(strangers) == len(filled))

    def _take(self, file: HandedIn, sheet: Sheet, *, alone: bool) -> bool:
        """Stack a sheet; False where it is no table."""
        if self.mapping:
            return self._take_mapped(file, sheet, self.mapping)
        named = table_named(sheet.title) or (table_named(PurePath(file.name).stem) if alone else None)
        found = self._headers.find(sheet, named)
        if found is None:
            return False
        number, layout = found
        first = sheet.first + number + 1
        rows = self._corrected(file, sheet.title, layout, sheet.rows[number + 1:], first)
        self._report_layout(file, sheet, number, layout)
        if layout not in self.stacks:
            self.stacks[layout] = self.typist.stack(layout.table, layout.positions, layout.required)
        stack = self.stacks[layout]
        stack.add(len(self.files) - 1, sheet.title, rows, range(first, first + len(rows)))
        self._hand_in(layout.table, sheet, number, "school_id" in layout.positions)
        unread = (row[place] for row in rows for place, _ in layout.unknown)
        file.holds_identities |= (stack.personal and bool(rows)) or (bool(layout.unknown) and _identities_in(unread))
        return True

    def _corrected(self, file: HandedIn, title: str, layout: Layout, rows: list[Row], first: int) -> list[Row]:
        """The rows with what was typed on the desk over their cells."""
        for (sheet, row, column), text in self.corrections.get(file.sha256, {}).items():
            at = layout.positions.get(column)
            if sheet == title and at is not None and 0 <= row - first < len(rows):
                rows[row - first][at] = text
        return rows

    def _take_mapped(self, file: HandedIn, sheet: Sheet, mapping: Mapping) -> bool:
        found = find_header(sheet, mapping)
        if found is None:
            return False
        number, places = found
        for mapped in mapping.tables:
            self._report_mapped(file, sheet, number, mapped, places)
            if mapped not in self.stacks:
                self.stacks[mapped] = self.typist.stack(mapped.table, mapped.positions, mapped.required)
            made = list(mapped_rows(mapped, sheet.rows[number + 1:], places))
            first = sheet.first + number + 1
            self.stacks[mapped].add(len(self.files) - 1, sheet.title, [row for _, row in made],
                                    [first + place for place, _ in made])
            self._hand_in(mapped.table, sheet, number, True)
        file.holds_identities |= _identities_in(cell for row in sheet.rows for cell in row)
        return True

    def _hand_in(self, table: Table, sheet: Sheet, number: int, names_schools: bool) -> None:
        self.sheets.append(TableSheet(table, len(self.files) - 1, sheet.title, sheet.first + number, names_schools))

    def _report_layout(self, file: HandedIn, sheet: Sheet, number: int, layout: Layout) -> None:
        place = file.name, sheet.title, sheet.first + number
        for name, header, before in layout.repeated:
            self._say(Kind.duplicated_header, *place, name, found=f"表头“{_line(header)}”与“{_line(before)}”是同一列",
                      wanted="每列表头只出现一次", do="删去多余的一列")
        for name in layout.missing:
            if name not in FILLED_IN:
                self._say(Kind.missing_column, *place, name, found=f"没有“{layout.table.columns[name].zh}”列",
                          wanted=f"{layout.table.zh}表的必填列", do="补上该列；表头可从模板复制")
        for _, header in layout.unknown:
            self._say(Kind.unknown_header, *place, found=f"表头“{_line(header)}”", wanted=f"{layout.table.zh}表已有的列",
                      do="不是要交的数据就不必理会；否则改用模板的表头")

    def _report_mapped(self, file: HandedIn, sheet: Sheet, number: int, mapped: MappedTable,
                       places: dict[str, int]) -> None:
        for name, source in mapped.columns:
            for header in source.headers:
                if header not in places:
                    self._say(Kind.missing_column, file.name, sheet.title, sheet.first + number, name,
                              found=f"没有“{header}”列", wanted="映射文件所写的列", do="补上该列，或改正映射文件")

    def _report_strangers(self, file: HandedIn, strangers: Sequence[Sheet], *, all_strange: bool) -> None:
        for sheet in strangers:
            kind = Kind.wrong_sheet if all_strange or table_named(sheet.title) else Kind.unknown_sheet
            self._say(kind, file.name, sheet.title, found="前三行里没有可识别的表头",
                      wanted="按模板的表名和表头填写的表", do="从模板复制表头；不是要交的数据就删去此表")
            file.holds_identities |= _identities_in(cell for row in sheet.rows for cell in row)

    def _say(self, kind: Kind, file: str, sheet: str = "", row: int = 0, column: str = "", *, found: str, wanted: str,
             do: str) -> None:
        self.faults.append(fault(kind, file, sheet, row, column, found=found, wanted=wanted, do=do))


def _identities_in(cells: Iterable[Cell]) -> bool:
    """Whether what is not read holds what looks like an identity number."""
    return any(isinstance(cell, str) and _IDENTITY.search(cell) for cell in cells)


def _line(header: str) -> str:
    return " ".join(header.split())


