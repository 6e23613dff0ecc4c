"""Amounts that may not be known, ratios of two ratios, and judging at a tie."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.indicators.amounts import Amount, Figure, Movement, judge, total
from junheng.indicators.readings import of_counts, of_figure
from junheng.kernel.codes import Verdict

LIMIT = Fraction(1)
counts = st.integers(0, 1000)


def known(value: int | Fraction) -> Amount:
    return Amount(value, value, 0, 1)


OPEN = Amount(upper=None, unknown=1, rows=1)


def ratio(part: int, whole: int, per: int = 1) -> Figure:
    return Figure(known(part), known(whole), per)


def movement(now: int, of_now: int, before: int, of_before: int) -> Movement:
    return Movement(ratio(now, of_now), ratio(before, of_before))


@pytest.mark.parametrize(("meets", "below", "tie", "over"), [
    ("at_least", "not_met", "met", "met"), ("above", "not_met", "not_met", "met"), ("at_most", "met", "met", "not_met"),
    ("below", "met", "not_met", "not_met")])
def test_a_tie_meets_at_least_and_at_most_and_not_above_and_below(meets: str, below: str, tie: str, over: str) -> None:
    values = [LIMIT - Fraction(1, 10**9), LIMIT, LIMIT + Fraction(1, 10**9)]
    assert [judge(value, value, LIMIT, meets).name for value in values] == [below, tie, over]


@pytest.mark.parametrize(("meets", "lower", "upper", "verdict"), [
    ("above", 1, 2, "unknown"), ("above", Fraction(11, 10), None, "met"), ("above", None, 1, "not_met"),
    ("at_least", 1, None, "met"), ("at_least", 0, 1, "unknown"), ("at_most", 0, 1, "met"), ("at_most", 1, 2, "unknown"),
    ("below", 0, 1, "unknown"), ("below", 1, None, "not_met"), ("at_least", None, None, "unknown")])
def test_bounds_judge_where_both_agree(meets: str, lower: Fraction | None, upper: Fraction | None, verdict: str) -> None:
    assert judge(lower, upper, LIMIT, meets) is Verdict[verdict]


@given(st.lists(st.tuples(counts, counts, counts, counts), min_size=1, max_size=5))
def test_movements_added_up_are_the_ratio_of_two_ratios_of_sums(rows: list[tuple[int, int, int, int]]) -> None:
    whole = total([movement(*row) for row in rows])
    now, of_now, before, of_before = (sum(column) for column in zip(*rows, strict=True))
    expected = Fraction(now, of_now) / Fraction(before, of_before) if of_now and of_before and before else None
    assert whole.value == expected


def test_movements_added_up_are_no_mean_of_movements() -> None:
    assert total([movement(2, 1, 1, 1), movement(100, 100, 100, 100)]).value == Fraction(102, 101)


@pytest.mark.parametrize("made", [
    Movement(Figure(OPEN, known(1)), ratio(1, 1)), Movement(ratio(1, 1), Figure(known(1), OPEN)),
    Movement(ratio(1, 0), ratio(1, 1)), Movement(ratio(1, 1), ratio(0, 1)), Movement(ratio(1, 1), ratio(1, 0))])
def test_a_movement_of_an_unknown_or_by_nothing_is_unknown(made: Movement) -> None:
    reading = of_figure(made, LIMIT, "at_least")
    assert (made.value, reading.verdict) == (None, Verdict.unknown)


def test_one_unknown_makes_the_sum_of_movements_unknown() -> None:
    whole = total([movement(1, 1, 1, 1), Movement(Figure(OPEN, known(1)), ratio(1, 1))])
    assert (whole.value, whole.unknown) == (None, 1)


def test_the_gap_of_a_movement_is_in_the_unit_of_what_it_was_before() -> None:
    reading = of_figure(movement(3, 1, 8, 2), LIMIT, "at_least")
    assert (reading.part, reading.whole, reading.value, reading.gap) == (3, 4, Fraction(3, 4), 1)


@pytest.mark.parametrize(("met", "missed", "open_", "verdict", "gap"), [
    (1, 1, 0, "met", 0), (1, 2, 0, "not_met", 1), (0, 3, 0, "not_met", 2), (2, 1, 1, "met", None), (1, 2, 1, "unknown", None),
    (0, 3, 2, "not_met", None)])
def test_half_of_the_units_is_enough_where_half_is_asked(met: int, missed: int, open_: int, verdict: str,
                                                         gap: int | None) -> None:
    verdicts = [Verdict.met] * met + [Verdict.not_met] * missed + [Verdict.unknown] * open_
    reading = of_counts(verdicts, judged=True, enough=Fraction(1, 2))
    assert (reading.verdict, reading.gap) == (Verdict[verdict], gap)


@given(st.lists(st.sampled_from([Verdict.met, Verdict.not_met]), min_size=1, max_size=9), st.fractions(0, 1, max_denominator=9))
def test_a_group_is_met_exactly_when_it_is_short_of_no_unit(verdicts: list[Verdict], enough: Fraction) -> None:
    reading = of_counts(verdicts, judged=True, enough=enough)
    assert (reading.verdict is Verdict.met) == (reading.gap == 0)


@given(st.lists(st.sampled_from([Verdict.met, Verdict.not_met, Verdict.unknown]), min_size=1, max_size=6),
       st.sampled_from([Fraction(1, 2), Fraction(1)]))
def test_a_verdict_given_while_some_are_unknown_stands_whatever_they_turn_out_to_be(verdicts: list[Verdict],
                                                                                  enough: Fraction) -> None:
    given_ = of_counts(verdicts, judged=True, enough=enough).verdict
    ends = {of_counts([end if each is Verdict.unknown else each for each in verdicts], judged=True, enough=enough).verdict
            for end in (Verdict.met, Verdict.not_met)}
    assert given_ is Verdict.unknown or ends == {given_}
