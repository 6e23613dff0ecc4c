"""Classes opened so that none is over the standard: how many each grade needs, and a room and the teachers for each."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.conditions.estate import Estate
from junheng.planning.check.county import County, Row, grouped, total, words
from junheng.planning.check.measured import Key
from junheng.planning.check.staff import Staff
from junheng.planning.codes import MeasureKind
from junheng.register.codes import ORDINARY_CLASSES
from junheng.standards import law

MAKES_ROOMS = (MeasureKind.convert, MeasureKind.build)
BRINGS_TEACHERS = (MeasureKind.recruit, MeasureKind.recruit_arts, MeasureKind.move_teacher)
Grade = tuple[str, str, int]  # school, stage, grade


def grades_of(county: County) -> dict[Grade, tuple[int, int]]:
    """Ordinary classes of each grade and the pupils in them if none is opened; where those are known."""
    found: dict[Grade, list[int | None]] = {}
    for row in county.then.table("classes").iter_rows(named=True) if county.then.has("classes") else ():
        if row["kind"] in ORDINARY_CLASSES and (row["school_id"], row["stage"]) in county.asked:
            found.setdefault((row["school_id"], row["stage"], row["grade"]), []).append(row["pupils"])
    return {grade: (len(many), sum(each or 0 for each in many)) for grade, many in found.items() if None not in many}


def class_limit(county: County, key: Key) -> int:
    return int(county.book.entry(law["class_size_limit"], county.code, county.facts[key]).value)


def needed_classes(county: County) -> dict[Grade, int]:
    """Classes that a grade needs more so that none is over the standard."""
    return {
        grade: ceil(Fraction(pupils, class_limit(county, grade[:2]))) - many
        for grade, (many, pupils) in grades_of(county).items()
    }


def opened(county: County) -> dict[Grade, int]:
    found: dict[Grade, int] = {}
    for row in county.of(MeasureKind.open_class):
        key = _grade(row)
        found[key] = found.get(key, 0) + int(row.amount)
    return found


def short_classes(county: County) -> Iterator[tuple[str, str, int, int, int]]:
    """School, stage, grade, classes opened and classes needed, where fewer are; asked for only where classes may be opened."""
    made = opened(county)
    for (school, stage, grade), many in needed_classes(county).items() if "classes" in county.plan.task["allow"] else ():
        if many > 0 and made.get((school, stage, grade), 0) < many:
            yield school, stage, grade, made.get((school, stage, grade), 0), many


def classes(county: County) -> Iterator[Breach]:
    needed = needed_classes(county)
    for row in county.of(MeasureKind.open_class):
        most = max(0, needed.get(_grade(row), 0))
        if row.amount > most:
            yield county.at(row, Condition.class_size, f"增开 {words(row.amount)} 个班", f"不超过所需 {most} 个班")


def _grade(row: Row) -> Grade:
    return (*row.key, int(row.of.detail) if row.of.detail.isdecimal() else 0)


def class_rooms(county: County, estate: Estate) -> Iterator[Breach]:
    """A new class has a room: one that is spare, or is made."""
    for (school,), rows in grouped(county.of(MeasureKind.open_class), "school").items():
        each = county.prices.value("class_room_m2")
        spare = max(Fraction(0), (estate.area(school, "classroom_m2") or Fraction(0)) - each * estate.classes.get(school, 0))
        made = total(row for row in county.of(*MAKES_ROOMS) if row.of.school == school)
        if each * total(rows) > spare + made:
            yield county.at(
                rows[0],
                Condition.class_room,
                f"增开 {words(total(rows))} 个班需 {words(each * total(rows))} ㎡",
                f"不超过富余教室 {words(spare)} ㎡ 和改造、新建 {words(made)} ㎡",
            )


def class_teachers(county: County, staff: Staff) -> Iterator[Breach]:
    """A new class has teachers: those who are spare, who come, or are recruited, less those who go."""
    for key, rows in ((tuple(key), rows) for key, rows in grouped(county.of(MeasureKind.open_class), "school", "stage").items()):
        school, stage = key
        each = county.prices.value("teachers_a_class", county.facts[school, stage])
        spare = max(Fraction(0), len(staff.serving((school, stage))) - each * staff.classes.get((school, stage), 0))
        coming = total(row for row in county.of(*BRINGS_TEACHERS) if row.key == key)
        going = total(row for row in county.of(MeasureKind.move_teacher) if row.giver == key)
        if each * total(rows) > spare + coming - going:
            yield county.at(
                rows[0],
                Condition.class_teachers,
                f"增开 {words(total(rows))} 个班需教师 {words(each * total(rows))} 人",
                f"不超过富余和新到的 {words(spare + coming - going)} 人",
            )
