"""Every name the project declares beside a Chinese word: tables, columns, choices."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.kernel import codes as kernel_codes
from junheng.kernel.codes import Code
from junheng.register import codes as register_codes
from junheng.register.tables import TABLES


@dataclass(frozen=True)
class Declared:
    where: str
    name: str
    zh: str


def tables() -> list[Declared]:
    return [Declared(name, name, made.zh) for name, made in TABLES.items()]


def columns() -> list[Declared]:
    return [Declared(f"{table}.{name}", name, column.zh)
            for table, made in TABLES.items() for name, column in made.columns.items()]


def closed_lists() -> list[type[Code]]:
    """Every closed list of the kernel and the register."""
    found = {thing for room in (kernel_codes, register_codes) for thing in vars(room).values()
             if isinstance(thing, type) and issubclass(thing, Code) and thing is not Code}
    return sorted(found, key=lambda codes: codes.__name__)


def choices() -> list[Declared]:
    return [Declared(f"{codes.__name__}.{member.name}", member.name, member.zh)
            for codes in closed_lists() for member in codes]
