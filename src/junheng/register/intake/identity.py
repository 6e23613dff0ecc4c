"""Identity numbers of GB 11643: 17 digits with a day of birth in them, and a check digit of ISO 7064 mod 11-2."""

from __future__ import annotations

from datetime import date
from functools import cache
from operator import mul

LENGTH = 18
_WEIGHTS = tuple(2 ** (LENGTH - 1 - place) % 11 for place in range(LENGTH - 1))
_CHECK = "10X98765432"
_ZEROS = ord("0") * sum(_WEIGHTS)
_FIRST_BIRTH_YEAR = 1850


def is_identity(number: str) -> bool:
    """Whether `number` is valid in form; `X` in upper case."""
    body = number[:-1]
    return (len(number) == LENGTH and body.isascii() and body.isdigit()
            and number[-1] == check_digit(body) and _is_birth_day(body[6:14]))


def check_digit(body: str) -> str:
    """The check digit of 17 digits."""
    return _CHECK[(sum(map(mul, body.encode(), _WEIGHTS)) - _ZEROS) % 11]


@cache
def _is_birth_day(digits: str) -> bool:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return birth.year >= _FIRST_BIRTH_YEAR and birth <= date.today()
