"""What the calendar says: Teachers' Days, five-year plans, anniversaries, congresses, weekdays, days that do not exist."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from junheng.documents.checks.lists.counted import spelt
from junheng.documents.checks.page import Page, check
from junheng.documents.codes import Judgement
from junheng.documents.figures.periods import anchor_table
from junheng.documents.shapes import Check, Span

TABLE = anchor_table()
_CN = "[一二三四五六七八九十]{1,3}"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


def calendar(page: Page) -> Iterator[Check]:
    """Every claim of the calendar: a printed year against the event it is tied to, else the year the event tells."""
    for one in (_teachers_days, _plan_years, _blank_plans, _between_plans, _anniversaries, _sessions, _days):
        yield from one(page)


def _year_before(page: Page, at: int, reach: int = 60) -> tuple[int, Span] | None:
    """The last printed year before a place in its sentence, where no other year word stands between."""
    start = max(page.bounds(at)[0], at - reach)
    found = list(_YEAR.finditer(page.text, start, at))
    if not found or re.search(r"去年|明年|前年|后年|上年|来年|以来|[xX×]{2}年|年间|至|—|-", page.text[found[-1].end():at]):
        return None
    return int(found[-1].group(1)), found[-1].span(1)


def _resolved(page: Page, span: Span, year: int, why: str) -> Check:
    return check(page, "calendar", (span,), Judgement.holds, str(year), f"{why}，由此知是{year}年。")


def _compared(page: Page, span: Span, year: int, why: str, said: tuple[int, Span], sure: bool = True) -> Check:
    fits = said[0] == year
    verdict = Judgement.holds if fits else Judgement.contradicts if sure else Judgement.flagged
    return check(page, "calendar", (span, said[1]), verdict, str(year), f"{why}，文中写{said[0]}年{'，相符' if fits else ''}。")


_TEACHERS = re.compile(r"第(\d{1,3}|[一二三四五六七八九]?十?[一二三四五六七八九]?)(?:个|届|次)教师节")


def _teachers_days(page: Page) -> Iterator[Check]:
    for found in _TEACHERS.finditer(page.text):
        number = spelt(found.group(1)) if found.group(1) else 0
        if number < 1:
            continue
        year, why = TABLE["teachers_day"] + number, f"第{number}个教师节在{TABLE['teachers_day'] + number}年"
        said = _year_before(page, found.start())
        yield _compared(page, found.span(), year, why, said) if said else _by_part(page, found.span(), year, why)


def _by_part(page: Page, span: Span, year: int, why: str) -> Check:
    """No year in the sentence: the part may print this very year elsewhere."""
    part = page.part_at(span[0])
    same = next((found.span(1) for found in _YEAR.finditer(page.text, max(0, span[0] - 4000), span[1] + 4000)
                 if int(found.group(1)) == year and page.part_at(found.start()) == part), None)
    return _compared(page, span, year, why, (year, same)) if same else _resolved(page, span, year, why)


_PLAN = re.compile(rf"[“\"「](?P<plan>{_CN})[”\"」](?:时期|规划|计划|发展规划|期间)?(?:的)?"
                   r"(?P<place>开局|起步|开启|首|第[一二三四五]|收官|收尾|最后一|末)(?:之)?年")
_PLACES = {"开局": 0, "起步": 0, "开启": 0, "首": 0, "第一": 0, "第二": 1, "第三": 2, "第四": 3, "第五": 4,
           "收官": -1, "收尾": -1, "最后一": -1, "末": -1}
_NEXT = {"明年": 1, "来年": 1, "今年": 0, "去年": -1, "上年": -1}


def _plan_years(page: Page) -> Iterator[Check]:
    for found in _PLAN.finditer(page.text):
        window = TABLE["plans"].get(found["plan"])
        if window is None or found["place"] not in _PLACES:
            continue
        step = _PLACES[found["place"]]
        year = window[1] if step < 0 else window[0] + step
        start = page.bounds(found.start())[0]
        why = f"“{found['plan']}”{found['place']}之年是{year}年"
        yield _year_claim(page, (max(start, found.start() - 8), found.end()), year, why, found)


_IS = re.compile(r"年(?:度|将|既|也|正)?(?:是|为|恰逢|正值|作为)?[^\d,，。；;]{0,4}")


def _year_claim(page: Page, span: Span, year: int, why: str, found: re.Match[str]) -> Check:
    """明年是“十二五”的收官之年 tells this year; 2016年是.. is compared."""
    before = page.text[max(page.bounds(found.start())[0], found.start() - 8):found.start()]
    word = next((word for word in _NEXT if re.search(rf"{word}(?:将)?[是为]$", before)), None)
    if word:
        told = f"{why}，“{word}”即{year}年，本年是{year - _NEXT[word]}年" if _NEXT[word] else why
        return check(page, "calendar", (span,), Judgement.holds, str(year), f"{told}。")
    said = _year_before(page, found.start(), 24)
    if said and _IS.fullmatch(page.text, said[1][1], found.start()):
        return _compared(page, (found.start(), found.end()), year, why, said)
    return _resolved(page, span, year, why)


_BLANK_PLAN = re.compile(r"[“\"「]\s*[”\"」]的?(?P<place>收官|开局)之?年")


def _blank_plans(page: Page) -> Iterator[Check]:
    """“ ”的收官之年: the lost plan is the one before that whose 开局 the same part names, or the other way round."""
    known = [(found.start(), found["plan"], found["place"]) for found in _PLAN.finditer(page.text)
             if found["plan"] in TABLE["plans"]]
    starts = [one[0] for one in known]
    for found in _BLANK_PLAN.finditer(page.text):
        place = bisect_right(starts, found.start())
        for _, plan, where in known[max(0, place - 3):place + 3]:
            if {where, found["place"]} == {"开局", "收官"}:
                first, last = TABLE["plans"][plan]
                year = first - 1 if where == "开局" else last + 1
                span = (max(page.bounds(found.start())[0], found.start() - 8), found.end())
                yield _resolved(page, span, year, f"文中另有“{plan}”{where}之年，空缺的规划{found['place']}之年与它相邻")
                break


_BETWEEN = re.compile(rf"(?:完成|实现|收官|结束)[^。；\n“\"]{{0,6}}[“\"](?P<plan>{_CN})[”\"](?:规划|计划)?"
                      rf"[^。；\n“\"]{{0,12}}[,，、][^。；\n“\"]{{0,6}}[“\"](?P<next>{_CN})[”\"][^。；\n]{{0,6}}(?:奠定|打|开好局|谋划)")


def _between_plans(page: Page) -> Iterator[Check]:
    """实现“十五”规划目标，为“十一五”奠定基础: the last year of the first."""
    plans = TABLE["plans"]
    for found in _BETWEEN.finditer(page.text):
        if found["plan"] in plans and found["next"] in plans and plans[found["plan"]][1] + 1 == plans[found["next"]][0]:
            year = plans[found["plan"]][1]
            why = f"“{found['plan']}”最后一年、“{found['next']}”前一年是{year}年"
            yield _resolved(page, found.span(), year, why)




_ANNIVERSARY = re.compile(rf"(?P<event>{'|'.join(TABLE['founded'])})(?P<years>\d{{2,3}}|[一二三四五六七八九]十|一?百)周年")
_ON = re.compile(r"年(?:是|为|正值|恰逢|适逢|迎来|也是|又是|隆重庆祝|庆祝)*我?们?党?")


def _anniversaries(page: Page) -> Iterator[Check]:
    for found in _ANNIVERSARY.finditer(page.text):
        years = 100 if found["years"].endswith("百") else spelt(found["years"])
        year = TABLE["founded"][found["event"]] + years
        why = f"{found['event']}{years}周年是{year}年"
        said = _year_before(page, found.start(), 24)
        if said and _ON.fullmatch(page.text, said[1][1], found.start()):
            yield _compared(page, found.span(), year, why, said)
        else:
            yield _resolved(page, found.span(), year, why)


_SESSION = re.compile(rf"党?的?(?P<congress>{_CN})(?:大(?!会|班|学)|届(?P<session>[一二三四五六七八])中全会)")


_HELD = re.compile(r"年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:胜利)?(?:召开|举行|闭幕)(?:了|的)?(?:中国共产党)?")


def _sessions(page: Page) -> Iterator[Check]:
    """2013年召开的党的十八届三中全会: only where the year is said of the session itself."""
    for found in _SESSION.finditer(page.text):
        congress = TABLE["congress"].get(found["congress"])
        if congress is None:
            continue
        years = (congress["held"], *congress["sessions"])
        number = spelt(found["session"]) if found["session"] else 0
        said = _year_before(page, found.start(), 16)
        if said and _HELD.fullmatch(page.text, said[1][1], found.start()) and number < len(years):
            name = f"{found['congress']}届{found['session']}中全会" if number else f"{found['congress']}大"
            yield _compared(page, found.span(), years[number], f"党的{name}在{years[number]}年召开", said)


_DAY = re.compile(r"(?<![\d.\-—~至、])(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
                  r"(?:[(（]?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])[)）]?)?")
_WEEK = "一二三四五六日"


def _days(page: Page) -> Iterator[Check]:
    for found in _DAY.finditer(page.text):
        year, month, day = int(found["year"] or 2000), int(found["month"]), int(found["day"])
        last = monthrange(year, month)[1] if 1 <= month <= 12 else 0
        if not 1 <= month <= 12:
            yield check(page, "date", (found.span(),), Judgement.contradicts, "1至12月", f"没有{month}月。")
        elif not 1 <= day <= last:
            when = f"{year}年{month}月" if found["year"] else f"{month}月"
            yield check(page, "date", (found.span(),), Judgement.contradicts, f"{month}月{last}日",
                        f"{when}只有{last}天，没有{day}日。")
        elif found["year"] and found["weekday"]:
            said, true = found["weekday"].replace("天", "日"), _WEEK[date(year, month, day).weekday()]
            verdict = Judgement.holds if said == true else Judgement.contradicts
            yield check(page, "date", (found.span(),), verdict, f"星期{true}", f"{year}年{month}月{day}日是星期{true}。")
