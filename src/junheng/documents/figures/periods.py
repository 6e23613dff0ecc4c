"""Which year a document, its parts and its masked years are of. What is not printed is said to be inferred, and by what."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from junheng.documents.codes import Tense
from junheng.documents.figures.numbers import chinese_number
from junheng.documents.figures.times import Time, times
from junheng.documents.shapes import Outline, Part, Period, Sentence, Text


@dataclass(frozen=True)
class Anchor:
    """A place in the text that tells a year: `year` is that of the event, `why` says so in Chinese."""

    start: int
    end: int
    year: int
    why: str
    day: date | None = None  # of the document, where the place tells it
    current: bool = False    # the event is being awaited or kept: its year is that of the text


@dataclass(frozen=True)
class PartYears:
    """The years of one part: the one it speaks in, the one it looks back on, the one it plans; `why` for what is inferred."""

    this: int | None = None
    past: int | None = None
    plan: int | None = None
    day: date | None = None
    why: str = ""
    titled: bool = False  # the text calls itself the plan, or the review, of the year


@dataclass(frozen=True)
class Anchors:
    """All that the text tells of its years. `masked` is by the offset at which a masked year such as 20xx年 begins."""

    found: tuple[Anchor, ...]
    parts: tuple[PartYears, ...]
    masked: Mapping[int, tuple[int, str]]
    times: tuple[Time, ...]
    _starts: tuple[int, ...] = field(repr=False, default=())

    def between(self, start: int, end: int) -> tuple[Time, ...]:
        """The times printed in a stretch of the clean text."""
        return self.times[bisect_left(self._starts, start):bisect_left(self._starts, end)]

    def years(self, part: int) -> PartYears:
        """The years of part number `part`."""
        return self.parts[part] if part < len(self.parts) else PartYears()

    def period(self, time: Time, part: int) -> Period:
        """What `time`, printed in part number `part`, means as a period."""
        years = self.years(part)
        if time.kind == "year":
            return Period(time.printed, time.last or time.year)
        if time.kind == "masked":
            year, why = self.masked.get(time.start, (None, ""))
            return Period(time.printed, year, why)
        if time.kind == "plan" and time.printed.endswith("末"):
            return Period(time.printed, anchor_table()["plans"][time.plan][1])
        shift = {"this": 0, "now": 0, "last": -1, "before_last": -2, "next": 1}.get(time.kind)
        if shift is None or years.this is None:
            return Period(time.printed, None)
        base = years.past if _of_its_year(time, years) else years.this
        return Period(time.printed, (base or years.this) + shift, years.why)


@lru_cache(maxsize=1)
def anchor_table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("anchors.toml").read_text(encoding="utf-8"))


def _of_its_year(time: Time, years: PartYears) -> bool:
    """全年 of any review, 本学期 and 上年 of one that names its year, count from the year looked back on; of a plan none."""
    if years.titled and years.plan is not None:
        return False
    counted = "全年|年内|[上下]半年" + ("|本学[期年]|本年|上一?(?:学?年|年度)" if years.titled else "")
    return time.kind in ("this", "last") and re.match(counted, time.printed) is not None


_NUMBER = "[0-9]{1,3}|[一二三四五六七八九十百]{1,5}"


def _number(printed: str) -> int | None:
    value = int(printed) if printed.isdigit() else chinese_number(printed)
    return None if value is None else int(value)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    table = anchor_table()
    plans, places, founded = ("|".join(map(re.escape, sorted(table[name], key=len, reverse=True)))
                              for name in ("plans", "place_in_plan", "founded"))
    congresses = "|".join(sorted(table["congress"], key=len, reverse=True))
    return re.compile(rf"""
        (?P<near>昨天|今天|明天|前天|昨日|今日|迎接|喜迎|庆祝)?[是为]?(?:我们)?第(?P<teachers>{_NUMBER})个教师节
      | [“"‘'](?P<plan>{plans})[”"’'](?:规划|计划|发展规划|教育规划)?(?:时期)?的?(?P<place>{places})
      | 党的(?P<congress>{congresses})(?:大|届(?P<session>[一二三四五六七])中全会)(?:胜利|隆重)?(?:召开|闭幕)(?!以来|[之以]?后)
      | (?P<founded>{founded})(?P<years>{_NUMBER})周年
    """, re.X)


def _events(text: str) -> list[Anchor]:
    found = []
    for match in _pattern().finditer(text):
        kind = next(name for name in _READERS if match[name])
        anchor = _READERS[kind](match)
        if anchor is not None:
            found.append(anchor)
    return found


_OCCASION = re.compile("[^，,。；;\n]{0,8}(?:大会|会议|会上|之际|来临|到来|座谈会|节日)")  # the speech is held on it


def _teachers_day(match: re.Match[str]) -> Anchor | None:
    number = _number(match["teachers"])
    if number is None:
        return None
    year = anchor_table()["teachers_day"] + number
    shift = {"昨": 1, "前": 2, "今": 0, "明": -1}.get((match["near"] or "")[:1])
    if shift is None and _OCCASION.match(match.string, match.end()):
        shift = 0
    day = date(year, 9, 10) + timedelta(days=shift) if shift is not None and 1900 < year < 9000 else None
    return Anchor(match.start(), match.end(), year, f"第{number}个教师节是{year}年", day,
                  (match["near"] or "") in ("迎接", "喜迎", "庆祝"))


def _plan(match: re.Match[str]) -> Anchor:
    first, last = anchor_table()["plans"][match["plan"]]
    place = anchor_table()["place_in_plan"][match["place"]]
    year = first + place - 1 if place > 0 else last
    return Anchor(match.start(), match.end(), year, f"“{match['plan']}”{match['place']}是{year}年")


def _founded(match: re.Match[str]) -> Anchor | None:
    number = _number(match["years"])
    if number is None:
        return None
    year = anchor_table()["founded"][match["founded"]] + number
    return Anchor(match.start(), match.end(), year, f"{match['founded']}{number}周年是{year}年")


def _congress(match: re.Match[str]) -> Anchor | None:
    held = anchor_table()["congress"][match["congress"]]
    number = _number(match["session"]) if match["session"] else None
    if number is None:
        return Anchor(match.start(), match.end(), held["held"], f"党的{match['congress']}大在{held['held']}年召开")
    if number > len(held["sessions"]):
        return None
    year = held["sessions"][number - 1]
    return Anchor(match.start(), match.end(), year, f"党的{match['congress']}届{match['session']}中全会在{year}年召开")


_READERS: dict[str, Callable[[re.Match[str]], Anchor | None]] = {
    "teachers": _teachers_day, "plan": _plan, "congress": _congress, "founded": _founded}


def anchors(text: Text, outline: Outline) -> Anchors:
    """The years of the parts and of the masked years of `text`. Nothing is guessed: a year that no anchor tells stays unknown."""
    clean, seen = text.clean, times(text.clean)
    found = _events(clean)
    starts = [time.start for time in seen]
    sentences = [sentence.start for sentence in outline.sentences]
    parts = [_part_years(clean, part, outline, sentences, found, seen, starts) for part in _parts(text)]
    masked = _masked(outline, sentences, found, seen, starts, parts)
    return Anchors(tuple(found), tuple(parts), masked, tuple(seen), tuple(starts))


def _parts(text: Text) -> tuple[Part, ...]:
    return text.parts or (Part("", 0, len(text.clean), True),)


def _sentence_at(outline: Outline, at: int, starts: list[int]) -> Sentence | None:
    number = bisect_right(starts, at) - 1
    sentence = outline.sentences[number] if number >= 0 else None
    return sentence if sentence is not None and at < sentence.end else None


def _part_years(clean: str, part: Part, outline: Outline, sentences: list[int], found: list[Anchor], seen: list[Time],
                starts: list[int]) -> PartYears:
    own = seen[bisect_left(starts, part.start):bisect_left(starts, part.end)]
    printed = _by_printed(clean, part, own)
    if printed.titled or printed.day is not None:
        return printed
    first, last = (bisect_left(found, place, key=lambda anchor: anchor.start) for place in (part.start, part.end))
    said = _said_of(own, outline, sentences) if first < last else frozenset()
    for anchor in found[first:last]:
        sentence = _sentence_at(outline, anchor.start, sentences)
        named = seen[bisect_left(starts, sentence.start if sentence else part.start):bisect_left(starts, anchor.start)]
        years = _by_anchor(anchor, named[-1] if named else None, sentence, said)
        if years is not None:
            return years
    return printed


def _said_of(own: list[Time], outline: Outline, sentences: list[int]) -> frozenset[tuple[Tense | None, str]]:
    """In which tense a part says 今年, 明年 and 去年."""
    return frozenset((sentence.tense, time.kind) for time in own if re.match("[今本去上明来]年", time.printed)
                     and (sentence := _sentence_at(outline, time.start, sentences)) is not None)


def _by_anchor(anchor: Anchor, time: Time | None, sentence: Sentence | None,
               said: frozenset[tuple[Tense | None, str]]) -> PartYears | None:
    """The years of a part from one anchor; `time` is the last time named before it in its sentence."""
    year, why = anchor.year, anchor.why
    if anchor.day is not None:
        return PartYears(year, year, year, anchor.day, why)
    kind, tense = time.kind if time else None, sentence.tense if sentence else None
    if "教师节" in why or "周年" in why:
        reviewed = sentence is not None and tense is Tense.past and bool(sentence.path)
        if not reviewed or kind in ("this", "last", "next"):
            this: int | None = year + {"last": 1, "next": -1}.get(kind or "", 0)
        else:
            this = _spoken_after(year, said)
        past = year if reviewed else this
        return PartYears(this, past, this if this != past else None, None, why if this == year else f"{why}，写在回顾中")
    if kind == "next":
        return PartYears(year - 1, year - 1, year, None, why)
    if kind == "last":
        return PartYears(year + 1, year, year + 1, None, why)
    if kind in ("this", "masked"):
        past = year if tense is Tense.past and kind == "masked" else year - 1
        return PartYears(past + 1, past, past + 1, None, why)
    return None


def _spoken_after(year: int, said: frozenset[tuple[Tense | None, str]]) -> int | None:
    """When a review of `year` is given: within it where it says 今年 or plans for 明年, in the next where it plans for 今年."""
    if (Tense.past, "this") in said or ((Tense.plan, "next") in said and (Tense.plan, "this") not in said):
        return year
    return year + 1 if (Tense.plan, "this") in said or (Tense.past, "last") in said else None


_FULL_DAY = re.compile(r"(?<![至到—])((?:19|20)[0-9]{2}|[一二][〇零九○][〇零一二三四五六七八九○]{2})[ 　]?[年.\-/][ 　]?"
                       r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})[ 　]?(?:月[ 　]?(?=[^\n\t]{1,3}日)|[.\-/])[ 　]?"
                       r"([0-9]{1,2}(?!\d)|[一二三四五六七八九十]{1,3}(?![一二三四五六七八九十]))(?:日|(?!日))"
                       r"(?![ 　]?(?:之?前|以前|起|[至到—]))")  # until or from then something is to be done
TITLE = 60   # characters of a title at most
_EDGE = 300  # characters at the beginning and the end of a part where its date stands
_LOOKS_BACK = re.compile("(?:工作|教育)?[\u4e00-\u9fff]{0,14}?"
                         "(?:总结|回顾|公报|简报|通报|年报|汇报|述职|报告|情况|完成|统计(?:数据|资料|表|手册)?$)")
_LOOKS_ON = re.compile("(?:工作|教育)?[\u4e00-\u9fff]{0,12}?(?:计划|要点|安排|打算|重点工作|工作任务|实施方案|工作思路)")


def _printed_day(clean: str, part: Part) -> date | None:
    for stretch in (clean[max(part.start, part.end - _EDGE):part.end], clean[part.start:part.start + _EDGE]):
        for match in reversed(list(_FULL_DAY.finditer(stretch))):
            numbers = [_number(group.replace("○", "〇")) for group in match.groups()]
            if None not in numbers:
                try:
                    return date(*(number or 0 for number in numbers))
                except ValueError:
                    continue
    return None


def _by_printed(clean: str, part: Part, own: list[Time]) -> PartYears:
    day = _printed_day(clean, part)
    years = [time for time in own if time.kind == "year" and time.year is not None]
    for time in years[:6]:
        if (planned := _planned(clean, part, time)) is not None:
            return PartYears(time.year, (time.year or 0) - 1, time.last, day, planned, True)
        after = clean[time.end:time.end + 24].split("\n")[0]
        back, on = _LOOKS_BACK.match(after), _LOOKS_ON.match(after)
        if on and not (back and back.end() < on.end()):
            return PartYears(time.year, (time.year or 0) - 1, time.year, day, f"文中写明“{time.printed}{after[:on.end()]}”", True)
        if back:
            this = day.year if day else time.year
            return PartYears(this, time.year, None, day, f"文中写明“{time.printed}{after[:back.end()]}”", True)
    if day is not None:
        return PartYears(day.year, day.year, None, day, f"落款或标题日期{day.year}年{day.month}月{day.day}日")
    said = [time.year for time in years if time.year and not re.match("到|至|力争", time.printed)]
    if not said:
        return PartYears()
    common = max(sorted(set(said), reverse=True), key=said.count)
    return PartYears(common, common, None, None, f"文中多次写到{common}年") if said.count(common) > 1 else PartYears()


_PLANS_AHEAD = re.compile("规划|计划|方案|行动")


def _planned(clean: str, part: Part, time: Time) -> str | None:
    """布局规划（2024—2035年）: a title that names the years it plans; what tells so, None where it is no such title."""
    begin = clean.rfind("\n", part.start, time.start) + 1 or part.start
    end = clean.find("\n", time.end)
    line = clean[begin:end if end >= 0 else part.end]
    titled = time.last is not None and begin - part.start < TITLE and len(line) < TITLE and "。" not in line
    return f"标题写明“{time.printed}”" if titled and _PLANS_AHEAD.search(line) else None


def _masked(outline: Outline, sentences: list[int], found: list[Anchor], seen: list[Time], starts: list[int],
            parts: list[PartYears]) -> dict[int, tuple[int, str]]:
    """A masked year is told by an anchor of its own clause, else by the tense of the heading or sentence that it opens."""
    told: dict[int, tuple[int, str]] = {}
    for time in seen:
        if time.kind != "masked":
            continue
        sentence = _sentence_at(outline, time.start, sentences)
        if sentence is None:
            continue
        anchor = _own_anchor(found, seen, starts, time, sentence)
        if anchor is not None:
            told[time.start] = (anchor.year, anchor.why)
        elif sentence.part < len(parts):
            year = _by_tense(parts[sentence.part], sentence, time)
            if year is not None:
                told[time.start] = (year, f"{parts[sentence.part].why}，由此推断")
    return told


def _own_anchor(found: list[Anchor], seen: list[Time], starts: list[int], time: Time, sentence: Sentence) -> Anchor | None:
    """The plan anchor that the sentence says of this very year: 20xx年是“十三五”开局之年."""
    following = bisect_right(starts, time.start)
    limit = seen[following].start if following < len(seen) and seen[following].start < sentence.end else sentence.end
    first = bisect_left(found, time.end, key=lambda anchor: anchor.start)
    anchor = found[first] if first < len(found) and found[first].start < limit else None
    if anchor is not None and "教师节" not in anchor.why:
        return anchor
    earlier = found[bisect_left(found, sentence.start, key=lambda each: each.start):first]
    return earlier[-1] if earlier and earlier[-1].current else None


def _by_tense(years: PartYears, sentence: Sentence, time: Time) -> int | None:
    if re.match("到|至|力争", time.printed) or time.against or time.start - sentence.start > 12:
        return None
    return years.plan if sentence.tense is Tense.plan else years.past if sentence.tense is Tense.past else None


def document_day(text: Text, known: Anchors) -> tuple[date | None, str]:
    """The day of the document and what tells it. Where only the year is known, it is the first of January, and said so."""
    read = [years for number, years in enumerate(known.parts) if text.is_read(number)]
    for years in read:
        if years.day is not None:
            return years.day, years.why
    for years in read:
        if years.this is not None:
            return date(years.this, 1, 1), f"{years.why}；只知道年份，按{years.this}年1月1日计"
    return None, ""
