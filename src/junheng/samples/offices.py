"""What the county's offices hand in beside money: trees, events, posts, catchments, quota places and visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import ceil

from junheng.register.census import census_day
from junheng.samples.accounts import county_series, county_years
from junheng.samples.county import COMPULSORY, County, Row, Rows, School
from junheng.samples.inhabitants import population
from junheng.samples.movements import flow_rows
from junheng.samples.variants import Variant

POSTS_PER_PUPIL = {"preschool": 13.0, "primary": 19.0, "junior": 13.5, "senior": 12.5}
VISITED, GROUP_LEADERS, AREA_TOWNSHIPS = 6, 4, 5
SINCE = date(2019, 9, 1)
AWAY = 0.01  # of a catchment's children, who went elsewhere
TILT = 1.2  # rural junior schools are given so much more for each graduate
Stages = dict[tuple[str, str], Row]


def office_rows(county: County, rows: Rows, variant: Variant, year: int) -> Rows:
    """The tables that rest on all schools of a school year; `rows` holds the schools' own."""
    schools = [school for school in county.schools if school.open_in(year)]
    stages = {(row["school_id"], row["stage"]): row for row in rows["school_stages"]}
    return {
        "flows": [row for school in schools for row in flow_rows(school, year)],
        "memberships": list(_memberships(county, schools, year)),
        "school_events": [{**row, "year": year} for row in county.events if row["event_day"] <= census_day(year)],
        "staff_quota": list(_posts(schools, stages, rows, year)),
        "zones": list(_zones(county, schools, stages, variant, year)),
        "quota_places": list(_quota_places(schools, stages, variant, year)),
        "field_checks": list(_visits(schools, rows, year)),
        "population": population(county, schools, year),
        "county_years": county_years(county, rows, variant, year),
        "county_series": county_series(county, variant, year),
    }


