"""A plan as a page: how far each county gets, what stays short, the money, before and after, where, and the tables."""

from __future__ import annotations

from junheng.indicators.forms.layout import CAVEAT, PARTS
from junheng.paper.page import Listing, Map, Page, Section
from junheng.paper.sheets import Sheet
from junheng.planning.forms.basis import prices_sheet, rules_sheet
from junheng.planning.forms.conclusions import conclusions
from junheng.planning.forms.facts import PlanFacts, spent
from junheng.planning.forms.layout import COUNTY, about
from junheng.planning.forms.levels import school_levels, spreads
from junheng.planning.forms.measures import KIND, YEAR, measure_listing
from junheng.planning.forms.page.cards import cards
from junheng.planning.forms.page.charts import ALL, money_charts, school_charts, spread_charts
from junheng.planning.forms.page.sketch import located, sketch
from junheng.planning.forms.remaining import empty_later_sheet, natural_sheet, unknown_sheet, unmet_sheet
from junheng.planning.forms.townships import townships
from junheng.planning.forms.words import wan
from junheng.planning.plan import ADVICE

MEASURES = "measures"
NAMED = 20  # schools without a place, before the rest is only counted
NOTES = (
    "缺数据即不能判定，没有规划，不作零处理；比较用未舍入的数值，只在打印时舍入。",
    "示意图只标学校位置，不含行政区划界线，不作为划界依据。",
)


def plan_page(facts: PlanFacts) -> Page:
    """The page of a plan, what stays short before what is done."""
    sections = (
        Section("unmet", "仍达不到", (_listing(unmet_sheet(facts)),) if facts.plan.unmet else ()),
        Section("money", "费用", tuple(money_charts(facts)), wide=False),
        Section("schools", "达标学校", tuple(school_charts(facts)), wide=False),
        Section("spreads", "差异系数", tuple(spread_charts(facts)), wide=False),
        Section("map", "示意图", (*_map(facts), _listing(townships(facts))), wide=False),
        Section(MEASURES, "措施", (_measures(facts),) if facts.measures else ()),
        Section("levels", "各校各项", _levels(facts)),
        Section("remaining", "还要留意的", _remaining(facts)),
        Section("basis", "依据", (_listing(conclusions(facts)), _listing(prices_sheet(facts)), _listing(rules_sheet(facts)))),
    )
    return Page(
        title=f"{facts.where}义务教育优质均衡达标方案",
        facts=(facts.marking, about(facts)),
        caveat=f"建议研判：{ADVICE}。{CAVEAT}。",
        cards=tuple(cards(facts)),
        sections=tuple(section for section in sections if section.blocks),
        notes=NOTES,
    )


def _map(facts: PlanFacts) -> tuple[Map, ...]:
    named = [(ALL, ""), *((name, code) for code, name in facts.counties.items())] if facts.is_city else [(facts.where, "")]
    options = tuple((name, drawn) for name, code in named if (drawn := sketch(facts, code)))
    absent = [facts.school(school) for school in located(facts) if school not in facts.points]
    remark = "示意图：点为学校，指着看名称、结论和措施，点一下在措施清单里查找。"
    if absent:
        remark += f"没有坐标、未画出的 {len(absent)} 所：{'、'.join(absent[:NAMED])}{'等' if len(absent) > NAMED else ''}。"
    return (Map("学校达标示意图", "县区", options, remark, MEASURES),) if options else ()


def _measures(facts: PlanFacts) -> Listing:
    shown = measure_listing(facts)
    chosen = tuple(number for number, column in enumerate(shown.columns) if column in (COUNTY, YEAR, KIND))
    remark = f"共 {len(facts.measures):,} 项，{wan(spent(facts.measures)).text} 万元。各年支出、标识码见 Excel。"
    return Listing("措施清单", shown, remark, fold_label="同时显示资金来源、计入时点", choices=chosen)


def _levels(facts: PlanFacts) -> tuple[Listing, ...]:
    schools = [each for stage in PARTS if (each := school_levels(facts, stage))]
    return (*(_listing(each, "同时显示现在、不整改") for each in schools), _listing(spreads(facts)))


def _remaining(facts: PlanFacts) -> tuple[Listing, ...]:
    told = ((facts.plan.natural, natural_sheet), (facts.plan.empty_later, empty_later_sheet), (facts.plan.unknown, unknown_sheet))
    return tuple(_listing(sheet(facts)) for rows, sheet in told if rows)


def _listing(sheet: Sheet, fold_label: str = "") -> Listing:
    """A table, with its county to choose where it has several."""
    several = (sheet.columns.index(COUNTY),) if COUNTY in sheet.columns else ()
    return Listing(sheet.title, sheet, fold_label=fold_label, choices=several)
