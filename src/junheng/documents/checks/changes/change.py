"""Difference, growth, explicit bases and percentage points: do the numbers of one change fit each other?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from junheng.documents.checks.changes.runs import Run, kind, runs
from junheng.documents.checks.changes.yearly import yearly_growth
from junheng.documents.checks.intervals import Quantity, as_printed, constant, is_percentage, judged, plain, quantity, shown
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.codes import ComparisonKind, Judgement
from junheng.documents.shapes import Check, Figure


def changes(page: Page) -> Iterator[Check]:
    """Every claim of change in a text. A masked number in it leaves it unchecked."""
    for run in runs(page):
        for judge in (_difference, _growth, _points, yearly_growth, _direction):
            if (found := judge(page, run)) and (sure := _of_part(run, found)):
                yield sure


def _of_part(run: Run, found: Check) -> Check | None:
    """Behind 其中民办5所，比上年增加3所 the whole may have changed: that accuses nobody and implies nothing."""
    if run.current is None or kind(run.current) is not ComparisonKind.part:
        return found
    if found.judgement is Judgement.contradicts:
        return replace(found, judgement=Judgement.flagged, reason=found.reason + "若变动的是总数，请以总数核对。")
    return None if found.judgement is Judgement.implied else found


def _direction_of(figure: Figure) -> int:
    return figure.comparison.direction if figure.comparison else 0


def _unknown(page: Page, kind: str, claim: Figure, *others: Figure | None) -> Check | None:
    """The check of a claim with a masked number among what it rests on."""
    hidden = [figure for figure in (claim, *others) if figure and figure.value is None]
    if not hidden:
        return None
    said = "、".join(figure.printed for figure in hidden)
    return check(page, kind, spans_of(claim, *others), Judgement.cannot_check, "", f"“{said}”被遮盖或空缺，无法核对。")


def _difference(page: Page, run: Run) -> Check | None:
    claim, current = run.difference, run.current
    base = run.base_of(claim) if claim else None
    if not claim or not current or not base or not _direction_of(claim):
        return _bare_difference(page, run)
    if unknown := _unknown(page, "difference", claim, current, base):
        return unknown
    now, then = quantity(current), quantity(base)
    assert now and then
    worked = now - then if _direction_of(claim) > 0 else then - now
    verdict = judged(claim, worked)
    right = shown(abs(worked.point), claim) if worked.point >= 0 else f"实为{_fell(claim)}{shown(abs(worked.point), claim)}"
    reason = f"{as_printed(current)}与{as_printed(base)}相差{shown(abs(worked.point), claim)}，文中写{as_printed(claim)}。"
    return check(page, "difference", spans_of(claim, current, base), verdict, right, reason + _round_numbers(verdict))


def _fell(claim: Figure) -> str:
    return "减少" if _direction_of(claim) > 0 else "增加"


def _bare_difference(page: Page, run: Run) -> Check | None:
    """A difference without a base only tells the base, unless a growth beside it says it again."""
    claim, current = run.difference, run.current
    if not claim or not current or not _direction_of(claim) or (run.growth and run.same_base(claim, run.growth)):
        return None
    if unknown := _unknown(page, "difference", claim, current):
        return unknown
    now, step = quantity(current), quantity(claim)
    assert now and step
    base = now.point - step.point * _direction_of(claim)
    if base <= 0:
        return None
    reason = f"由{as_printed(current)}和变动{as_printed(claim)}可推出原来约为{shown(base, current)}。"
    return check(page, "base", spans_of(claim, current), Judgement.implied, shown(base, current), reason)


def _growth(page: Page, run: Run) -> Check | None:
    claim, current = run.growth, run.current
    if not claim or not current or is_percentage(current) or current.unit == "倍" or not _direction_of(claim):
        return None
    printed = run.base_of(claim)
    step = run.difference if run.difference and run.same_base(claim, run.difference) else None
    rest = [printed] if printed else [step] if step else []
    if unknown := _unknown(page, "growth", claim, current, *rest):
        return unknown
    base = _base(current, printed, step)
    if base is None or base[0].point <= 0:
        return None
    if not rest:
        return _implied_base(page, claim, current)
    worked = _grown(claim, current, None if printed else step, base[0])
    verdict = judged(claim, worked)
    reason = f"{base[1]}，变动幅度应为{shown(worked.point, claim)}，文中写{as_printed(claim)}。"
    more = _round_numbers(verdict)
    if claim.unit == "倍" and worked.point + 1 == claim.value:
        more = f"{as_printed(current)}是基数的{as_printed(claim)}，不是增长{as_printed(claim)}，请核实。"
        verdict = Judgement.flagged
    spans = spans_of(claim, current, *rest)
    return check(page, "growth", spans, verdict, _signed(worked.point, claim), reason + more)


def _signed(share: Fraction, claim: Figure) -> str:
    return shown(share, claim) if share >= 0 else f"实为{_fell(claim)}{shown(abs(share), claim)}"


def _base(current: Figure, printed: Figure | None, step: Figure | None) -> tuple[Quantity, str] | None:
    """What the growth is of, and how that was worked out."""
    now = quantity(current)
    if printed and (base := quantity(printed)):
        return base, f"以{as_printed(printed)}为基数"
    if step and now and (change := quantity(step)):
        base = now - change if _direction_of(step) > 0 else now + change
        return base, f"{as_printed(current)}扣除变动{as_printed(step)}，基数为{shown(base.point, current)}"
    return (now, "") if now else None


def _grown(claim: Figure, current: Figure, step: Figure | None, base: Quantity) -> Quantity:
    if step and (change := quantity(step)):
        return change / base if _direction_of(step) == _direction_of(claim) else constant(0) - change / base
    now = quantity(current)
    assert now
    share = now / base - constant(1)
    return share if _direction_of(claim) > 0 else constant(0) - share


def _implied_base(page: Page, claim: Figure, current: Figure) -> Check | None:
    now, share = quantity(current), quantity(claim)
    assert now and share
    divisor = 1 + share.point * _direction_of(claim)
    if divisor <= 0:
        return None
    base = shown(now.point / divisor, current)
    reason = f"由{as_printed(current)}和变动幅度{as_printed(claim)}可推出原来约为{base}。"
    return check(page, "base", spans_of(claim, current), Judgement.implied, base, reason)


def _points(page: Page, run: Run) -> Check | None:
    claim, current = run.points, run.current
    if not claim or not current or not is_percentage(current) or not _direction_of(claim):
        return None
    base_figure = run.base_of(claim)
    if unknown := _unknown(page, "points", claim, current, base_figure):
        return unknown
    now, step = quantity(current), quantity(claim)
    assert now and step
    if base_figure and (then := quantity(base_figure)):
        worked = now - then if _direction_of(claim) > 0 else then - now
        verdict = judged(claim, worked)
        reason = f"{as_printed(current)}与{as_printed(base_figure)}相差{plain(worked.point * 100, 2)}个百分点，" \
                 f"文中写{as_printed(claim)}。"
        right = f"{plain(worked.point * 100, 2)}个百分点"
        return check(page, "points", spans_of(claim, current, base_figure), verdict, right, reason)
    base = (now.point - step.point * _direction_of(claim)) * 100
    reason = f"由{as_printed(current)}和变动{as_printed(claim)}可推出原来为{plain(base, 2)}%。"
    verdict = Judgement.flagged if base < 0 and "增" not in current.indicator_raw else Judgement.implied
    more = "比率不会低于零，请核实。" if verdict is Judgement.flagged else ""
    return check(page, "base", spans_of(claim, current), verdict, f"{plain(base, 2)}%", reason + more)


def _direction(page: Page, run: Run) -> Check | None:
    """由16所减少到9所: only the direction can be wrong."""
    current, base = run.current, run.base
    if not current or not base or run.difference or run.growth or run.points or run.yearly:
        return None
    verb = _verb_between(page, base, current)
    if not verb:
        return None
    if unknown := _unknown(page, "direction", current, base):
        return unknown
    now, then = quantity(current), quantity(base)
    assert now and then
    if now.near.meets(then.near):
        return None
    rose = now.point > then.point
    verdict = Judgement.holds if rose == (verb > 0) else Judgement.contradicts
    reason = f"由{as_printed(base)}到{as_printed(current)}是{'增加' if rose else '减少'}。"
    return check(page, "direction", spans_of(current, base), verdict, "增加" if rose else "减少", reason)


_UP = re.compile(r"(?:增加|增长|提高|提升|上升|扩大|增)[到至为]")
_DOWN = re.compile(r"(?:减少|下降|降低|缩小|缩减|压缩|减|降)[到至为]")


def _verb_between(page: Page, base: Figure, current: Figure) -> int:
    """1 where the words between say up, -1 down, 0 where they do not say; a place in a ranking runs the other way."""
    if base.start > current.start or "位" in base.unit or "名" in base.unit or "第" in page.before(base, 2):
        return 0
    between = page.gap(base, current)
    return 1 if _UP.search(between) else -1 if _DOWN.search(between) else 0


def _round_numbers(verdict: Judgement) -> str:
    return "若所用整数是四舍五入后的约数则说得通，请核实。" if verdict is Judgement.flagged else ""
