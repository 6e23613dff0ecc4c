"""A reading made by hand, with one of each thing, of a text whose raw and clean forms differ."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from junheng.documents.codes import BodySource, ComparisonKind, Exactness, FigureRole, Judgement, Tense
from junheng.documents.shapes import (
    Blank,
    Check,
    Comparison,
    Figure,
    Goal,
    Heading,
    Outline,
    Part,
    Period,
    Raw,
    Reading,
    Repair,
    Sentence,
    Span,
    Task,
    Text,
)

AD = "更多范文请看云溪文库 <script>alert(1)</script>\r\n"
CLEAN = (
    "在2025年全县教育工作会议上的讲话\n"
    "一、去年工作回顾\n"
    "全县在校生12000人，比上年增加500人，增长4.35%。建成县、乡、村的四级网络。新建校舍00平方米。\n"
    "二、今年工作\n"
    "到2025年底，九年义务教育巩固率达到96%。县财政局会同人社局4月底前拨付资金300万元。\n"
    "督促学校办好食堂。进一步加强师德建设。\n")
RAW = AD + CLEAN.replace("\n", "\r\n")


def span(words: str) -> Span:
    """Where the words stand in the clean text."""
    start = CLEAN.index(words)
    return start, start + len(words)


def figure(words: str, printed: str, **told: object) -> Figure:
    start = CLEAN.index(words) + words.index(printed)
    plain = Figure(
        start, start + len(printed), words, printed, Decimal(printed), None, Exactness.exact, "人", Decimal(1), "在校生", None,
        None, Period("", 2024), "全县", FigureRole.actual, None)
    return replace(plain, **told)


def text() -> Text:
    places, at = array("l"), len(AD)
    for letter in CLEAN:
        places.append(at)
        at += 2 if letter == "\n" else 1
    places.append(at)
    return Text(RAW, CLEAN, places, repairs=(
        Repair("dropped_line", (0, len(AD)), AD.strip(), "", "文库的广告行", True, 1),
        Repair("collision", (RAW.index("督促"), RAW.index("督促") + 2), "督促", "督、促", "疑为两个字合并", False, 2)),
        parts=(Part("在2025年全县教育工作会议上的讲话", 0, len(CLEAN), True),))


PUPILS = figure("在校生12000人", "12000")
MORE = figure("增加500人", "500", comparison=Comparison(ComparisonKind.difference, 1, "上年"))
GROWTH = figure("增长4.35%", "4.35", unit="%", comparison=Comparison(ComparisonKind.growth, 1, "上年"))
TARGET = figure("巩固率达到96%", "96", unit="%", indicator_raw="九年义务教育巩固率", indicator="st.ret9", role=FigureRole.target,
                period=Period("2025年底", 2025, "会议标题的年份"))
MONEY = figure("资金300万元", "300", unit="万元", scale=Decimal(10000), indicator_raw="资金")
NETWORK = span("县、乡、村的四级")
LAST, NOW = ("去年工作回顾",), ("今年工作",)


def reading() -> Reading:
    """One of each: a figure that holds, a false claim, a blank, a goal, three tasks, two repairs."""
    done = text()
    day, no = date(2025, 2, 20), ""
    sum_of = (PUPILS.start, PUPILS.end), (MORE.start, MORE.end), (GROWTH.start, GROWTH.end)
    return Reading(
        source=Raw("讲话.txt", sha256(RAW.encode()).hexdigest(), "txt", RAW), text=done,
        title="在2025年全县教育工作会议上的讲话", day=day, day_inferred_by="标题的年份",
        outline=_outline(), figures=(PUPILS, MORE, GROWTH, TARGET, MONEY),
        blanks=(Blank(CLEAN.index("00平"), CLEAN.index("00平") + 2, "新建校舍00平方米", "00", "平方米", "新建校舍", "number"),),
        checks=(Check("增长4.35%", "growth", (sum_of[2], sum_of[1], sum_of[0]), Judgement.holds, "", "500÷11500=4.35%"),
                Check("四级", "count", (NETWORK,), Judgement.contradicts, "三级", "列出县、乡、村三项")),
        goals=(Goal(*span("到2025年底，九年义务教育巩固率达到96%"), "到2025年底，九年义务教育巩固率达到96%", TARGET, "2025年底",
                    date(2025, 12, 31), NOW),),
        tasks=(_task("县财政局会同人社局4月底前拨付资金300万元", "拨付", "资金", "县财政局", BodySource.explicit,
                     joint=("人社局",), deadline="4月底前", due=date(2025, 4, 30), measure="资金300万元"),
               _task("督促学校办好食堂", "督促", "学校办好食堂", "后勤科", BodySource.suggested),
               _task("进一步加强师德建设", "加强", "师德建设", no, BodySource.none, vague=True)))


def _task(words: str, action: str, about: str, body: str, source: BodySource, **told: object) -> Task:
    plain = Task(*span(words), words, action, about, body, source, (), "", None, "", NOW)
    return replace(plain, **told)


def _outline() -> Outline:
    first, second, end = CLEAN.index("一、"), CLEAN.index("二、"), len(CLEAN)
    heads = (Heading("一、", LAST[0], "一、", 1, first, first + 9, second, Tense.past),
             Heading("二、", NOW[0], "一、", 1, second, second + 7, end, Tense.plan))
    return Outline(heads, (Sentence(0, first, None, (), 0), Sentence(first, end, None, LAST, 0)))
