"""Invented names: every stem combines two characters that begin no real division's name (tests/reference proves it)."""

from __future__ import annotations

from random import Random

FIRST = "霁澹翎湉珩筠璟鹭黛茗溯漱堇璃绫昀晗芷"
SECOND = "汀岚渚岫澜坞崖浦皋泽畈陂汊埠"
STEMS = tuple(first + second for first in FIRST for second in SECOND)
ORDINALS = "一二三四五六七八九十"


class Names:
    """Hands out each stem once, in an order the seed gives."""

    def __init__(self, rng: Random) -> None:
        self._stems = rng.sample(STEMS, len(STEMS))

    def stem(self) -> str:
        return self._stems.pop()

    def place(self, suffix: str) -> str:
        return self.stem() + suffix


def numbered(prefix: str, number: int, suffix: str) -> str:
    """第三小学: `number` counts from 1."""
    return f"{prefix}第{ORDINALS[number - 1]}{suffix}"
