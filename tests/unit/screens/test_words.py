"""Numbers and left-out rows as every screen prints them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from junheng.screens.words import say_rest, wan


@pytest.mark.parametrize(
    ("yuan", "told"), ((50, "0.01"), (10_050.0, "1.01"), (-50, "-0.01"), (12_345_650.0, "1,234.57"), (Decimal("1049.99"), "0.10"))
)
def test_half_a_hundredth_of_ten_thousand_yuan_is_rounded_up(yuan: float, told: str) -> None:
    """A computer holds 1.005 as a little less, and takes the even neighbour of 0.005."""
    assert wan(yuan) == told


def test_a_difference_says_which_way_it_goes() -> None:
    assert [wan(yuan, "+") for yuan in (50, -50)] == ["+0.01", "-0.01"]


def test_what_is_left_out_is_told_and_nothing_where_all_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    say_rest(0, "项")
    say_rest(-3, "项")
    assert capsys.readouterr().out == ""
    say_rest(2, "处", "，见方案文件 unmet")
    assert capsys.readouterr().out == "  ……另有 2 处，见方案文件 unmet\n"
