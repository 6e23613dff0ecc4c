"""What if: demands are laid over those that the plan was made with, and the new plan remembers all of them."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.planning.analyses.asked import task_of
from junheng.planning.analyses.rerun import Rerun
from junheng.planning.analyses.whatif import difference, whatif
from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.task import Task, read_wishes
from junheng.planning.check import check
from junheng.planning.codes import MeasureKind
from junheng.planning.keeping import as_bytes
from junheng.planning.plan import Plan
from tests.unit.planning.cities import city_of
from tests.unit.planning.made_plan import measure, paid
from tests.unit.planning.made_plan import plan as made_plan
from tests.unit.planning.short_county import POINT, POOR, short_county

FIRST = f"""
[[fix]]
kind = "network_room"
school = "{POOR}"
least = 4
[[price]]
name = "build_price"
value = 5000
[[price]]
name = "convert_price"
times = 1.5
"""
SECOND = f"""
[[forbid]]
kind = "move_equipment"
[[fix]]
kind = "network_room"
school = "{POINT}"
least = 1
[[price]]
name = "build_price"
value = 6000
"""
THIRD = '[[limit]]\nname = "sites_a_year"\nvalue = 9\n'


def file(folder: Path, text: str) -> Path:
    """The same name every time, as one who goes on changing one file has it."""
    folder.mkdir(exist_ok=True)
    path = folder / "指定.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Plan, Plan, Plan]:
    """A city, its plan under a first file, what a second makes of that, and a third of the second."""
    folder = tmp_path_factory.mktemp("whatif")
    city, first = city_of(short_county(), folder), file(folder / "1", FIRST)
    made = make_plan(Task(city, fix=(first,), wishes=read_wishes(first)))
    second = whatif(Rerun(made, city), file(folder / "2", SECOND))[0]
    third = whatif(Rerun(second, city), file(folder / "3", THIRD))[0]
    return city, made, second, third


def amount(plan: Plan, kind: str, school: str) -> float:
    return sum(each.amount for each in plan.measures if (each.kind, each.school) == (kind, school))


def test_the_demands_of_the_first_file_hold_in_every_later_plan(twice: tuple[Path, Plan, Plan, Plan]) -> None:
    _, made, second, third = twice
    assert [amount(each, "network_room", POOR) >= 4 for each in (made, second, third)] == [True] * 3
    assert [amount(each, "network_room", POINT) >= 1 for each in (second, third)] == [True] * 2
    assert not [each for each in (*second.measures, *third.measures) if each.kind == "move_equipment"]


def test_a_plan_holds_every_file_it_was_made_with(twice: tuple[Path, Plan, Plan, Plan]) -> None:
    *_, third = twice
    assert {name: told["text"] for name, told in third.task["inputs"].items()} == {"fix": FIRST, "fix2": SECOND, "fix3": THIRD}


def test_the_task_of_a_plan_read_back_from_its_file_is_the_whole_of_it(
    twice: tuple[Path, Plan, Plan, Plan], tmp_path: Path
) -> None:
    """An analysis of the plan asks what the plan was asked."""
    city, _, _, third = twice
    task = task_of(Plan.from_json(json.loads(as_bytes(third))), city, tmp_path)
    assert task.wishes.as_json() == {name: third.task[name] for name in task.wishes.as_json()}
    assert [(fix.school, fix.least) for fix in task.wishes.fixes] == [(POOR, 4), (POINT, 1)]
    assert task.wishes.values == {"build_price": Fraction(6000), "sites_a_year": Fraction(9)}
    assert task.wishes.times == {"convert_price": Fraction(3, 2)} and task.wishes.forbidden == {MeasureKind.move_equipment}
    assert task.inputs == third.task["inputs"] or [each["text"] for each in task.inputs.values()] == [FIRST, SECOND, THIRD]


def test_each_of_the_plans_passes_its_check(twice: tuple[Path, Plan, Plan, Plan]) -> None:
    city, *plans = twice
    assert [[each.sentence() for each in check(made, city).breaches] for made in plans] == [[], [], []]


def test_a_measure_that_stays_at_another_price_is_a_change_and_one_that_stays_as_it_was_is_none() -> None:
    before, after = (made_plan((measure("land", paid(yuan)), measure("build", paid(500)))) for yuan in (100, 150.5))
    rows = difference(before, after)["measures"]
    assert [(row["kind"], row["before"], row["after"], row["cost"]) for row in rows] == [("land", 10, 10, 50.5)]


def test_the_difference_is_that_of_the_two_plans(twice: tuple[Path, Plan, Plan, Plan], tmp_path: Path) -> None:
    city, made, second, _ = twice
    again, told = whatif(Rerun(made, city), file(tmp_path / "2", SECOND))
    assert as_bytes(again) == as_bytes(second)
    assert told["cost"] == {"before": made.cost, "after": second.cost, "more": round(second.cost - made.cost, 2)}
    rooms = [row for row in told["measures"] if (row["school"], row["kind"]) == (POINT, "network_room")]
    assert sum(row["after"] - row["before"] for row in rooms) == amount(second, "network_room", POINT) - amount(
        made, "network_room", POINT
    )
