"""The measures that move pupils or open classes: right plans pass, and each of their conditions is found broken."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from junheng.kernel.faults import JunhengError
from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.task import Task, Wishes
from junheng.planning.check import Condition, check
from junheng.planning.codes import MeasureKind
from tests.unit.planning.check.tampering import Change, Planned, Told, again, breaches, measure, of
from tests.unit.planning.cities import city_of
from tests.unit.planning.many_schools import NO_ROOMS, moving_county
from tests.unit.planning.short_county import NINE_YEAR, POINT, POOR, PRIVATE, RICH, short_county


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """Fifty pupils a class in the rich school, 45 are the most: six classes are opened."""
    city = city_of(short_county(), tmp_path_factory.mktemp("cities"))
    return make_plan(Task(city, allow=frozenset({"classes"}))), city


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    city = city_of(moving_county(), tmp_path_factory.mktemp("cities"))
    return make_plan(Task(city, allow=frozenset({"intake"}), forbid=NO_ROOMS)), city


@pytest.fixture(scope="module")
def merging(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    city = city_of(short_county(), tmp_path_factory.mktemp("cities"))
    return make_plan(Task(city, allow=frozenset({"merge"}), wishes=Wishes(merges=((POOR, RICH),)))), city


@pytest.mark.parametrize(("name", "kind"), (("opening", "open_class"), ("moving", "move_intake"), ("merging", "merge")))
def test_a_right_plan_passes(request: pytest.FixtureRequest, name: str, kind: str) -> None:
    made, city = request.getfixturevalue(name)
    assert [each.kind for each in made.measures if each.kind == kind]
    found = check(made, city)
    assert found.breaches == ()
    assert any("招生调整" in each for each in found.not_checked) == (name != "opening")


OPENING: dict[str, tuple[Condition, Change]] = {
    "a class more than it takes": (Condition.class_size, of("open_class", amount=2)),
    "no room for it": (Condition.class_room, of("open_class", amount=60)),
    "nobody to teach it": (Condition.class_teachers, of("open_class", amount=60)),
    "a class where none is too full": (Condition.class_size, of("open_class", school=POOR)),
    "too full, and nobody says so": (Condition.unmet, lambda told: told["measures"].remove(measure(told, "open_class"))),
    "not allowed": (Condition.kind, lambda told: told["task"].update(allow=[])),
}
MOVING: dict[str, tuple[Condition, Change]] = {
    "too many of the entrants": (Condition.intake, of("move_intake", amount=19)),
    "a school of two stages": (Condition.intake, of("move_intake", school=NINE_YEAR)),
    "a private school": (Condition.intake, of("move_intake", school=PRIVATE)),
    "into classes that are full": (Condition.intake, of("move_intake", school=RICH)),
    "one more than the levels say": (Condition.levels, lambda told: measure(told, "move_intake").update(
        amount=measure(told, "move_intake")["amount"] + 1)),
    "for one year only": (Condition.short_move, lambda told: _first(told)["payments"].pop()),
    "not allowed": (Condition.kind, lambda told: told["task"].update(allow=[])),
}  # fmt: skip
MERGING: dict[str, tuple[Condition, Change]] = {
    "not on the list": (Condition.merge, lambda told: told["task"].update(merges=[])),
    "without its procedure": (Condition.merge, lambda told: told.update(procedure=[])),
    "with half its procedure": (Condition.merge, lambda told: told["procedure"].pop()),
    "into two schools": (Condition.merge, lambda told: again(told, "merge", school=POINT)),
    "into one that goes itself": (Condition.merge, lambda told: again(told, "merge", source=RICH, school=POINT)),
    "two at once": (Condition.merge, of("merge", amount=2)),
    "into a private school": (Condition.merge, of("merge", school=PRIVATE)),
    "a stage that goes nowhere": (Condition.merge, of("merge", source=NINE_YEAR)),
    "fewer who go farther": (Condition.totals, lambda told: told["counties"][0].update(pupils_moved=100)),
    "cheaper ways": (Condition.cost, lambda told: measure(told, "merge").update(cost=1000)),
    "not allowed": (Condition.kind, lambda told: told["task"].update(allow=[])),
}


def _first(told: Told) -> Told:
    """The entrants who are paid for in most years."""
    return max((row for row in told["measures"] if row["kind"] == "move_intake"), key=lambda row: len(row["payments"]))


@pytest.mark.parametrize("name", OPENING)
def test_classes(opening: Planned, name: str) -> None:
    assert breaches(*opening, OPENING[name][1], OPENING[name][0])


@pytest.mark.parametrize("name", MOVING)
def test_entrants(moving: Planned, name: str) -> None:
    assert breaches(*moving, MOVING[name][1], MOVING[name][0])


@pytest.mark.parametrize("name", MERGING)
def test_mergers(merging: Planned, name: str) -> None:
    assert breaches(*merging, MERGING[name][1], MERGING[name][0])


def test_ways_are_paid_within_the_budget(moving: Planned, merging: Planned) -> None:
    """What buses cost is money of the year like any other: with less of it, nobody goes farther."""
    for made, city in (moving, merging):
        wishes = Wishes(merges=((POOR, RICH),)) if made is merging[0] else Wishes()
        forbid = frozenset(MeasureKind[name] for name in made.task["forbid"])
        task = Task(city, allow=frozenset(made.task["allow"]), forbid=forbid, wishes=wishes)
        for budget in (0, 20_000, 300_000):
            poorer = make_plan(replace(task, budget=Fraction(budget)))
            assert check(poorer, city).breaches == ()
            assert budget or poorer.counties[0].pupils_moved == 0


IMPOSSIBLE = (
    (NINE_YEAR, POOR, "没有初中学段"),
    (POOR, PRIVATE, "民办学校"),
    (POOR, "2199019999", "没有学校"),
    (POOR, POOR, "并入自己"),
)


@pytest.mark.parametrize(("school", "into", "words"), IMPOSSIBLE)
def test_a_merger_that_cannot_be_is_refused(merging: Planned, school: str, into: str, words: str) -> None:
    with pytest.raises(JunhengError, match=words):
        make_plan(Task(merging[1], allow=frozenset({"merge"}), wishes=Wishes(merges=((school, into),))))
