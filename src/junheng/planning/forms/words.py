"""What measures, items, verdicts and money are called on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from junheng.indicators.forms import layout
from junheng.indicators.forms.cells import MISSING, ROLES, WHOLE_UNITS, digits, short
from junheng.indicators.registry import INDICATORS
from junheng.kernel.codes import Verdict
from junheng.kernel.exact import rounded
from junheng.paper.sheets import Cell, Role
from junheng.planning.codes import Channel, MeasureKind, TeacherType
from junheng.planning.forms.facts import PlanFacts, exact
from junheng.planning.plan import Level, Measure, Payment, Unmet
from junheng.register.codes import ALL_STAGES

WAN = 10_000
CV = ".cv"
WHEN, WHEN_WORDS = ("now", "undone", "planned"), ("现在", "不整改", "按方案")
CHANNELS = {  # the names that fit a cell
    Channel.central: "中央补助",
    Channel.province: "省级资金",
    Channel.county: "县级预算",
    Channel.bond: "专项债券",
    Channel.surcharge: "教育费附加",
    Channel.donation: "社会捐赠",
    Channel.sponsor: "举办者自筹",
}
BRIEF = {Verdict.met.name: "达标", Verdict.not_met.name: "未达标", Verdict.unknown.name: MISSING}
NOT_ASKED = "不单列"
CLASS_SIZE = "yz.2.5"
ADDED = {CLASS_SIZE: "增开", "yz.2.3.music": "增建", "yz.2.3.art": "增建"}  # what is asked of them is a count to add, not a level
SOURCES = 10  # schools that are named in one sentence
WHOLE = WHOLE_UNITS | {"所", "元"}  # of which nobody does two thirds


def stage_word(stage: str) -> str:
    return layout.stage_word(stage, "全校")


def item_word(item: str) -> str:
    """An item by its number and a short name: 1.4 教学及辅助用房; of its spread: 1.4 教学及辅助用房差异系数."""
    plain = item.removesuffix(CV)
    if item == layout.ALL_SEVEN:
        return "资源配置综合达标"
    if plain in layout.SHORT_NAMES:
        return layout.short_name(plain) + ("差异系数" if item.endswith(CV) else "")
    return f"{short(plain)} {INDICATORS[plain].zh if plain in INDICATORS else plain}".strip()


def item_name(item: str) -> str:
    """The item's whole name, in the words of the standard."""
    return INDICATORS[item].zh if item in INDICATORS else item_word(item)


def verdict_cell(name: str) -> Cell:
    """A verdict in its words; `不单列` where the rule does not ask."""
    return Cell(Verdict[name].zh, ROLES[Verdict[name]]) if name else Cell(NOT_ASKED, Role.quiet)


def short_verdict(name: str) -> Cell:
    """The same where there is little room."""
    cell = verdict_cell(name)
    return Cell(BRIEF.get(name, cell.shown), cell.role)


# --- measures -------------------------------------------------------------------------------------------------


def kind_word(measure: Measure) -> str:
    return MeasureKind[measure.kind].zh


def about(facts: PlanFacts, measure: Measure) -> str:
    """What a measure's kind and amount leave open: from where, who, which grade, how many finish."""
    source = facts.school(measure.source) if measure.source else ""
    match MeasureKind[measure.kind]:
        case MeasureKind.move_teacher:
            return f"{TeacherType[measure.detail].zh}，从{source}"
        case MeasureKind.recall:
            return f"借出的{TeacherType[measure.detail].zh}返岗"
        case MeasureKind.move_equipment:
            return f"从{source}"
        case MeasureKind.move_intake:
            return f"从{source}的招生范围"
        case MeasureKind.merge:
            return f"承接{source}的学生，须先按程序论证、公示、听证、经多数家长同意、报批"
        case MeasureKind.degree_study:
            return f"预计{measure.detail}人按期毕业"
        case MeasureKind.open_class:
            return f"{measure.detail}年级"
    return ""


def sentences(facts: PlanFacts, measures: Iterable[Measure]) -> list[str]:
    """Measures line by line, alike ones as one: 2027年 教师交流 3人（骨干教师，从甲校 2人、乙校 1人）."""
    alike: dict[tuple[str, ...], list[Measure]] = {}
    for each in measures:
        alike.setdefault((f"{each.year}", each.kind, each.stage, _alike(each)), []).append(each)
    return [_sentence(facts, own) for own in alike.values()]


def _alike(each: Measure) -> str:
    """What measures of a year and kind share that are told as one; every other is told by itself."""
    if each.kind == MeasureKind.open_class.name:
        return ""
    return each.detail if each.source else f"{id(each)}"


def _sentence(facts: PlanFacts, own: Sequence[Measure]) -> str:
    first = own[0]
    stage = f"{stage_word(first.stage)} " if len(facts.stages.get(first.school, ())) > 1 and first.stage != ALL_STAGES else ""
    more = about(facts, first) if len(own) == 1 else _several(facts, own)
    return f"{first.year}年 {stage}{kind_word(first)} {amount(own)}" + (f"（{more}）" if more else "")


