"""Trees beside the divisions: which schools belonged to which district, cluster, education group or inspector area on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from junheng.register.census import Register, census_day

TABLE = "memberships"


@dataclass(frozen=True)
class Membership:
    """A school belongs to a group from `from_day` until the day before `to_day`."""

    tree: str
    group_id: str
    group_name: str | None
    school_id: str
    leads: bool | None
    from_day: date
    to_day: date | None

    @property
    def key(self) -> tuple[str, str, str, date]:
        return self.tree, self.group_id, self.school_id, self.from_day

    def holds(self, day: date) -> bool:
        return self.from_day <= day and (self.to_day is None or day < self.to_day)

    def as_json(self) -> dict[str, object]:
        return {"tree": self.tree, "group_id": self.group_id, "group_name": self.group_name, "leads": self.leads,
                "from_day": self.from_day.isoformat(), "to_day": self.to_day.isoformat() if self.to_day else None}


@dataclass(frozen=True)
class Groups:
    """What each year's register told of memberships, older years first."""

    told: Mapping[int, Sequence[Membership]]

    @classmethod
    def of(cls, registers: Iterable[Register]) -> Groups:
        ordered = sorted(registers, key=lambda each: each.year)
        return cls({each.year: list(_listed(each)) for each in ordered if each.has(TABLE)})

    def on(self, day: date, tree: str | None = None) -> list[Membership]:
        """The memberships that held on `day`.

        The list of the census before it is taken; what later lists say of the same memberships, and of new ones, overrules it.
        """
        begins = max((year for year in self.told if census_day(year) <= day), default=min(self.told, default=0))
        known = {each.key: each for each in self.told.get(begins, ())}
        for year in sorted(year for year in self.told if year > begins):
            known |= {each.key: each for each in self.told[year] if each.key in known or each.from_day > census_day(begins)}
        held = (each for each in known.values() if each.holds(day) and tree in (None, each.tree))
        return sorted(held, key=lambda each: each.key)

    def members(self, tree: str, group: str, day: date) -> list[str]:
        """The schools of a group on `day`."""
        return [each.school_id for each in self.on(day, tree) if each.group_id == group]

    def group_of(self, tree: str, day: date) -> dict[str, str]:
        """The group that each school belonged to on `day`; of a school in two, which is a fault, the first by code."""
        return {each.school_id: each.group_id for each in reversed(self.on(day, tree))}


def _listed(register: Register) -> Iterable[Membership]:
    columns = list(Membership.__dataclass_fields__)
    rows = register.table(TABLE).select(columns).drop_nulls(["tree", "group_id", "school_id", "from_day"])
    return (Membership(*row) for row in rows.iter_rows())
