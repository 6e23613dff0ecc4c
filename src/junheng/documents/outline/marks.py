"""Where a heading or a list item may begin: 一、 （一） 1. （1） ① 第一章 一是 首先 ——."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from junheng.documents.masks import DATED

_DIGITS = "一二三四五六七八九"
_TENS = ["", "十", *(f"{digit}十" for digit in _DIGITS[1:])]
NUMERALS = {tens + unit: 10 * at + 1 + _DIGITS.index(unit) if unit else 10 * at
            for at, tens in enumerate(_TENS) for unit in ["", *_DIGITS] if tens + unit}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FIRST = {"首先": 1, "其次": 2, "再次": 3}
# behind the number of an item these are no decimals: 1.20所学校, 2.3月底前, 3.2025年; 1.1名师工程 is a heading of its own
_WHOLE = (f"(?:{DATED}|\\d+(?:名(?![师校园优额])|家(?![校长庭访教园])|场(?![地所馆])"
          "|所(?!有)|处(?![室理置分])|人(?![均次才事员文])|个(?![百月小性人体别案])|项(?!目)))")
_CN = "[一二三四五六七八九十]{1,3}"

# a mark at the head of a line needs no more than itself; inside a line it needs the end of a clause before it
_MARK = re.compile(
    rf"(?P<chapter>第(?P<chapter_no>{_CN})(?P<chapter_of>章|节|部分|编|篇))"
    rf"|(?P<paren>[（(](?P<paren_no>{_CN})[）)]、?)"
    rf"|(?P<digit_paren>[（(](?P<digit_paren_no>\d{{1,2}})[）)])"
    rf"|(?P<half_paren>(?<![\d.(（])(?P<half_paren_no>\d{{1,2}})[）)])"
    rf"|(?P<circled>(?P<circled_no>[{_CIRCLED}]))"
    rf"|(?P<item>(?<!第)(?P<item_no>{_CN})(?P<item_word>是(?!否|非)|要(?!素|求|点|件)))"
    rf"|(?P<cn>(?<!第)(?P<cn_no>{_CN})、)"
    rf"|(?P<ordinal>首先(?!是?对)|其次|再次|最后|第(?P<ordinal_no>{_CN})(?=[，,、：:要是]))"
    rf"|(?P<decimal>(?<![\d.])(?!\d{{1,2}}\.{_WHOLE})\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?=[ 　\u4e00-\u9fff]))"
    rf"|(?P<digit>(?<![\d.\-—~至])(?P<digit_no>\d{{1,2}})[.、．](?:(?![\d.])|(?={_WHOLE})))"
    r"|(?P<dash>——)"
)
HEAD = _MARK
_NUMBERED = ("chapter", "paren", "digit_paren", "half_paren", "circled", "item", "cn", "ordinal", "digit")
_LINE_ONLY = frozenset({"chapter", "decimal", "dash", "plain"})
_BEFORE = frozenset("。！？；：;:!?”\"）)… 　")
_BEFORE_ITEM = _BEFORE | frozenset("，,、")
SOFT = frozenset({"item", "ordinal", "circled", "digit_paren", "half_paren"})  # may follow a comma
_PLAIN = re.compile(r"^[ 　]*(?P<title>[^\n。！？；：，,;:!?《》._/|]{2,16}?)[ 　]*$", re.M)
_PLAIN_WORDS = re.compile("回顾|成效|成绩|亮点|(?<!工作)总结$|问题|困难|不足|打算|安排|计划|下一步|重点工作|目标|任务"
                          "|措施|主要做法|基本情况|建议")


@dataclass(frozen=True)
class Mark:
    """What may begin a heading: `number` is its place in its list, 0 where it has none of its own.

    An annex and a table have a `title` of their own, with its number, and tell where their `body` begins; a table until where it
    goes.
    """

    start: int
    end: int
    family: str
    word: str
    number: int
    at_line: bool
    title: str = ""
    body: int = 0
    until: int | None = None


def marks(clean: str) -> Iterator[Mark]:
    """All that may begin a heading, in order of place."""
    plain = _plain_lines(clean)
    at = next(plain, None)
    for match in _MARK.finditer(clean):
        while at is not None and at.start < match.start():
            yield at
            at = next(plain, None)
        mark = _mark(clean, match)
        if mark is not None:
            at = at if at is None or at.start != mark.start else next(plain, None)
            yield mark
    while at is not None:
        yield at
        at = next(plain, None)


def _mark(clean: str, match: re.Match[str]) -> Mark | None:
    family = str(match.lastgroup if match.lastgroup in (*_NUMBERED, "decimal", "dash") else _outer(match))
    start = match.start()
    at_line = _at_line(clean, start)
    before = _BEFORE_ITEM if family in SOFT else _BEFORE
    if clean[max(start - 2, 0):start] == "第\n":
        return None  # 安全第 / 一、预防为主: a line broken within a word
    if not at_line and family != "circled" and (family in _LINE_ONLY or clean[start - 1] not in before):
        return None
    word = (match["item_word"] or match["chapter_of"] or "") if family in ("item", "chapter") else ""
    if family == "decimal":
        word = str(match[0].count("."))
    return Mark(start, match.end(), family, word, _number(match, family), at_line)


def _outer(match: re.Match[str]) -> str:
    return next(family for family in (*_NUMBERED, "decimal", "dash") if match[family] is not None)


def _at_line(clean: str, start: int) -> bool:
    at = start
    while at > 0 and clean[at - 1] in " 　\t":
        at -= 1
    return at == 0 or clean[at - 1] == "\n"


def _number(match: re.Match[str], family: str) -> int:
    printed = match[f"{family}_no"] if family in _NUMBERED else None
    if family == "ordinal" and printed is None:
        return _FIRST.get(match[0], 0)
    if family == "circled":
        return _CIRCLED.index(match[0]) + 1
    if family == "decimal":
        return int(match[0].rsplit(".", 1)[1])
    return 0 if printed is None else NUMERALS.get(printed) or (int(printed) if printed.isdecimal() else 0)


def _plain_lines(clean: str) -> Iterator[Mark]:
    """Short lines without a number that say what follows: 工作回顾, 下一步打算."""
    for match in _PLAIN.finditer(clean):
        if match.start("title") and _PLAIN_WORDS.search(match["title"]):
            yield Mark(match.start("title"), match.start("title"), "plain", "", 0, True)
