"""Makes the sample city: workbooks of this school year, Parquet of two earlier ones, and the golden answers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from junheng.kernel.faults import JunhengError, OnProgress
from junheng.samples import narrow
from junheng.samples.county import YEAR, County, Rows, plan_county
from junheng.samples.defects import plant
from junheng.samples.golden import golden
from junheng.samples.history import write_history
from junheng.samples.registers import fill
from junheng.samples.variants import VARIANTS, Variant
from junheng.samples.workbooks import workbooks, write_workbooks

SIZES = ("county",)
GOLDEN, HISTORY = "golden.json", "history"


def make_sample(folder: Path, *, size: str = "county", seed: int = 7, variant: str = "passing", defects: bool = False,
                on_progress: OnProgress | None = None) -> Path:
    """Make a made-up county in `folder`: `2025/*.xlsx`, `history/<year>/*.parquet`, `golden.json`. Same seed, same bytes.

    `variant`  passing meets every item; narrow lies on the limits and just short of a few; failing falls far short
    `defects`  plants known faults in the workbooks; golden.json lists them, its figures stay those of the clean register
    Errors: JunhengError for a word that is not known, or a folder that holds something else.
    """
    told = on_progress or (lambda share, sentence: None)
    chosen = _chosen(size, variant)
    _clear(folder)
    told(0.0, "编造样例县")
    county, rows = made_up(chosen, seed)
    absent = sheets_left_out(county, chosen)
    answers: dict[str, Any] = {**golden(rows, YEAR, absent), "defects": []}
    books = workbooks(rows, absent)
    told(0.1, "写出往年数据")
    write_history(rows, county, chosen, seed, folder / HISTORY)
    planted = plant(books) if defects else None
    write_workbooks(planted.books if planted else books, folder / str(YEAR),
                    lambda share, sentence: told(0.2 + 0.75 * share, sentence))
    if planted:
        planted.write_files(folder / str(YEAR))
        answers["defects"] = planted.as_json(str(YEAR))
    (folder / GOLDEN).write_text(_as_text(answers), encoding="utf-8")
    told(1.0, "样例县已写好")
    return folder


def made_up(variant: Variant, seed: int) -> tuple[County, Rows]:
    """The county's plan and its register for the current school year."""
    county = plan_county(seed, variant)
    if variant.name == "narrow":
        narrow.pin(county)
    rows = fill(county, variant, seed)
    if variant.name == "narrow":
        narrow.shift(rows)
    return county, rows


def sheets_left_out(county: County, variant: Variant) -> set[tuple[str, str]]:
    """Sheets (table, school) that a badly kept county does not hand in: what rests on them is unknown, not zero."""
    if variant.name != "failing":
        return set()
    def first(kind: str, zone: str) -> str:
        return next(school.school_id for school in county.schools if school.kind == kind and school.zone == zone)
    return {("training", first("junior", "town")), ("assets", first("nine_year", "seat")),
            ("rooms", first("teaching_point", "rural"))}


def _chosen(size: str, variant: str) -> Variant:
    if size not in SIZES:
        raise JunhengError(f"--size {size}：没有这种规模；应为 {'、'.join(SIZES)} -> 改正后重试")
    if variant not in VARIANTS:
        raise JunhengError(f"--variant {variant}：没有这种样例；应为 {'、'.join(VARIANTS)} -> 改正后重试")
    return VARIANTS[variant]


def _clear(folder: Path) -> None:
    """Room for a new sample: an older one goes, anything else is left alone."""
    if folder.exists() and any(folder.iterdir()) and not (folder / GOLDEN).exists():
        raise JunhengError(f"{folder}：目录里已有别的文件；应为空目录或旧的样例目录 -> 换一个目录")
    for part in (folder / str(YEAR), folder / HISTORY):
        shutil.rmtree(part, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)


def _as_text(answers: dict[str, Any]) -> str:
    """One finding a line, so that two samples can be compared by eye."""
    lists = (f'"{name}": [\n' + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"
             for name, rows in answers.items())
    return "{\n" + ",\n".join(lists) + "\n}\n"
