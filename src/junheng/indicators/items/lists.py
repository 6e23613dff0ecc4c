"""Lists of people, rooms and areas that more than one formula counts."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from junheng.kernel.shapes import Count, Sum, Total
from junheng.kernel.tables import Table
from junheng.register.codes import BACKBONE_LEVELS, BACKBONE_TITLES, ORDINARY_CLASSES, USABLE
from junheng.register.tables import classes, recognitions, school_stages, schools, sites, teachers

pupils = Sum(school_stages, school_stages.pupils)
full_time = teachers.only(teachers.full_time & (teachers.state == "serving"))
visitors = teachers.only(~teachers.full_time & (teachers.state == "serving"))
ordinary = classes.only(classes.kind.is_in(ORDINARY_CLASSES))
usable = sites.only(sites.standing.is_in(USABLE))

_old_form = usable.only(sites.form_version == "before_2021")
_new_form = usable.only(sites.form_version == "since_2021")
teaching_area: Total = Sum(
    _old_form,
    sites.classroom_m2 + sites.laboratory_m2 + sites.library_m2 + sites.computer_room_m2 + sites.language_room_m2,
) + Sum(
    _new_form,
    sites.classroom_m2 + sites.special_room_m2 + sites.library_m2 + sites.counselling_m2 + sites.other_teaching_m2,
)
indoor_sport = Sum(usable, sites.indoor_sport_m2)
sports_area = Sum(usable, sites.sports_ground_m2 + sites.indoor_sport_m2)

SPORT_AND_ARTS = ["physical_education", "music", "art", "arts"]
ABOVE_SENIOR = ["junior_college", "bachelor", "master", "doctor"]
ABOVE_JUNIOR_COLLEGE = ["bachelor", "master", "doctor"]


def above_required_degree() -> Table:
    """Full-time teachers whose highest completed degree is above the required one: 高中阶段 for primary, 专科 for junior."""
    primary = (teachers.stage == "primary") & teachers.degree.is_in(ABOVE_SENIOR)
    return full_time.only(primary | ((teachers.stage != "primary") & teachers.degree.is_in(ABOVE_JUNIOR_COLLEGE)))


def in_force(since: nw.Expr, until: nw.Expr, day: date) -> nw.Expr:
    """Valid on `day`; an empty end is valid without end."""
    return (since <= day) & (until.is_null() | (until >= day))


def backbone(of: Table, day: date) -> Table:
    """Of these teachers, those with a backbone title of county level or above that is in force; honours do not count."""
    titles = recognitions.only(
        recognitions.title.is_in(BACKBONE_TITLES)
        & recognitions.level.is_in(BACKBONE_LEVELS)
        & in_force(recognitions.since, recognitions.until, day)
    )
    with_titles = of.linked("titles", Count(titles), on=("school_id", "teacher_id"))
    return with_titles.only(with_titles.titles > 0)


def of_schools(table: Table, name: str, which: Table) -> Table:
    """The rows of those schools that are in `which`, a narrowing of `schools`."""
    marked = table.linked(name, Count(which), on=("school_id",))
    return marked.only(getattr(marked, name) > 0)


public = schools.only(schools.run_by != "private")
vocational = schools.only(schools.kind == "vocational")


def minus(total: Total) -> Total:
    """What is taken away."""
    return Total(tuple((-weight, each) for weight, each in total.terms))


def aged(born: nw.Expr, year: int, least: int, most: int) -> nw.Expr:
    """Of this age in the year of the census day, by year of birth."""
    return (born >= year - most) & (born <= year - least)
