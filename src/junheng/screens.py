"""What the commands print on a terminal: plain words, and always what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.indicators.forms.layout import CAVEAT
from junheng.indicators.registry import INDICATORS, Indicator
from junheng.kernel.codes import Evidence, Level, Severity, Split, Stage, Verdict
from junheng.kernel.columns import Column
from junheng.kernel.exact import rounded
from junheng.kernel.faults import DataFaults, Fault
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.paper.screen import say, table, tell
from junheng.register.tables import TABLES
from junheng.standards import Entry, Limit, law

if TYPE_CHECKING:
    from junheng.indicators.explain import Explanation
    from junheng.indicators.variation_table import Spreading
    from junheng.register.holding.accept import ImportResult

SHOWN_ROWS = 20
WHOLE_UNITS = {"人", "间", "所", "项", "个班"}
UNITS = {  # of the law, in the words that people read
    "persons per 100 pupils": "人/百人", "m2 per pupil": "㎡/人", "yuan per pupil": "元/人", "rooms per 100 pupils": "间/百人",
    "items of 7": "项（共7项）", "share of the limit": "占标准", "coefficient": "系数", "pupils": "人", "times": "倍",
    "drop or merge": "drop 不计/merge 并入", "classes per room": "班/间", "m2": "㎡", "pupils per class": "人/班",
    "hours": "学时", "calendar years": "年度", "share": "比例", "years": "年", "percent": "%", "points of 100": "分",
    "minutes": "分钟",
}
LINKED = {"titles": "有效骨干称号数", "hours": "周期内学时", "rotations": "本学年交流次数"}
ALL = "总体"


def verdicts(found: Sequence[CountyVerdict], findings: Sequence[Finding], snapshot: str, county_of: Mapping[str, str]) -> None:
    """The verdict table, then for each failed item how many schools are short and who they are.

    `county_of`  the county of each school
    """
    table(f"测算结果（快照 {snapshot}）", ["县区", "标准", "学段", "结果", "未达标项目", "缺数据#", "缺佐证#", "备注"],
          [_verdict(each) for each in found])
    for each in found:
        _waiting(each)
    failed = {(each.county, item) for each in found for item in each.failed}
    short = [each for each in findings if each.level is Level.county and each.verdict is Verdict.not_met
             and (each.group, each.item) in failed]
    if short:
        say("")
        table("未达标项目", ["县区", "项目", "学段", "现值#", "标准#", "差距#", "说明"],
              [_failure(each, findings, county_of) for each in short])
    _shortfalls(findings)
    _drivers(findings, county_of)
    say(f"\n{CAVEAT}")


def _waiting(each: CountyVerdict) -> None:
    """Which items wait for data or for a document; of the whole only, its stages are in it."""
    for words, items in (("缺数据", each.unknown), ("待提供佐证", each.needs_evidence)):
        if items and each.stage == "all":
            named = "、".join(f"{item} {INDICATORS[item].zh}" for item in items)
            say(f"{each.name} {law.standards[each.standard].zh} {words}：{named}")


def figures(found: Sequence[Finding]) -> None:
    """The findings of one level, as one table."""
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
            number(each.limit, indicator), _amount(each, indicator), number(each.gap_per_pupil, indicator)]


def _amount(each: Finding, indicator: Indicator) -> str:
    """The gap in the item's own unit; nobody recruits two thirds of a teacher, so people and rooms are rounded up."""
    exact, whole = number(each.gap, indicator), ceil(each.gap or 0)
    if each.gap_unit not in WHOLE_UNITS:
        return f"{exact} {each.gap_unit}".rstrip()
    return f"{whole} {each.gap_unit}" if whole == each.gap else f"{whole} {each.gap_unit}（{exact}）"


def _drivers(findings: Sequence[Finding], county_of: Mapping[str, str]) -> None:
    """Which schools drive the coefficient of variation of each resource item."""
    spreads = [each for each in findings if each.level is Level.county and each.item.endswith(".cv")
               and INDICATORS[each.item].scope == "resources"]
    if spreads:
        say("")
        table("谁拉大了差异系数", ["县区", "项目", "学段", "差异系数#", "标准#", "结果", "贡献最大的学校"],
              [[each.name, f"{each.item} {INDICATORS[each.item].zh.split('：')[0]}", stage_word(each.stage),
                number(each.value, INDICATORS[each.item]), number(each.limit, INDICATORS[each.item]),
                each.verdict.zh if each.verdict else "-", _who(each, findings, county_of)] for each in spreads])


