"""Several years of the figures above the schools, and the parts of a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from junheng.indicators.forms.layout import CAVEAT
from junheng.indicators.registry import INDICATORS
from junheng.indicators.series import Series
from junheng.indicators.slices import word
from junheng.kernel.codes import Level
from junheng.kernel.findings import Exact, Finding
from junheng.paper.screen import say
from junheng.screens.words import exact, long_table, number, stage_word


def over_years(found: Sequence[Series], years: Sequence[int], restated: int | None,
               names: Mapping[str, str]) -> None:
    """A row a figure and group, a column a year; then the coefficients of variation that rose again.

    `names`  of the parts that the registers name
    """
    basis = f"，按{restated}学年的学校和区划重述" if restated else ""
    long_table(f"历年结果（{years[0]}至{years[-1]}学年{basis}）",
               ["项目", "名称", "学段", "部分", *(f"{year}#" for year in years), "变化#", "年均变化#", "走向"],
               [_row(each, years, names) for each in found if each.known])
    rebounds = [(each, year) for each in found for year in each.rebounds]
    for each, year in rebounds:
        indicator = INDICATORS[each.item]
        before = max(other for other, _ in each.known if other < year)
        say(f"反弹 {each.name} {each.item} {indicator.zh}（{stage_word(each.stage)}）：{before}学年 "
            f"{number(each.values[before], indicator)} -> {year}学年 {number(each.values[year], indicator)}")
    say(f"快照：{'、'.join(_snapshots(found))}")
    spreads = sum(bool(each.known) and each.item.endswith(".cv") for each in found)
    if spreads and not rebounds:
        say("各差异系数均未反弹")
    elif rebounds:
        say(f"共 {len(rebounds)} 处反弹 -> 用 junheng explain 项目 县区代码 --year 学年 看哪所学校拉大了差异")


def _snapshots(found: Sequence[Series]) -> list[str]:
    """The versions that the figures are of, older first."""
    return sorted({snapshot for each in found for snapshot in each.snapshots.values()})


def _row(each: Series, years: Sequence[int], names: Mapping[str, str]) -> list[str]:
    indicator = INDICATORS[each.item]
    def shown(value: Exact | None) -> str:
        return number(value, indicator, each.level)
    return [f"{each.item} {indicator.zh}", each.name, stage_word(each.stage), word(each.slice, names) if each.slice else "",
            *(shown(each.values[year]) for year in years), shown(each.change), shown(each.change_a_year), each.direction.zh]


def parts(found: Sequence[Finding], level: Level, snapshot: str, names: Mapping[str, str]) -> None:
    """The figures of the parts of each group of a level."""
    rows = [each for each in found if each.level is level]
    if not rows:
        say(f"快照 {snapshot}：{level.zh}级没有可分列的结果 -> 换一个 --level 或 --standard")
        return
    long_table(f"分项结果（{level.zh}级，快照 {snapshot}；各部分只列数，不作判定）",
               ["项目", "名称", "学段", "部分", "值#", "分子#", "分母#"],
               [[f"{each.item} {INDICATORS[each.item].zh}", each.name, stage_word(each.stage), word(each.slice, names),
                 number(each.value, INDICATORS[each.item], level), exact(each.part), exact(each.whole)] for each in rows])
    say(f"\n{CAVEAT}")