def _memberships(county: County, schools: list[School], year: int) -> Iterator[Row]:
    """A district and a cluster for each township, a group around each leading school of the seat, areas of a few townships."""
    townships = [place["place_code"] for place in county.places if place["level"] == "township"]
    leaders = [school for school in schools if school.zone == "seat" and school.public and school.kind in ("primary", "junior")]
    for school in schools:
        at = townships.index(school.township)
        name, centre = county.township(school), school.kind in ("primary", "nine_year") and school.zone != "seat" \
            and school.place_code == school.township
        area = at // AREA_TOWNSHIPS + 1
        yield _member(school, year, "inspector_area", f"{county.code}-Z{area:02d}", f"{county.name}第{area}督学责任区", None)
        if school.compulsory and school.public and school.kind != "special":
            yield _member(school, year, "district", f"{county.code}-X{at + 1:02d}", f"{name}学区", centre)
        if school.compulsory and at % 2 == 0 and school.zone != "seat" and school.public:
            yield _member(school, year, "school_cluster", f"{county.code}-L{at + 1:02d}", f"{name}办学联盟", centre)
        if school in leaders[:GROUP_LEADERS] or (centre and at < len(townships) // 2):
            group = leaders.index(school) if school in leaders else at % GROUP_LEADERS
            yield _member(school, year, "education_group", f"{county.code}-J{group + 1}", f"{leaders[group].name}教育集团",
                          school in leaders)


def _member(school: School, year: int, tree: str, group: str, name: str, leads: bool | None) -> Row:
    since = max(SINCE, date(school.opened, 9, 1)) if school.opened else SINCE
    return {"year": year, "tree": tree, "group_id": group, "group_name": name, "school_id": school.school_id, "leads": leads,
            "from_day": since, "to_day": None, "paper": "霁教〔2019〕31号"}


def _posts(schools: list[School], stages: Stages, rows: Rows, year: int) -> Iterator[Row]:
    """Posts by the ratio of each stage, and never fewer than are filled."""
    filled: Rows = {}
    for row in rows["teachers"]:
        if row["on_quota"]:
            filled.setdefault(row["school_id"], []).append(row)
    for school in schools:
        if school.public:
            people = filled.get(school.school_id, [])
            by_ratio = sum(ceil(stages[school.school_id, stage]["pupils"] / POSTS_PER_PUPIL[stage]) for stage in school.pupils)
            posts = max(by_ratio, len(people))
            senior, middle = _ranked_posts(posts, [row["title"] for row in people])
            yield {"year": year, "school_id": school.school_id, "posts": posts, "non_teaching_posts": posts // 12,
                   "filled": len(people), "off_post": sum(row["state"] != "serving" for row in people),
                   "senior_posts": senior, "middle_posts": middle, "paper": f"霁编〔{year}〕3号"}


def _ranked_posts(posts: int, titles: list[str]) -> tuple[int, int]:
    """A quarter for senior, 45 in a hundred for middle rank; more where more hold the title."""
    seniors, middles = sum(title in ("senior", "full_senior") for title in titles), titles.count("middle")
    senior = min(max(posts // 4, seniors), posts - middles)
    return senior, min(max(posts * 45 // 100, middles), posts - senior)


def _zones(county: County, schools: list[School], stages: Stages, variant: Variant, year: int) -> Iterator[Row]:
    """Every public school of compulsory education has a catchment, and most of its entrants live there."""
    for school in schools:
        for stage in COMPULSORY:
            if stage in school.pupils and school.public and school.kind != "special":
                share = variant.zones if stage == "junior" or not variant.evidence else 1.0
                entered = ceil(stages[school.school_id, stage]["entrants"] * share)
                yield {"year": year, "school_id": school.school_id, "stage": stage, "zone": f"{school.name}片区",
                       "place_code": school.place_code, "should_enter": entered + int(entered * AWAY), "entered": entered}


def _quota_places(schools: list[School], stages: Stages, variant: Variant, year: int) -> Iterator[Row]:
    """A share of each good senior school's plan for the junior schools, by their graduates."""
    juniors = [school for school in schools if "junior" in school.pupils and school.kind != "special"]
    weights = {school.school_id: stages[school.school_id, "junior"]["graduates"] * (TILT if school.zone != "seat" else 1.0)
               for school in juniors}
    total = sum(weights.values())
    for senior in schools:
        if senior.quality and total:
            planned = stages[senior.school_id, "senior"]["planned_entrants"]
            for junior in juniors:
                given = ceil(variant.quota_places * planned * weights[junior.school_id] / total)
                if given:
                    yield {"year": year, "school_id": senior.school_id, "junior_school_id": junior.school_id, "given": given,
                           "admitted": given - given // 20, "rural": junior.rural}


def _visits(schools: list[School], rows: Rows, year: int) -> Iterator[Row]:
    """What was counted at a few schools: what their papers say, but for one that had a set of instruments in repair."""
    visited = [school for school in schools if school.compulsory and school.kind != "special"][:VISITED]
    known = {school.school_id for school in visited}
    own = {name: [row for row in rows[name] if row["school_id"] in known] for name in ("school_stages", "sites", "assets")}
    for number, school in enumerate(visited):
        def total(table: str, column: str, code: str = school.school_id) -> Decimal:
            return sum((Decimal(row[column] or 0) for row in own[table] if row["school_id"] == code
                        and row.get("standing", "own") in ("own", "sole_use")), Decimal(0))
        found = {"pupils": total("school_stages", "pupils"), "classes": total("school_stages", "classes"),
                 "teachers": total("school_stages", "full_time_teachers"),
                 "backbone": total("school_stages", "backbone_teachers"), "land": total("sites", "land_m2"),
                 "equipment": total("assets", "equipment_10k_yuan")}
        for item, counted in found.items():
            away = item == "equipment" and number == VISITED - 1
            yield {"year": year, "school_id": school.school_id, "item": item,
                   "counted": counted - Decimal("0.1") if away else counted,
                   "counted_on": date(year, 10, 12 + number), "counted_by": f"核查组{number % 2 + 1}",
                   "cause": "一套仪器送修，不在校内" if away else None, "owner": "总务主任" if away else None,
                   "corrected_on": date(year, 10, 28) if away else None}


