"""By when: a month, 年底前, 每年, 会后, 开学检查时, 到2025年. Years come from the document; a masked one stays unknown."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from junheng.documents.figures.holding import years_of
from junheng.documents.figures.periods import Anchors, anchors
from junheng.documents.shapes import Outline, Sentence, Text

_CN = "一二三四五六七八九十"
_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "半": 0}
_PLANS = {"十五": 2005, "十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_PART = "(?:上旬|中旬|下旬|[底末初])"


@dataclass(frozen=True)
class Deadline:
    """`due` is the last day, None where it cannot be told; a loose one (今年, 今后) does not make a vague task definite."""

    start: int
    end: int
    printed: str
    due: date | None
    loose: bool = False

    @property
    def once(self) -> bool:
        """A day that comes and is over: neither 今后 nor 每年."""
        return not self.loose and not self.printed.startswith(("每", "逐", "常"))


Reader = Callable[[re.Match[str], date | None], date | None]


def _none(match: re.Match[str], day: date | None) -> date | None:
    return None


def _day(match: re.Match[str], day: date | None) -> date | None:
    year = _year(match["year"], day, int(match["month"]))
    return _valid(year, int(match["month"]), int(match["day"])) if year else None


def _month(match: re.Match[str], day: date | None) -> date | None:
    month, year = int(match["month"]), _year(match["year"], day, int(match["month"]))
    if year is None or not 1 <= month <= 12:
        return None
    if match["part"] in ("上旬", "初"):
        return date(year, month, 10)
    if match["part"] == "中旬":
        return date(year, month, 20)
    if match["before"] and not match["part"]:
        return date(year, month, 1) - timedelta(days=1)
    return date(year, month, monthrange(year, month)[1])


def _year(printed: str | None, day: date | None, month: int) -> int | None:
    """The printed year; else the year of the document, or the next where the month is over by then."""
    if printed and printed.isdecimal():
        return int(printed)
    if day is None or (printed and "x" in printed.lower()):
        return None
    if printed == "明":
        return day.year + 1
    return day.year if printed in ("今", "本", "当") or month >= day.month else day.year + 1


def _valid(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def _year_end(match: re.Match[str], day: date | None) -> date | None:
    printed = match["year"]
    if printed and printed.isdecimal():
        return date(int(printed) - (1 if match["before"] and not match["part"] else 0), 12, 31)
    if day is None or (printed and "x" in printed.lower()):
        return None
    return date(day.year + (1 if printed == "明" else 0), 12, 31)


def _plan_end(match: re.Match[str], day: date | None) -> date | None:
    return date(_PLANS[match["plan"]], 12, 31)


def _half(match: re.Match[str], day: date | None) -> date | None:
    return day and (date(day.year, 6, 30) if match[0].startswith("上") else date(day.year, 12, 31))


def _quarter(match: re.Match[str], day: date | None) -> date | None:
    month = 3 * ("一二三四".index(match["quarter"]) + 1)
    return day and date(day.year, month, monthrange(day.year, month)[1])


def _within(match: re.Match[str], day: date | None) -> date | None:
    count = int(match["count"]) if match["count"].isdecimal() else _NUMBERS.get(match["count"], 0)
    days = {"天": 1, "日": 1, "周": 7, "星期": 7, "个星期": 7, "个月": 30}.get(match["unit"])
    return day + timedelta(days=count * days) if day and days and count else None


def _autumn(match: re.Match[str], day: date | None) -> date | None:
    if match["year"]:
        return date(int(match["year"]), 8, 31)
    return day and date(day.year + (1 if day.month > 9 else 0), 8, 31)


# first that matches at a place wins; the third column: loose
_KINDS: tuple[tuple[str, Reader, bool], ...] = (
    (r"(?:(?P<year>20\d\d|20[xX]{2}|[今明本当])年)?(?P<month>1[0-2]|0?[1-9])月"
     r"(?P<day>[12]\d|3[01]|0?[1-9])[日号](?:之?前|以前)?", _day, False),
    (rf"(?:(?P<year>20\d\d|20[xX]{{2}}|[今明本当])年)?(?:(?:1[0-2]|0?[1-9])月?份?[至到—\-~～])?"
     rf"(?P<month>1[0-2]|0?[1-9])月份?(?P<part>{_PART})?(?P<before>之?前|以前)?",
     _month, False),
    (r"“?(?P<plan>十[一二三四五六]?五)”?(?:期间|时期|规划期)?(?:期?末|期间|时期|规划期内?)", _plan_end, False),
    (r"到?(?P<year>20\d\d|20[xX]{2}|202[xX]|[明今])年(?P<part>年?[底末])(?P<before>之?前|以前)?", _year_end, False),
    (r"到(?P<year>20\d\d|20[xX]{2}|202[xX]|[明今])年(?P<part>年?[底末])?(?P<before>之?前|以前)?", _year_end, False),
    (r"(?P<year>20\d\d|20[xX]{2}|202[xX])年(?P<part>年?[底末])?(?P<before>之?前|以前)", _year_end, False),
    (r"(?P<year>今|本)?年(?P<part>底|末|内)(?P<before>之?前|以前)?", _year_end, False),
    (r"(?P<year>20\d\d)年秋(?:季学期|季)?(?=投入|投用|启用|招生)", _autumn, False),
    (r"(?P<year>20\d\d)年(?P<part>)(?P<before>)(?=开工|建成|完成|启动|新建|建设|投入|竣工|改扩建|出台|印发)", _year_end, False),
    (r"[上下]半年", _half, False),
    (r"第?(?P<quarter>[一二三四])季度(?:末|底)?前?", _quarter, False),
    (r"(?:(?P<year>20\d\d)年)?(?:秋季|新学[期年]|9月)开学[前初]|暑假(?!前)(?:期间|结束前)?|暑期", _autumn, False),
    (rf"(?P<count>\d{{1,3}}|[{_CN}两])(?P<unit>个工作日|个月|个?星期|周|天|日)(?:之|以)?内", _within, False),
    (r"(?:今天|本次)?会后|会议结束后", _none, False),
    (r"(?:开学|期[中末]|年终|年度|学期)(?:检查|验收|考核|评估|督导)[时前]"
     r"|开学[前初时]|[学假]期[初末](?!考)|寒假(?:期间|前)?|暑假前|放假前|春季学期|秋季学期", _none, False),
    (r"每个?月(?:\d{1,2}[日号])?前", _none, False),
    (r"(?<!连续)(?<!每[生人名位户班校])每(?:两|三|[一半])?(?:学年|学期(?:开学[前初时]|期?[初末])?|年度?|季度?|个?月|周|半年)(?!人均)"
     r"|逐年|常年", _none, False),
    (rf"(?:用|在)?(?P<count>\d|[{_CN}两])(?:到[{_CN}])?年(?:之?内|左右的?时间|时间)", _none, False),
    (r"(?P<year>明)年(?P<part>底)?(?P<before>前)?", _year_end, False),
    (r"今年底?前?|全年(?=[\u4e00-\u9fff])", lambda match, day: day and date(day.year, 12, 31), True),
    (r"(?P<year>20\d\d)年(?P<part>)(?P<before>)(?=[，,])", _year_end, True),
    (r"今后|下一步|新学期", _none, True),
)
_PATTERNS = tuple((re.compile(pattern), reader, loose) for pattern, reader, loose in _KINDS)
_MAY = re.compile("[年月日号天周期季半假暑寒逐]|会后|今后|下一步|结束后|开学")  # a sign of each of them: most clauses have none
_ANY = re.compile("|".join(re.sub(r"\?P<\w+>", "?:", pattern) for pattern, _, _ in _KINDS))
_PAST = re.compile(r"(?:去年|上年|前年|自|从|截[至止]|原)$|(?:以来|召开的|印发的)$")
_SINCE = re.compile(r"起|以来|开始|召开的|以后|[度]?的(?!时间)|工作(?!日)|是|捐|人均|学生|规划|计划")


def part_days(text: Text, outline: Outline, day: date | None, known: Anchors | None = None) -> tuple[date | None, ...]:
    """The day of each part; where one file holds several speeches each counts from its own, unknown where it tells none."""
    if sum(text.is_read(number) for number in range(len(text.parts))) < 2:
        return (day,) * max(len(text.parts), 1)
    parts = (known or anchors(text, outline)).parts
    return tuple(years.day or (date(years.this, 1, 1) if years.this else None) for years in parts)


def headed_day(sentence: Sentence, day: date | None) -> date | None:
    """The day from which the months under a heading count: under 三、2025年工作思路 they are of that year."""
    year = next((named.year for title in reversed(sentence.path) if (named := years_of(title)) and named.last is None), None)
    return date(year, 1, 1) if year and day and year == day.year + 1 else day


_DATED = re.compile(r"(?P<year>20\d\d)\s?(?:[.\-/年]\s?(?P<month>1[0-2]|0?[1-9])"
                    r"(?:\s?[.\-/月]\s?(?P<day>[12]\d|3[01]|0?[1-9]))?[日月]?|年)(?:之?前|底)?")


def last_day(cell: str, day: date | None) -> date | None:
    """The last day that a cell of a table names which holds nothing else: 8月底前, 2025.6.30, 2025-08."""
    if dated := _DATED.fullmatch(cell):
        year, month = int(dated["year"]), int(dated["month"] or 12)
        return _valid(year, month, int(dated["day"] or monthrange(year, month)[1]))
    return max((by.due for by in deadlines(cell, 0, len(cell), day) if by.due), default=None)


def deadlines(clean: str, start: int, end: int, day: date | None) -> Iterator[Deadline]:
    """Each 'by when' between start and end, in order; what is of the past or only a beginning (从今年起) is left out."""
    at = start if _MAY.search(clean, start, end) else end
    while match := _ANY.search(clean, at, end):
        at = match.end()
        if _PAST.search(clean[max(match.start() - 3, start):match.start()]) or _SINCE.match(clean, match.end()):
            continue
        for pattern, reader, loose in _PATTERNS:
            exact = pattern.match(clean, match.start(), end)
            if exact and exact.end() == match.end():
                due = reader(exact, day)
                if due is None or day is None or due >= day.replace(month=1, day=1):
                    yield Deadline(match.start(), match.end(), match[0], due, loose)
                break
