"""A page as plain data: cards, charts and tables under a header. Knows no room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from junheng.paper.sheets import Role, Sheet


@dataclass(frozen=True)
class Line:
    """One judged thing on a card: what it is, the word for it, and a remark."""

    label: str
    word: str
    role: Role
    remark: str = ""


@dataclass(frozen=True)
class Card:
    """What one standard says, in a few lines."""

    title: str
    lines: tuple[Line, ...]
    role: Role = Role.plain


@dataclass(frozen=True)
class Series:
    """Bars of one colour; None has no bar, those in `stands_out` take the colour of a failure."""

    name: str
    values: tuple[float | None, ...]
    colour: str = "main"
    stands_out: tuple[int, ...] = ()


@dataclass(frozen=True)
class Bars:
    """A bar chart, upright or lying, with an optional limit drawn across it."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    places: int = 0
    limit: float | None = None
    limit_name: str = ""
    lying: bool = False

    def as_json(self) -> dict[str, object]:
        return {
            "categories": self.categories,
            "unit": self.unit,
            "places": self.places,
            "limit": self.limit,
            "limitName": self.limit_name,
            "lying": self.lying,
            "series": [
                {"name": one.name, "values": one.values, "colour": one.colour, "standsOut": one.stands_out} for one in self.series
            ],
        }


@dataclass(frozen=True)
class Chart:
    """One chart in a box."""

    kind: ClassVar[str] = "chart"
    title: str
    bars: Bars
    remark: str = ""


@dataclass(frozen=True)
class Choice:
    """Several charts in one box, one at a time, chosen from a list."""

    kind: ClassVar[str] = "choice"
    title: str
    label: str
    options: tuple[tuple[str, Bars], ...]
    remark: str = ""


@dataclass(frozen=True)
class Listing:
    """A table in a box, sortable and filtered by what the reader types."""

    kind: ClassVar[str] = "listing"
    title: str
    sheet: Sheet
    remark: str = ""
    fold_label: str = ""


Block = Chart | Choice | Listing


@dataclass(frozen=True)
class Section:
    """Boxes under one heading; `wide` gives each box the full width."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    wide: bool = True


@dataclass(frozen=True)
class Page:
    """A page that stands alone. `caveat` is the sentence every print carries."""

    title: str
    facts: tuple[str, ...]
    caveat: str
    cards: tuple[Card, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
