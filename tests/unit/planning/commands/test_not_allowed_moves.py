"""What may not be done to close a gap is refused wherever it is asked for, each with its sentence and its paper."""

from __future__ import annotations

import pytest

from junheng.kernel.faults import Exit
from junheng.planning.not_allowed import REFUSED
from tests.unit.planning.commands.running import Officer, Typed, is_refused

FIX = '[[{section}]]\nkind = "{name}"\n{amount}\n'


def is_not_allowed(told: Typed, name: str) -> None:
    rule = REFUSED[name]
    is_refused(told, Exit.usage, "不允许", rule["zh"], rule["sentence"], rule["paper"], "-> 去掉这一条")


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_no_measure_to_demand(officer: Officer, name: str) -> None:
    is_not_allowed(officer.plans("--fix", officer.file("a.toml", FIX.format(section="fix", name=name, amount="least = 1"))), name)


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_none_to_leave_out_either(officer: Officer, name: str) -> None:
    is_not_allowed(officer.plans("--forbid", name), name)
    is_not_allowed(officer.plans("--fix", officer.file("a.toml", FIX.format(section="forbid", name=name, amount=""))), name)


def test_the_list_is_that_of_the_standard() -> None:
    """STANDARDS 10: what counties have been caught at."""
    assert set(REFUSED) == {
        "recruit_off_quota", "rename_school", "shrink_point", "short_move", "count_twice", "late_backbone", "buy_without_need",
        "visitor_as_full_time", "select_pupils",
    }  # fmt: skip
