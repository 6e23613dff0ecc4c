"""An analysis is of the plan in hand: of its version of the register, with its pupils where it sends them, at its prices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from shutil import copytree

import polars as pl
import pytest

from junheng.kernel.faults import JunhengError
from junheng.planning.analyses.certain import certain
from junheng.planning.analyses.curve import curve
from junheng.planning.analyses.points import Points, Row
from junheng.planning.analyses.price_swings import price_swings
from junheng.planning.analyses.rerun import Rerun
from junheng.planning.analyses.whatif import whatif
from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.task import Task, Wishes, read_wishes
from junheng.planning.plan import Plan
from tests.unit.planning.cities import add_snapshot, city_of
from tests.unit.planning.many_schools import NO_ROOMS, moving_county, passing_county
from tests.unit.planning.short_county import POOR, RICH, short_county
from tests.unit.planning.test_plans_that_were_wrong import changed

Planned = tuple[Plan, Path]


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    city = city_of(moving_county(), tmp_path_factory.mktemp("cities"))
    return make_plan(Task(city, allow=frozenset({"intake"}), forbid=NO_ROOMS)), city


@pytest.fixture(scope="module")
def merging(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    city = city_of(short_county(), tmp_path_factory.mktemp("cities"))
    return make_plan(Task(city, allow=frozenset({"merge"}), wishes=Wishes(merges=((POOR, RICH),)))), city


DEARER = '[[price]]\nname = "network_room_price"\ntimes = 2\n'


@pytest.fixture(scope="module")
def passing(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """A network room is twice as dear as the list says, as a file of wishes has it."""
    folder = tmp_path_factory.mktemp("cities")
    (fix := folder / "贵.toml").write_text(DEARER, encoding="utf-8")
    city = city_of(passing_county(), folder)
    return make_plan(Task(city, fix=(fix,), wishes=read_wishes(fix))), city


@pytest.fixture
def one_price(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Of all the prices of a plan only this: each is two more runs."""
    return lambda name: monkeypatch.setattr("junheng.planning.analyses.price_swings._prices", lambda base: [name])


def bases(made: Plan, city: Path) -> list[Row]:
    return Rerun(made, city).by_county(lambda turn: iter([turn.base]))


# --- pupils -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "kind"), (("moving", "move_intake"), ("merging", "merge")))
def test_what_it_begins_from_costs_and_fails_as_the_plan(
    request: pytest.FixtureRequest, one_price: Callable[[str], None], name: str, kind: str
) -> None:
    made, city = request.getfixturevalue(name)
    one_price(f"{kind}_running")
    (own,), (row,) = made.counties, price_swings(Rerun(made, city))
    (base,) = bases(made, city)
    assert (base["failures"], base["cost"]) == (own.failures, pytest.approx(own.cost, rel=made.task["gap"]))
    paid = sum(each.cost for each in made.measures if each.kind == kind)
    assert (row["base"], row["price"]) == (base["cost"], f"{kind}_running") and row["higher"]["comparable"]
    assert row["higher"]["cost"] - row["base"] == pytest.approx(paid / 5, rel=0.01)


def test_that_pupils_move_is_not_tested_and_so_undecided(merging: Planned) -> None:
    told = {(row["kind"], row["school"]): row["certain"] for row in certain(Rerun(*merging))}
    assert told["merge", RICH] == "undecided"
    assert {kind for kind, school in told if school == POOR} == set()  # it is merged: nothing is done there


def test_a_curve_begins_without_the_ways_that_nothing_pays_and_proves_nothing_of_other_moves(merging: Planned) -> None:
    made, _ = merging
    nothing, everything = curve(Rerun(*merging), 2)
    assert (nothing["budget"], nothing["failures"] >= everything["failures"]) == (0, True)
    assert everything["failures"] <= made.counties[0].failures
    assert [each["proven"] for each in (nothing, everything)] == [not each["failures"] for each in (nothing, everything)]


# --- the register -----------------------------------------------------------------------------------------------


