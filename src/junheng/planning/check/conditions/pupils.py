"""The pupils a plan rests on: the forecast, or the user's own; entrants who go elsewhere, schools that are merged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from junheng.kernel.codes import Stage
from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.conditions.classes import class_limit
from junheng.planning.check.conditions.rows import is_number
from junheng.planning.check.county import County, Row, grouped, total, words
from junheng.planning.codes import MeasureKind
from junheng.planning.forecast import GRADES, Forecast
from junheng.planning.merging import lost_stages, steps
from junheng.planning.not_allowed import sentence
from junheng.planning.plan import Measure, Plan
from junheng.register.codes import ORDINARY_CLASSES
from junheng.standards import law

MOST = 20_000  # pupils of a stage of a school
Told = dict[tuple[int, str, str], int]


def told_by(plan: Plan) -> Told:
    """The pupils that the plan says it rests on, by year, school and stage."""
    return {(row["year"], row["school"], row["stage"]): row["pupils"] for row in plan.pupils}


def pupils(county: County, truth: Forecast, schools: Collection[str]) -> Iterator[Breach]:
    """The plan's pupils of these schools, all that the county has, against those of the forecast."""
    points, told = points_of(county), {key: many for key, many in told_by(county.plan).items() if key[1] in schools}
    wanted = {
        (year, *key): sum(grades.values())
        for year, each in truth.rolls.items()
        for key, grades in each.items()
        if key[0] in schools
    }
    for key in sorted({*told, *wanted}):
        year, school, stage = key
        if told.get(key) != wanted.get(key):
            why = f"：{sentence('shrink_point')}" if _shrinks(told.get(key), wanted.get(key), points.get(school)) else ""
            yield Breach(
                Condition.pupils,
                f"{county.called(school, stage)} {year}年",
                f"在校生 {_or_none(told.get(key))}",
                f"{_or_none(wanted.get(key))}{why}",
                "按推算的在校生数重新规划，或用 --pupils 给出规划时用的文件",
            )


def _shrinks(told: int | None, wanted: int | None, least: int | None) -> bool:
    """Whether a teaching point leaves the scope by the plan's pupils and not by those of the forecast."""
    return least is not None and told is not None and wanted is not None and told < least <= wanted


def _or_none(pupils: int | None) -> str:
    return "没有列出" if pupils is None else f"{pupils} 人"


def points_of(county: County) -> dict[str, int]:
    """Teaching points, with the pupils under which the resource items do not ask them."""
    return {
        school: int(county.book.entry(law["small_point_pupils"], county.code, facts).value)
        for (school, _), facts in county.facts.items()
        if facts["kind"] == "teaching_point"
    }


# --- entrants who go to a neighbour -----------------------------------------------------------------------------


def moves_of_measures(measures: Iterable[Measure], county: str) -> list[Measure]:
    """The entrants of a plan who go to a neighbour."""
    return [
        each
        for each in measures
        if (each.county, each.kind) == (county, MeasureKind.move_intake.name)
        and each.stage in GRADES
        and is_number(each.amount)
        and 0 < each.amount <= MOST
    ]


def moved(told: Forecast, measures: Iterable[Measure]) -> Forecast:
    """The pupils of the coming years when these entrants go elsewhere: a cohort stays where it entered."""
    rolls = {year: {key: dict(grades) for key, grades in each.items()} for year, each in told.rolls.items()}
    for each in measures:
        for year in (year for year in rolls if year >= each.year):
            grade = GRADES[each.stage][0] + year - each.year
            if grade in GRADES[each.stage]:
                for school, more in ((each.source, -int(each.amount)), (each.school, int(each.amount))):
                    own = rolls[year].setdefault((school, each.stage), {})
                    own[grade] = own.get(grade, 0) + more
    return replace(told, rolls=rolls)


def intake(county: County) -> Iterator[Breach]:
    rows = county.of(MeasureKind.move_intake)
    for row in rows:
        facts, km = county.facts[row.giver], county.km(row.of.source, row.of.school)
        farthest = float(county.prices.value("intake_km", facts))
        if any(county.is_private(school) or len(county.units.sharing(school)) > 1 for school in (row.of.source, row.of.school)):
            yield county.at(row, Condition.intake, "有民办学校或一贯制学校", "单一学段的公办学校之间")
        elif km is None or km > farthest + 1e-9:
            yield county.at(row, Condition.intake, "距离未知" if km is None else f"相距 {km:.1f} 公里", f"{farthest:g} 公里以内")
    yield from _shares(county, rows)
    yield from _sizes(county, rows)
    yield from _full_classes(county, rows)


