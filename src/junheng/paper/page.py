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
    """A bar chart, upright or lying, with an optional limit drawn across it; `stacked` bars say their sum."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    places: int = 0
    limit: float | None = None
    limit_name: str = ""
    lying: bool = False
    stacked: bool = False

    def as_json(self) -> dict[str, object]:
        return {
            "categories": self.categories,
            "unit": self.unit,
            "places": self.places,
            "limit": self.limit,
            "limitName": self.limit_name,
            "lying": self.lying,
            "stacked": self.stacked,
            "series": [
                {"name": one.name, "values": one.values, "colour": one.colour, "standsOut": one.stands_out} for one in self.series
            ],
        }


@dataclass(frozen=True)
class Point:
    """A thing on a map: kilometres east and north of a corner, its name, the lines that are read when it is pointed at."""

    east_km: float
    north_km: float
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Points:
    """The points of one state: what it is called, their colour and shape."""

    name: str
    colour: str
    shape: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Sketch:
    """Points on a plain grid, those that matter most last and so on top, with names of places between them."""

    states: tuple[Points, ...]
    names: tuple[Point, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "states": [
                {"name": one.name, "colour": one.colour, "shape": one.shape, "points": [_point(each) for each in one.points]}
                for one in self.states
            ],
            "names": [_point(each) for each in self.names],
        }


def _point(each: Point) -> list[object]:
    return [each.east_km, each.north_km, each.name, each.lines]


@dataclass(frozen=True)
class Map:
    """A sketch in a box, or several, one at a time; a click on a point finds its name in the table of the section `finds`."""

    kind: ClassVar[str] = "map"
    title: str
    label: str
    options: tuple[tuple[str, Sketch], ...]
    remark: str = ""
    finds: str = ""


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
    """A table in a box, sortable, filtered by what the reader types and by the `choices`, columns of few words."""

    kind: ClassVar[str] = "listing"
    title: str
    sheet: Sheet
    remark: str = ""
    fold_label: str = ""
    choices: tuple[int, ...] = ()

    def words_of(self, column: int) -> list[str]:
        """What can be chosen in a column."""
        return sorted({row[column].text for row in self.sheet.rows} - {""})

    def holds(self, role: str) -> bool:
        return any(cell.role.value == role for row in self.sheet.rows for cell in row)


Block = Chart | Choice | Listing | Map


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
