"""The door of the register: files and folders in, a `Submission` with every fault of every file out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from junheng.kernel.faults import JunhengError, OnProgress
from junheng.register.intake.filling import (
    coverage,
    fill_schools,
    listed_again,
    once,
    report_nameless,
    schools_by_file,
    two_files,
)
from junheng.register.intake.folders import Input, find_inputs
from junheng.register.intake.gathering import Corrections, Gathering
from junheng.register.intake.mapping import Mapping, load_mapping
from junheng.register.intake.stacking import Typist
from junheng.register.submission import NATIONAL, Submission, schema

_READ = 0.7  # share of the time that reading takes


def take_in(paths: Sequence[Path], *, year: int, mapping: Mapping | Path | None = None,
            on_progress: OnProgress | None = None, corrections: Corrections | None = None) -> Submission:
    """Read the files of one school year. A bad file is a fault, never an error.

    `mapping`      makes register rows of somebody else's list; without it the files are in the register's own tables
    `corrections`  cells typed on the desk, which stand over those of the file of that digest
    """
    rules = load_mapping(mapping) if isinstance(mapping, Path) else mapping
    typist = Typist(rules.code_system if rules else NATIONAL, year)
    gathering = Gathering(typist, rules, corrections or {})
    gathered = _gather(find_inputs(paths), gathering, on_progress or _silent)
    frames = _frames(gathered, typist)
    schools = frames.get("schools", pl.DataFrame(schema=schema("schools")))
    by_file = schools_by_file(schools)
    frames = fill_schools(frames, by_file)
    report_nameless(frames, gathered.sheets, typist)
    again = listed_again(schools)
    faults = sorted(typist.faults + two_files(again, frames, typist.files))
    handed_in = coverage(frames, gathered.sheets, by_file)
    return Submission(year, typist.files, once(frames, again), handed_in, faults, typist.codes)


def _gather(inputs: Sequence[Input], gathered: Gathering, on_progress: OnProgress) -> Gathering:
    if not any(given.known for given in inputs):
        raise JunhengError("没有可读的文件；应为 .xlsx、.xls、.csv 或 .parquet -> 核对路径")
    for number, given in enumerate(inputs):
        on_progress(_READ * number / len(inputs), f"读取 {given.name}")
        gathered.add(given)
    on_progress(_READ, "核对每一格的内容")
    return gathered


def _frames(gathered: Gathering, typist: Typist) -> dict[str, pl.DataFrame]:
    made: dict[str, list[pl.DataFrame]] = {}
    for stack in gathered.stacks.values():
        made.setdefault(stack.table.name, []).append(typist.frame(stack))
    return {name: parts[0] if len(parts) == 1 else
            pl.concat(parts).sort("origin_file", "origin_sheet", "origin_row", maintain_order=True)
            for name, parts in made.items()}


def _silent(share: float, sentence: str) -> None:
    """Progress that nobody looks at."""
