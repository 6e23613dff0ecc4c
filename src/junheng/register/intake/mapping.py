"""Somebody else's list as rows of the register: which of its columns fill which of ours, said in TOML.

What a list lacks stays unknown. The keys of a table must be there, for without them a row is nobody's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any

from junheng.kernel.codes import plain
from junheng.kernel.faults import JunhengError
from junheng.kernel.tables import Table
from junheng.register.intake.headers import HEADER_ROWS
from junheng.register.intake.numerals import rounded
from junheng.register.intake.readings import is_blank, shown
from junheng.register.intake.sheets import TRUTHS, Cell, Row, Sheet
from junheng.register.submission import CodeSystem
from junheng.register.tables import TABLES

SHIPPED = Path(__file__).parent / "mappings"
JOINT = "/"  # between the parts of a code that is made of several columns

_ENTRY = frozenset({"from", "always", "values", "round_to", "times"})
_EXACT_PLACES = 10


@dataclass(frozen=True)
class Source:
    """Where the cells of a column come from: a constant, or columns of the list, joined, renamed, rounded."""

    headers: tuple[str, ...] = ()
    always: Cell = None
    values: tuple[tuple[str, str], ...] = ()
    round_to: int | None = None
    times: Decimal = Decimal(1)

    @property
    def changes_numbers(self) -> bool:
        return self.round_to is not None or self.times != 1


@dataclass(frozen=True, eq=False)
class MappedTable:
    """One table that the list fills; `distinct` takes equal rows once, and none without a key: places named in every row."""

    table: Table
    columns: tuple[tuple[str, Source], ...]
    distinct: bool = False

    @property
    def positions(self) -> dict[str, int]:
        """Where the cells of each column stand in a mapped row."""
        return {name: place for place, (name, _) in enumerate(self.columns)}

    @property
    def required(self) -> frozenset[str]:
        """What a list lacks is unknown; only the key must be there."""
        return frozenset(self.table.key) & self.positions.keys() - {"school_id"}

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(header for _, source in self.columns for header in source.headers))


@dataclass(frozen=True)
class Mapping:
    """A list's name, its code system, and the tables it fills."""

    name: str
    code_system: CodeSystem
    tables: tuple[MappedTable, ...]


def load_mapping(path: Path | str) -> Mapping:
    """The mapping in the file `path`, or the shipped one of that name; errors are said in words."""
    file = Path(path)
    shipped = SHIPPED / f"{file.name.removesuffix('.toml')}.toml"
    if not file.exists() and file.parent == Path() and shipped.exists():
        file = shipped
    try:
        return _mapping(tomllib.loads(file.read_text(encoding="utf-8")), file.stem)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise JunhengError(f"{path}：映射文件读不出来（{error}）；应为 UTF-8 的 TOML 文件 -> 改正后重试") from error
    except _Misstated as error:
        raise JunhengError(f"{path}：{error} -> 改正映射文件后重试") from error


def find_header(sheet: Sheet, mapping: Mapping) -> tuple[int, dict[str, int]] | None:
    """The row of the list's header among the first three, and where each named column stands."""
    named = {plain(header): header for mapped in mapping.tables for header in mapped.headers}
    found = [{named[plain(cell)]: place for place, cell in reversed(list(enumerate(row)))
              if isinstance(cell, str) and plain(cell) in named} for row in sheet.rows[:HEADER_ROWS]]
    if not any(found):
        return None
    best = max(range(len(found)), key=lambda number: len(found[number]))
    return best, found[best]


def mapped_rows(mapped: MappedTable, rows: Sequence[Row], places: dict[str, int]) -> Iterator[tuple[int, Row]]:
    """For each row of the list that holds anything, its number among `rows` and the cells of the table's columns."""
    made = [_cells(source, rows, places) for _, source in mapped.columns]
    read = [places[header] for header in mapped.headers if header in places]
    keys = [place for name, place in mapped.positions.items() if name in mapped.table.key]
    seen: set[tuple[Cell, ...]] = set()
    for number, (row, cells) in enumerate(zip(rows, zip(*made, strict=True), strict=True)):
        if all(is_blank(row[place]) for place in read):
            continue
        if mapped.distinct and (cells in seen or any(is_blank(cells[place]) for place in keys)):
            continue
        seen.add(cells)
        yield number, list(cells)


