"""Invented names: every stem combines two characters that begin no real division's name (tests/reference proves it)."""

from __future__ import annotations

from random import Random

FIRST = "霁澹翎湉珩筠璟鹭黛茗溯漱堇璃绫昀晗芷"
SECOND = "汀岚渚岫澜坞崖浦皋泽畈陂汊埠"
THIRD = "上下前后东西南北"
STEMS = tuple(first + second for first in FIRST for second in SECOND)
DIGITS = "一二三四五六七八九"


class Names:
    """Hands out each stem once, in an order the seed gives; when all are used, each again with one more character."""

    def __init__(self, rng: Random) -> None:
        self._stems = rng.sample(STEMS, len(STEMS))
        self._used: list[str] = []
        self._round = 0

    def stem(self) -> str:
        if not self._stems:
            self._stems, self._used = self._used, []
            self._round += 1
        stem = self._stems.pop()
        self._used.insert(0, stem)
        return stem + (THIRD[self._round - 1] if self._round else "")

    def place(self, suffix: str) -> str:
        return self.stem() + suffix


def numbered(prefix: str, number: int, suffix: str) -> str:
    """第三小学: `number` counts from 1 to 99."""
    tens, ones = divmod(number, 10)
    word = f"{DIGITS[tens - 1] if tens > 1 else ''}{'十' if tens else ''}{DIGITS[ones - 1] if ones else ''}"
    return f"{prefix}第{word}{suffix}"
