"""The same input and seed give the same bytes, in processes that know nothing of one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.planning.cities import city_of
from tests.unit.planning.commands.running import alone
from tests.unit.planning.short_county import short_county

ASKED = {
    "money is short": ("--budget", "400000"),
    "pupils move": ("--allow", "classes,intake", "--also", "special_rooms", "--seed", "7"),
}


def planned(city: Path, out: Path, seed: str, *more: str) -> bytes:
    done = alone("plan", "balance", "--city", str(city), "--out", str(out), *more, seed=seed)
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


@pytest.mark.parametrize("name", ASKED)
def test_twice_the_same(tmp_path: Path, name: str) -> None:
    """In two folders, for what a path is must not matter either."""
    cities = [city_of(short_county(), tmp_path) for _ in range(2)]
    one, other = (planned(city, city / "out.json", f"{number}", *ASKED[name]) for number, city in enumerate(cities, 1))
    assert one == other
    kept = [path.read_bytes() for city in cities for path in city.glob("plans/*/plan.json")]
    assert kept == [one, one] and len({path.parent.name for city in cities for path in city.glob("plans/*/plan.json")}) == 1
