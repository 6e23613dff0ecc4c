"""Column declarations: one line a column says what may stand in it, and every user of the table reads that line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from junheng.kernel.codes import Code, Privacy

Kind = Literal["text", "integer", "decimal", "choice", "day", "flag", "identity"]


@dataclass(frozen=True)
class Column:
    """What a column holds. `code_of` names the code system's pattern it must follow (school or place)."""

    kind: Kind
    zh: str
    optional: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    choices: type[Code] | None = None
    code_of: Literal["", "school", "place"] = ""
    scale: int = 0
    unit: str = ""
    note: str = ""
    privacy: Privacy = Privacy.internal
    aliases: tuple[str, ...] = ()


def text(zh: str, *, optional: bool = False, note: str = "", aliases: tuple[str, ...] = ()) -> Column:
    """Free text; blanks at both ends are dropped."""
    return Column("text", zh, optional, note=note, privacy=Privacy.public, aliases=aliases)


def school_code(zh: str = "学校标识码", *, optional: bool = False, note: str = "", aliases: tuple[str, ...] = ()) -> Column:
    """A school's code; ten digits in the national system."""
    return Column("text", zh, optional, code_of="school", note=note, privacy=Privacy.public,
                  aliases=("学校代码", "标识码", *aliases))


def place_code(zh: str, *, optional: bool = False, note: str = "", aliases: tuple[str, ...] = ()) -> Column:
    """An administrative division's code."""
    return Column("text", zh, optional, code_of="place", note=note, privacy=Privacy.public, aliases=aliases)


def integer(zh: str, *, unit: str, least: int = 0, most: int = 10_000_000, optional: bool = False, note: str = "",
            aliases: tuple[str, ...] = ()) -> Column:
    """A whole number: persons, rooms, classes, books."""
    return Column("integer", zh, optional, Decimal(least), Decimal(most), unit=unit, note=note, aliases=aliases)


def decimal(zh: str, *, unit: str, scale: int = 2, least: str = "0", most: str = "1000000000", optional: bool = False,
            note: str = "", aliases: tuple[str, ...] = ()) -> Column:
    """An area, a sum of money or a share: exact, with at most `scale` places after the point."""
    return Column("decimal", zh, optional, Decimal(least), Decimal(most), scale=scale, unit=unit, note=note, aliases=aliases)


def degrees(zh: str, *, limit: int, optional: bool = False) -> Column:
    """A longitude or latitude in decimal degrees."""
    return Column("decimal", zh, optional, Decimal(-limit), Decimal(limit), scale=6, unit="°", privacy=Privacy.public)


def choice(zh: str, choices: type[Code], *, optional: bool = False, note: str = "", aliases: tuple[str, ...] = ()) -> Column:
    """One of a closed list, by its English code, Chinese word or national code."""
    return Column("choice", zh, optional, choices=choices, note=note, aliases=aliases)


def day(zh: str, *, optional: bool = False, note: str = "", aliases: tuple[str, ...] = ()) -> Column:
    """A day of the calendar."""
    return Column("day", zh, optional, note=note, aliases=aliases)


def flag(zh: str, *, optional: bool = False, note: str = "", aliases: tuple[str, ...] = ()) -> Column:
    """Yes or no (是/否)."""
    return Column("flag", zh, optional, note=note, aliases=aliases)


def identity(zh: str, *, optional: bool = False, aliases: tuple[str, ...] = ()) -> Column:
    """An 18-digit identity number; only its keyed pseudonym is ever kept in a table."""
    return personal(Column("identity", zh, optional, note="18位身份证号，请按文本填写；入库即替换为假名", aliases=aliases))


def year(zh: str, *, optional: bool = False, note: str = "", aliases: tuple[str, ...] = ()) -> Column:
    """A calendar year."""
    return Column("integer", zh, optional, Decimal(1900), Decimal(2100), unit="年", note=note, aliases=aliases)


def school_year(zh: str = "学年") -> Column:
    """A school year by the calendar year it starts in: 2025 is 2025-09-01 to 2026-08-31."""
    return Column("integer", zh, False, Decimal(1990), Decimal(2100), unit="年", privacy=Privacy.public,
                  note="学年起始年份，2025 即 2025年9月1日至2026年8月31日", aliases=("年度", "学年度"))


def personal(column: Column) -> Column:
    """The column, for the eyes of few."""
    return replace(column, privacy=Privacy.personal)
