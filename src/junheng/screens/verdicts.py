"""What a measurement says: verdicts, what is short and who drives it, the figures of a level."""

from __future__ import annotations

from collections.abc import Sequence

from junheng.indicators.forms.layout import CAVEAT
from junheng.indicators.registry import INDICATORS
from junheng.indicators.units import NOWHERE
from junheng.kernel.codes import Evidence, Level, Verdict
from junheng.kernel.exact import rounded
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.paper.screen import say, table
from junheng.register.codes import ALL_STAGES
from junheng.screens.overview import LiesIn, failing, overview
from junheng.screens.words import SHOWN_ROWS, amount, number, stage_word
from junheng.standards import law

TIMES = "倍"  # of such a figure part and whole are no counts


def verdicts(found: Sequence[CountyVerdict], findings: Sequence[Finding], snapshot: str, lies_in: LiesIn) -> None:
    """Of one county the verdicts, then for each failed item how many schools are short and who they are; of several an overview.

    `lies_in`  the county of each school, township and county
    """
    several = len({each.group for each in findings if each.level is Level.county} - {NOWHERE}) > 1
    if not found:
        level = Level.city if several else Level.county
        say(f"快照 {snapshot}：这个标准只列数，不作判定" + ("；下面是全市的数，看各县用 --level county" if several else ""))
        figures([each for each in findings if each.level is level])
    elif several:
        overview(found, findings, snapshot, lies_in)
    else:
        _of_a_county(found, findings, snapshot, lies_in)


def _of_a_county(found: Sequence[CountyVerdict], findings: Sequence[Finding], snapshot: str, lies_in: LiesIn) -> None:
    table(f"测算结果（快照 {snapshot}）", ["县区", "标准", "学段", "结果", "未达标项目", "缺数据#", "缺佐证#", "备注"],
          [_verdict(each) for each in found])
    for each in found:
        _waiting(each)
    if short := failing(found, findings):
        say("")
        table("未达标项目", ["县区", "项目", "学段", "现值#", "标准#", "差距#", "说明"],
              [_failure(each, findings, lies_in) for each in short])
    _shortfalls(findings)
    _drivers(findings, lies_in)
    say(f"\n{CAVEAT}")


def _waiting(each: CountyVerdict) -> None:
    """Which items wait for data or for a document; of the whole only, its stages are in it."""
    for words, items in (("缺数据", each.unknown), ("待提供佐证", each.needs_evidence)):
        if items and each.stage == ALL_STAGES:
            named = "、".join(f"{item} {INDICATORS[item].zh}" for item in items)
            say(f"{each.name} {law.standards[each.standard].zh} {words}：{named}")


def figures(found: Sequence[Finding]) -> None:
    """The findings of one level, as one table; nothing where there are none."""
    if not found:
        return
    say("")
    table("各单位结果", ["项目", "名称", "代码", "学段", "值#", "标准#", "结果"],
          [[f"{each.item} {INDICATORS[each.item].zh}", each.name, each.group, stage_word(each.stage),
            number(each.value, INDICATORS[each.item], each.level), number(each.limit, INDICATORS[each.item]),
            each.verdict.zh if each.verdict else "-"] for each in found])


def _shortfalls(findings: Sequence[Finding]) -> None:
    """Which school is short of which resource item by how much."""
    resources = {item for item, each in INDICATORS.items() if each.scope == "resources" and not each.counts}
    short = [each for each in findings if each.level is Level.school and each.gap and each.item in resources]
    if short:
        say("")
        shown = sorted(short, key=lambda each: (each.group, each.stage, each.item))[:SHOWN_ROWS]
        table(f"哪所学校差什么、差多少（共 {len(short)} 项）", ["学校", "学段", "项目", "现值#", "标准#", "还差#", "生均差#"],
              [_shortfall(each) for each in shown])
        if len(short) > SHOWN_ROWS:
            say("  ……其余见写出的表格“差距清单”，或 --json")
        if any(each.within_rounding for each in shown):
            say("  ≈ 舍入后与标准相同，按未舍入的值判定")


def _shortfall(each: Finding) -> list[str]:
    indicator = INDICATORS[each.item]
    close = "≈" if each.within_rounding else ""
    return [each.name, stage_word(each.stage), f"{each.item} {indicator.zh}", close + number(each.value, indicator),
            number(each.limit, indicator), amount(each, indicator), number(each.gap_per_pupil, indicator)]


def _drivers(findings: Sequence[Finding], lies_in: LiesIn) -> None:
    """Which schools drive the coefficient of variation of each resource item."""
    spreads = [each for each in findings if each.level is Level.county and each.item.endswith(".cv")
               and INDICATORS[each.item].scope == "resources"]
    if spreads:
        say("")
        table("谁拉大了差异系数", ["县区", "项目", "学段", "差异系数#", "标准#", "结果", "贡献最大的学校"],
              [[each.name, f"{each.item} {INDICATORS[each.item].zh.split('：')[0]}", stage_word(each.stage),
                number(each.value, INDICATORS[each.item]), number(each.limit, INDICATORS[each.item]),
                each.verdict.zh if each.verdict else "-", _who(each, findings, lies_in)] for each in spreads])


def _verdict(each: CountyVerdict) -> list[str]:
    notes = [words for words, said in (("结论随拆分口径变化", each.depends_on_split),
                                       ("依据含待确认标准值", each.evidence is Evidence.believed)) if said]
    return [each.name, law.standards[each.standard].zh, stage_word(each.stage), each.verdict.zh,
            "、".join(each.failed) or "-", str(len(each.unknown)), str(len(each.needs_evidence)), "；".join(notes)]


def _failure(each: Finding, findings: Sequence[Finding], lies_in: LiesIn) -> list[str]:
    indicator = INDICATORS[each.item]
    asks_all = each.limit == 1 and indicator.unit != TIMES and each.part is not None and each.whole is not None
    value, limit = (f"{each.part}/{each.whole}", "全部") if asks_all else (
        number(each.value, indicator), number(each.limit, indicator))
    gap = "-" if each.gap is None else amount(each, indicator)
    return [each.name, f"{each.item} {indicator.zh}", stage_word(each.stage), value, limit, gap,
            _who(each, findings, lies_in)]


def _who(each: Finding, findings: Sequence[Finding], lies_in: LiesIn) -> str:
    """Who is behind a failed figure of the county: the schools short of it, or those that drive the spread."""
    item = each.item.removesuffix(".cv")
    own = [one for one in findings if one.level is Level.school and (one.item, one.stage) == (item, each.stage)
           and lies_in.get((one.level, one.group)) == each.group]
    if each.item.endswith(".cv"):
        drivers = sorted((one for one in own if one.share), key=lambda one: -(one.share or 0))[:3]
        return "、".join(f"{one.name} {rounded((one.share or 0) * 100, 0)}%" for one in drivers)
    short = [one for one in own if one.verdict is Verdict.not_met]
    return f"{len(short)}所：{'、'.join(one.name for one in short[:3])}{'等' if len(short) > 3 else ''}" if short else ""
