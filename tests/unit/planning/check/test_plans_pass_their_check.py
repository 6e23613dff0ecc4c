"""Plans of counties drawn at random, under tasks drawn at random, have no breach."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.task import Task, Wishes
from junheng.planning.check import check
from junheng.register.holding import City
from tests.spec.drawn import Drawn
from tests.unit.planning.check.tampering import tampered
from tests.unit.planning.cities import city_of
from tests.unit.planning.counties import drawn_county

CASES = 24


def task(random: Random, register: Drawn, city: Path) -> Task:
    """Years, money, discount, rooms and what else is allowed; of mergers one that can be, if any can."""
    allow = frozenset(name for name in ("classes", "intake", "merge") if random.random() < 0.4)
    budget = random.choice([None, None, Fraction(0), Fraction(300_000)])
    also = frozenset({"special_rooms"}) if random.random() < 0.5 else frozenset[str]()
    discount = random.choice([Fraction(0), Fraction(3, 100)])
    wishes = Wishes(merges=_merger(random, register)) if "merge" in allow else Wishes()
    return Task(city, years=random.randint(1, 4), budget=budget, discount=discount, also=also, allow=allow, wishes=wishes)


def _merger(random: Random, register: Drawn) -> tuple[tuple[str, str], ...]:
    rows = register.tables["schools"].select("school_id", "kind", "run_by").rows()
    known = register.tables["school_stages"].drop_nulls("pupils")["school_id"].to_list()
    alike = [(one, other) for one, kind, run_by in rows for other, of, by in rows
             if one != other and kind == of and "private" not in (run_by, by) and kind in ("primary", "junior")
             and one in known and other in known]  # fmt: skip
    return (random.choice(alike),) if alike else ()


@pytest.mark.parametrize("seed", range(CASES))
def test_a_plan_has_no_breach(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    register = drawn_county(random)
    city = city_of(register, tmp_path)
    made = make_plan(task(random, register, city))
    before = City(city).current()
    assert [each.sentence() for each in check(tampered(made, lambda told: None), city).breaches] == []
    assert City(city).current() == before
