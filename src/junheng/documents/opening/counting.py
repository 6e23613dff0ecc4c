"""Numbers in the forms in which a word processor numbers headings."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
          (5, "v"), (4, "iv"), (1, "i"))


def chinese(number: int, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    """一, 十, 十一, 二十, 一百零一; up to 9999."""
    text = ""
    for power in (3, 2, 1, 0):
        digit = number // 10 ** power % 10
        if digit:
            text += digits[digit] + (units[power - 1] if power else "")
        elif text and not text.endswith(digits[0]) and number % 10 ** power:
            text += digits[0]
    return text[1:] if units[0] == "十" and text.startswith("一十") else text


def digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def letters(number: int) -> str:
    """a to z, then aa to zz."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def roman(number: int) -> str:
    text = ""
    for value, numeral in _ROMAN:
        text += numeral * (number // value)
        number %= value
    return text


def _row(first: str, count: int) -> Callable[[int], str]:
    """Characters that follow each other; a plain number beyond them."""
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else chr(0x3251 + number - 21) if number <= 35 else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                     "taiwaneseCountingThousand"), chinese),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), digit_by_digit),
    "chineseLegalSimplified": lambda number: chinese(number, _FORMAL, "拾佰仟"),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalEnclosedParen": _row("⑴", 20), "decimalEnclosedFullstop": _row("⒈", 20), "ideographEnclosedCircle": _row("㊀", 10),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"), "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "decimalZero": lambda number: f"{number:02d}", "lowerLetter": letters, "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": roman, "upperRoman": lambda number: roman(number).upper(), "none": lambda number: "",
}
_MOST = 9_999


def written(number: int, form: str) -> str:
    """The number in the form of this name (ST_NumberFormat); as digits where the form is not known or has no such number."""
    return _FORMS.get(form, str)(number) if 0 < number <= _MOST else str(number)
