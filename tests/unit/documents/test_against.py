"""A figure of a document against the register's own for that place and year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from junheng.documents.against import Against, held_against
from junheng.documents.codes import Agreement, ComparisonKind, Exactness, FigureRole
from junheng.documents.shapes import Comparison, Figure, Period
from junheng.kernel.codes import Level
from junheng.kernel.findings import Finding
from tests.unit.documents.made_reading import figure

PRINTED = figure("增长4.35%", "4.35", unit="%", indicator_raw="九年义务教育巩固率", indicator="st.ret9", period=Period("", 2025))


def finding(value: str | None = "95.43", **told: object) -> Finding:
    plain = Finding("st.ret9", "retention", "statistics_2020", Level.county, "990101", "云溪县", "all", 2025,
                    value=None if value is None else Fraction(value))
    return replace(plain, **told)


CITY = finding("96.2", level=Level.city, group="9901", name="云溪市")


def printed(value: str, **told: object) -> Figure:
    return replace(PRINTED, value=Decimal(value), printed=value, **told)


def held(one: Figure, *found: Finding, year: int = 2025) -> Against:
    return held_against([one], {year: found or (finding(),)})[0]


@pytest.mark.parametrize(("value", "told"), (("95.43", {}), ("95.4", {}), ("95", {}), ("96", {"exactness": Exactness.under}),
                                             ("95", {"exactness": Exactness.over}), ("95", {"exactness": Exactness.about}),
                                             ("94", {"exactness": Exactness.range, "high": Decimal(96)})))
def test_a_figure_agrees_within_what_it_prints(value: str, told: dict[str, object]) -> None:
    assert held(printed(value, **told)).agreement is Agreement.agrees


@pytest.mark.parametrize(("value", "told", "difference"), (
    ("95.5", {}, "0.07"), ("98", {}, "2.57"), ("95.42", {}, "-0.01"), ("96", {"exactness": Exactness.over}, "0.57"),
    ("94", {"exactness": Exactness.under}, "-1.43")))
def test_a_figure_differs_by_how_much(value: str, told: dict[str, object], difference: str) -> None:
    found = held(printed(value, **told))
    assert found.agreement is Agreement.differs
    assert found.difference == Fraction(difference)
    assert "95.43" in found.reason and difference.removeprefix("-") in found.reason


@pytest.mark.parametrize(("told", "why"), (
    ({"period": Period("去年", None)}, "年份"), ({"period": Period("", 2024)}, "没有2024学年的登记"),
    ({"place": "白石县"}, "白石县"), ({"unit": "人"}, "单位不同"), ({"role": FigureRole.target}, "目标"),
    ({"value": None, "exactness": Exactness.masked}, "遮盖"), ({"indicator": "zz.9"}, "没有对应的指标"),
    ({"comparison": Comparison(ComparisonKind.points, 1, "上年")}, "百分点")))
def test_what_cannot_be_held_against_the_register_says_why(told: dict[str, object], why: str) -> None:
    found = held(replace(PRINTED, **told))
    assert found.agreement is Agreement.not_comparable
    assert why in found.reason
    assert found.difference is None


def test_an_unknown_of_the_register_is_not_zero() -> None:
    found = held(printed("95"), finding(None, unknown=3))
    assert (found.agreement, found.difference) == (Agreement.not_comparable, None)
    assert "3" in found.reason


@pytest.mark.parametrize(("place", "name"), (
    ("全市", "云溪市"), ("云溪市", "云溪市"), ("全县", "云溪县"), ("云溪县", "云溪县"), ("", "云溪市")))
def test_the_place_is_the_one_that_the_text_means(place: str, name: str) -> None:
    found = held(printed("95", place=place), finding(), CITY)
    assert found.finding is not None and found.finding.name == name


def test_the_whole_county_is_not_guessed_among_several() -> None:
    other = finding(group="990102", name="白石县")
    assert held(printed("95.43", place="全县"), finding(), other).agreement is Agreement.not_comparable


def test_a_stage_is_held_against_its_own_finding() -> None:
    stages: Sequence[Finding] = (finding("91", stage="primary"), finding("92", stage="junior"))
    assert held(printed("92", stage="junior"), *stages).agreement is Agreement.agrees
    assert held(printed("92", stage="小学"), *stages).agreement is Agreement.differs


def test_a_part_of_a_group_is_not_the_group() -> None:
    part = finding("80", slice="urban_rural=rural")
    assert held(printed("95.43"), part, finding()).agreement is Agreement.agrees


def test_a_scale_is_no_difference() -> None:
    wan = printed("1.20", indicator="st.ret3.suspended", unit="万人", scale=Decimal(10000))
    people = finding("12049", item="st.ret3.suspended")
    assert held(wan, people).agreement is Agreement.agrees
    assert held(wan, replace(people, value=Fraction(12051))).agreement is Agreement.differs
