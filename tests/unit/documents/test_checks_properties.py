"""For any true numbers, however rounded, no sentence is contradicted; with one number off by more than that it is."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.documents.checking import checks_of

SUBJECTS = st.sampled_from(["普通高中招生", "全县小学在校生", "中职毕业生", "专任教师", "学前教育在园幼儿"])
AGAINST = st.sampled_from(["比上年", "较去年", "同比", "比2021年"])
COUNTS = st.integers(1200, 900_000)


def rounded(value: Fraction, places: int) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def printed(people: int, places: int | None) -> str:
    """A count in 人, or in 万人 to some places."""
    return f"{people}人" if places is None else f"{rounded(Fraction(people, 10_000), places)}万人"


PLACES = st.one_of(st.none(), st.integers(1, 3))


def contradicted(said: str) -> bool:
    return any(one.judgement.name == "contradicts" for one in checks_of(said))


@settings(max_examples=60, deadline=None)
@given(SUBJECTS, AGAINST, COUNTS, COUNTS, PLACES, PLACES, st.integers(0, 3), st.booleans())
def test_a_true_change_rounded_anywhere_is_never_contradicted(
        subject: str, against: str, base: int, current: int, one: int | None, two: int | None, digits: int,
        explicit: bool) -> None:
    rose = current >= base
    share = rounded(Fraction(abs(current - base), base) * 100, digits)
    first = f"{subject}由{printed(base, one)}{'增加' if rose else '减少'}到{printed(current, one)}"
    other = f"{subject}{printed(current, one)}，{against}{'增加' if rose else '减少'}{printed(abs(current - base), two)}"
    said = f"{first if explicit else other}，{'增长' if rose else '下降'}{share}%。"
    if one is None or rounded(Fraction(base, 10_000), one) != rounded(Fraction(current, 10_000), one):
        assert not contradicted(said), said


@settings(max_examples=60, deadline=None)
@given(SUBJECTS, AGAINST, COUNTS, st.integers(3, 60), st.integers(0, 2), st.integers(2, 9))
def test_a_growth_off_by_more_than_rounding_is_contradicted_with_the_right_one(
        subject: str, against: str, base: int, percent: int, digits: int, off: int) -> None:
    step = base * percent // 100 + 1
    current = base + step + (1 if (base + step) % 100 == 0 else 0)
    step = current - base
    right = Fraction(step, base) * 100
    said = f"{subject}{current}人，{against}增加{step}人，增长{rounded(right + off, digits)}%。"
    found = [one for one in checks_of(said) if one.kind == "growth"]
    assert [one.judgement.name for one in found] in (["contradicts"], ["flagged"] * (step % 100 == 0)), said
    assert found[0].recomputed == f"{_plain(rounded(right, 2))}%"


def _plain(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 4000), min_size=2, max_size=4), PLACES)
def test_true_parts_rounded_anywhere_are_never_contradicted(parts: list[int], places: int | None) -> None:
    names = ("小学", "初中", "高中", "幼儿园")
    told = "、".join(f"{name}{printed(part, places)}" for name, part in zip(names, parts, strict=False))
    assert not contradicted(f"全县在校学生{printed(sum(parts), places)}，其中{told}。")
    assert not contradicted(f"{told}，合计{printed(sum(parts), places)}。")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(101, 999), min_size=2, max_size=4), st.integers(1, 90))
def test_parts_that_pass_the_whole_are_contradicted_with_their_sum(parts: list[int], less: int) -> None:
    names = ("小学", "初中", "高中", "幼儿园")
    told = "、".join(f"{name}{part}人" for name, part in zip(names, parts, strict=False))
    whole = sum(parts) - less
    found = [one for one in checks_of(f"全县新增教师{whole}人，其中{told}。") if one.kind == "parts"]
    name = found[0].judgement.name
    assert (name == "contradicts" or (name == "flagged" and whole >= 1000 and whole % 100 == 0)) and len(found) == 1
    assert found[0].recomputed == f"{sum(parts)}人"


@settings(max_examples=60, deadline=None)
@given(st.integers(500, 9000), st.integers(500, 9000), st.integers(0, 1))
def test_a_true_ratio_is_never_contradicted(left: int, right: int, digits: int) -> None:
    share = rounded(Fraction(left * 10, left + right), digits)
    said = f"中职招生{left}人，普通高中招生{right}人，职普比为{share}:{10 - share}。"
    assert not contradicted(said), said


@settings(max_examples=60, deadline=None)
@given(st.integers(2005, 2018), st.integers(1, 8), st.integers(101, 130), st.integers(200, 90_000), st.integers(1, 2))
def test_a_true_mean_growth_is_never_contradicted(start: int, years: int, factor: int, cents: int, digits: int) -> None:
    first = Fraction(cents, 100)
    last = first * Fraction(factor, 100) ** years
    said = (f"教育经费由{start}年的{rounded(first, 2)}亿元增加到{start + years}年的{rounded(last, 2)}亿元，"
            f"年均增长{rounded(Fraction(factor - 100), digits)}%。")
    assert not contradicted(said), said


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5000), st.integers(2, 20_000), st.integers(0, 2))
def test_a_true_share_is_never_contradicted(part: int, whole: int, digits: int) -> None:
    whole = max(part, whole)
    share = rounded(Fraction(part, whole) * 100, digits)
    assert not contradicted(f"全县在校生{whole}人，其中寄宿生{part}人，占{share}%。")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789.%人所万亿元，、。；：（）“”增长减少到由比上年其中占合计职普县乡村级第个教师节年月日x ",
               max_size=120))
def test_no_text_breaks_the_checks_and_none_is_accused_without_a_number(said: str) -> None:
    for one in checks_of(said):
        assert one.spans and all(0 <= start <= end for start, end in one.spans) and one.reason
        assert one.judgement.name != "contradicts" or one.recomputed