def test_a_later_version_of_the_register_changes_no_analysis_of_a_plan(passing: Planned, tmp_path: Path) -> None:
    made, before = passing
    after = Path(copytree(before, tmp_path / "after"))
    poorer = changed(passing_county(), "assets", equipment_10k_yuan=pl.lit(0, pl.Decimal(18, 4)))
    later = add_snapshot(after, poorer)
    assert later.id != made.task["snapshot"]
    assert bases(made, after) == bases(made, before)
    (fix := tmp_path / "不变.toml").write_text("", encoding="utf-8")
    again, _ = whatif(Rerun(made, after), fix)
    assert again.task["snapshot"] == made.task["snapshot"]


def test_a_plan_whose_version_is_gone_is_refused_in_words(passing: Planned, tmp_path: Path) -> None:
    made, city = passing
    gone = replace(made, task={**made.task, "snapshot": "2025-v9-0123456789ab"})
    with pytest.raises(JunhengError, match="没有快照 2025-v9-0123456789ab"):
        bases(gone, city)


def test_a_plan_that_was_ended_before_any_county_is_none_of_all_counties(passing: Planned) -> None:
    made, city = passing
    nothing = replace(made, counties=(), task={**made.task, "counties": [], "not_begun": ["219901"]})
    with pytest.raises(JunhengError, match="方案里没有县区"):
        curve(Rerun(nothing, city), 2)


# --- prices -----------------------------------------------------------------------------------------------------

LIST = 'jurisdiction = "{code}"\n[{name}]\nsince = [{{day = 2017-04-19, value = {value}, paper = "某文", evidence = "read"}}]\n'


def test_a_point_of_other_lists_of_the_city_is_another(passing: Planned, tmp_path: Path) -> None:
    """Prices and thresholds that the city lays over stand in no plan, and decide every point."""
    made, before = passing
    city = Path(copytree(before, tmp_path / "city"))
    folders = [Points.of(city, made, "base").folder]
    for name, text in (
        ("prices/价格.toml", LIST.format(code="219901", name="build_price", value=9999)),
        ("prices/价格.toml", LIST.format(code="219901", name="build_price", value=8888)),
        ("standards/本地.toml", LIST.format(code="219901", name="variation", value=0.4)),
    ):
        (city / name).parent.mkdir(exist_ok=True)
        (city / name).write_text(text, encoding="utf-8")
        folders.append(Points.of(city, made, "base").folder)
    assert len(set(folders)) == 4
    (city / "standards/本地.toml").unlink()
    assert Points.of(city, made, "base").folder == folders[2]  # as it was, what was solved then is found again


def test_a_price_swings_about_what_the_plan_has_it_at(passing: Planned, one_price: Callable[[str], None]) -> None:
    """Twice the list's price, and not the list's: 20 % less than that was told as 20 % more."""
    made, city = passing
    assert made.task["times"] == {"network_room_price": "2"}
    one_price("network_room_price")
    (row,) = price_swings(Rerun(made, city))
    assert row["lower"]["cost"] < row["base"] < row["higher"]["cost"]


def test_a_dearer_price_that_leaves_more_undone_is_no_saving(tmp_path: Path, one_price: Callable[[str], None]) -> None:
    """So much a year buys fewer square metres: the same school fails, by more, and the plan costs less."""
    city = city_of(passing_county(), tmp_path)
    made = make_plan(Task(city, budget=Fraction(60_000)))
    one_price("convert_price")
    (row,) = price_swings(Rerun(made, city))
    assert row["lower"]["failures"] == row["higher"]["failures"] == made.counties[0].failures == 1
    assert row["higher"]["cost"] < row["base"] < row["lower"]["cost"]
    assert (row["lower"]["comparable"], row["higher"]["comparable"]) == (False, False)


# --- what if ----------------------------------------------------------------------------------------------------


def test_a_what_if_that_was_ended_before_every_county_was_begun_tells_no_difference(passing: Planned, tmp_path: Path) -> None:
    """It would be that of a county with none, and read as a saving of all it costs."""
    made, city = passing
    (fix := tmp_path / "不变.toml").write_text("", encoding="utf-8")
    with pytest.raises(JunhengError, match="还有 1 个县区没有算"):
        whatif(Rerun(made, city, wished=lambda: True), fix)
