"""The lines of a text without the blanks around them, and what can be told of one by its look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

INVISIBLE = "\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0e-\x1b\x1f\x7f\u202a-\u202e"
_BLANKS = rf"\s\u2000-\u200a{INVISIBLE}"
_LONGEST_HEADING = 60
FINAL = "。！？!?；;：:…"
_NOT_BLANK = re.compile(rf"[^{_BLANKS}](?:[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]*[^{_BLANKS}])?")
_NUMERAL = "一二三四五六七八九十"
NUMBERED = (rf"第[{_NUMERAL}百零〇\d]{{1,4}}[章节条编篇部]|[{_NUMERAL}]{{1,3}}[、.．，,]|[（(][{_NUMERAL}\d]{{1,3}}[)）]"
            r"|\d{1,2}[、.．)）](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}(?!\d|[%％])|[①-⑳㈠-㈩]")
_HEADING = re.compile(NUMBERED)
_OPENING = re.compile(
    rf"{NUMBERED}|[{_NUMERAL}]{{1,2}}[是要]|首先|其次|再次|最后|第[{_NUMERAL}]{{1,2}}[,，、：]|—|[-*+•●◆■▪#|>]|附件|附[：:]|【"
    r"|同志们|各位|尊敬的|女士们|老师们|同学们|[（(]?(?:\d{4}|20[x×*]{2}|二[〇○零])[^，。]{0,8}年[^，。]{0,8}日[)）]?$")


class Line(NamedTuple):
    start: int
    end: int
    text: str
    indented: bool

    @property
    def is_finished(self) -> bool:
        """It ends with a mark that ends a sentence, a quote or bracket after it aside."""
        return self.text.rstrip("”’』」）)】》\"'")[-1:] in FINAL or self.text[-1] in FINAL

    @property
    def opens(self) -> bool:
        """It begins as a heading, a point of a list, a salutation or a day does, so the line before it was whole."""
        return bool(_OPENING.match(self.text))

    @property
    def is_heading(self) -> bool:
        """It is numbered as a heading is and holds no sentence."""
        return len(self.text) <= _LONGEST_HEADING and bool(_HEADING.match(self.text)) and "。" not in self.text

    @property
    def width(self) -> int:
        """In cells: a Chinese character takes two."""
        return sum(1 if character < "\u0250" else 2 for character in self.text)


def lines(raw: str) -> Iterator[Line]:
    """The lines that hold anything."""
    for found in _NOT_BLANK.finditer(raw):
        yield Line(found.start(), found.end(), found.group(), raw[max(found.start() - 2, 0):found.start()] == "\u3000\u3000")
