"""Makes the sample: workbooks or Parquet of this school year, Parquet of the earlier ones, and the golden answers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random
from typing import Any

from junheng.kernel.faults import JunhengError, OnProgress
from junheng.samples import narrow
from junheng.samples.city import PLAN, YEARS, Changes, named
from junheng.samples.cohorts import grow
from junheng.samples.county import CITY, YEAR, County, Outline, Row, Rows
from junheng.samples.defects import plant
from junheng.samples.events import older_events
from junheng.samples.golden import golden
from junheng.samples.history import frame_of, write_history, write_tables
from junheng.samples.movements import YEARS_BACK
from junheng.samples.planning import Named, plan_county
from junheng.samples.registers import fill
from junheng.samples.variants import VARIANTS, Variant
from junheng.samples.workbooks import PUPILS_FILE, workbooks, write_workbooks

SIZES = ("county", "city")
GOLDEN, HISTORY = "golden.json", "history"
ABOVE_COUNTIES = ("province", "city")
# one county's lost rows are not a fifth of the city's; and a school of which something became may change in size
HIDDEN_IN_A_CITY = ("vanished_rows", "sudden_change")
COUNTED_OF_PUPILS = ("school_id", "stage", "status", "birth_year")


def make_sample(folder: Path, *, size: str = "county", seed: int = 7, variant: str = "passing", defects: bool = False,
                on_progress: OnProgress | None = None) -> Path:
    """Make a made-up county or city in `folder`: `2025/`, `history/<year>/`, `golden.json`. Same seed, same bytes.

    `size`     county: a workbook a school, two earlier years; city: eleven counties, Parquet, four earlier years
    `variant`  of a county: passing meets every item; narrow lies on the limits and just short of a few; failing falls far
               short. The counties of a city have each their own
    `defects`  plants known faults in the workbooks, those of the city's first county; golden.json lists them, its figures
               stay those of the clean register
    Errors: JunhengError for a word that is not known, or a folder that holds something else.
    """
    told = on_progress or (lambda share, sentence: None)
    chosen = _chosen(size, variant)
    _clear(folder)
    answers = _make_city(folder, seed, defects, told) if size == "city" else _make_county(folder, chosen, seed, defects, told)
    (folder / GOLDEN).write_text(_as_text(answers), encoding="utf-8")
    told(1.0, "样例已写好")
    return folder


def made_up(variant: Variant, seed: int, outline: Outline | None = None, above: Named | None = None) -> tuple[County, Rows]:
    """The county's plan and its register for the current school year; `above` names the province and city it lies in."""
    county = plan_county(seed, variant, outline, above)
    county.events = older_events(county, seed)
    if above:
        Changes(county, Random(f"{seed} {county.code} changes")).make()
    grow(county.schools, variant, seed, range(YEAR - county.outline.years - YEARS_BACK, YEAR + 1))
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


def _make_county(folder: Path, variant: Variant, seed: int, defects: bool, told: OnProgress) -> dict[str, Any]:
    told(0.0, "编造样例县")
    county, rows = made_up(variant, seed)
    absent = sheets_left_out(county, variant)
    answers = {**golden(rows, YEAR, absent), "defects": []}
    told(0.1, "写出往年数据")
    write_history(rows, county, variant, seed, folder / HISTORY)
    answers["defects"] = _hand_in(folder / str(YEAR), str(YEAR), rows, absent, defects,
                                  lambda share, sentence: told(0.2 + 0.75 * share, sentence))
    return answers


def _hand_in(folder: Path, name: str, rows: Rows, absent: set[tuple[str, str]], defects: bool,
             told: OnProgress) -> list[dict[str, Any]]:
    """A workbook a school, one of the offices, the pupils in one file; the faults planted in them."""
    books = workbooks(rows, absent)
    planted = plant(books) if defects else None
    write_workbooks(planted.books if planted else books, folder, told)
    frame_of("pupils", rows["pupils"]).write_parquet(folder / PUPILS_FILE, compression="zstd")
    if planted:
        planted.write_files(folder)
    return planted.as_json(name) if planted else []


def _make_city(folder: Path, seed: int, defects: bool, told: OnProgress) -> dict[str, Any]:
    """County by county: one folder a county and year, one file a table; the city's own holds the divisions above them."""
    every: Rows = {}
    planted: list[dict[str, Any]] = []
    above = named(seed)
    for done, (variant, outline) in enumerate(PLAN):
        told(0.8 * done / len(PLAN), f"编造样例市第 {done + 1}/{len(PLAN)} 个县区")
        county, rows = made_up(variant, seed, outline, above)
        _gather(every, rows)
        rows["places"] = [row for row in rows["places"] if row["level"] not in ABOVE_COUNTIES]
        if defects and not done:
            listed = _hand_in(folder / str(YEAR) / county.code, f"{YEAR}/{county.code}", rows, set(), True, lambda *_: None)
            planted = [defect for defect in listed if defect["kind"] not in HIDDEN_IN_A_CITY]
        else:
            write_tables(rows, folder / str(YEAR) / county.code, skip_empty=True)
        write_history(rows, county, variant, seed, folder / HISTORY, county.code)
    _write_divisions(folder, [row for row in every["places"] if row["level"] in ABOVE_COUNTIES])
    told(0.8, "计算标准答案")
    return {**golden(every, YEAR), "defects": planted}


def _gather(every: Rows, rows: Rows) -> None:
    """The city's rows for the referee: each division once, of a pupil only what a figure is made of."""
    known = {row["place_code"] for row in every.get("places", [])}
    for table, found in rows.items():
        wanted = [{name: row[name] for name in COUNTED_OF_PUPILS} for row in found] if table == "pupils" else \
            [row for row in found if table != "places" or row["place_code"] not in known]
        every.setdefault(table, []).extend(wanted)


def _write_divisions(folder: Path, rows: list[Row]) -> None:
    for year in range(YEAR - YEARS + 1, YEAR + 1):
        at = folder / str(YEAR) if year == YEAR else folder / HISTORY / str(year)
        write_tables({"places": [row | {"year": year} for row in rows]}, at / CITY)


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
