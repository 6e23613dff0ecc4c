"""The rows of a register, laid out so that the rows of a school, a person or a place are found at once."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from junheng.samples.golden.amounts import Row

Rows = dict[str, list[Row]]
Absent = set[tuple[str, str]]  # (table, school) of sheets that were not handed in

BACKBONE_TITLES = ("backbone", "subject_leader", "special_grade", "master_teacher")
BACKBONE_LEVELS = ("county", "city", "province", "national")
OF_PERSONS = ("recognitions", "postings", "training")
OF_PLACES = ("population", "county_years", "county_series", "disabled_children", "places")


class Facts:
    """The register of one school year."""

    def __init__(self, rows: Rows, year: int, absent: Absent) -> None:
        self.rows, self.year, self.absent = rows, year, absent
        self.census = date(year, 9, 1)
        self.places = {row["place_code"]: row for row in rows["places"]}
        self.schools = {row["school_id"]: row for row in rows["schools"]}
        self._of_school = {table: _listed(found) for table, found in rows.items() if found and "school_id" in found[0]}
        self._of_person = {table: _by_person(rows.get(table, [])) for table in OF_PERSONS}
        self._of_place = {table: self._by_place(rows.get(table, [])) for table in OF_PLACES}

    def of_school(self, table: str, school: str) -> list[Row] | None:
        """None: the sheet was not handed in."""
        return None if (table, school) in self.absent else self._of_school.get(table, {}).get(school, [])

    def of_person(self, table: str, teacher: Row) -> list[Row] | None:
        if (table, teacher["school_id"]) in self.absent:
            return None
        return self._of_person[table].get((teacher["school_id"], teacher["teacher_id"]), [])

    def of_place(self, table: str, code: str) -> list[Row] | None:
        """Rows of the place and of all below it; None where there is not one."""
        return self._of_place[table].get(code)

    def chain(self, code: str | None) -> dict[str, str]:
        """Level -> place, from the place itself upwards."""
        found = {}
        while code is not None and code in self.places:
            found[self.places[code]["level"]] = code
            code = self.places[code]["parent_code"]
        return found

    def at(self, level: str) -> list[str]:
        return sorted(code for code, row in self.places.items() if row["level"] == level)

    def _by_place(self, rows: list[Row]) -> dict[str, list[Row]]:
        chains: dict[str, list[str]] = {}
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            code = row["place_code"]
            if code not in chains:
                chains[code] = list(self.chain(code).values())
            for place in chains[code]:
                found[place].append(row)
        return dict(found)

    # what is asked of persons

    def is_backbone(self, teacher: Row) -> bool | None:
        rows = self.of_person("recognitions", teacher)
        return None if rows is None else any(self._counts(row) for row in rows)

    def _counts(self, row: Row) -> bool:
        return (row["title"] in BACKBONE_TITLES and row["level"] in BACKBONE_LEVELS and row["since"] <= self.census
                and (row["until"] is None or row["until"] >= self.census))

    def is_trained(self, teacher: Row, hours: int = 360) -> bool | None:
        """So many hours in the five calendar years up to this one."""
        rows = self.of_person("training", teacher)
        if rows is None:
            return None
        given = [row["hours"] for row in rows if self.year - 4 <= row["training_year"] <= self.year]
        return bool(sum(given) >= hours)

    def rotates(self, teacher: Row) -> bool | None:
        """In the school year, be it for a day."""
        rows = self.of_person("postings", teacher)
        return None if rows is None else any(
            row["kind"] == "rotation" and row["from_day"] <= date(self.year + 1, 8, 31)
            and (row["to_day"] is None or row["to_day"] >= self.census) for row in rows)

    def is_due(self, teacher: Row) -> bool:
        """Has been at the school for six years."""
        return bool(teacher["at_school_since"] <= date(self.year - 6, 9, 1))


def _listed(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["school_id"]].append(row)
    return dict(found)


def _by_person(rows: list[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row["school_id"], row["teacher_id"]].append(row)
    return dict(found)
