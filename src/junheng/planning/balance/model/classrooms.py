"""Classes of the target year by grade: how many there will be, how full, and how many more the standard needs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil

import polars as pl

from junheng.planning.balance.model.scene import Scene
from junheng.register.codes import ALL_STAGES, ORDINARY_CLASSES
from junheng.standards import law

MORE = 3  # classes of a grade beyond those that its own pupils need, should it take in others
Grade = tuple[str, str, int]  # school, stage, grade


@dataclass
class Classrooms:
    """`takes_in`: pupils may come from other schools."""

    scene: Scene
    takes_in: bool = False

    @cached_property
    def by_grade(self) -> dict[Grade, tuple[int, int]]:
        """Ordinary classes of each grade and the pupils in them, if none is opened; those whose pupils are not known are left
        out.
        """
        if not self.scene.register.has("classes"):
            return {}
        own = self.scene.register.table("classes").filter(pl.col("kind").is_in(ORDINARY_CLASSES))
        known = pl.when(pl.col("pupils").null_count() == 0).then(pl.col("pupils").sum()).alias("pupils")
        rows = own.group_by("school_id", "stage", "grade").agg(pl.len(), known).sort("school_id", "stage", "grade")
        return {
            (school, stage, grade): (many, pupils)
            for school, stage, grade, many, pupils in rows.iter_rows()
            if (school, stage) in self.scene.units and pupils is not None
        }

    def limit(self, school: str, stage: str) -> int:
        """Pupils a class at most."""
        facts = self.scene.units[school, stage].facts
        return int(self.scene.book.entry(law["class_size_limit"], self.scene.county, facts).value)

    def short(self, grade: Grade) -> int:
        """Classes that a grade needs more for its own pupils."""
        many, pupils = self.by_grade[grade]
        return max(0, ceil(Fraction(pupils, self.limit(*grade[:2]))) - many)

    @cached_property
    def openable(self) -> dict[Grade, int]:
        """How many classes may be opened in each grade."""
        found = {grade: self.short(grade) + (MORE if self.takes_in else 0) for grade in self.by_grade}
        return {grade: many for grade, many in found.items() if many}

    def openable_at(self, school: str, stage: str) -> int:
        """The same of a unit; of `all`, of the whole school."""
        return sum(many for (where, of, _), many in self.openable.items() if where == school and stage in (of, ALL_STAGES))
