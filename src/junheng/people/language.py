"""Words of closed lists and units in the language of the page. Papers, workbooks and the register are in Chinese and ask none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import get_language, npgettext
from django.utils.translation import gettext as _


def code_word(code: str, zh: str) -> str:
    """A member of a closed list: its Chinese word; in English its code, which is English words."""
    return code.replace("_", " ") if get_language() == "en" else zh


def unit_word(unit: str, many: object = None) -> str:
    """What a number is counted in, by the number where that is one; in Chinese the unit as it is."""
    return _unit_in(get_language(), unit, 1 if many == 1 else 2) if unit else ""


@lru_cache(maxsize=1000)
def _unit_in(_language: str | None, unit: str, many: int) -> str:
    """A page counts hundreds of numbers in a few units."""
    return npgettext("unit", unit, unit, many)


def joined(words: Iterable[str], by: str = "、") -> str:
    """Words in a row, with the stop that stands between them in the language."""
    return _(by).join(words)
