"""Number tokens: Chinese numerals, ranges, ratios, fractions, masks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.documents.codes import Exactness
from junheng.documents.figures.numbers import chinese_number, tokens
from junheng.documents.figures.units import unit_after


@pytest.mark.parametrize(("printed", "value"), [
    ("一", "1"), ("两", "2"), ("十", "10"), ("十三", "13"), ("二十", "20"), ("一百零五", "105"),
    ("三千二百", "3200"), ("百万", "1000000"),
    ("两千三百万", "23000000"), ("一亿二千万", "120000000"), ("三点五", "3.5"), ("二〇一九", "2019"), ("一万二千", "12000"),
])
def test_a_chinese_numeral_is_read(printed: str, value: str) -> None:
    assert chinese_number(printed) == Decimal(value)


@pytest.mark.parametrize("printed", ["三五", "七八十"])
def test_two_digits_in_a_row_are_no_number(printed: str) -> None:
    assert chinese_number(printed) is None


@given(st.integers(min_value=1, max_value=99_999_999))
def test_what_is_written_in_chinese_is_read_back(number: int) -> None:
    assert chinese_number(_written(number)) == number


def _written(number: int) -> str:
    if number >= 10_000:
        rest = number % 10_000
        return _written(number // 10_000) + "万" + (("零" if rest < 1000 else "") + _written(rest) if rest else "")
    text, gap = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + sign
        gap = not digit
    return text


@pytest.mark.parametrize(("text", "low", "high"), [
    ("3-5所", 3, 5), ("3至5所", 3, 5), ("三到五所", 3, 5), ("30%—40%", 30, 40), ("两三个", 2, 3), ("七八十人", 70, 80),
])
def test_a_range_has_two_ends(text: str, low: int, high: int) -> None:
    token = next(tokens(text))
    assert (token.value, token.high, token.exactness) == (low, high, Exactness.range)


@pytest.mark.parametrize(("text", "first", "second"), [
    ("6：4", "6", "4"), ("16.2:1", "16.2", "1"), ("三分之二", "2", "3"), ("1/5", "1", "5"),
])
def test_a_ratio_and_a_fraction_have_two_numbers(text: str, first: str, second: str) -> None:
    token = next(tokens(text))
    assert (token.value, token.second) == (Decimal(first), Decimal(second))


def test_from_and_to_are_two_numbers_not_a_range() -> None:
    assert [token.value for token in tokens("由16到9所")] == [16, 9]
    assert [token.value for token in tokens("由9到16所")] == [9, 16]


@pytest.mark.parametrize(("text", "high"), [("20xx人", 2099), ("1xx名", 199), ("xx所", None)])
def test_a_mask_has_no_value(text: str, high: int | None) -> None:
    token = next(tokens(text))
    assert (token.script, token.value, token.high) == ("masked", None, high)


@pytest.mark.parametrize(("text", "values"), [
    ("增长-3.2%", ["-3.2"]), ("增幅：－5%", ["-5"]), ("比上年增加-320人", ["-320"]), ("2019-2020学年", ["2019"]),
    ("建成3-5所", ["3"]), ("第1-3名", ["1"]), ("小学-12所", ["12"])])
def test_a_minus_belongs_to_its_number_only_where_no_range_can_be_meant(text: str, values: list[str]) -> None:
    found = list(tokens(text))
    assert [str(each.value) for each in found] == values
    assert text[found[0].start] in "-－" or not values[0].startswith("-")


def test_full_width_digits_and_thousands_are_read() -> None:
    assert [token.value for token in tokens("１２所，12,345人")] == [12, 12345]


@pytest.mark.parametrize(("text", "name", "scale"), [
    ("万元", "万元", 10_000), ("余万元", "万元", 10_000), ("亿元", "亿元", 100_000_000), ("m2", "m²", 1),
    ("万㎡", "万m²", 10_000), ("％", "%", 1),
    ("人（次）", "人次", 1), ("成以上", "成", 10), ("个百分点", "个百分点", 1), ("多名", "名", 1),
])
def test_a_unit_is_tidied_and_scaled(text: str, name: str, scale: int) -> None:
    unit = unit_after(text, 0, money=False)
    assert unit is not None
    assert (unit.name, unit.scale) == (name, scale)


def test_a_lone_yi_is_yuan_only_beside_money() -> None:
    unit = unit_after("亿的项目", 0, money=True)
    assert unit is not None and unit.name == "亿元"
    bare = unit_after("亿的项目", 0, money=False)
    assert bare is not None and bare.name == "亿"


@given(st.text(alphabet="0123456789一二三十百千万亿两.,:：-—至到xX%第近约余多个所人年 ", max_size=60))
def test_any_jumble_of_number_signs_is_read_without_a_crash(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
