"""Several counties at a glance: how each stands by each standard, and what lies furthest from its limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from junheng.indicators.forms.layout import CAVEAT
from junheng.indicators.registry import INDICATORS
from junheng.kernel.codes import Level, Verdict
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.paper.screen import say, table
from junheng.register.codes import ALL_STAGES
from junheng.screens.words import amount, number, stage_word

LiesIn = Mapping[tuple[Level, str], str]
SHORT = {  # of the standards that judge counties, as the head of a narrow column
    "quality_balance_2017": "优质均衡", "preschool_2020": "普及普惠", "basic_balance_2012": "基本均衡", "class_size": "班额",
    "school_size": "学校规模", "operating_funds": "公用经费", "education_spending": "教育投入", "staffing": "编制教师",
    "policy_targets": "政策目标"}
CELLS = {Verdict.met: "测算达标", Verdict.not_met: "未达标", Verdict.unknown: "缺数据", Verdict.needs_evidence: "待佐证"}
NAMED = 3  # items of a county that its line names


def overview(found: Sequence[CountyVerdict], findings: Sequence[Finding], snapshot: str, lies_in: LiesIn) -> None:
    """A row a county with the verdict of each standard and how many items fail it, then what each county is short of."""
    standards = list(dict.fromkeys(each.standard for each in found))
    counties = {each.county: each.name for each in found}
    whole = {(each.county, each.standard): each for each in found if each.stage == ALL_STAGES}
    heads = ["县区", "代码", *(SHORT[each] for each in standards), "未达标项#", "缺数据#", "缺佐证#"]
    table(f"测算结果（快照 {snapshot}）", heads,
          [_row(code, name, [whole.get((code, each)) for each in standards]) for code, name in sorted(counties.items())])
    say("数字为未达标的项数；缺数据：暂不能判定；待佐证：待提供佐证材料")
    failed = failing(found, findings)
    short = _short_schools(findings, lies_in)
    for code, name in sorted(counties.items()):
        if own := [each for each in failed if each.group == code]:
            _county(name, code, own, short.get(code, set()))
    say(f"\n看一个县：加 --county 县区代码，如 --county {min(counties)}；看某一级的数：加 --level county\n{CAVEAT}")


def failing(found: Sequence[CountyVerdict], findings: Sequence[Finding]) -> list[Finding]:
    """The figures of the counties for which a verdict fails."""
    failed = {(each.county, item) for each in found for item in each.failed}
    return [each for each in findings if each.level is Level.county and each.verdict is Verdict.not_met
            and (each.group, each.item) in failed]


def _row(code: str, name: str, verdicts: Sequence[CountyVerdict | None]) -> list[str]:
    held = [each for each in verdicts if each]
    counts = [str(sum(map(len, lists))) for lists in (
        [each.failed for each in held], [each.unknown for each in held], [each.needs_evidence for each in held])]
    return [name, code, *(_cell(each) if each else "-" for each in verdicts), *counts]


def _cell(each: CountyVerdict) -> str:
    return CELLS[each.verdict] + (f" {len(each.failed)}" if each.failed else "")


def _short_schools(findings: Sequence[Finding], lies_in: LiesIn) -> dict[str, set[str]]:
    """By county, the schools that are short of a resource."""
    found: dict[str, set[str]] = {}
    for each in findings:
        indicator = INDICATORS[each.item]
        if each.level is Level.school and each.gap and indicator.scope == "resources" and not indicator.counts:
            found.setdefault(lies_in.get((each.level, each.group), ""), set()).add(each.group)
    return found


def _county(name: str, code: str, failed: Sequence[Finding], short: set[str]) -> None:
    items = list(dict.fromkeys(each.item for each in failed))
    more = f" 等 {len(items)} 项" if len(items) > NAMED else ""
    schools = f"；资源配置有缺口的学校 {len(short)} 所" if short else ""
    say(f"{name}（{code}）未达标：{'、'.join(map(_titled, items[:NAMED]))}{more}{schools}")
    worst = max(failed, key=_distance)
    indicator = INDICATORS[worst.item]
    gap = f"，差 {amount(worst, indicator)}" if worst.gap else ""
    say(f"  离标准最远：{_titled(worst.item)}（{stage_word(worst.stage)}）"
        f"现值 {number(worst.value, indicator, Level.county)}，标准 {number(worst.limit, indicator, Level.county)}{gap}")


def _titled(item: str) -> str:
    return f"{item} {INDICATORS[item].zh}"


def _distance(each: Finding) -> Fraction:
    """How far a figure lies from its limit, as a share of the limit; what has none lies nearest."""
    if each.value is None or not each.limit:
        return Fraction(0)
    return abs(Fraction(each.value) - each.limit) / each.limit
