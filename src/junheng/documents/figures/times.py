"""Times of a text as printed: years, masked years, 今年, plan periods, 近五年. One pass; `periods` says which years they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from junheng.documents.figures.numbers import chinese_number
from junheng.documents.masks import MASKS

Kind = Literal["year", "masked", "this", "last", "before_last", "next", "plan", "span", "each", "now"]


@dataclass(frozen=True)
class Time:
    start: int
    end: int
    printed: str
    kind: Kind
    year: int | None = None    # of a printed year
    plan: str = ""             # of a plan period: 十二五
    last: int | None = None    # of a stretch of years: 2020年至2022年
    against: bool = False      # 比上年, 较2010年: what a figure is compared with, not its own time


_TAIL = ("(?:年?底|年[末初内度]|年[秋春]季?|年(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:底|份|末)?"
         "|学年度?|年[上下]半年|年|春季?|秋季?)")
_COUNT = "[一二三四五六七八九十两0-9]"
_TIME = re.compile(rf"""
    (?P<against>[比较同于与](?:去|上)?)?
    (?P<lead>(?:截至|截止到?|到|至|自|从|力争|在)?)
    (?: (?P<year>(?:19|20)[0-9]{{2}})(?P<until>年?[-—~～至到](?:19|20)?[0-9]{{2}})?(?P<tail>{_TAIL})
      | (?P<chinese>[一二][〇零九○][〇零一二三四五六七八九○]{{2}})(?P<chinese_tail>{_TAIL})
      | (?P<masked>20(?:[{MASKS}]{{2}}|[0-9][{MASKS}])|(?<![0-9A-Za-z〇一二三四五六七八九])[{MASKS}]{{2,4}}(?=年))
        (?:[-—~～至到]+20[{MASKS}0-9]{{2}})?{_TAIL}
      | [“"‘']?(?P<plan>十[一二三四五六]?五|[八九]五)[”"’']?(?:规划|计划)?(?:期间|时期|以来|期末|末|初|五年|前\w{{1,2}}年|中期)
      | (?P<this>今年|本年度?|本学年|(?<!{_COUNT})年内|全年|当年|年底前?|年末|[上下]半年|[一二三四]季度|本学期|今秋|今春)
      | (?P<before_last>前年|上上年)
      | (?P<last>去年|上一?年度?|上学年|上年|去年同期|上年同期)
      | (?P<next>明年|来年|下一?年|下学年)
      | (?P<each>(?<![生人班校])(?:每年|每学年|每学期|每期))
      | (?P<span>(?:近|过去|最近|未来|今后|(?<!学)前)的?{_COUNT}{{1,2}}个?年[来间内]?|{_COUNT}{{1,2}}年[来间])
      | (?P<now>目前|现在|当前|现有|如今|现已)
    )""", re.X)
_KINDS: tuple[Kind, ...] = ("year", "masked", "plan", "this", "before_last", "last", "next", "each", "span", "now")


def times(text: str) -> list[Time]:
    """Every time that `text` names, from left to right."""
    return [_time(match) for match in _TIME.finditer(text)]


def _time(match: re.Match[str]) -> Time:
    kind: Kind = next((kind for kind in _KINDS if match[kind]), "year")
    year = None
    if kind == "year":
        found = Decimal(match["year"]) if match["year"] else chinese_number(match["chinese"].replace("○", "〇"))
        year = int(found) if found is not None else None
    last = _last(match, year)
    against = match["against"]
    start = match.start() + len(against or "")
    return Time(start, match.end(), match.string[start:match.end()], kind, year, match["plan"] or "", last,
                against is not None and not match["lead"])


def _last(match: re.Match[str], first: int | None) -> int | None:
    """The last year of 2020年至2022年; a school year (2020-21学年) is one."""
    if first is None or match["until"] is None or match["tail"].startswith("学年"):
        return None
    digits = re.findall("[0-9]+", match["until"])[-1]
    last = int(digits) if len(digits) == 4 else first // 100 * 100 + int(digits)
    return last if last > first else None
