"""What may not be done to close a gap is refused wherever it is asked for, each with its sentence and its paper."""

from __future__ import annotations

import pytest

from junheng.kernel.faults import Exit
from junheng.planning.not_allowed import REFUSED
from tests.unit.planning.commands.running import Officer, Typed

FIX = '[[{section}]]\nkind = "{name}"\n{amount}\n'


def is_refused(told: Typed, name: str) -> None:
    wanted = ("不允许", REFUSED[name]["zh"], REFUSED[name]["sentence"], REFUSED[name]["paper"], "-> 去掉这一条")
    assert (told.code, told.wrote_nothing, [words for words in wanted if words not in told.said]) == (Exit.usage, True, [])


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_no_measure_to_demand(officer: Officer, name: str) -> None:
    is_refused(officer.plans("--fix", officer.file("a.toml", FIX.format(section="fix", name=name, amount="least = 1"))), name)


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_none_to_leave_out_either(officer: Officer, name: str) -> None:
    is_refused(officer.plans("--forbid", name), name)
    is_refused(officer.plans("--fix", officer.file("a.toml", FIX.format(section="forbid", name=name, amount=""))), name)


def test_the_list_is_that_of_the_standard() -> None:
    """STANDARDS 10: what counties have been caught at."""
    assert set(REFUSED) == {
        "recruit_off_quota", "rename_school", "shrink_point", "short_move", "count_twice", "late_backbone", "buy_without_need",
        "visitor_as_full_time", "select_pupils",
    }  # fmt: skip
