"""What becomes of each figure and rule that bureaus ask for: docs/coverage.toml, with what an item is made from found out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import junheng.indicators.items  # noqa: F401  (to import is to declare)
from docs.markdown import quoted
from junheng.engines import columns_used
from junheng.indicators.figures import sums_of
from junheng.indicators.registry import INDICATORS, Indicator
from junheng.kernel.shapes import AtLeast, Attested, Mean, Shape, Spread, Sum
from junheng.register.tables import TABLES

SHEET = Path(__file__).with_name("coverage.toml")
ANSWERS = {"items": "computed", "evidence": "entered as evidence", "held": "held, no figure of its own",
           "planned": "planned as a measure", "later": "later", "why": "no figure of the register"}  # kinds of answer, in words
ROOMS_TO_COME = ("planning/layout", "planning/catchments", "planning/pairing", "admissions", "staffing", "care", "ledger",
                 "appraisal", "reports")
ATTESTED_BY = ("item", "day", "result", "value")
DAY = date(2025, 9, 1)  # a formula is asked as on some day; which columns it names does not hang on it


@dataclass(frozen=True)
class Entry:
    """A figure or rule that is asked for, and its one answer: the kind, and what the answer names."""

    id: str
    zh: str
    kind: str
    named: tuple[str, ...]
    note: str
    cell: str  # what the table it comes from calls it, where that is not its Chinese name

    @property
    def items(self) -> list[str]:
        """The items that answer it, patterns written out."""
        return matching(self.named) if self.kind in ("items", "evidence") else []


def sections() -> dict[str, list[Entry]]:
    """The entries of the sheet by the title of their section."""
    sheet = tomllib.loads(SHEET.read_text(encoding="utf-8"))
    return {body.pop("title"): [entry(*each) for each in body.items()] for body in sheet.values()}


def entry(id: str, body: Mapping[str, Any]) -> Entry:
    """One line of the sheet. Errors: ValueError where it has no answer, more than one, or a word that nobody reads."""
    kinds = [kind for kind in ANSWERS if kind in body]
    unread = set(body) - {*ANSWERS, "zh", "cell", "note"}
    if len(kinds) != 1 or unread:
        told = ", ".join([*kinds, *sorted(unread)]) or "no answer"
        raise ValueError(f"{SHEET.name} {id}: has {told}; wants one of {', '.join(ANSWERS)}")
    named = body[kinds[0]]
    return Entry(id, body["zh"], kinds[0], (named,) if isinstance(named, str) else tuple(named), body.get("note", ""),
                 body.get("cell", ""))


def matching(patterns: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(item for pattern in patterns for item in INDICATORS if fnmatchcase(item, pattern)))


def besides(entries: Iterable[Entry]) -> list[str]:
    """The items that answer none of the entries."""
    answering = {item for each in entries for item in each.items}
    return [item for item in INDICATORS if item not in answering]


def line(each: Entry) -> tuple[str, ...]:
    """An entry as the page shows it: id, name, answer, and from what or why."""
    room, _, what = each.named[0].partition(": ")
    answer = f"later: {room}" if each.kind == "later" else _answered_by(each.items) if each.items else ANSWERS[each.kind]
    said = {"later": what, "why": each.named[0], "held": quoted(each.named), "planned": quoted(each.named)}
    told = said.get(each.kind) or columns_of(each.items)
    return each.id, each.zh, answer, f"{told.removesuffix('.')}. {each.note}" if each.note else told


def _answered_by(items: list[str]) -> str:
    entered = [item for item in items if is_attested(item)]
    made = [item for item in items if item not in entered]
    return "; ".join(f"{ANSWERS[kind]}: {quoted(own)}" for kind, own in (("items", made), ("evidence", entered)) if own)


def columns_of(items: Iterable[str]) -> str:
    """The tables items are made from, each with the columns they name; one of which only rows are counted has none."""
    return "; ".join(f"`{table}`" + (f" ({', '.join(columns)})" if columns else "")
                     for table, columns in made_from(items).items())


def made_from(items: Iterable[str]) -> dict[str, list[str]]:
    """The tables that items are made from, each with the columns that their formulas name, linked lists included."""
    named: dict[str, set[str]] = {}
    for item in items:
        for table, columns in _behind(item):
            named.setdefault(table, set()).update(columns)
    return {table: [column for column in TABLES[table].columns if column in named[table]] for table in TABLES if table in named}


def shape_of(indicator: Indicator) -> Shape:
    """What the formula returns on a day under the last national value of each limit it asks for."""
    known: dict[str, object] = {"year": DAY.year, "day": DAY}
    asked = {name: value for name, value in known.items() if name in indicator.formula.__annotations__}
    return indicator.formula(**asked, **{name: limit.entries[-1].value for name, limit in indicator.asks.items()})


def is_attested(item: str) -> bool:
    return isinstance(shape_of(INDICATORS[item]), Attested)


def _behind(item: str) -> Iterator[tuple[str, Iterable[str]]]:
    """Tables and columns behind an item, through the items it is made of."""
    shape = shape_of(INDICATORS[item])
    if isinstance(shape, Attested):
        yield "evidence", ATTESTED_BY
    elif isinstance(shape, AtLeast | Mean | Spread):
        for part in (shape.of,) if isinstance(shape, Spread) else shape.of:
            yield from _behind(part)
    for asked in sums_of(shape):
        yield from _named(asked)


def _named(asked: Sum) -> Iterator[tuple[str, list[str]]]:
    """The tables of a sum with the columns that it names itself; those it is only found by (school, place, year) left out."""
    links = {link.name for link in asked.table.links}
    named = columns_used(replace(asked, table=replace(asked.table, key=())))
    yield asked.table.name, [column for column in named if column not in links]
    for link in asked.table.links:
        yield from _named(link.of)
