"""Identity numbers: whether one is valid in form (GB 11643), without asking whose it is."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from operator import mul

LENGTH = 18
_WEIGHTS = tuple(2 ** (LENGTH - 1 - place) % 11 for place in range(LENGTH - 1))  # ISO 7064, mod 11-2
_CHECK = "10X98765432"
_FIRST_BIRTH_YEAR = 1850
_PSEUDONYM = re.compile("p[a-z2-7]{20}")  # as `holding.pseudonyms` makes them


def is_identity(number: str) -> bool:
    """Whether `number` is valid in form; `X` in upper case."""
    return (len(number) == LENGTH and number[:-1].isascii() and number[:-1].isdigit()
            and number[-1] == check_digit(number[:-1]) and _is_birth_day(number[6:14]))


def is_pseudonym(text: str) -> bool:
    """Whether `text` has the form of a pseudonym of the register: in a workbook filled in advance it stands for the number."""
    return _PSEUDONYM.fullmatch(text) is not None


def check_digit(body: str) -> str:
    """The check digit of 17 digits: of division, birth day and sequence, each of which many numbers share."""
    return _CHECK[(_weighed(body[:6], 0) + _weighed(body[6:14], 6) + _weighed(body[14:], 14)) % 11]


@cache
def _weighed(digits: str, first: int) -> int:
    return sum(map(mul, map(int, digits), _WEIGHTS[first:]))


@cache
def _is_birth_day(digits: str) -> bool:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return birth.year >= _FIRST_BIRTH_YEAR and birth <= date.today()