def _shares(county: County, rows: list[Row]) -> Iterator[Breach]:
    for (school, stage, year), own in grouped(rows, "source", "stage", "year").items():
        entrants = county.unmoved.rolls[year].get((school, stage), {}).get(GRADES[stage][0], 0)
        most = floor(county.prices.value("intake_share", county.facts[school, stage]) * entrants)
        if total(own) > most:
            yield county.school(school, stage, Condition.intake, f"{year}年调出新生 {words(total(own))} 人", f"不超过 {most} 人")
        for least in [point for point in (points_of(county).get(school),) if point is not None]:
            now, then = (told.pupils(county.target, school, stage) or 0 for told in (county.unmoved, county.told))
            if then < least <= now:
                yield county.school(
                    school,
                    stage,
                    Condition.intake,
                    f"{county.target}年在校生减到 {then} 人",
                    f"不少于 {least} 人：{sentence('shrink_point')}",
                )


def _sizes(county: County, rows: list[Row]) -> Iterator[Breach]:
    for (school, stage), _ in grouped(rows, "school", "stage").items():
        limit = int(county.book.entry(law["school_size"], county.code, county.facts_of(school)).value)
        before, after = (told.pupils(county.target, school, stage) or 0 for told in (county.unmoved, county.told))
        if after > max(limit, before):
            yield county.school(
                school, stage, Condition.intake, f"{county.target}年在校生 {after} 人", f"不超过 {max(limit, before)} 人"
            )


def _full_classes(county: County, rows: list[Row]) -> Iterator[Breach]:
    """No grade that takes in others has fuller classes than the standard, in those it would have had and those that are
    opened.
    """
    for (school, stage, year), _ in grouped(rows, "school", "stage", "year").items():
        grade = GRADES[stage][0] + county.target - year
        before, after = (
            told.rolls[county.target].get((school, stage), {}).get(grade, 0) for told in (county.unmoved, county.told)
        )
        limit = class_limit(county, (school, stage))
        opened = total(
            row for row in county.of(MeasureKind.open_class) if (*row.key, row.of.detail) == (school, stage, str(grade))
        )
        many = _classes_without(county, school, stage, grade, before) + int(opened)
        if after > max(before, limit * many):
            most = max(before, limit * many)
            yield county.school(
                school, stage, Condition.intake, f"{county.target}年{grade}年级 {many} 个班 {after} 人", f"不超过 {most} 人"
            )


def _classes_without(county: County, school: str, stage: str, grade: int, pupils: int) -> int:
    """Classes of a grade of entrants that nobody else joins: as large as those of today, merged schools together."""
    goes_to = {row.of.source: row.of.school for row in county.of(MeasureKind.merge)}
    rows = county.register.table("classes").iter_rows(named=True) if county.register.has("classes") else ()
    today = sum(
        (goes_to.get(row["school_id"], row["school_id"]), row["stage"], row["grade"]) == (school, stage, grade)
        and row["kind"] in ORDINARY_CLASSES
        for row in rows
    )
    on_roll = county.unmoved.rolls[county.first].get((school, stage), {}).get(grade, 0)
    return max(1, ceil(Fraction(pupils * max(today, 1), on_roll))) if on_roll else 1


# --- mergers ----------------------------------------------------------------------------------------------------


def merges_of_measures(measures: Iterable[Measure], county: str) -> list[tuple[str, str]]:
    """Which schools a plan merges into which."""
    return [(each.source, each.school) for each in measures if (each.county, each.kind) == (county, MeasureKind.merge.name)]


def _merger(county: County, row: Row) -> str:
    return f"{county.called(row.of.source)}并入{county.called(row.of.school)}"


def merges(county: County) -> Iterator[Breach]:
    permitted = {(school, into) for school, into in county.plan.task["merges"]}
    merged = county.of(MeasureKind.merge)
    going = [row.of.source for row in merged]
    for row in merged:
        if (row.of.source, row.of.school) not in permitted:
            yield county.at(row, Condition.merge, _merger(county, row), "用户准许的名单中的一处")
        if row.of.source not in county.names or going.count(row.of.source) > 1 or row.of.school in going:
            yield county.at(row, Condition.merge, _merger(county, row), "一所学校只并入另一所留下的学校")
        if any(
            unit.school_id in (row.of.source, row.of.school) and unit.facts["run_by"] == "private"
            for unit in county.units_today.by["whole"]
        ):
            yield county.at(row, Condition.merge, "有民办学校", "公办学校之间")
        for stage in lost_stages(row.of.source, row.of.school, county.units_today, county.unmerged):
            yield county.at(row, Condition.merge, f"{Stage[stage].zh}学生没有去处", "有同一学段、在校生数已报的学校")
        if row.amount != 1:
            yield county.at(row, Condition.merge, f"{words(row.amount)} 所", "1 所")
        if list(county.plan.procedure) != steps():
            yield county.at(row, Condition.merge, "程序写得不全", "；".join(steps()))