def _verdict(each: CountyVerdict) -> list[str]:
    notes = [words for words, said in (("结论随拆分口径变化", each.depends_on_split),
                                       ("依据含待确认标准值", each.evidence is Evidence.believed)) if said]
    return [each.name, law.standards[each.standard].zh, stage_word(each.stage), each.verdict.zh,
            "、".join(each.failed) or "-", str(len(each.unknown)), str(len(each.needs_evidence)), "；".join(notes)]


def _failure(each: Finding, findings: Sequence[Finding], county_of: Mapping[str, str]) -> list[str]:
    indicator = INDICATORS[each.item]
    asks_all = each.limit == 1 and each.part is not None and each.whole is not None
    value, limit = (f"{each.part}/{each.whole}", "全部") if asks_all else (
        number(each.value, indicator), number(each.limit, indicator))
    gap = "-" if each.gap is None else _amount(each, indicator)
    return [each.name, f"{each.item} {indicator.zh}", stage_word(each.stage), value, limit, gap,
            _who(each, findings, county_of)]


def _who(each: Finding, findings: Sequence[Finding], county_of: Mapping[str, str]) -> str:
    """Who is behind a failed figure of the county: the schools short of it, or those that drive the spread."""
    item = each.item.removesuffix(".cv")
    own = [one for one in findings if one.level is Level.school and (one.item, one.stage) == (item, each.stage)
           and county_of.get(one.group) == each.group]
    if each.item.endswith(".cv"):
        drivers = sorted((one for one in own if one.share), key=lambda one: -(one.share or 0))[:3]
        return "、".join(f"{one.name} {rounded((one.share or 0) * 100, 0)}%" for one in drivers)
    short = [one for one in own if one.verdict is Verdict.not_met]
    return f"{len(short)}所：{'、'.join(one.name for one in short[:3])}{'等' if len(short) > 3 else ''}" if short else ""


def stage_word(stage: str) -> str:
    return Stage[stage].zh if stage in Stage.__members__ else ALL


def number(value: Fraction | Decimal | None, indicator: Indicator, level: Level = Level.school) -> str:
    """A number as people read it: rounded for print, the empty stroke for what is not known."""
    return "-" if value is None else f"{rounded(value, indicator.places_at(level)):,f}"


def files(written: Sequence[Path]) -> None:
    if written:
        pages = [path for path in written if path.suffix == ".html"]
        say("已写出：\n" + "\n".join(f"  {path}" for path in written))
        say(f"打开这个文件看结果：{pages[0] if pages else written[0]}")


def faults(found: Sequence[Fault]) -> None:
    """Every fault on one line, then how many of each severity and what to do next."""
    for fault in sorted(found, key=_workbook_order):
        say(f"{fault.severity.zh} {fault.sentence()}")
    counts = {severity: sum(fault.severity is severity for fault in found) for severity in Severity}
    say("、".join(f"{severity.zh} {count} 条" for severity, count in counts.items()))
    if counts[Severity.error]:
        say("有错误 -> 按每行末尾的提示改正后重新检查")
    elif counts[Severity.warning]:
        say("只有警告 -> 核实后改正，或导入时用 --reason 写明理由")
    else:
        say("可以导入 -> junheng import ... --city 城市目录 --year 学年")


def _workbook_order(fault: Fault) -> tuple[str, int, str, int, str]:
    """As a reader goes through a file: sheets in the order of the template, rows from the top."""
    place = next((number for number, each in enumerate(TABLES.values()) if fault.sheet in (each.zh, each.name)), len(TABLES))
    return (fault.file, place, fault.sheet, fault.row, fault.column)


def refused(error: DataFaults) -> None:
    faults(error.faults)
    tell(str(error))


def imported(result: ImportResult) -> None:
    """What an import did to one year."""
    what = "已导入" if result.new else "内容与现行快照相同，未改动"
    notes = sum(fault.severity is not Severity.error for fault in result.faults)
    more = f"（提示或警告 {notes} 条，用 junheng check 查看）" if notes else ""
    say(f"{result.snapshot.year}学年：{what} {result.snapshot.id}{more}")
    if result.new and result.before:
        say(f"  更正 {result.before.id}：{result.difference()}")
    for digest in result.removed_originals:
        tell(f"保存期已满，已删除原件 {digest}")


