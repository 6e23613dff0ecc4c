"""The law book of a place and a day: national values with what province, city and county lay over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from junheng.kernel.codes import Evidence
from junheng.kernel.faults import JunhengError
from junheng.standards.confirmed import FILE, Key, confirmed_in, key
from junheng.standards.law import Entry, Facts, Limit, Overlay, fact_name, law, read_overlay, shipped_overlays


@dataclass
class LawBook:
    """What is in force on `day`: county before city, province, nation; then the most specific `where`; then the latest day, and
    of that what was laid over last. A believed value that is `confirmed` counts as read.
    """

    day: date
    overlays: Sequence[Overlay] = ()
    confirmed: frozenset[Key] = frozenset()
    _known: dict[tuple[object, ...], Entry] = field(default_factory=dict, repr=False)
    _read: dict[Entry, Entry] = field(default_factory=dict, repr=False)

    def entry(self, limit: Limit, place: str, facts: Facts) -> Entry:
        """The one entry of `limit` that binds a unit with these facts. Errors: JunhengError before its first day."""
        key = (limit.name, place, *(facts.get(name) for name in self._asks(limit)))
        if key not in self._known:
            self._known[key] = self._find(limit, place, facts)
        return self._known[key]

    def in_force(self, limit: Limit) -> bool:
        """Whether any value of `limit` had come into force by the day of this book."""
        return any(entry.day <= self.day for entry in limit.entries)

    def entries(self, limit: Limit, place: str) -> list[Entry]:
        """All entries that can bind a unit of `place` on the day, the latest of each jurisdiction and `where`."""
        latest: dict[tuple[str, str], Entry] = {}
        for entry in self._candidates(limit, place):
            latest[entry.jurisdiction, str(sorted(entry.where.items()))] = entry
        return list(latest.values())

    def overlays_of(self, places: Iterable[str]) -> list[Overlay]:
        """The overlays that bind one of these places."""
        asked = list(places)
        return [each for each in self.overlays if any(place.startswith(each.jurisdiction) for place in asked)]

    def _candidates(self, limit: Limit, place: str) -> list[Entry]:
        local = [entry for overlay in self.overlays if place.startswith(overlay.jurisdiction)
                 for entry in overlay.entries.get(limit.name, ())]
        held = (self._as_known(limit, entry) for entry in (*limit.entries, *local) if entry.day <= self.day)
        return sorted(held, key=lambda entry: entry.day)

    def _as_known(self, limit: Limit, entry: Entry) -> Entry:
        """As read where it was confirmed, and the same one whenever it is asked for: entries are told apart by identity."""
        if entry.evidence is Evidence.read or key(limit.name, entry) not in self.confirmed:
            return entry
        return self._read.setdefault(entry, replace(entry, evidence=Evidence.read))

    def _asks(self, limit: Limit) -> list[str]:
        local = [entry for overlay in self.overlays for entry in overlay.entries.get(limit.name, ())]
        return sorted({fact_name(key) for entry in (*limit.entries, *local) for key in entry.where})

    def _find(self, limit: Limit, place: str, facts: Facts) -> Entry:
        held = [entry for entry in self._candidates(limit, place) if entry.holds_for(facts)]
        if held:
            return max(reversed(held), key=lambda entry: (len(entry.jurisdiction), len(entry.where), entry.day))
        first = min(entry.day for entry in limit.entries)
        raise JunhengError(f"{limit.zh}({limit.name})：{self.day} 没有适用的规定，最早的一条自 {first} 起 -> 换一个日期或学年")


def law_book(day: date, folder: Path | None = None) -> LawBook:
    """The book of a day, with the shipped overlays, those of a city's own `standards/` folder, and what is confirmed there."""
    if folder is None:
        return LawBook(day, shipped_overlays())
    own = [read_overlay(path) for path in sorted(folder.glob("*.toml")) if path.name != FILE]
    return LawBook(day, (*shipped_overlays(), *own), confirmed_in(folder))


def looser(overlays: Iterable[Overlay]) -> list[tuple[Overlay, Limit, Entry, Entry]]:
    """Each overlaid value that asks for less than the national one, which stands beside it."""
    return [(overlay, law.limits[name], entry, base) for overlay in overlays for name, entries in overlay.entries.items()
            for entry in entries if (base := _stricter(law.limits[name], entry))]


def looser_values(overlays: Iterable[Overlay]) -> list[str]:
    """A warning for each of them, in Chinese."""
    return [f"{overlay.zh}：{limit.zh} {entry.value} 宽于国家标准 {base.value}（{entry.paper}） -> 确认当地文件是否有效"
            for overlay, limit, entry, base in looser(overlays)]


def _stricter(limit: Limit, entry: Entry) -> Entry | None:
    """Held against every national value that it can take the place of, the most specific ones first."""
    if not isinstance(entry.value, int | Decimal):
        return None
    replaced = [base for base in limit.entries if base.agrees_with(entry.where)]
    for base in sorted(replaced, key=lambda found: -len(found.where)):
        less = Decimal(str(entry.value)) - Decimal(str(base.value))
        if (limit.stricter == "higher" and less < 0) or (limit.stricter == "lower" and less > 0):
            return base
    return None


def weakest_evidence(entries: Iterable[Entry]) -> Evidence:
    """Believed as soon as one value is."""
    return Evidence.believed if any(entry.evidence is Evidence.believed for entry in entries) else Evidence.read
