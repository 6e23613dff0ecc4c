"""What a figure is asked of: one stage of a school, a school, or a place with all schools in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from junheng.samples.golden.amounts import Amount, Condition, Row, count
from junheng.samples.golden.facts import Facts

STAGES = ("preschool", "primary", "junior", "senior")
COMPULSORY = ("primary", "junior")
STAGED = ("school_stages", "classes", "teachers", "pupils", "flows", "zones")  # tables that name the stage of each row
ALL = "all"


@dataclass(frozen=True, eq=False)
class Part:
    """A school, or some of its stages."""

    facts: Facts
    school: Row
    stage: str
    stages: tuple[str, ...]
    groups: dict[str, str]  # level -> code

    def rows(self, table: str) -> list[Row] | None:
        found = self.facts.of_school(table, self.school["school_id"])
        if found is None or table not in STAGED:
            return found
        return [row for row in found if row["stage"] in self.stages]

    @cached_property
    def pupils(self) -> int:
        return sum(row["pupils"] for row in self.rows("school_stages") or [])

    @cached_property
    def has_senior(self) -> bool:
        held = self.facts.of_school("school_stages", self.school["school_id"]) or []
        return any(row["stage"] == "senior" for row in held)

    def pupils_at(self, stage: str) -> int:
        return sum(row["pupils"] for row in self.rows("school_stages") or [] if row["stage"] == stage)

    @cached_property
    def staff(self) -> list[Row] | None:
        """Full-time teachers."""
        rows = self.rows("teachers")
        return None if rows is None else [row for row in rows if row["full_time"] and row["state"] == "serving"]

    @cached_property
    def classes(self) -> list[Row] | None:
        """Ordinary ones."""
        rows = self.rows("classes")
        return None if rows is None else [row for row in rows if row["kind"] in ("ordinary", "mixed")]

    @cached_property
    def usable(self) -> list[Row] | None:
        rows = self.rows("sites")
        return None if rows is None else [row for row in rows if row["standing"] in ("own", "sole_use")]

    @cached_property
    def share(self) -> Fraction:
        """Of what the school has in common, by pupils."""
        pupils = {row["stage"]: row["pupils"]
                  for row in self.facts.of_school("school_stages", self.school["school_id"]) or []
                  if row["stage"] in ("primary", "junior", "senior") and row["pupils"]}
        return Fraction(pupils[self.stage], sum(pupils.values())) if len(pupils) > 1 else Fraction(1)

    def asked(self, rows: list[Row] | None, condition: Condition, *tables: str) -> Amount:
        """How many persons meet a condition on their rows of other tables."""
        return Amount(0, None) if any(self.rows(table) is None for table in tables) else count(rows, condition)

    def money(self, item: str, year: int) -> list[Row] | None:
        rows = self.rows("money")
        return [row for row in rows or [] if row["item"] == item and row["calendar_year"] == year] or None


@dataclass(frozen=True, eq=False)
class Place:
    """A division and the schools in it; of one stage, or of all."""

    facts: Facts
    code: str
    stage: str
    groups: dict[str, str]
    schools: list[Part]  # whole ones

    def among(self, *stages: str) -> list[Part]:
        return [school for school in self.schools if any(row["stage"] in stages for row in school.rows("school_stages") or [])]

    def rows(self, table: str, *stages: str) -> list[Row] | None:
        """Of all schools, or of those with one of the stages; None if the sheet of one of them was not handed in."""
        found = []
        for school in self.among(*stages) if stages else self.schools:
            rows = school.rows(table)
            if rows is None:
                return None
            found += [row for row in rows if not stages or table not in STAGED or row["stage"] in stages]
        return found

    def own(self, table: str) -> list[Row] | None:
        return self.facts.of_place(table, self.code)

    def in_year(self, table: str, column: str, year: int) -> list[Row] | None:
        """Of the stage of the place. None where there is not one: nobody said what it was."""
        rows = [row for row in self.own(table) or [] if self.stage in (ALL, row.get("stage"))]
        return [row for row in rows if row[column] == year] or None

    def school_of(self, row: Row) -> Row:
        return self.facts.schools[row["school_id"]]


class Units:
    """Every unit of a register."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        chains = {code: {"school": code, **facts.chain(row["place_code"])} for code, row in facts.schools.items()}
        held = {code: [row["stage"] for row in facts.of_school("school_stages", code) or []] for code in facts.schools}
        def part(code: str, stage: str, stages: tuple[str, ...]) -> Part:
            return Part(facts, facts.schools[code], stage, stages, chains[code])
        self.wholes = [part(code, ALL, STAGES) for code in facts.schools]
        self.stages = _with_pupils(part(code, stage, (stage,)) for code, has in held.items() for stage in STAGES if stage in has)
        self.compulsory = _with_pupils(part(code, ALL, COMPULSORY) for code in facts.schools)
        self.whole_schools = [whole for whole in self.wholes if whole.pupils]

    def counties(self, asked: set[str], stage: str = ALL) -> list[Place]:
        return self._places("county", asked, stage)

    def townships(self, asked: set[str], stage: str = ALL) -> list[Place]:
        return self._places("township", asked, stage)

    def _places(self, level: str, asked: set[str], stage: str) -> list[Place]:
        inside: dict[str, list[Part]] = {}
        for whole in self.wholes:
            inside.setdefault(whole.groups.get(level, ""), []).append(whole)
        chains = {code: self.facts.chain(code) for code in self.facts.at(level)}
        return [Place(self.facts, code, stage, groups, inside.get(code, [])) for code, groups in chains.items()
                if groups.get("county") in asked]


def _with_pupils(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts if part.pupils]
