"""What no arithmetic forbids but a clerk should look at: neighbours out of proportion, money a head, words that clash, masks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from junheng.documents.checks.changes.runs import base_unit, kind
from junheng.documents.checks.intervals import is_percentage, plain, quantity, shown
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.checks.sums.parts import countable, family
from junheng.documents.checks.words import KINDS
from junheng.documents.codes import FigureRole, Judgement
from junheng.documents.masks import MASKS
from junheng.documents.shapes import Check, Figure


def plausibility(page: Page) -> Iterator[Check]:
    """Flags within a sentence, and the per-head values that are usual."""
    for figures in page.by_sentence:
        standing = [figure for figure in figures if countable(figure) and kind(figure) is None]
        for one, two in pairwise(standing):
            for found in (_pair(page, one, two), _per(page, one, two)):
                if found:
                    yield found
        yield from _subsets(page, standing)


def _label(page: Page, figure: Figure) -> str:
    return figure.indicator_raw + "|" + re.split(r"[,，、;；:：。\d□]", page.before(figure, 24))[-1]


def _pair(page: Page, one: Figure, two: Figure) -> Check | None:
    """宿舍206551 m² beside 教学用房36761 m²."""
    first, second = quantity(one), quantity(two)
    if first is None or second is None or base_unit(one) != base_unit(two):
        return None
    for rule in KINDS["pairs"]:
        for small, large, less, more in ((one, two, first, second), (two, one, second, first)):
            named = rule["smaller"] in _label(page, small) and rule["larger"] in _label(page, large)
            if (named and base_unit(one) == rule["unit"] and more.point > 0 and less.wide.low > more.wide.high * rule["times"]):
                times = plain(less.point / more.point, 1)
                return check(page, "plausible", spans_of(small, large), Judgement.flagged, f"{times}倍",
                             f"前者是后者的{times}倍，而{rule['why']}，请核实有无漏位、多位或单位写错。")
    return None


def _per(page: Page, one: Figure, two: Figure) -> Check | None:
    """为32.17万名学生发放资金5.29亿元: 1644 yuan a head."""
    money, counted = (one, two) if base_unit(one) == "元" else (two, one)
    if base_unit(money) != "元" or base_unit(counted) == "元" or money.role is not FigureRole.actual:
        return None
    clause = re.split(r"[;；]", page.before(one, 20))[-1] + page.text[one.start:two.start] + page.after(two, 6)
    if two.start - one.end > 30 or re.search(r"[;；]|其中|人均|生均|每|标准", clause):
        return None
    rule = next((rule for rule in KINDS["per"] if base_unit(counted) in rule["counted"]
                 and any(word in clause for word in rule["money"])), None)
    total, heads = quantity(money), quantity(counted)
    if rule is None or total is None or heads is None or heads.point <= 0:
        return None
    return _per_verdict(page, money, counted, total.point / heads.point, rule)


_SLIPS = (("元误写为万元（或万元误写为亿元）", Fraction(1, 10**4)), ("万元误写为元（或亿元误写为万元）", Fraction(10**4)))


def _per_verdict(page: Page, money: Figure, counted: Figure, value: Fraction, rule: dict[str, Any]) -> Check | None:
    said = f"{rule['what']}{plain(value, 0 if value >= 100 else 2)}元"
    if rule["low"] <= value <= rule["high"]:
        return check(page, "plausible", spans_of(money, counted), Judgement.holds, said, f"折合{said}，在常见范围内。")
    slipped = next((slip for slip, times in _SLIPS if rule["low"] <= value * times <= rule["high"]), None)
    hint = f"，可能是{slipped}" if slipped else ""
    return check(page, "unit", spans_of(money, counted), Judgement.flagged, said,
                 f"折合{said}，不在常见的{rule['low']}至{rule['high']}元之间{hint}，请核实单位。")


_WHOLE = re.compile(r"(?:全[市县区省校]|共|共有|总计|累计|一共|现有|各类)")
_QUALIFIED = re.compile(r"省级|市级|县级|校级|国家级|公办|民办|示范|重点|农村|城区|乡镇|寄宿|优质|骨干|特级|普惠|标准化")


def _subsets(page: Page, standing: list[Figure]) -> Iterator[Check]:
    """普通高中26所, 省级示范高中3所, 市级示范高中6所: what is plainly some of the whole is no more than it."""
    for place, whole in enumerate(standing[:-1]):
        if not _WHOLE.search(page.before(whole, 16)):
            continue
        some = [figure for figure in standing[place + 1:place + 6] if _is_some(page, figure, whole)]
        total, parts = quantity(whole), [quantity(figure) for figure in some]
        if not some or total is None or any(part is None for part in parts):
            continue
        added = sum((part.point for part in parts if part), Fraction(0))
        if added <= total.wide.high:
            yield check(page, "bound", spans_of(some[-1], *some[:-1], whole), Judgement.holds, "",
                        f"合计不超过总数{whole.printed}{whole.unit}。")
        elif len(some) == 1:
            yield check(page, "bound", spans_of(some[-1], whole), Judgement.flagged, f"不超过{whole.printed}{whole.unit}",
                        f"多于总数{whole.printed}{whole.unit}，请核实是否属于其中。")
        return


def _is_some(page: Page, figure: Figure, whole: Figure) -> bool:
    """Same unit, and its name is that of the whole with a word of kind before it, or shares its noun."""
    if base_unit(figure) != base_unit(whole) or figure.unit == "" or re.search("其中|含|占", page.text[whole.end:figure.start]):
        return False
    small, large = (re.sub(r"[”“]|[了的有达到共为总计数]+$", "", _label(page, one).split("|")[1]) for one in (figure, whole))
    stages = [found for name in (small, large) if (found := family(name))]
    if len(stages) == 2 and stages[0][0] == stages[1][0] and stages[0] != stages[1]:
        return False  # 初中在校生 are none of the 小学在校生
    noun = _common_noun(small, large)
    return bool(noun) and small != large and len(small) > len(noun) and not _QUALIFIED.search(large)


def _common_noun(small: str, large: str) -> str:
    """The longest ending of the smaller's name, of two characters or more, that ends the whole's name too."""
    size = 0
    while size < min(len(small), len(large)) and small[-1 - size] == large[-1 - size]:
        size += 1
    return small[len(small) - size:] if size >= 2 else ""


_CLASH = re.compile(r"(?:至少|不少于|不低于|至多|最多|不超过|不高于)[^,，。；;\n\d]{0,8}"
                    r"(?P<range>\d+(?:\.\d+)?(?:[-—–~～]|至|到)\d+(?:\.\d+)?)")


def clashes(page: Page) -> Iterator[Check]:
    """至少3-5所: at least, and yet a range."""
    for found in _CLASH.finditer(page.text):
        yield check(page, "wording", (found.span("range"), found.span()), Judgement.flagged, "",
                    f"“{found.group()}”既说下限（上限）又给区间，请改为一个数或一个区间。")


_MASK = rf"(?:0{{2,3}}|[{MASKS}]{{2,4}}(?:\.[{MASKS}]+)?|〇{{2,4}}|[□_＿]{{2,}}|某(?=[万亿%％元]))"
_HIDDEN = re.compile(rf"(?<![\d.a-zA-Z])(?P<mask>{_MASK})(?![\d.a-zA-Z])\s*(?P<unit>[万亿]?(?:%|％|个百分点|人次|[人名元所个])?)")
_CLAIMED = re.compile(r"(?:增加|增长|减少|下降|上升|提高|提升|高于|占(?:[^,，。；;]{1,10}的)?|(?:率|比例)(?:达到|达|为|是)?了?"
                      r"|(?:\d{4}|今|去)年[^,，。；;]{2,12})$")


def masked(page: Page) -> Iterator[Check]:
    """A masked number in a claim: a change, a rate, or the count of a year. 00 and 20xx are never values."""
    for found in _HIDDEN.finditer(page.text):
        start = max(page.bounds(found.start())[0], found.start() - 24)
        clause = re.split(r"[,，。；;、]", page.text[start:found.start()])[-1]
        if found["unit"] and _CLAIMED.search(clause):
            yield check(page, "masked", (found.span("mask"),), Judgement.cannot_check, "",
                        f"“{found['mask']}”是遮盖的数字，无法核对。")


def rates_of_masked(page: Page) -> Iterator[Check]:
    """二本上线20xx人，上线率37%: the count the rate is made of is masked."""
    for figures in page.by_sentence:
        hidden: list[Figure] = []
        for figure in figures:
            if figure.value is None:
                hidden = [*hidden[-4:], figure]
            elif hidden and is_percentage(figure) and kind(figure) is None:
                label = re.split(r"[,，、;；:：]", page.before(figure, 16))[-1]
                name = label.split("率")[0][-2:] if "率" in label else ""
                count = next((one for one in hidden if name and name in page.before(one, 12)), None)
                if count:
                    yield check(page, "rate", spans_of(figure, count), Judgement.cannot_check, "",
                                f"“{count.printed}{count.unit}”被遮盖，无法核对{label.rstrip('达到为是了')}。")


_FUNDS = re.compile(r"(?:资金|总投入|经费)[^,，。；;]{0,6}$")
_SPAN_OF_YEARS = re.compile(r"年来|年间|期间|时期|累计|共")
_INVESTED = re.compile(r"投资(?:了|约|总额)?$")


def investments(page: Page) -> Iterator[Check]:
    """五年来整合各类资金7.3亿元, then 投资9176万元的..；投资537万元的..: single projects against the funds of all the years."""
    funds: Figure | None = None
    listed: list[Figure] = []
    for place, figures in enumerate(page.by_sentence):
        if place and page.sentences[place].part != page.sentences[place - 1].part:
            funds, listed = None, []
        own = [figure for figure in figures if base_unit(figure) == "元" and figure.value is not None]
        projects = [figure for figure in own if _INVESTED.search(page.before(figure, 6))]
        if not projects and len(listed) > 2 and funds:
            yield _funded(page, funds, listed)
        listed = listed if projects else []
        listed.extend(projects)
        for figure in own:
            if countable(figure) and _FUNDS.search(page.before(figure, 12)) and _SPAN_OF_YEARS.search(page.before(figure, 30)):
                funds = figure
    if len(listed) > 2 and funds:
        yield _funded(page, funds, listed)


def _funded(page: Page, funds: Figure, projects: list[Figure]) -> Check:
    total, parts = quantity(funds), [quantity(figure) for figure in projects]
    added = sum((part.point for part in parts if part), Fraction(0))
    fits = total is not None and added <= total.wide.high
    said = f"所列{len(projects)}项投资合计{shown(added, funds)}，{'不超过' if fits else '多于'}{funds.printed}{funds.unit}"
    return check(page, "bound", spans_of(projects[-1], *projects[:-1], funds), Judgement.holds if fits else Judgement.flagged,
                 shown(added, funds), f"{said}。" if fits else f"{said}，请核实口径。")
