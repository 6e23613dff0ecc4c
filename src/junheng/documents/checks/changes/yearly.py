"""Mean yearly growth: the number of years is read where both years are printed, else solved for."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from junheng.documents.checks.changes.runs import Run
from junheng.documents.checks.intervals import Interval, Quantity, plain, quantity
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.codes import Judgement
from junheng.documents.shapes import Check, Figure

LONGEST = 40  # years that a mean may be over
_digits = Context(prec=28)


def yearly_growth(page: Page, run: Run) -> Check | None:
    """17.92 -> 31.94 at 15.54 % a year holds only over four years; None where the run has no mean growth."""
    claim, last, first = run.yearly, run.current, run.base
    return growth_over(page, claim, first, last, _printed_years(first, last)) if claim and last and first else None


def growth_over(page: Page, claim: Figure, first: Figure, last: Figure, years: int | None) -> Check | None:
    """A mean growth from the first number to the last; `years` lie between them, None where that is not known."""
    if not claim.comparison or not claim.comparison.direction:
        return None
    share, now, then = quantity(claim), quantity(last), quantity(first)
    spans = spans_of(claim, first, last)
    if share is None or now is None or then is None:
        return check(page, "yearly_growth", spans, Judgement.cannot_check, "", "数字被遮盖或空缺，无法核对年均增长。")
    if then.point <= 0 or now.point <= 0 or abs(share.point) >= 1:
        return None
    factor, rate = now / then, _signed(share, claim.comparison.direction)
    verdict, right, reason = _verdict(claim, factor, rate, years)
    return check(page, "yearly_growth", spans, verdict, right, reason)


def _signed(share: Quantity, direction: int) -> Interval:
    low, high = share.near.low, share.near.high
    return Interval(low, high) if direction > 0 else Interval(-high, -low)


def _printed_years(first: Figure, last: Figure) -> int | None:
    """The steps between two printed years; None where either is masked, inferred or not said."""
    start, end = first.period, last.period
    if start.year is None or end.year is None or start.inferred_by or end.inferred_by or end.year <= start.year:
        return None
    return end.year - start.year


def _verdict(claim: Figure, factor: Quantity, rate: Interval, years: int | None) -> tuple[Judgement, str, str]:
    fits = [steps for steps in range(1, LONGEST + 1) if _reproduces(factor, rate, steps)]
    said = f"{claim.printed}%"
    if years is None:
        return _solved(factor, rate, fits, said)
    worked = f"{mean_growth(factor.point, years)}%"
    if years in fits:
        exact = worked == f"{plain(abs(Fraction(claim.value or 0)), 2)}%"
        verdict = Judgement.holds if exact else Judgement.holds_within_rounding
        return verdict, worked, f"首末两年相隔{years}年，年均增长应为{worked}，文中写{said}。"
    if _arithmetic(factor, rate, years):
        return Judgement.holds_if, worked, f"按复合增长应为{worked}，文中的{said}是把总增幅平均到{years}年，请注明算法。"
    other = f"，文中的{said}要按{fits[0]}年才成立" if fits else ""
    return Judgement.contradicts, worked, f"首末两年相隔{years}年，年均增长应为{worked}{other}。"


def _solved(factor: Quantity, rate: Interval, fits: list[int], said: str) -> tuple[Judgement, str, str]:
    if fits:
        years = "、".join(map(str, fits[:3]))
        other = fits[0] + 1
        return (Judgement.holds_if, f"{years}年", f"年份不明：年均增长{said}只有首末相隔{years}年才成立"
                f"（{other}年时为{mean_growth(factor.point, other)}%）。")
    table = "，".join(f"{steps}年{mean_growth(factor.point, steps)}%" for steps in (3, 4, 5))
    return Judgement.flagged, table, f"年份不明，且没有整数年数能得出{said}：{table}，请核实。"


def _reproduces(factor: Quantity, rate: Interval, steps: int) -> bool:
    """Whether some rate within the printed one grows to some factor within the printed ones; roots are not needed."""
    return (1 + rate.low) ** steps <= factor.near.high and factor.near.low <= (1 + rate.high) ** steps


def _arithmetic(factor: Quantity, rate: Interval, steps: int) -> bool:
    return rate.low * steps <= factor.near.high - 1 and factor.near.low - 1 <= rate.high * steps


def mean_growth(factor: Fraction, steps: int) -> str:
    """The compound mean growth in per cent, to two places, without its sign."""
    ratio = _digits.divide(Decimal(factor.numerator), Decimal(factor.denominator))
    root = _digits.power(ratio, _digits.divide(Decimal(1), Decimal(steps)))
    return plain(abs(Fraction(root) - 1) * 100, 2)
