"""Two characters that became one: deleting the two bytes of a full-width blank (A1 A1) from GBK text also hits a character that
ends in A1 followed by a mark that begins with it, as in 省、 -> 盛. The inverse is unique; whether it happened is weighed.

A sentence is as likely as the words of its likeliest division. The two characters are proposed where they make it likelier by
more than `_GAIN` nats; a quote only where its other half stands without it, and then less gain is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from math import exp, log

from junheng.documents.cleaning.edits import Edit

_GAIN = 5.0
_GAIN_WITH_QUOTE = 2.0
_REACH = 12  # characters weighed on each side
_QUOTE_REACH = 60
_LONGEST = 4
_MARK_COUNT = 2_000_000.0
_RARE_COUNT = 30.0
_FOREIGN = 3.0  # nats of a character that is no Chinese one
_MARKS = "、。“”"
_BORDER = re.compile("[。，,；;：:！？\n]")


@cache
def costs() -> dict[str, float]:
    """Nats of each word of words.txt and of the marks: rare words cost much."""
    listed = (files(__package__) / "words.txt").read_text("utf-8").splitlines()
    counts = {word: float(count) for word, count in (line.split() for line in listed if not line.startswith("#"))}
    counts |= dict.fromkeys(_MARKS, _MARK_COUNT)
    total = log(sum(counts.values()))
    return {word: total - log(count) for word, count in counts.items()} | {"": total - log(_RARE_COUNT)}


@cache
def inverses() -> dict[str, str]:
    """Each character that can have come of two, with the two."""
    found = {}
    for mark in _MARKS:
        for first in range(0xB0, 0xF8):
            merged, whole = bytes([first, mark.encode("gbk")[1]]), bytes([first, 0xA1])
            found[merged.decode("gbk", "replace")] = whole.decode("gbk", "replace") + mark
    return {merged: both for merged, both in found.items() if "\ufffd" not in merged + both}


def find_collisions(text: str) -> Iterator[Edit]:
    """Proposals only, with offsets into `text`, in which lines are whole."""
    known = inverses()
    for found in re.finditer(f"[{''.join(known)}]", text):
        at = found.start()
        both = known[found.group()]
        quoted = _other_half(text, at, both[1])
        if quoted is not False:
            gain = _gain(text, at, both)
            if gain > (_GAIN_WITH_QUOTE if quoted else _GAIN):
                yield Edit(at, at + 1, both, "collision", _evidence(found.group(), both, gain, bool(quoted)), done=False)


def _other_half(text: str, at: int, mark: str) -> bool | None:
    """Whether the other half of a quote stands without this one; None for a mark that has no other half."""
    if mark == "“":
        following = text[at + 1:at + 1 + _QUOTE_REACH].split("\n", 1)[0]
        closes, opens = following.find("”"), following.find("“")
        return closes >= 0 and (opens < 0 or closes < opens) and not _is_open(text, at)
    if mark == "”":
        following = text[at + 1:at + 1 + _QUOTE_REACH].split("\n", 1)[0]
        closes, opens = following.find("”"), following.find("“")
        return _is_open(text, at) and (closes < 0 or -1 < opens < closes)
    return None


def _is_open(text: str, at: int) -> bool:
    before = text[max(at - _QUOTE_REACH, 0):at].rsplit("\n", 1)[-1]
    return before.rfind("“") > before.rfind("”")


def _gain(text: str, at: int, both: str) -> float:
    left = _BORDER.split(text[max(at - _REACH, 0):at])[-1]
    right = _BORDER.split(text[at + 1:at + 1 + _REACH], maxsplit=1)[0]
    return _cost(left + text[at] + right) - _cost(left + both + right)


def _cost(text: str) -> float:
    """Nats of the likeliest division of the text into words."""
    known = costs()
    rare = known[""]
    best = [0.0] + [float("inf")] * len(text)
    for start, character in enumerate(text):
        here = best[start]
        alone = known.get(character, rare if "\u4e00" <= character <= "\u9fff" else _FOREIGN)
        best[start + 1] = min(best[start + 1], here + alone)
        for end in range(start + 2, min(start + _LONGEST, len(text)) + 1):
            cost = known.get(text[start:end])
            if cost is not None and here + cost < best[end]:
                best[end] = here + cost
    return best[-1]


def _evidence(merged: str, both: str, gain: float, quoted: bool) -> str:
    also = "，且后引号或前引号缺另一半" if quoted else ""
    times = float(f"{exp(gain):.1g}")
    return f"「{merged}」疑为「{both}」误并成的一字：按用词频度，改后通顺的可能约为 {times:,.0f} 倍{also}；请查原件"
