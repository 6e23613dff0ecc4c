"""What several commands take: their options, and the words that an option may be."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from junheng.kernel.faults import JunhengError
from junheng.paper.whole_file import refuse_unwritable
from junheng.register.intake import guess_year

AsJson = Annotated[bool, typer.Option("--json", help="输出机器可读的 JSON。")]
CityFolder = Annotated[Path, typer.Option("--city", help="城市目录。")]
Inputs = Annotated[list[Path], typer.Argument(help="文件或文件夹。")]
MappingFile = Annotated[Path | None, typer.Option("--mapping", help="别人的名单如何对应到登记表的 TOML。")]
LevelName = Literal["school", "township", "county", "city", "province"]
Dimension = Literal["urban_rural", "ownership", "kind", "district", "school_cluster", "education_group", "inspector_area"]
Engine = Literal["duckdb", "spark"]

YEARS = range(1900, 2101)  # that a day may be in
FIRST_YEAR = 1990  # of the school years a register can hold


def school_year(year: int) -> int:
    """A school year that has begun; the year of a slip of the finger would turn every day into a fault."""
    latest = guess_year([])
    if not FIRST_YEAR <= year <= latest:
        raise JunhengError(f"--year {year}：应为 {FIRST_YEAR} 至 {latest} 的学年起始年份，如 2025 -> 改正后重试")
    return year


def day_of(text: str | None, option: str) -> date:
    """The day that an option names; today where it is not given. A year nobody plans for is a slip of the finger."""
    try:
        day = date.fromisoformat(text) if text is not None else date.today()
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise JunhengError(f"{option} {text}：不是日期；应如 2025-09-01 -> 改正后重试")
    return day


def named(path: Path | None, option: str, ending: str) -> None:
    """A file to write, if one is given, whose name tells what it holds."""
    if path is not None and path.suffix.lower() != ending:
        raise JunhengError(f"{option} {path}：文件名应以 {ending} 结尾 -> 改正后重试")


def writable(path: Path | None, option: str, ending: str) -> None:
    """A file, if one is given, that is written after long work: so named, and where it can be written."""
    named(path, option, ending)
    if path is not None:
        refuse_unwritable(path)


def print_json(answer: object) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
