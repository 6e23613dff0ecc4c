"""The values of the law that bind a document: the nation's, and in a city folder those that its place has laid over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from junheng.register.holding import City, Snapshot, open_snapshot
from junheng.standards import Entry, LawBook, Limit, law_book
from junheng.standards.law import Facts

_DIGITS = (6, 4, 2)  # of a county, a city, a province
_TITLE = 60          # characters of a text that may hold its title


@dataclass
class Law:
    """The law for any day; `folder` holds what the city laid over it, `within` is the code of the place that the folder is of,
    `places` those of its counties by their names."""

    folder: Path | None = None
    within: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    _books: dict[date, LawBook] = field(default_factory=dict, repr=False)

    def entry(self, limit: Limit, day: date, place: str, facts: Facts) -> Entry:
        """The value that binds the place with this code. Errors: JunhengError before its first day."""
        if day not in self._books:
            self._books[day] = law_book(day, self.folder)
        return self._books[day].entry(limit, place, facts)

    def place_of(self, text: str) -> str:
        """The code of the county that a text is titled by, else of the whole place. 固安县 is not 安县: the longest name wins."""
        named = [name for name in self.places if name in text[:_TITLE]]
        return self.places[max(named, key=len)] if named else self.within


NATIONAL = Law()


def law_of(city: Path, opened: Callable[[int], Snapshot] | None = None) -> Law:
    """The law as it binds in a city folder; `opened` gives the snapshot of a year, where others look at it, too."""
    current = City(city).current()
    if not current:
        return Law(city / "standards")
    snapshot = opened(max(current)) if opened else open_snapshot(city)
    rows = snapshot.table("places").select("name", "place_code").iter_rows() if snapshot.has("places") else ()
    counties = {name: code for name, code in rows if name and len(code) == max(_DIGITS)}
    digits = next((digits for digits in _DIGITS if len({code[:digits] for code in counties.values()}) == 1), 0)
    return Law(city / "standards", next(iter(counties.values()), "")[:digits], counties)
