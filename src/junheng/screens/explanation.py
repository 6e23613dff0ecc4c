"""One figure taken apart, and the spread of a list."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from junheng.indicators.forms.explained import SIDES, cell_word, column_word, document_words, told
from junheng.indicators.registry import INDICATORS, Indicator
from junheng.kernel.codes import Level, Split
from junheng.kernel.exact import rounded
from junheng.kernel.findings import Finding
from junheng.paper.screen import say, table
from junheng.register.tables import TABLES
from junheng.screens.words import SHOWN_ROWS, amount, exact, number, say_rest, stage_word
from junheng.standards.words import UNITS

if TYPE_CHECKING:
    from junheng.indicators.explain import Explanation
    from junheng.indicators.variation_table import Spreading


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
    for one in told(found.sums):
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
    return f"{document_words(cells)}（{cells['file']} {cells['sheet']} 第{cells['row']}行）"


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
    return "，".join(f"{column_word(table_name, name)} {cell_word(columns[name], text) if name in columns else text}"
                    for name, text in kept.items())


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
