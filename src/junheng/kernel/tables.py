"""Tables, declared once; a declared table is also the handle that formulas are written with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import narwhals as nw

from junheng.kernel.columns import Column

if TYPE_CHECKING:
    from junheng.kernel.shapes import Sum


@dataclass(frozen=True)
class Link:
    """A column `name` added to each row of a table: the sum `of` the rows of another table that share `on`."""

    name: str
    of: Sum
    on: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """A declared table, or that table narrowed to the rows a formula counts.

    `table.column` is a Narwhals expression; a column that was not declared fails at once, at import.
    """

    name: str
    zh: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    doc: str = ""
    keep: nw.Expr | None = None
    links: tuple[Link, ...] = ()

    def __getattr__(self, name: str) -> nw.Expr:
        if name in self.columns or any(link.name == name for link in self.links):
            return nw.col(name)
        if name.startswith("__"):
            raise AttributeError(name)
        raise AttributeError(f"table {self.name} declares no column {name}; it has {', '.join(self.columns)}")

    def only(self, condition: nw.Expr) -> Table:
        """The rows that meet `condition` as well as every condition before it."""
        return replace(self, keep=condition if self.keep is None else self.keep & condition)

    def linked(self, name: str, of: Sum, on: tuple[str, ...]) -> Table:
        """This table with the column `name`: for each row the sum `of` linked rows, 0 where the list has none."""
        return replace(self, links=(*self.links, Link(name, of, on)))

    @property
    def reads(self) -> frozenset[str]:
        """Names of all tables that a sum over this one rests on."""
        return frozenset({self.name}).union(*(link.of.table.reads for link in self.links))


@dataclass
class Catalogue:
    """All tables declared, in the order of their declaration."""

    tables: dict[str, Table] = field(default_factory=dict)

    def declare(self, cls: type, zh: str, key: tuple[str, ...]) -> Table:
        columns = {name: value for name, value in vars(cls).items() if isinstance(value, Column)}
        if missing := [name for name in key if name not in columns]:
            raise TypeError(f"table {cls.__name__}: key names no column: {missing}")
        self.tables[cls.__name__] = Table(cls.__name__, zh, key, columns, (cls.__doc__ or "").strip())
        return self.tables[cls.__name__]


def table(*, zh: str, key: tuple[str, ...], into: Catalogue) -> Callable[[type], Table]:
    """Declare a table: `@table(zh="学校", key=("year", "school_id"), into=register)`."""
    return lambda cls: into.declare(cls, zh, key)
