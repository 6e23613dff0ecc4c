"""A county's findings as a page: verdicts, what fails, the spreads, who drives them, and the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from junheng.indicators.forms import cells
from junheng.indicators.forms.classes import class_table, oversize_list
from junheng.indicators.forms.conclusions import failures, standard_name, waiting
from junheng.indicators.forms.facts import CountyFacts
from junheng.indicators.forms.gaps import gap_list, shortfalls
from junheng.indicators.forms.layout import (
    ALL_SEVEN,
    CAVEAT,
    PARTS,
    SEVEN,
    item_name,
    school_year,
    short_name,
    stage_word,
)
from junheng.indicators.forms.resources import school_form
from junheng.indicators.forms.spreads import COMPOSITE, drivers, of_year, spread_of, three_years
from junheng.kernel.codes import Verdict
from junheng.kernel.exact import rounded, written
from junheng.kernel.findings import CountyVerdict, Finding, weakest
from junheng.paper.page import Bars, Block, Card, Chart, Choice, Line, Listing, Page, Section, Series
from junheng.paper.sheets import Sheet

DRIVERS_SHOWN = 15
SPREAD_PLACES = 3
UNFOLD = "显示原始数、标准、是否达标"


def county_page(facts: CountyFacts) -> Page:
    """The page of one county."""
    sections = (
        _failed(facts),
        _spreads(facts),
        _drivers(facts),
        _schools(facts),
        _gaps(facts),
        _classes(facts),
    )
    return Page(
        title=f"{facts.name}义务教育均衡测算",
        facts=(school_year(facts.year), f"数据版本 {facts.snapshot}"),
        caveat=CAVEAT + "。",
        cards=tuple(_cards(facts)),
        sections=tuple(section for section in sections if section.blocks),
        notes=(
            "带 * 的标准值待确认，确认前不用于正式报表。",
            "缺数据即不能判定，不作零处理；所有比较用未舍入的数值，只在打印时舍入。",
        ),
    )


def _cards(facts: CountyFacts) -> Iterator[Card]:
    for standard in dict.fromkeys(one.standard for one in facts.verdicts):
        mine = [one for one in facts.verdicts if one.standard == standard]
        lines = tuple(_line(facts, one) for one in mine)
        yield Card(standard_name(facts, standard), lines, cells.ROLES[weakest(one.verdict for one in mine)])


def _line(facts: CountyFacts, one: CountyVerdict) -> Line:
    word = one.verdict.zh + cells.mark(one)
    return Line(stage_word(one.stage), word, cells.ROLES[one.verdict], "；".join(_remarks(facts, one)))


def _remarks(facts: CountyFacts, one: CountyVerdict) -> Iterator[str]:
    if one.stage in PARTS:
        yield from _figures(facts, one)
    else:
        if one.standard == "school_size":
            yield f"超规模 {sum(each.verdict is Verdict.not_met for each in facts.of_item('sj.size', 'all'))} 所"
        for words, items in (("未达标", one.failed), ("缺数据", one.unknown), ("待提供佐证", one.needs_evidence)):
            if items:
                yield f"{words} {len(items)} 项"
    if one.depends_on_split:
        yield "结论随拆分口径变化"


def _figures(facts: CountyFacts, one: CountyVerdict) -> Iterator[str]:
    """The figures that say most of one standard and stage."""
    if one.standard == "quality_balance_2017":
        yield from _schools_by_verdict(facts, one.stage)
        if over := [item for item in one.failed if item.endswith(".cv")]:
            yield f"差异系数 {len(over)} 项超标"
    for item, words in (("st.big", "大班额"), ("st.xbig", "超大班额")) if one.standard == "class_size" else ():
        if (found := facts.county(item, one.stage)) and found.part is not None:
            yield f"{words} {written(found.part)} 个班"
    if one.standard == "basic_balance_2012" and (found := facts.county(COMPOSITE, one.stage)):
        yield f"综合差异系数 {cells.value(facts, found).text}，标准 ≤{cells.limit(found).text}"


def _schools_by_verdict(facts: CountyFacts, stage: str) -> Iterator[str]:
    many = Counter(one.verdict for one in facts.of_item(ALL_SEVEN, stage))
    for verdict, words in ((Verdict.met, "达标"), (Verdict.not_met, "未达标"), (Verdict.unknown, "缺数据")):
        if many[verdict]:
            yield f"{words} {many[verdict]} 所"


def _failed(facts: CountyFacts) -> Section:
    blocks: list[Block] = [_listing(found) for found in (failures(facts), waiting(facts)) if found]
    if any(one.item in SEVEN for _, one in shortfalls(facts)):
        blocks.append(_short_chart(facts))
    return Section("failed", "未达标项目", tuple(blocks))


def _short_chart(facts: CountyFacts) -> Chart:
    many = Counter((one.item, one.stage) for _, one in shortfalls(facts))
    series = tuple(
        Series(stage_word(stage), tuple(float(many[item, stage]) for item in SEVEN), colour)
        for stage, colour in zip(PARTS, ("main", "second"), strict=True)
    )
    return Chart("各项资源未达标学校数", Bars(_item_labels(), series, unit=" 所"))


def _item_labels() -> tuple[str, ...]:
    return tuple(short_name(item).replace(" ", "\n") for item in SEVEN)


def _spreads(facts: CountyFacts) -> Section:
    charts = tuple(_spread_chart(facts, stage) for stage in PARTS if any(facts.county(spread_of(item), stage) for item in SEVEN))
    return Section("spreads", "校际差异系数", charts, wide=False)


def _spread_chart(facts: CountyFacts, stage: str) -> Chart:
    limit = next(
        (one.limit for item in SEVEN if (one := facts.county(spread_of(item), stage)) and one.limit is not None),
        None,
    )
    years = [year for year in three_years(facts) if year == facts.year or year in facts.earlier]
    colours = ("soft", "soft2", "main")[-len(years) :]
    series = tuple(_spread_series(facts, stage, year, colour) for year, colour in zip(years, colours, strict=True))
    bars = Bars(
        _item_labels(),
        series,
        places=SPREAD_PLACES,
        limit=None if limit is None else float(limit),
        limit_name="" if limit is None else f"≤{rounded(limit, 2)}",
    )
    return Chart(f"{stage_word(stage)}：七项差异系数与标准", bars, "红色为超过标准。无柱即缺数据。")


def _spread_series(facts: CountyFacts, stage: str, year: int, colour: str) -> Series:
    found = [of_year(facts, item, stage, year) for item in SEVEN]
    over = tuple(place for place, one in enumerate(found) if one and one.verdict is Verdict.not_met)
    return Series(f"{year}年", tuple(_float(one) for one in found), colour, over if year == facts.year else ())


def _float(one: Finding | None) -> float | None:
    return None if one is None or one.value is None else float(one.value)


def _drivers(facts: CountyFacts) -> Section:
    options = tuple(
        (f"{stage_word(stage)} · {item_name(facts, item)}", _driver_bars(facts, item, stage))
        for stage in PARTS
        for item in SEVEN
        if drivers(facts, item, stage)
    )
    remark = (
        f"占比=该校学生数×（该校值−县均值）²占全县各校之和的百分比，列前 {DRIVERS_SHOWN} 所；"
        "全部学校见同名 Excel 的“差异系数贡献”。"
    )
    choice = Choice("各校对差异系数的贡献", "学段与指标", options, remark)
    return Section("drivers", "差异主要来自哪些学校", (choice,) if options else ())


def _driver_bars(facts: CountyFacts, item: str, stage: str) -> Bars:
    first = drivers(facts, item, stage)[:DRIVERS_SHOWN]
    sides = (("低于县均值", True, "low"), ("高于县均值", False, "main"))
    series = tuple(
        Series(name, tuple(100 * float(one.share) if one.below is side else None for one in first), colour)
        for name, side, colour in sides
    )
    return Bars(tuple(one.school.name for one in first), series, unit="%", places=1, lying=True)


def _schools(facts: CountyFacts) -> Section:
    return Section(
        "schools",
        "学校达标情况",
        tuple(_listing(form) for stage in PARTS if (form := school_form(facts, stage))),
    )


def _gaps(facts: CountyFacts) -> Section:
    return Section("gaps", "差距清单", tuple(_listing(sheet) for sheet in (gap_list(facts),) if sheet))


def _classes(facts: CountyFacts) -> Section:
    made = (class_table(facts), oversize_list(facts))
    return Section("classes", "班额与学校规模", tuple(_listing(sheet) for sheet in made if sheet))


def _listing(sheet: Sheet) -> Listing:
    return Listing(sheet.title, sheet, fold_label=UNFOLD)
