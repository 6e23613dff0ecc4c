"""What is handed in: `sample`, `template`, `check`, `import`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from junheng.cli.options import AsJson, CityFolder, Inputs, MappingFile, print_json, school_year
from junheng.kernel.codes import Severity
from junheng.kernel.faults import Exit, Fault, JunhengError, OnProgress
from junheng.paper.screen import progress, say
from junheng.register.checks import check as check_submission
from junheng.register.holding import City, faults_of, import_all, open_snapshot
from junheng.register.intake import guess_year, load_mapping, take_in, years_of
from junheng.register.submission import Submission
from junheng.register.tables import COUNTY_TABLES
from junheng.register.template import SCHOOL_SHEETS, write_template
from junheng.samples import make_sample
from junheng.screens import registers
from junheng.web.importing import follow, open_desk

Variant = Literal["passing", "narrow", "failing"]


def sample(
    folder: Annotated[Path, typer.Argument(help="写到哪个文件夹。")],
    size: Annotated[Literal["county", "city"], typer.Option(help="规模：一个县，或十一个县的市。")] = "county",
    seed: Annotated[int, typer.Option(help="随机种子；同一种子得到同样的字节。")] = 7,
    variant: Annotated[Variant, typer.Option(help="达标、差一点、不达标。")] = "passing",
    defects: Annotated[bool, typer.Option("--defects", help="埋入已知错误，并列在 golden.json。")] = False,
) -> None:
    """生成一个虚构的县或市：工作簿或数据文件、往年数据和标准答案。"""
    with progress() as on_progress:
        made = make_sample(folder, size=size, seed=seed, variant=variant, defects=defects, on_progress=on_progress)
    say(f"已生成 {made} -> 下一步：junheng import {made} --city 城市目录 --year 2025")


def template(
    file: Annotated[Path, typer.Argument(help="要写的 .xlsx 文件。")],
    county: Annotated[bool, typer.Option("--county", help="县教育局填的表：区划、人口、沿革、编制、经费、佐证等。")] = False,
) -> None:
    """写一份可供学校填报的空白工作簿。"""
    if file.exists():
        raise JunhengError(f"{file}：文件已存在，不覆盖 -> 换一个文件名")
    write_template(file, tables=COUNTY_TABLES if county else SCHOOL_SHEETS)
    say(f"已写出 {file} -> 填好后：junheng check {file}")


def check(
    paths: Inputs, mapping: MappingFile = None,
    city: Annotated[Path | None, typer.Option(help="城市目录：连同已导入的数据和上一学年一起检查，与导入时相同。")] = None,
    year: Annotated[int | None, typer.Option(help="按哪个学年检查；缺省看文件夹名、学年列，再按今天。")] = None,
    as_json: AsJson = False,
) -> None:
    """检查文件，一次列出所有问题；不写入任何数据。"""
    asked = school_year(year) if year is not None else guess_year(paths)
    with progress() as on_progress:
        handed = _taken_in(paths, mapping, asked, on_progress)
        faults = _by_themselves(handed) if city is None else _with_what_is_held(handed, city)
    if as_json:
        print_json({"faults": [fault.as_json() for fault in faults]})
    else:
        registers.faults(faults)
        say(f"按 {asked} 学年检查（换一个学年用 --year）")
    if any(fault.severity is not Severity.note for fault in faults):
        raise typer.Exit(Exit.faults)


def _taken_in(paths: list[Path], mapping: Path | None, year: int, on_progress: OnProgress) -> Iterator[Submission]:
    """What the files say, a submission a school year, older first."""
    rules = load_mapping(mapping) if mapping else None
    for of_year, files in sorted(years_of(paths, year).items()):
        yield take_in(files, year=of_year, mapping=rules, on_progress=on_progress)


def _with_what_is_held(handed: Iterable[Submission], city: Path) -> list[Fault]:
    open_snapshot(city)  # a folder that is no city yet is refused in words
    return faults_of(list(handed), City(city))


def _by_themselves(handed: Iterable[Submission]) -> list[Fault]:
    """The faults of each year, held against the year before where that was handed in too."""
    faults: list[Fault] = []
    before: Submission | None = None
    for each in handed:
        last = before if before and before.year == each.year - 1 else None
        earlier = {name: rows.lazy() for name, rows in last.frames.items()} if last else None
        faults += [*each.faults, *check_submission(each, earlier=earlier)]
        before = each
    return sorted(faults)


def import_(
    city: CityFolder, year: Annotated[int, typer.Option(help="学年起始年份，如 2025。")],
    paths: Annotated[list[Path] | None, typer.Argument(help="文件或文件夹；只撤回时可不写。")] = None,
    mapping: MappingFile = None,
    reason: Annotated[str | None, typer.Option(help="更正的理由，或保留警告的理由。")] = None,
    withdraw: Annotated[list[str] | None, typer.Option(
        help="撤回：学校标识码，或 表名/主键（如 区划/379901100）；可写多次，须有理由。")] = None,
) -> None:
    """检查并导入；有错误则全部拒收，什么也不写。"""
    asked = school_year(year)
    if not paths and not withdraw:
        raise JunhengError("没有要导入的文件，也没有要撤回的内容；应为文件、文件夹或 --withdraw -> 改正后重试")
    with progress() as on_progress:
        rules = load_mapping(mapping) if mapping else None
        files = years_of(paths or [], asked)
        years = {asked: [], **files} if withdraw else files
        has_desk = open_desk(city)
        imported = import_all(years, city, rules, reason, on_progress, {asked: withdraw or []})
        followed = has_desk and follow(imported, reason)
    for each in imported:
        registers.imported(each)
    if followed:
        say(f"已记入工作台的操作记录；页面数据由后台任务更新，没有运行时请启动 junheng worker --city {city}")
    say(f"下一步：junheng measure --city {city} --out out")