def value_in_force(limit: Limit, entry: Entry) -> dict[str, Any]:
    """A value of the law as the machine-readable answer prints it."""
    return {"name": limit.name, "zh": limit.zh, "standard": limit.standard, "value": str(entry.value), "unit": limit.unit,
            "where": {key: str(value) for key, value in entry.where.items()}, "since": entry.day.isoformat(),
            "paper": entry.paper, "evidence": entry.evidence.name, "jurisdiction": entry.jurisdiction or None}


def values_in_force(rows: Sequence[tuple[Limit, Entry]], day: date) -> None:
    table(f"{day} 施行的标准值", ["名称", "中文", "条件", "值#", "单位", "自", "依据", "证据", "适用"],
          [[limit.name, limit.zh, _where(entry), str(entry.value), UNITS.get(limit.unit, limit.unit), entry.day.isoformat(),
            entry.paper, entry.evidence.zh, entry.jurisdiction or "全国"] for limit, entry in rows])
    believed = sum(entry.evidence is Evidence.believed for _, entry in rows)
    say(f"共 {len(rows)} 个值，其中待确认 {believed} 个" + (" -> 请对照原文确认" if believed else ""))


def _where(entry: Entry) -> str:
    return "、".join(f"{key}={'/'.join(value) if isinstance(value, list) else value}" for key, value in entry.where.items())


def explanation(found: Explanation, indicator: Indicator) -> None:
    """One figure: what it says, its parts down to their rows, the law behind it."""
    each = found.finding
    say(f"{each.item} {indicator.zh}｜{each.name}（{each.group}）{stage_word(each.stage)}｜{each.year}学年｜快照 {each.snapshot}")
    say(f"值 {_value(each, indicator)}｜标准 {number(each.limit, indicator)}｜"
        f"{each.verdict.zh if each.verdict else '本级不作判定'}"
        + (f"｜差 {_amount(each, indicator)}" if each.gap else ""))
    if each.part is not None and each.whole is not None:
        say(f"分子 {_exact(each.part)}，分母 {_exact(each.whole)}")
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


def _exact(value: Fraction) -> str:
    """A part or whole with at most two places; whole numbers without any."""
    return f"{value.numerator:,}" if value.denominator == 1 else f"{rounded(value, 2):,f}"


def _document(cells: dict[str, Any]) -> str:
    named = [f"{column.zh} {_word(column, str(cells[name]))}" for name, column in TABLES["evidence"].columns.items()
             if name in cells and name not in ("year", "item", "place_code", "file")]
    return f"{'，'.join(named)}（{cells['file']} {cells['sheet']} 第{cells['row']}行）"


def _short(text: str | None, indicator: Indicator) -> str:
    return "未知" if text is None else number(Fraction(text), indicator)


def _sum(one: dict[str, Any], *, is_split: bool) -> None:
    side = ("分子" if one["side"] == "part" else "分母") + ("所据名单" if one["behind"] else "")
    times = f" × {one['times']}" if one["times"] != "1" else ""
    if one["rows"] is None:
        say(f"{side}{times}：表 {one['zh']}({one['table']}) 没有报送")
        return
    if not one["rows"]:
        say(f"{side}{times}：表 {one['zh']}({one['table']}) 没有符合条件的行")
        return
    common = "，全校共用、按学段拆分" if one["in_common"] and is_split else ""
    shown = [[row["file"], row["sheet"], str(row["row"]), row["amount"] or "未知", _columns(one["table"], row["columns"])]
             for row in one["rows"][:SHOWN_ROWS]]
    title = f"{side}{times}：表 {one['zh']}({one['table']})，{len(one['rows'])}行{common}"
    table(title, ["文件", "工作表", "行#", "计入#", "内容"], shown)
    if len(one["rows"]) > SHOWN_ROWS:
        say(f"  ……另有 {len(one['rows']) - SHOWN_ROWS} 行，用 --json 查看全部")


def _columns(table_name: str, cells: dict[str, str]) -> str:
    columns = TABLES[table_name].columns
    kept = {name: text for name, text in cells.items() if name not in ("year", "school_id")}
    return "，".join(f"{columns[name].zh} {_word(columns[name], text)}" if name in columns else f"{LINKED.get(name, name)} {text}"
                    for name, text in kept.items())


def _word(column: Column, text: str) -> str:
    """A cell in Chinese words."""
    if column.choices:
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
