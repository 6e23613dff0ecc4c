"""The register of the target year with the plan carried out: every measure done to the rows of the tables, for the indicators to
measure.

Amounts of people become persons (`arranging`), rooms become rows, square metres and yuan are added to what the school has. Where
a school declares how its common resources are split, what is declared for the stage rises with them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl

from junheng.planning.ahead import Ahead, written
from junheng.planning.check.arranging import Arranged, by_row
from junheng.planning.check.conditions.estate import GROUNDS, given_by
from junheng.planning.check.county import ALL, County, Row
from junheng.planning.check.staff import ORDINARY
from junheng.planning.codes import MeasureKind
from junheng.planning.forecast import apportioned
from junheng.register.census import census_day
from junheng.register.codes import USABLE
from junheng.register.submission import schema
from junheng.standards import law

Table = list[dict[str, Any]]
NEW = "新-"  # how the names of what the plan adds begin
PLACES = 10  # decimals kept: a share of a room or of yuan among stages seldom ends
EQUIPMENT, DECLARED_EQUIPMENT = "equipment_10k_yuan", "declared_equipment_10k_yuan"
DECLARED_AREA, DECLARED_SPORT, DECLARED_ROOMS = "declared_teaching_area_m2", "declared_sports_area_m2", "declared_network_rooms"


@dataclass
class Enacting:
    """One county's tables while measures are done to them."""

    county: County
    arranged: Arranged
    tables: dict[str, Table] = field(default_factory=dict)
    made: int = 0

    def enacted(self, folder: Path) -> Ahead:
        then = self.county.then
        touched = [
            name
            for name in ("teachers", "recognitions", "sites", "rooms", "venues", "assets", "school_stages", "classes")
            if then.has(name)
        ]
        self.tables = {name: then.table(name).to_dicts() for name in touched}
        self._people()
        for row in self.county.rows:
            DONE[row.kind](self, row)
        frames = then.tables | {name: _frame(name, rows) for name, rows in self.tables.items()}
        return written(Ahead(then.id, then.year, folder, frames, then.handed_in))

    def _name(self) -> str:
        self.made += 1
        return f"{NEW}{self.made}"

    def _row(self, table: str, **told: Any) -> None:
        self.tables.setdefault(table, []).append(dict.fromkeys(schema(table)) | {"year": self.county.target} | told)

    # --- people -----------------------------------------------------------------------------------------------

    def _people(self) -> None:
        """The persons of each measure changed; titles go with those who go."""
        changed: dict[tuple[str, str], dict[str, Any]] = {}
        for row, person in by_row(
            self.arranged.persons, [row for row in self.county.rows if row.kind is not MeasureKind.degree_study]
        ):
            changed.setdefault((person.school, person.id), {}).update(self._changes(row))
            if row.kind is MeasureKind.select_backbone:
                self._row(
                    "recognitions",
                    school_id=person.school,
                    teacher_id=person.id,
                    title="backbone",
                    level="county",
                    paper=self._name(),
                    since=census_day(row.of.counted),
                )
        for row in self.county.of(MeasureKind.degree_study):
            for person in self.arranged.persons.get(row.number, ())[: _whole(row.of.detail)]:
                degree = "junior_college" if row.of.stage == "primary" else "bachelor"
                changed.setdefault((person.school, person.id), {}).update({"degree": degree})
        for name in ("teachers", "recognitions"):
            for held in self.tables.get(name, ()):
                own = changed.get((held["school_id"], held["teacher_id"]), {})
                held |= {column: value for column, value in own.items() if column in held}

    def _changes(self, row: Row) -> dict[str, Any]:
        if row.kind is MeasureKind.move_teacher:
            return {"school_id": row.of.school}
        if row.kind is MeasureKind.recall:
            return {"state": "serving"}
        return {"main_subject": "arts"} if row.kind in (MeasureKind.retrain, MeasureKind.refill_arts) else {}

    def teachers(self, row: Row, subject: str, *, full_time: bool = True) -> None:
        for _ in range(int(row.amount)):
            self._row(
                "teachers",
                school_id=row.of.school,
                teacher_id=self._name(),
                stage=row.of.stage,
                full_time=full_time,
                on_quota=full_time,
                post_kind="teaching",
                state="serving",
                main_subject=subject,
                degree="bachelor",
                title="unranked",
                certificate_stage=row.of.stage,
                at_school_since=census_day(row.of.counted),
            )

    # --- what a school has in common --------------------------------------------------------------------------

    def area(self, row: Row, column: str, declared: str) -> None:
        """Square metres added to the school's own; where it told of none, a row of its own."""
        self._add_area(row.of.school, column, row.amount)
        self.declare(row.of.school, row.of.stage, declared, row.amount)

    def _add_area(self, school: str, column: str, amount: Fraction) -> None:
        own = next(
            (each for each in self.tables.get("sites", ()) if each["school_id"] == school and each["standing"] in USABLE), None
        )
        if own is None:
            areas = {name: Decimal(0) for name, kind in schema("sites").items() if isinstance(kind, pl.Decimal)}
            self._row("sites", school_id=school, standing="own", form_version="since_2021", **areas | {column: _decimal(amount)})
        elif own[column] is not None:
            own[column] += _decimal(amount)

    def equipment(self, school: str, stage: str, yuan: Fraction) -> None:
        for own in self.tables.get("assets", ()):
            if own["school_id"] == school and own[EQUIPMENT] is not None:
                own[EQUIPMENT] += _decimal(yuan / 10_000)
        self.declare(school, stage, DECLARED_EQUIPMENT, yuan / 10_000)

    def rooms(self, row: Row, kind: str, area: Fraction) -> None:
        for _ in range(int(row.amount)):
            self._row("rooms", school_id=row.of.school, room_id=self._name(), kind=kind, area_m2=_decimal(area), in_use=True)

    def declare(self, school: str, stage: str, column: str, amount: Fraction) -> None:
        """What a school that declares says of a stage; what is for all of them goes to the first."""
        if school not in self.county.declares:
            return
        first = self.county.stages_of[school][0]
        for own in self.tables["school_stages"]:
            if (own["school_id"], own["stage"]) == (school, first if stage == ALL else stage) and own[column] is not None:
                own[column] += _decimal(amount)

    # --- classes ----------------------------------------------------------------------------------------------

    def classes(self, row: Row) -> None:
        """The pupils of a grade divided anew among its classes and those that are opened."""
        grade = _whole(row.of.detail)
        own = [
            each
            for each in self.tables.get("classes", ())
            if (each["school_id"], each["stage"], each["grade"]) == (*row.key, grade) and each["kind"] in ORDINARY
        ]
        pupils = [each["pupils"] for each in own]
        for number in range(int(row.amount)):
            self._row("classes", school_id=row.of.school, stage=row.of.stage, grade=grade, number=90 + number, kind="ordinary")
            own.append(self.tables["classes"][-1])
        if None not in pupils:
            for number, many in apportioned(sum(pupils), dict.fromkeys(range(len(own)), 1)).items():
                own[number]["pupils"] = many


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _decimal(amount: Fraction) -> Decimal:
    return Decimal(round(amount * 10**PLACES)).scaleb(-PLACES)


