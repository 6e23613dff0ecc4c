"""An analysis that was ended goes on where it was: what was solved once is not solved again, and the rows are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from junheng.kernel.faults import JunhengError
from junheng.planning.analyses.certain import certain
from junheng.planning.analyses.curve import curve
from junheng.planning.analyses.points import Points, Row
from junheng.planning.analyses.price_swings import price_swings
from junheng.planning.analyses.rerun import Rerun
from junheng.planning.analyses.rule_costs import rule_costs
from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.task import Task
from junheng.planning.plan import Plan
from tests.unit.planning.cities import city_of
from tests.unit.planning.many_schools import passing_county

Analysis = Callable[[Rerun], list[Row]]
ANALYSES: dict[str, Analysis] = {
    "curve": lambda rerun: curve(rerun, 4),
    "rules": rule_costs,
    "certain": certain,
    "prices": price_swings,
}


@dataclass
class Ended:
    """Ends a run after so many points: by a wish, or as a power cut does."""

    after: int
    by_wish: bool
    said: int = 0

    def say(self, share: float, sentence: str) -> None:
        assert 0 <= share <= 1 and sentence
        self.said += 1
        if self.said > self.after and not self.by_wish:
            raise KeyboardInterrupt

    def wished(self) -> bool:
        return self.by_wish and self.said >= self.after


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path]:
    city = city_of(passing_county(), tmp_path_factory.mktemp("cities"))
    return make_plan(Task(city)), city


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The points that are solved, as they are: those that are read from where they are kept are none of them."""
    found: list[str] = []
    as_it_is = Points.point

    def counting(self: Points, key: str, solve: Callable[[], Row]) -> Row:
        def counted() -> Row:
            found.append(key)
            return solve()

        return as_it_is(self, key, counted)

    monkeypatch.setattr(Points, "point", counting)
    return found


@pytest.mark.parametrize(("name", "by_wish"), (("curve", True), ("rules", False), ("certain", False), ("prices", True)))
def test_the_second_run_computes_only_the_rest(
    planned: tuple[Plan, Path], solved: list[str], tmp_path: Path, name: str, by_wish: bool
) -> None:
    made, city = planned
    whole, halved = (Path(copytree(city, tmp_path / each)) for each in ("whole", "halved"))
    rows = ANALYSES[name](Rerun(made, whole))
    every = [*solved]
    solved.clear()
    ended = Ended(2, by_wish)
    with pytest.raises(JunhengError if by_wish else KeyboardInterrupt):
        ANALYSES[name](Rerun(made, halved, ended.say, ended.wished))
    first = [*solved]
    assert 0 < len(first) < len(every)
    assert ANALYSES[name](Rerun(made, halved)) == rows
    again = [first[-1]] if by_wish else []  # the wish came while it was solved, so it was not kept
    assert sorted(solved) == sorted([*every, *again])  # the others exactly once, in two runs
    solved.clear()
    assert ANALYSES[name](Rerun(made, halved)) == rows and solved == []


def test_a_point_that_was_cut_off_is_not_kept(tmp_path: Path) -> None:
    """Nor is it told as if it were one: the last of an analysis once was."""
    points = Points(tmp_path)
    with pytest.raises(JunhengError, match="再次运行从断点继续"):
        points.point("a", lambda: {"value": 1, "cut_off": True})
    assert [points.point("a", lambda value=value: {"value": value, "cut_off": False})["value"] for value in (2, 3)] == [2, 2]  # type: ignore[misc]


def test_a_point_of_another_release_or_half_written_is_solved_again(tmp_path: Path) -> None:
    points = Points(tmp_path)
    points.point("a", lambda: {"value": 1})
    (path,) = tmp_path.iterdir()
    for broken in ('{"junheng": "0.0", "key": "a", "row": {"value": 9}}', '{"junheng"', "[]"):
        path.write_text(broken, encoding="utf-8")
        assert points.point("a", lambda: {"value": 3}) == {"value": 3}


def test_a_point_of_one_plan_is_none_of_another(planned: tuple[Plan, Path], tmp_path: Path) -> None:
    made, city = planned
    other = make_plan(Task(city, years=2))
    folders: list[Any] = [Points.of(tmp_path, each, "curve").folder for each in (made, other)]
    assert folders[0] != folders[1] and folders[0] != Points.of(tmp_path, made, "rules").folder