def _several(facts: PlanFacts, own: Sequence[Measure]) -> str:
    if not own[0].source:
        return "、".join(f"{about(facts, each)} {amount([each])}" for each in own)
    who = f"{TeacherType[own[0].detail].zh}，" if own[0].detail in TeacherType.__members__ else ""
    named = "、".join(f"{facts.school(each.source)} {amount([each])}" for each in own[:SOURCES])
    return f"{who}从{named}" + (f"等{len(own)}所，明细见措施清单" if len(own) > SOURCES else "")


def amount(measures: Sequence[Measure]) -> str:
    """How much measures of one kind come to."""
    return plain(sum((exact(each.amount) for each in measures), Decimal(0))).text + measures[0].unit


def due(counted: int) -> str:
    """The day by which it must be entered in the accounts to count."""
    return f"{counted}年9月1日前"


# --- money and numbers ----------------------------------------------------------------------------------------


def plain(number: Decimal | Fraction, role: Role = Role.plain) -> Cell:
    """Whole where it is whole, else with two places."""
    return Cell(number, role, 0 if number == int(number) else 2)


def wan(yuan: Decimal) -> Cell:
    """Yuan as 万元."""
    return Cell(yuan / WAN, places=2)


def channels(payments: Iterable[Payment]) -> str:
    """Who pays, and what share where several do: 省级资金 80.0%、县级预算 20.0%."""
    sums: dict[str, Decimal] = {}
    for each in payments:
        sums[each.channel] = sums.get(each.channel, Decimal(0)) + exact(each.yuan)
    named = {CHANNELS[Channel[name]]: yuan for name, yuan in sums.items()}
    if len(named) < 2:
        return "".join(named) or "不需资金"
    whole = sum(sums.values())
    return "、".join(f"{name} {Cell(100 * yuan / whole, places=1).text}%" for name, yuan in named.items())


def value_cell(level: Level | None, when: str) -> Cell:
    """`now`, `undone` or `planned` of an item; shaded where it misses the limit, never 0 where it is not known."""
    found = getattr(level, when) if level else None
    if level is None or found is None:
        return Cell(MISSING, Role.unknown)
    fails = when in level.fails
    return Cell(exact(found), Role.bad if fails else Role.plain, _telling(found, level) if fails else places(level.item))


def _telling(found: float, level: Level) -> int:
    """As many places as tell a value that fails from its limit: 4.4987 and not 4.50 beside 4.5."""
    enough = range(places(level.item), 6)
    return next((digits for digits in enough if rounded(exact(found), digits) != rounded(exact(level.limit), digits)), 6)


def is_short(level: Level) -> bool:
    """Whether it would miss its planning line in the target year, or nobody knows."""
    if level.undone is None:
        return True
    return level.undone > level.wanted if level.item.endswith(CV) else level.undone < level.wanted


def places(item: str) -> int:
    return INDICATORS[item].places if item in INDICATORS else 2


def line_cell(number: float) -> Cell:
    """A limit or a planning line, with the places it needs but no more than four."""
    told = Fraction(exact(round(number, 4)))
    return Cell(told, Role.quiet, digits(told))


def gap(facts: PlanFacts, level: Level) -> Decimal | None:
    """What is missing to the planning line in the target year if nothing is done, in the item's own unit; None where unknown."""
    if level.undone is None:
        return None
    missing = exact(level.wanted) - exact(level.undone)
    if level.item.endswith(CV):
        return max(Decimal(0), -missing)
    standing = facts.standings.get((level.school, level.stage))
    if standing is None or standing.pupils is None:
        return None
    found = max(Decimal(0), missing * standing.pupils / per(level.item))
    return Decimal(ceil(round(found, 3))) if unit(level.item) in WHOLE else found


def gap_cell(facts: PlanFacts, level: Level) -> Cell:
    found = gap(facts, level)
    if found is None:
        return Cell(MISSING, Role.unknown)
    if not found:
        return Cell("—", Role.quiet)
    if level.item.endswith(CV):
        return Cell(found, places=places(level.item))
    return Cell(found, places=0 if unit(level.item) in WHOLE else 2, mark=unit(level.item))


def missing_cell(short_by: Unmet) -> Cell:
    """What stays short, in the item's own unit; of what nobody does two thirds, rounded up."""
    told = exact(short_by.short)
    if short_by.item.endswith(CV):
        return Cell(told, Role.bad, places(short_by.item))
    return plain(Decimal(ceil(told)) if short_by.unit in WHOLE else told, Role.bad)


def still_missing(shorts: Iterable[Unmet]) -> list[str]:
    """What stays short, a stage and item each: 小学仍差130.50㎡; of classes and rooms the sum to add: 小学还须增开3个班."""
    of: dict[tuple[str, str], list[Unmet]] = {}
    for each in shorts:
        of.setdefault((each.stage, each.item), []).append(each)
    return [f"{stage_word(stage)}{_still_missing(own)}" for (stage, _), own in of.items()]


def _still_missing(own: Sequence[Unmet]) -> str:
    first = replace(own[0], short=sum(each.short for each in own))
    return f"{'还须' + ADDED[first.item] if first.item in ADDED else '仍差'}{missing_cell(first).text}{first.unit}"


def per(item: str) -> int:
    """How many pupils the item is counted for."""
    return 100 if "百人" in INDICATORS[item].unit else 1


def unit(item: str) -> str:
    """The item's gap is counted in this."""
    return INDICATORS[item].gap_unit if item in INDICATORS else ""