def _frame(name: str, rows: Table) -> pl.DataFrame:
    """A table with room for more decimals than are handed in."""
    kinds: dict[str, Any] = {
        column: pl.Decimal(38, PLACES) if isinstance(kind, pl.Decimal) or column.startswith("declared_") else kind
        for column, kind in schema(name).items()
    }
    return pl.DataFrame([[row[column] for column in kinds] for row in rows], schema=kinds, orient="row")


# --- each kind ---------------------------------------------------------------------------------------------------

Do = Callable[[Enacting, Row], None]


def _network(work: Enacting, row: Row) -> None:
    facts = work.county.facts_of(row.of.school)
    work.rooms(row, "network", Fraction(60))
    work.declare(row.of.school, row.of.stage, DECLARED_ROOMS, row.amount)
    work.equipment(row.of.school, row.of.stage, row.amount * work.county.prices.value("network_room_value", facts))


def _special(work: Enacting, row: Row) -> None:
    facts, kind = work.county.facts_of(row.of.school), row.kind.name.removesuffix("_room")
    work.rooms(row, kind, Fraction(work.county.book.entry(law[f"{kind}_room_area"], work.county.code, facts).value))
    work.equipment(row.of.school, row.of.stage, row.amount * work.county.prices.value("special_room_value", facts))


def _moved_equipment(work: Enacting, row: Row) -> None:
    work.equipment(row.of.source, given_by(row), -row.amount)
    work.equipment(row.of.school, row.of.stage, row.amount)


def _lease(work: Enacting, row: Row) -> None:
    facts = work.county.facts_of(row.of.school)
    area = work.county.prices.value("lease_venue_area", facts)
    minutes = work.county.book.entry(law["leased_venue_minutes"], work.county.code, facts).value
    for number in range(int(row.amount)):
        work._row(
            "venues",
            school_id=row.of.school,
            number=90 + number,
            name=work._name(),
            area_m2=_decimal(area),
            minutes_on_foot=int(minutes),
            contract_since=date(row.of.year, 1, 1),
        )
    work.declare(row.of.school, row.of.stage, DECLARED_SPORT, area * row.amount)


def _convert(work: Enacting, row: Row) -> None:
    work.area(row, "classroom_m2", DECLARED_AREA)


def _ground(work: Enacting, row: Row) -> None:
    work.area(row, "sports_ground_m2", DECLARED_SPORT)


def _indoor(work: Enacting, row: Row) -> None:
    work.area(row, "indoor_sport_m2", DECLARED_SPORT)


def _nothing(work: Enacting, row: Row) -> None:
    """Done already, to persons or to the pupils; or adds nothing itself, as land does."""


DONE: dict[MeasureKind, Do] = (
    dict.fromkeys(MeasureKind, _nothing)
    | dict.fromkeys(GROUNDS, _ground)
    | {
        MeasureKind.recruit_arts: lambda work, row: work.teachers(row, "arts"),
        MeasureKind.recruit: lambda work, row: work.teachers(row, "chinese"),
        MeasureKind.visit: lambda work, row: work.teachers(row, "arts", full_time=False),
        MeasureKind.convert: _convert,
        MeasureKind.build: _convert,
        MeasureKind.hall: _indoor,
        MeasureKind.shed: _indoor,
        MeasureKind.buy_equipment: lambda work, row: work.equipment(row.of.school, row.of.stage, row.amount),
        MeasureKind.move_equipment: _moved_equipment,
        MeasureKind.network_room: _network,
        MeasureKind.music_room: _special,
        MeasureKind.art_room: _special,
        MeasureKind.lease_venue: _lease,
        MeasureKind.open_class: lambda work, row: work.classes(row),
    }
)
