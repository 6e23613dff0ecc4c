"""One figure taken apart, and the spread of a list."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from junheng.indicators.registry import INDICATORS, Indicator
from junheng.kernel.codes import Level, Split
from junheng.kernel.columns import Column
from junheng.kernel.exact import rounded
from junheng.kernel.findings import Finding
from junheng.paper.screen import say, table
from junheng.register.tables import TABLES
from junheng.screens.words import SHOWN_ROWS, amount, exact, number, say_rest, stage_word
from junheng.standards.words import UNITS

if TYPE_CHECKING:
    from junheng.indicators.explain import Explanation
    from junheng.indicators.variation_table import Spreading

SIDES = {"part": "分子", "whole": "分母", "now.part": "分子的分子", "now.whole": "分子的分母", "before.part": "分母的分子",
         "before.whole": "分母的分母"}
LINKED = {  # counts of a list behind each row
    "titles": "有效骨干称号数", "honours": "当年获表彰次数", "hours": "周期内学时", "rotations": "本学年交流次数",
    "covered": "公办或普惠性民办园数", "public": "公办学校数", "private": "民办学校数", "good": "优质普通高中数",
    "rural": "镇区和乡村学校数", "towns": "城区和镇区学校数", "vocational": "中等职业学校数",
    "kindergartens": "本村幼儿园（班）数",
}


def explanation(found: Explanation, indicator: Indicator) -> None:
    """One figure: what it says, its parts down to their rows, the law behind it."""
    each = found.finding
    say(f"{each.item} {indicator.zh}｜{each.name}（{each.group}）{stage_word(each.stage)}｜{each.year}学年｜快照 {each.snapshot}")
    say(f"值 {_value(each, indicator)}｜标准 {number(each.limit, indicator)}｜"
        f"{each.verdict.zh if each.verdict else '本级不作判定'}"
        + (f"｜差 {amount(each, indicator)}" if each.gap else ""))
    if each.part is not None and each.whole is not None:
        say(f"分子 {exact(each.part)}，分母 {exact(each.whole)}")
    for split, other in each.splits.items():
        say(f"{Split[split].zh}拆分时：值 {_short(other['value'], indicator)}")
    say(f"算法：{indicator.how}\n")
    for one in found.sums:
        if one["rows"] != [] or not any(other["rows"] and other["side"] == one["side"] for other in found.sums):
            _sum(one, is_split=each.split is not None)
    _made_of(found.made_of)
    for document in found.documents:
        say(f"材料：{_document(document)}")
    for limit, entry in found.law:
        say(f"依据：{limit.zh} {entry.value}，{entry.paper}，自 {entry.day} 起（{entry.evidence.zh}）")


def _value(each: Finding, indicator: Indicator) -> str:
    if each.value is not None:
        unit = "" if indicator.counts and each.level is not Level.school else UNITS.get(indicator.unit, indicator.unit)
        return f"{number(each.value, indicator, each.level)} {unit}".rstrip()
    if each.lower is not None:
        lower, upper = (number(bound, indicator, each.level) for bound in (each.lower, each.upper))
        return f"在 {lower} 与 {upper} 之间（{each.unknown}处缺数据）"
    return f"未知（{each.unknown}处缺数据）" if each.unknown else "-"


def _document(cells: dict[str, Any]) -> str:
    named = [f"{column.zh} {_word(column, str(cells[name]))}" for name, column in TABLES["evidence"].columns.items()
             if name in cells and name not in ("year", "item", "place_code", "file")]
    return f"{'，'.join(named)}（{cells['file']} {cells['sheet']} 第{cells['row']}行）"


def _short(text: str | None, indicator: Indicator) -> str:
    return "未知" if text is None else number(Fraction(text), indicator)


def _sum(one: dict[str, Any], *, is_split: bool) -> None:
    side = SIDES[one["side"]] + ("所据名单" if one["behind"] else "")
    times = f" × {one['times']}" if one["times"] != "1" else ""
    if one["rows"] is None:
        say(f"{side}{times}：表 {one['zh']}({one['table']}) 没有报送")
        return
    if not one["rows"]:
        say(f"{side}{times}：表 {one['zh']}({one['table']}) 没有符合条件的行")
        return
    common = "，全校共用、按学段拆分" if one["in_common"] and is_split else ""
    several = len({row["columns"].get("school_id") for row in one["rows"]}) > 1  # then each row says whose it is
    shown = [[row["file"], row["sheet"], str(row["row"]), row["amount"] or "未知",
              _columns(one["table"], row["columns"], several)] for row in one["rows"][:SHOWN_ROWS]]
    title = f"{side}{times}：表 {one['zh']}({one['table']})，{len(one['rows']) + one['left_out']}行{common}"
    table(title, ["文件", "工作表", "行#", "计入#", "内容"], shown)
    seen = f"前 {len(one['rows'])} 行" if one["left_out"] else "全部"
    say_rest(len(one["rows"]) + one["left_out"] - SHOWN_ROWS, "行", f"，用 --json 查看{seen}")


def _columns(table_name: str, cells: dict[str, str], several: bool) -> str:
    columns = TABLES[table_name].columns
    kept = {name: text for name, text in cells.items() if name != "year" and (several or name != "school_id")}
    return "，".join(f"{columns[name].zh} {_word(columns[name], text)}" if name in columns else f"{LINKED.get(name, name)} {text}"
                    for name, text in kept.items())


def _word(column: Column, text: str) -> str:
    """A cell in Chinese words."""
    if column.choices and text in column.choices.__members__:
        return column.choices[text].zh
    return {"True": "是", "False": "否"}.get(text, text) if column.kind == "flag" else text


def _made_of(findings: Sequence[Finding]) -> None:
    if findings:
        table("由以下结果构成", ["项目", "单位", "代码", "值#", "结果", "占差异#"],
              [[each.item, each.name, each.group, number(each.value, INDICATORS[each.item]),
                each.verdict.zh if each.verdict else "-", f"{rounded(each.share * 100, 1)}%" if each.share is not None else ""]
               for each in findings[:SHOWN_ROWS]])
        if len(findings) > SHOWN_ROWS:
            say(f"  ……共 {len(findings)} 条，用 --json 查看全部")


def spreading(found: Spreading) -> None:
    """The coefficient of a list, and each row's share of it."""
    spread = found.spread
    if found.left_out:
        say(f"已去掉 {found.left_out} 行")
    say(f"均值 {rounded(spread.mean, 6)}  标准差 {rounded(found.deviation, 6)}  差异系数 {rounded(spread.coefficient, 6)}")
    rows = zip(found.rows, found.totals, found.pupils, spread.shares, strict=True)
    table("各行对差异的贡献", ["名称", "学生数#", "总量#", "生均#", "占差异#"],
          [[next(iter(row.values())), f"{count}", f"{total}", f"{rounded(total / count, 4)}", f"{rounded(share * 100, 1)}%"]
           for row, total, count, share in rows])
