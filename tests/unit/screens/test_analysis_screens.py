"""What the screens of analyses say of figures that may not be compared."""

from __future__ import annotations

from typing import Any

import pytest

from junheng.screens import analyses
from tests.unit.planning.made_plan import measure, plan


def swung(cost: float, *, comparable: bool) -> dict[str, Any]:
    return {"cost": cost, "failures": 1, "comparable": comparable, "changes": {}}


def test_a_cost_of_other_gaps_is_told_as_not_to_be_compared(capsys: pytest.CaptureFixture[str]) -> None:
    row = {"name": "某县", "zh": "新建教学用房", "base": 30_000.0}
    analyses.price_swings([{**row, "lower": swung(20_000, comparable=True), "higher": swung(10_000, comparable=False)}])
    told = capsys.readouterr().out
    assert ("不可比" in told, "2.00" in told, "1.00" in told) == (True, True, False)


def test_a_rule_whose_loosening_leaves_other_gaps_saves_no_money(capsys: pytest.CaptureFixture[str]) -> None:
    row = {"name": "某县", "zh": "每年预算", "step": 10_000.0, "unit": "元", "fewer_failures": 0, "saves": 50_000.0}
    analyses.rule_costs([{**row, "comparable": False, "told": False}])
    told = capsys.readouterr().out
    assert ("缺口不同，费用不可比" in told, "5.00" in told, "不放宽也一样" in told) == (True, False, False)


def test_an_analysis_of_a_plan_that_moves_pupils_says_that_they_are_held(capsys: pytest.CaptureFixture[str]) -> None:
    for made in (plan(), plan((measure("move_intake", stage="primary", unit="人"),))):
        analyses.moved_as_planned(made)
        analyses.moved_or_not(made)
    assert capsys.readouterr().out.count("未另行选择") == 2
