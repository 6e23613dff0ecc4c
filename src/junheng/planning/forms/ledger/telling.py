"""A problem in the words of a ledger: what is wrong, what is done, what stays short, who usually does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from junheng.kernel.codes import Verdict
from junheng.paper.sheets import Cell, Role
from junheng.planning.codes import MeasureKind
from junheng.planning.forms import words
from junheng.planning.forms.facts import PlanFacts, exact
from junheng.planning.forms.ledger.problems import Problem
from junheng.planning.forms.ledger.topics import TOPICS, WITHOUT_MEASURE
from junheng.planning.forms.words import CV, is_short, plain
from junheng.planning.plan import Level, Measure

SUGGESTED = "（建议）"
BEYOND = "（超出本校缺口的部分，用于缩小全县校际差距）"
NEED_ROOM = {MeasureKind.open_class.name, MeasureKind.move_intake.name, MeasureKind.merge.name}
ROOM_AND_TEACHERS = ("", "yz.1.1", "yz.1.3", "yz.1.4")
MORE = Decimal("1.05")  # times the planning line, beyond which a reader asks why


def subject(each: Problem) -> str:
    """What a problem is of; of teachers who only stand in for others no item."""
    return words.item_word(each.item) if each.item else "教师配备" if each.measures else "全部项目"


# --- what is wrong --------------------------------------------------------------------------------------------


def wrong(facts: PlanFacts, each: Problem) -> str:
    """A sentence a stage."""
    judged = {level.stage for level in each.levels}
    told = [f"{words.stage_word(level.stage)}{_wrong(facts, level)}" for level in short_levels(each)]
    told += [f"{words.stage_word(one.stage)}{one.why}，不能判定" for one in each.unknown if one.stage not in judged]
    told += list(_lacking(facts, each))
    return "；\n".join(told) or f"不补缺口，{_why(facts, each)}"


def _lacking(facts: PlanFacts, each: Problem) -> Iterator[str]:
    """Of classes and rooms no level is told: what is added and what stays short of it together say how many are lacking."""
    if each.item not in words.ADDED:
        return
    added = [(one.stage, exact(one.amount), one.unit) for one in each.measures]
    added += [(one.stage, exact(one.short), one.unit) for one in each.unmet]
    for stage in dict.fromkeys(stage for stage, _, _ in added):
        many = plain(sum((number for own, number, _ in added if own == stage), Decimal(0))).text + added[0][2]
        what = f"班额{facts.target}年预计超过标准" if each.item == words.CLASS_SIZE else f"{words.item_name(each.item)}不足"
        yield f"{words.stage_word(stage)}{what}，须{words.ADDED[each.item]}{many}"


def short_levels(each: Problem) -> list[Level]:
    """The stages that are short; where none is, all."""
    return [level for level in each.levels if level.fails or is_short(level)] or list(each.levels)


def _wrong(facts: PlanFacts, level: Level) -> str:
    name, beyond = words.item_name(level.item), "高于" if level.item.endswith(CV) else "低于"
    if level.undone is None:
        return f"{name}缺数据，不能判定"
    if {"now", "undone"} <= set(level.fails):
        return f"{name}{beyond}标准"
    if "now" in level.fails:
        return f"{name}现{beyond}标准，{facts.target}年预计不整改也达到标准" + ("，但未到规划线" if is_short(level) else "")
    if "undone" in level.fails:
        return f"{name}{'现已达到标准，' if level.now is not None else ''}{facts.target}年预计{beyond}标准"
    return f"{name}达到标准" + ("，但余量不足，未到规划线" if is_short(level) else "")


# --- what is done ---------------------------------------------------------------------------------------------


def actions(facts: PlanFacts, each: Problem, rows: Mapping[int, str]) -> list[str]:
    """The measures, in which `rows` others stand that act on it too, what they are for, what stays short."""
    own = words.sentences(facts, each.measures)
    told = [f"{number}. {text}" for number, text in enumerate(own, 1)] if len(own) > 1 else own
    if each.shared:
        told.append(f"{'另' if own else ''}见{'、'.join(dict.fromkeys(rows[id(one)] for one in each.shared))}")
    if not each.school:
        told.append(_of_schools(facts, each))
    if not told and not each.unmet:
        told.append(_nothing(facts, each))
    return [*told, *_purpose(facts, each), *_still_short(facts, each)]


def _of_schools(facts: PlanFacts, each: Problem) -> str:
    item = each.item.removesuffix(CV)
    own = [one for one in facts.of_county(each.county) if {item, each.item} & set(one.closes)]
    if not own:
        return "不另安排措施"
    return f"由 {len({one.school for one in own})} 所学校的 {len(own)} 项措施缩小差距，见各校“{words.item_word(item)}”行"


def _nothing(facts: PlanFacts, each: Problem) -> str:
    if each.unknown:
        return "补报数据，重新测算、重新规划"
    lower = [level for level in each.levels if "planned" in level.fails]
    standings = [facts.standings[level.school, level.stage] for level in lower]
    failing = [one for one in standings if one.planned not in ("", Verdict.met.name)]
    left = [f"{words.stage_word(one.stage)}{words.verdict_cell(one.planned).text}" for one in failing]
    if left:
        return f"本方案未安排措施：按方案本校综合仍为{'、'.join(left)}，建议连同本校其他缺口专题研判"
    if lower:
        return "不另投入：按方案本校综合达标，本项可低于标准（不低于下限）"
    if any("undone" in level.fails for level in each.levels):
        return "不另投入：按方案调整学生后达到标准，逐年监测"
    return f"不另投入：{facts.target}年预计达到标准，逐年监测"


def _purpose(facts: PlanFacts, each: Problem) -> list[str]:
    """Why something is done where the school is not short, or more than it is short of."""
    if not (each.school and each.measures and each.levels):
        return []
    if not any(is_short(level) or level.fails for level in each.levels):
        return [f"（本校本项已达标，{_why(facts, each)}）"]
    return [BEYOND] if any(_is_beyond(facts, level) and _narrows(facts, level) for level in each.levels) else []


def _why(facts: PlanFacts, each: Problem) -> str:
    narrows = any(_narrows(facts, level) for level in each.levels)
    if NEED_ROOM & {one.kind for one in facts.at(each.school)} and each.item in ROOM_AND_TEACHERS:
        return "用于增开教学班、接收学生" + ("，也缩小全县校际差距" if narrows else "")
    if narrows:
        return "用于缩小全县校际差距"
    gives = any(one.source == each.school for one in facts.measures)
    return "用于调出后补足" if gives else "随全县方案一并实施"


def _narrows(facts: PlanFacts, level: Level) -> bool:
    """Whether more of the item brings down a coefficient that would miss its planning line: at a school below mean (1 + CV²)."""
    spread = facts.levels.get((level.county, level.stage, f"{level.item}{CV}"))
    mean = facts.means.get((level.county, level.stage, level.item))
    if spread is None or spread.planned is None or mean is None or level.undone is None or not is_short(spread):
        return False
    return Fraction(exact(level.undone)) < mean * (1 + Fraction(exact(spread.planned)) ** 2)


def _is_beyond(facts: PlanFacts, level: Level) -> bool:
    if level.planned is None or level.planned == level.undone:
        return False
    pupils, wanted = facts.standings[level.school, level.stage].pupils, exact(level.wanted)
    over = exact(level.planned) - wanted
    return exact(level.planned) > MORE * wanted and pupils is not None and over * pupils / words.per(level.item) >= 1


def _still_short(facts: PlanFacts, each: Problem) -> list[str]:
    if not each.unmet:
        return []
    shorts = "，".join(words.still_missing(each.unmet))
    before = "" if each.measures or each.shared or not each.school else "本方案未安排措施；"
    return [f"{before}到{facts.target}年{shorts}，建议专题研判"]


# --- money, people, papers ------------------------------------------------------------------------------------


def money(each: Problem) -> str:
    payments = [payment for measure in each.measures for payment in measure.payments]
    return words.channels(payments).replace("、", "\n") if each.measures else "—"


def responsible(measures: Sequence[Measure]) -> Cell:
    """The sections that usually do it, in the order of the measures."""
    sections = [section for each in measures for section in TOPICS[MeasureKind[each.kind]].sections] or [*WITHOUT_MEASURE]
    return Cell("、".join(dict.fromkeys(sections)) + SUGGESTED, Role.waiting)


def proof(measures: Sequence[Measure]) -> Cell:
    proofs = dict.fromkeys(TOPICS[MeasureKind[each.kind]].proof for each in measures)
    return Cell("；".join(proofs) + SUGGESTED, Role.waiting) if proofs else Cell()


def deadline(facts: PlanFacts, each: Problem) -> int:
    """The census year by which all of it must count."""
    return max((one.counted for one in (*each.measures, *each.shared)), default=facts.target)
