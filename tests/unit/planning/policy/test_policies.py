"""Who a policy touches, what it opens or breaks and what it costs: counties worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from junheng.kernel.faults import Exit, JunhengError
from junheng.planning.policy import Assessment, assess
from tests.spec.drawn import Drawn, draw
from tests.unit.planning.cities import city_of
from tests.unit.planning.commands.running import Officer
from tests.unit.planning.short_county import POINT, RICH, short_county

ONE, TWO, THREE, PRIVATE = (f"219901000{number}" for number in range(1, 5))


def assessed(register: Drawn, folder: Path, rule: str) -> Assessment:
    path = folder / "rule.toml"
    path.write_text(rule, encoding="utf-8")
    return assess(city_of(register, folder), path)


# --- heads ---------------------------------------------------------------------------------------------------------


def heads(folder: Path, years: int, **since: date | None) -> Assessment:
    """A head at each school since a day; the last school is private, the third has the only junior head."""
    schools = [{"school_id": ONE, "name": "甲"}, {"school_id": TWO, "name": "乙"},
               {"school_id": THREE, "name": "丙", "kind": "junior"},
               {"school_id": PRIVATE, "name": "丁", "run_by": "private"}]  # fmt: skip
    stages = dict.fromkeys((ONE, TWO, PRIVATE), "primary") | {THREE: "junior"}
    days = {ONE: date(2017, 9, 1), TWO: date(2017, 9, 2), THREE: date(2010, 1, 1), PRIVATE: date(2000, 1, 1)} | since
    register = draw(
        schools=schools,
        school_stages=[{"school_id": school, "stage": stage} for school, stage in stages.items()],
        teachers=[
            {
                "school_id": school,
                "teacher_id": f"head of {school}",
                "stage": stage,
                "certificate_stage": stage,
                "head_since": days[school],
            }
            for school, stage in stages.items()
        ],
    )
    return assessed(register, folder, f'kind = "heads_rotate"\nyears = {years}\n')


def test_a_head_is_due_on_the_first_census_day_on_which_the_years_are_full(tmp_path: Path) -> None:
    """From 1 September 2017 eight years are full on that of 2025, from the day after it only on that of 2026."""
    found = heads(tmp_path, 8)
    assert {row["school"]: row["due"] for row in found.rows} == {ONE: 2025, TWO: 2026, THREE: 2018}
    assert (found.affected["heads_now"], found.affected["heads_2026"], found.affected["heads_2027"]) == (2, 1, 0)


def test_private_schools_are_not_asked_and_who_has_nobody_to_change_with_is_told(tmp_path: Path) -> None:
    found = heads(tmp_path, 8)
    assert PRIVATE not in {row["school"] for row in found.rows}
    assert len(found.breaks) == 1 and THREE in found.breaks[0]


def test_the_subsidy_is_that_of_teachers_who_move(tmp_path: Path) -> None:
    assert heads(tmp_path, 8).cost == {"subsidy_a_year": 2 * 6000}


def test_a_head_whose_day_nobody_told_is_unknown_and_not_new(tmp_path: Path) -> None:
    found = heads(tmp_path, 8, **{ONE: None})
    assert ONE not in {row["school"] for row in found.rows}
    assert len(found.unknown) == 1 and found.unknown[0].startswith("1 所公办学校")


def test_a_head_who_is_not_due_is_somebody_to_change_with(tmp_path: Path) -> None:
    """The head of the one primary school is due, that of the other came this year: the two can change places."""
    found = heads(tmp_path, 8, **{TWO: date(2025, 8, 1)})
    assert found.affected["heads_now"] == 2
    assert [sentence for sentence in found.breaks if ONE in sentence] == []


def test_a_school_with_two_heads_is_one_school(tmp_path: Path) -> None:
    two = [{"school_id": ONE, "teacher_id": str(number), "head_since": date(2010, 9, 1)} for number in range(2)]
    register = draw(schools=[{"school_id": ONE}], school_stages=[{"school_id": ONE}], teachers=two)
    found = assessed(register, tmp_path, 'kind = "heads_rotate"\nyears = 8\n')
    assert (found.affected["schools"], found.affected["heads_now"], len(found.breaks)) == (1, 2, 1)


def test_no_person_is_named(tmp_path: Path) -> None:
    assert "head of" not in str(heads(tmp_path, 8))


# --- classes -------------------------------------------------------------------------------------------------------


def classes(folder: Path, limit: int, by: int, sizes: dict[int, tuple[int, ...]], rooms_m2: int, teachers: int) -> Assessment:
    register = draw(
        schools=[{"school_id": ONE, "name": "甲"}],
        school_stages=[{"school_id": ONE, "pupils": sum(map(sum, sizes.values()))}],
        classes=[{"school_id": ONE, "grade": grade, "number": number, "pupils": pupils}
                 for grade, own in sizes.items() for number, pupils in enumerate(own, 1)],
        sites=[{"school_id": ONE, "classroom_m2": Decimal(rooms_m2)}],
        teachers=[{"school_id": ONE, "teacher_id": str(number)} for number in range(teachers)],
    )  # fmt: skip
    return assessed(register, folder, f'kind = "max_class"\nlimit = {limit}\nby = {by}\n')


def test_a_cohort_is_followed_to_the_year(tmp_path: Path) -> None:
    """Grade 1 of today, 100 in two classes, is grade 3 in 2027: one class more at a limit of 45; grade 6 of today is gone."""
    found = classes(tmp_path, 45, 2027, {1: (50, 50), 2: (40,), 6: (60,)}, 0, 0)
    assert [(row["grade"], row["pupils"], row["classes"], row["classes_more"]) for row in found.rows if row["grade"] > 2] == [
        (3, 100, 2, 1)
    ]


def test_a_class_at_the_limit_is_not_over_it(tmp_path: Path) -> None:
    assert classes(tmp_path, 45, 2025, {1: (45,), 2: (46,)}, 0, 0).affected == {"schools": 1, "grades": 1, "classes_more": 1}


def test_rooms_and_teachers_that_are_there_come_first_and_the_rest_is_priced(tmp_path: Path) -> None:
    """Three classes more; rooms of 60 m2 for four classes in all, two are there; teachers for four classes and one over."""
    found = classes(tmp_path, 45, 2025, {1: (100,), 2: (90,)}, 3 * 60, 5)
    more, short = sum(row["classes_more"] for row in found.rows), sum(row["rooms_short"] for row in found.rows)
    assert (more, short) == (3, 2)
    assert found.cost["rooms_once"] == 2 * 60 * 3800
    lacking = sum(row["teachers_short"] for row in found.rows)
    assert lacking == sum(row["teachers_needed"] for row in found.rows) - 1 and found.cost["teachers_a_year"] == lacking * 120_000


def unsure(folder: Path, *, not_handed_in: tuple[tuple[str, str], ...] = (), **tables: Any) -> Assessment:
    """A school of 100 pupils in one class of grade 1, at a limit of 45."""
    rows: dict[str, Any] = {
        "schools": [{"school_id": ONE, "name": "甲"}],
        "school_stages": [{"school_id": ONE, "pupils": 100}],
        "classes": [{"school_id": ONE, "grade": 1, "number": 1, "pupils": 100}],
        "sites": [{"school_id": ONE, "classroom_m2": Decimal(60)}],
        "teachers": [{"school_id": ONE, "teacher_id": "1"}],
    }
    register = draw(not_handed_in=not_handed_in, **(rows | tables))
    return assessed(register, folder, 'kind = "max_class"\nlimit = 45\nby = 2025\n')


def test_a_school_that_told_no_classes_opens_none(tmp_path: Path) -> None:
    for classes in ([], [{"school_id": ONE, "grade": 1, "number": number, "pupils": pupils}
                         for number, pupils in enumerate((50, None), 1)]):  # fmt: skip
        found = unsure(tmp_path, classes=classes)
        assert found.rows == () and found.affected["classes_more"] == 0
        assert [sentence for sentence in found.unknown if "1 所学校没有报班级表" in sentence]


def test_a_school_of_special_classes_alone_is_not_asked_and_not_unknown(tmp_path: Path) -> None:
    found = unsure(tmp_path, classes=[{"school_id": ONE, "grade": 1, "number": 1, "kind": "special", "pupils": 100}])
    assert found.rows == () and not [sentence for sentence in found.unknown if "班级表" in sentence]


def test_rooms_that_nobody_told_are_not_lacking_and_not_paid_for(tmp_path: Path) -> None:
    known = unsure(tmp_path)
    assert [row["rooms_short"] for row in known.rows] == [2] and known.cost["rooms_once"] > 0
    halves = [{"school_id": ONE, "standing": "own", "classroom_m2": Decimal(60)},
              {"school_id": ONE, "standing": "sole_use", "classroom_m2": None}]  # fmt: skip
    for found in (unsure(tmp_path, sites=[], not_handed_in=(("sites", ONE),)), unsure(tmp_path, sites=halves)):
        assert [row["rooms_short"] for row in found.rows] == [None]
        assert found.cost["rooms_once"] == 0 and found.breaks == ()
        assert [sentence for sentence in found.unknown if "缺多少教室未知" in sentence]


def test_teachers_that_nobody_told_are_not_lacking_and_not_paid_for(tmp_path: Path) -> None:
    found = unsure(tmp_path, teachers=[], not_handed_in=(("teachers", ONE),))
    assert [row["teachers_short"] for row in found.rows] == [None] and found.cost["teachers_a_year"] == 0
    assert [sentence for sentence in found.unknown if "缺多少教师未知" in sentence]
    assert unsure(tmp_path, teachers=[]).rows[0]["teachers_short"] == unsure(tmp_path, teachers=[]).rows[0]["teachers_needed"]


def test_what_the_pupils_to_come_rest_on_is_told(tmp_path: Path) -> None:
    assert [note for note in unsure(tmp_path).notes if "学龄人口" in note or "六年级" in note]


# --- points --------------------------------------------------------------------------------------------------------


AT = {"latitude": Decimal("40.1"), "coordinates": "cgcs2000"}


SMALLER = """jurisdiction = "990101"
zh = "某县"
[class_size_limit]
since = [{day = 2017-04-19, where = {stage = "primary"}, value = 25, paper = "某县文件", evidence = "read"}]
"""


def points(
    folder: Path,
    *,
    km: str = "0.01",
    pupils: int = 20,
    later: int = 1,
    seats: int = 40,
    longitude: Decimal | None = Decimal("116.3"),
    **tables: Any,
) -> Assessment:
    """A point of so many pupils, its central school so many degrees away, with room in one class of 45."""
    there = None if longitude is None else longitude + Decimal(km)
    rows: dict[str, Any] = {
        "schools": [{"school_id": ONE, "name": "甲", "longitude": Decimal("116.3"), **AT},
                    {"school_id": TWO, "name": "乙", "kind": "teaching_point", "managing_school_id": ONE,
                     "longitude": there, **AT}],
        "school_stages": [{"school_id": ONE, "pupils": 45 - seats}, {"school_id": TWO, "pupils": pupils}],
        "classes": [{"school_id": ONE, "grade": 1, "number": 1, "pupils": 45 - seats},
                    {"school_id": TWO, "grade": 1, "number": 1, "pupils": pupils}],
        "rooms": [{"school_id": ONE, "room_id": "1"}, {"school_id": TWO, "room_id": "1"}],
        "population": [{"birth_year": 2019, "people": 100}, {"birth_year": 2020, "people": later}],
    }  # fmt: skip
    return assessed(draw(**(rows | tables)), folder, 'kind = "small_points"\nunder = 30\n')


def test_only_a_point_that_is_near_and_empties_and_has_seats_waiting_may_be_looked_at_by_procedure(tmp_path: Path) -> None:
    near = points(tmp_path)
    assert [row["advice"] for row in near.rows] == ["可按程序论证调整"]
    assert near.cost["bus_a_year"] > 0 and len(near.breaks) == 1 and "听证" in near.notes[-1]


@pytest.mark.parametrize("more", ({"km": "0.1"}, {"later": 100}, {"seats": 10}, {"longitude": None}))
def test_a_point_that_lacks_one_of_these_is_kept(tmp_path: Path, more: dict[str, Any]) -> None:
    found = points(tmp_path, **more)
    assert [row["advice"] for row in found.rows] in (["保留"], ["保留并改善"]) and found.cost["bus_a_year"] == 0
    assert any("距离未知" in sentence for sentence in found.unknown) == ("longitude" in more)


def test_seats_that_nobody_told_are_not_told_as_full(tmp_path: Path) -> None:
    """One class of the central school does not know its pupils."""
    classes = [{"school_id": school, "grade": 1, "number": number, "pupils": pupils}
               for school, number, pupils in ((ONE, 1, 5), (ONE, 2, None), (TWO, 1, 20))]  # fmt: skip
    found = points(tmp_path, classes=classes)
    assert [(row["seats"], row["advice"], row["why"]) for row in found.rows] == [(None, "保留", "中心校空余学位未知")]
    assert [sentence for sentence in found.unknown if "空余学位未知" in sentence]


def test_the_seats_are_those_of_the_law_of_the_place(tmp_path: Path) -> None:
    """Of 45 seats 40 are free; where the county allows 25 a class, 20."""
    points(tmp_path)
    (city,) = (path.parent for path in tmp_path.glob("*/CURRENT"))
    (city / "standards").mkdir()
    (city / "standards" / "own.toml").write_text(SMALLER, encoding="utf-8")
    assert [row["seats"] for row in assess(city, tmp_path / "rule.toml").rows] == [20]


def test_a_point_that_nobody_counted_is_told(tmp_path: Path) -> None:
    found = points(tmp_path, school_stages=[{"school_id": ONE, "pupils": 5}, {"school_id": TWO, "pupils": None}])
    assert found.rows == () and found.unknown[0].startswith("1 个教学点没有报在校生数")


def test_rooms_that_nobody_told_are_not_lacking_at_a_point(tmp_path: Path) -> None:
    found = points(tmp_path, km="0.1", rooms=[], not_handed_in=(("rooms", TWO),))
    assert [(row["advice"], row["lacks"], row["not_known"]) for row in found.rows] == [("保留", [], ["yz.1.7"])]
    assert "是否缺 网络多媒体教室 未知" in found.rows[0]["why"]
    lacking = points(tmp_path, km="0.1", rooms=[])
    assert [(row["advice"], row["not_known"]) for row in lacking.rows] == [("保留并改善", [])]
    assert lacking.opens[0].endswith("缺 网络多媒体教室")


def test_a_point_of_as_many_as_the_line_is_not_small(tmp_path: Path) -> None:
    assert points(tmp_path, pupils=30).rows == () and len(points(tmp_path, pupils=29).rows) == 1


def test_a_point_without_a_network_room_is_improved(tmp_path: Path) -> None:
    register = short_county()
    register.tables["rooms"] = register.tables["rooms"].filter(pl.col("school_id") != POINT)
    found = assessed(register, tmp_path, 'kind = "small_points"\nunder = 100\n')
    assert [(row["school"], row["advice"], "yz.1.7" in row["lacks"], row["central_school"]) for row in found.rows] == [
        (POINT, "保留并改善", True, RICH)
    ]


OWN = """jurisdiction = "990101"
[merge_running]
since = [{day = 2025-01-01, value = 1234, paper = "X", evidence = "read"}]
"""


def test_a_county_that_has_a_list_of_its_own_is_priced_by_it(tmp_path: Path) -> None:
    """Also where the rule names no county."""
    points(tmp_path)
    (city,) = (path.parent for path in tmp_path.glob("*/CURRENT"))
    (city / "prices").mkdir()
    (city / "prices" / "own.toml").write_text(OWN, encoding="utf-8")
    assert assess(city, tmp_path / "rule.toml").cost == {"bus_a_year": 20 * 1234}


# --- what cannot be ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "words"),
    (
        ('kind = "close_all"', ("kind 应为", "heads_rotate、max_class、small_points")),
        ('kind = "heads_rotate"', ("years 应为 1 至 40",)),
        ('kind = "heads_rotate"\nyears = "八"\nyear = 3', ("years 应为", "没有 year")),
        ('kind = "max_class"\nlimit = 5\nby = 3000', ("limit 应为", "by 应为")),
        ('kind = "max_class"\nlimit = 45\nby = 2024', ("by = 2024", "2025 至")),
        ('kind = "small_points"\nunder = true', ("under 应为",)),
        ('kind = "heads_rotate"\nyears = 8\ncounty = "110101"', ("county = 110101",)),
    ),
)
def test_a_rule_that_is_none_is_refused_with_all_that_is_wrong(officer: Officer, rule: str, words: tuple[str, ...]) -> None:
    told = officer.types("plan", "policy", officer.file("rule.toml", rule), "--city", str(officer.city))
    assert (told.code, [each for each in (*words, "->") if each not in told.said]) == (Exit.usage, [])


def test_a_rule_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match="没有这个文件"):
        assess(tmp_path, tmp_path / "none.toml")
