"""What is asked of a register or of the law: `explain`, `diff`, `lineage`, `standards`, `cv`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.options import AsJson, CityFolder, day_of, print_json
from junheng.engines import Duck
from junheng.indicators.explain import explain as explain_figure
from junheng.indicators.explain import known_item
from junheng.indicators.results import book_of, register_of, results
from junheng.indicators.variation_table import spread_of_file
from junheng.kernel.codes import Stage, plain
from junheng.kernel.faults import JunhengError
from junheng.paper.screen import progress, tell
from junheng.register.holding import compare, open_snapshot, snapshot_named
from junheng.register.lineage import history, lineage_of
from junheng.screens import changes, explanation, values
from junheng.standards import law, law_book, looser_values


def explain(
    item: Annotated[str, typer.Argument(help="指标编号，如 yz.1.4。")],
    group: Annotated[str, typer.Argument(help="学校标识码或区划代码。")],
    city: CityFolder, stage: Annotated[str | None, typer.Option(help="学段，如 小学 或 primary。")] = None,
    year: Annotated[int | None, typer.Option(help="学年。")] = None,
    restated_to: Annotated[int | None, typer.Option(help="按哪个学年的学校和区划重述，同 measure。")] = None,
    as_json: AsJson = False,
) -> None:
    """一个数字从哪里来：分子分母、登记行、文件与行号、依据文件。"""
    indicator, asked_stage, snapshot = known_item(item), _stage(stage), open_snapshot(city, year)
    with progress() as on_progress, register_of(city, snapshot, restated_to) as register:
        findings, _ = results(city, snapshot, on_progress, standards=[indicator.standard], to_year=restated_to)
        source, book = Duck(register.path), book_of(city, snapshot)
        found = explain_figure(register, source, book, findings, indicator.item, group, asked_stage)
    if as_json:
        print_json(found.as_json())
    else:
        explanation.explanation(found, indicator)


def _stage(word: str | None) -> str | None:
    known = Stage.spellings() | {"all": "all", "总体": "all"}
    if word is not None and plain(word) not in known:
        named = "、".join(f"{stage.zh}（{stage.name}）" for stage in Stage)
        raise JunhengError(f"--stage {word}：应为 {named} 或 总体（all） -> 改正后重试")
    return known[plain(word)] if word else None


def diff(
    before: Annotated[str, typer.Argument(help="版本，如 2025-v1；只写学年即在用的版本。")],
    after: Annotated[str, typer.Argument(help="版本，如 2025-v2。")],
    city: CityFolder, tables: Annotated[list[str] | None, typer.Option("--table", help="只比较这张表；可写多次。")] = None,
    as_json: AsJson = False,
) -> None:
    """两个版本或两个学年之间逐行的不同：新增、删去、改动，出自哪个文件，哪一版改的。"""
    found = compare(snapshot_named(city, before), snapshot_named(city, after), tables)
    if as_json:
        print_json(found.as_json())
    else:
        changes.difference(found)


def lineage(
    school: Annotated[str, typer.Argument(help="学校标识码或校名。")],
    city: CityFolder, as_of: Annotated[str | None, typer.Option("--as-of", help="哪一天的情形，如 2023-09-01。")] = None,
    as_json: AsJson = False,
) -> None:
    """一所学校的沿革：历次事项及文号，校名，由谁承接，承接了谁，属于哪些组织。"""
    told = lineage_of(city)
    found = history(told, school, day_of(as_of, "--as-of") if as_of is not None else None)
    if as_json:
        print_json(found.as_json())
    else:
        changes.history(found, told)


def standards(
    on: Annotated[str | None, typer.Option(help="哪一天，如 2025-09-01；缺省为今天。")] = None,
    place: Annotated[str, typer.Option(help="区划代码；其省市县的补充规定一并列出。")] = "",
    city: Annotated[Path | None, typer.Option(help="城市目录，其 standards/ 里的补充规定一并列出。")] = None,
    unconfirmed: Annotated[bool, typer.Option("--unconfirmed", help="只列待确认的值。")] = False,
    as_json: AsJson = False,
) -> None:
    """列出某天某地在施行的标准值、依据文件，以及哪些待确认。"""
    book = law_book(day_of(on, "--on"), city / "standards" if city else None)
    if place and not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", place):
        raise JunhengError(f"--place {place}：不是区划代码；应为2、4、6、9或12位数字 -> 改正后重试")
    rows = [(limit, entry) for limit in law.limits.values() for entry in book.entries(limit, place)
            if not unconfirmed or entry.evidence.name == "believed"]
    for sentence in looser_values(book.overlays_of({place})):
        tell(f"警告 {sentence}")
    if as_json:
        print_json({"on": book.day.isoformat(), "place": place or None,
                    "values": [values.value_in_force(limit, entry) for limit, entry in rows]})
    else:
        values.values_in_force(rows, book.day)


def cv(
    file: Annotated[Path, typer.Argument(help="CSV 或 Excel 文件。")],
    value: Annotated[str, typer.Option(help="总量所在列（不是生均值）。")],
    pupils: Annotated[str, typer.Option(help="学生数所在列。")],
    leave_out: Annotated[list[str] | None, typer.Option(help="去掉任一单元格等于此文字的行，如合计行；可写多次。")] = None,
    as_json: AsJson = False,
) -> None:
    """计算任意名单的（学生数加权）校际差异系数，以及每所学校的贡献。"""
    found = spread_of_file(file, value=value, pupils=pupils, leave_out=leave_out or ())
    if as_json:
        print_json(found.as_json())
    else:
        explanation.spreading(found)