def _cells(source: Source, rows: Sequence[Row], places: dict[str, int]) -> list[Cell]:
    if not source.headers:
        return [source.always] * len(rows)
    if not all(header in places for header in source.headers):
        return [None] * len(rows)
    columns = [[row[places[header]] for row in rows] for header in source.headers]
    cells: list[Cell] = columns[0] if len(columns) == 1 else [_joined(parts) for parts in zip(*columns, strict=True)]
    if source.values:
        values = {plain(word): value for word, value in source.values}
        cells = [values.get(plain(shown(cell)), cell) for cell in cells]
    if source.changes_numbers:
        places_kept = _EXACT_PLACES if source.round_to is None else source.round_to
        cells = list(map(partial(rounded, places=places_kept, times=source.times), cells))
    return cells


def _joined(parts: Sequence[Cell]) -> str | None:
    """A code of several columns; with one of them blank there is none."""
    return None if any(map(is_blank, parts)) else JOINT.join(map(shown, parts))


class _Misstated(Exception):
    """What is wrong with a mapping, in words."""


def _mapping(said: dict[str, Any], stem: str) -> Mapping:
    entries = said.get("table")
    if not isinstance(entries, list) or not entries:
        raise _Misstated("没有 [[table]]；应至少有一个")
    return Mapping(str(said.get("name", stem)), _code_system(said.get("code_system")),
                   tuple(_table(entry) for entry in entries))


def _code_system(said: object) -> CodeSystem:
    if not isinstance(said, dict) or not said.get("name"):
        raise _Misstated("缺 [code_system] 的 name；应写明学校和区划代码属于哪个体系，如 national")
    system = CodeSystem(str(said["name"]), str(said.get("school", "")), str(said.get("place", "")))
    for pattern in (system.school, system.place):
        try:
            re.compile(pattern)
        except re.error as error:
            raise _Misstated(f"代码样式 {pattern} 不是正则表达式（{error}）") from error
    return system


def _table(said: object) -> MappedTable:
    name = said.get("name") if isinstance(said, dict) else None
    if not isinstance(said, dict) or name not in TABLES:
        raise _Misstated(f"表 {name} 不认识；应为 {'、'.join(TABLES)} 之一")
    table, columns = TABLES[name], said.get("columns", {})
    strangers = [column for column in columns if column not in table.columns]
    if strangers:
        raise _Misstated(f"表 {name} 没有列 {'、'.join(strangers)}；应为 {'、'.join(table.columns)}")
    keyless = [column for column in table.key if column not in columns and column != "year"]
    if keyless:
        raise _Misstated(f"表 {name} 缺主键列 {'、'.join(keyless)}；主键的每一列都要有来源")
    sources = tuple((column, _source(entry, f"{name}.{column}")) for column, entry in columns.items())
    return MappedTable(table, sources, bool(said.get("distinct")))


def _source(said: object, where: str) -> Source:
    if isinstance(said, str):
        return Source((said,))
    if not isinstance(said, dict) or not said.keys() <= _ENTRY or ("from" in said) == ("always" in said):
        raise _Misstated(f"{where} 的来源写法不对；应为列名，或 from、always 二者之一，另可有 values、round_to、times")
    if "always" in said:
        always = said["always"]
        return Source(always=TRUTHS[always] if isinstance(always, bool) else always)
    headers = said["from"] if isinstance(said["from"], list) else [said["from"]]
    values = said.get("values", {})
    round_to = said.get("round_to")
    if not headers or not isinstance(values, dict) or not (round_to is None or isinstance(round_to, int)):
        raise _Misstated(f"{where} 的 from、values 或 round_to 写法不对")
    return Source(tuple(map(str, headers)), values=tuple((str(word), str(code)) for word, code in values.items()),
                  round_to=round_to, times=_times(said.get("times", 1), where))


def _times(said: object, where: str) -> Decimal:
    try:
        times = Decimal(str(said))
    except InvalidOperation as error:
        raise _Misstated(f"{where} 的 times 不是数；应如 \"0.0001\"") from error
    if not times.is_finite() or not times:
        raise _Misstated(f"{where} 的 times 不是数；应如 \"0.0001\"")
    return times
