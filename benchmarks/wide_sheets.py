"""Intake of the two sheets bureaus send most: 8,500 schools x 33 columns under merged headers, 100,000 pupils x 10, flat.

Bare calamine and openpyxl only read the cells; ours reads them by a mapping, types them and says where each fault is.
Run: `python benchmarks/wide_sheets.py [rounds]`. Writes its table into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import gettempdir
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from processes import cpu_seconds, peak_mb
from results import write_section

from junheng.register.tables import TABLES

YEAR = 2025
SCHOOLS, PUPILS = 8_500, 100_000
# The sheet's groups of columns, each under a merged cell: our table, its columns.
WIDE = {
    "schools": ("school_id", "name", "kind", "run_by", "place_code", "urban_rural"),
    "school_stages": ("pupils", "classes", "full_time_teachers", "entrants", "graduates", "boarders", "migrant_pupils",
                      "left_behind_pupils"),
    "sites": ("land_m2", "sports_ground_m2", "floor_area_m2", "classroom_m2", "special_room_m2", "library_m2",
              "indoor_sport_m2", "counselling_m2", "other_teaching_m2", "office_m2", "living_m2"),
    "assets": ("equipment_10k_yuan", "laboratory_equipment_10k_yuan", "added_10k_yuan", "books", "terminals", "beds", "desks",
               "bandwidth_mbps"),
}
FLAT = ("school_id", "pupil_id", "stage", "grade", "number", "sex", "birth_year", "birth_month", "boarding", "status")
FACTS = {"kind": "小学", "run_by": "县级", "urban_rural": "村庄"}
HEAD = 'name = "bench"\n[code_system]\nname = "national"'
ALWAYS = {"school_stages": {"stage": "primary"}, "sites": {"standing": "own", "form_version": "since_2021"}}


def headers(table: str, names: Sequence[str]) -> list[str]:
    return [TABLES[table].columns[name].zh for name in names]


def make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _make_wide(folder / "wide.xlsx")
    _make_flat(folder / "flat.xlsx")
    tables = [_mapped(name, ("school_id", *names) if name != "schools" else names, ALWAYS.get(name, {}))
              for name, names in WIDE.items()]
    (folder / "wide.toml").write_text("\n".join([HEAD, *tables]), encoding="utf-8")
    (folder / "flat.toml").write_text("\n".join([HEAD, _mapped("pupils", FLAT, {})]), encoding="utf-8")


def _mapped(table: str, names: Sequence[str], always: dict[str, str]) -> str:
    lines = [f'{name} = "{TABLES[table].columns[name].zh}"' for name in names]
    lines += [f'{name} = {{ always = "{value}" }}' for name, value in always.items()]
    return "\n".join(["[[table]]", f'name = "{table}"', "[table.columns]", *lines])


def _make_wide(path: Path) -> None:
    from xlsxwriter import Workbook

    with Workbook(path) as book:
        sheet, bold = book.add_worksheet("学校基本情况"), book.add_format({"bold": True, "align": "center", "border": 1})
        width = sum(map(len, WIDE.values()))
        sheet.merge_range(0, 0, 0, width - 1, "2025学年学校基本情况统计表", bold)
        left = 0
        for name, names in WIDE.items():
            sheet.merge_range(1, left, 1, left + len(names) - 1, TABLES[name].zh, bold)
            sheet.write_row(2, left, headers(name, names), bold)
            left += len(names)
        for number in range(SCHOOLS):
            sheet.write_row(3 + number, 0, [_fact(name, number) for names in WIDE.values() for name in names])


def _fact(name: str, number: int) -> str | float:
    if name in ("school_id", "place_code"):
        return f"99010{10_000 + number}" if name == "school_id" else f"99010{1 + number % 9}"
    if name == "name":
        return f"某镇第{number}小学"
    return FACTS.get(name) or (number * 7 % 4_000 / 4 if name.endswith("_m2") else number % 90 + 10)


def _make_flat(path: Path) -> None:
    from xlsxwriter import Workbook

    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("学生")
        sheet.write_row(0, 0, headers("pupils", FLAT))
        for number, row in enumerate(_pupils()):
            sheet.write_row(1 + number, 0, row)


def _pupils() -> Iterator[list[str | int]]:
    """Made-up children of a division that does not exist."""
    from junheng.register.intake.identity import check_digit

    for number in range(PUPILS):
        year, month = 2013 + number % 6, 1 + number % 12
        body = f"990101{year}{month:02d}15{number // 72 % 1000:03d}"
        yield [f"99010{10_000 + number // 500}", body + check_digit(body), "小学", 1 + number % 6, 1 + number % 9,
               "男" if number // 72 % 2 else "女", year, month, "否", "在读"]


def calamine(file: Path) -> int:
    from python_calamine import CalamineWorkbook

    return len(CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python())


def openpyxl(file: Path) -> int:
    from openpyxl import load_workbook

    sheet = load_workbook(file, read_only=True).worksheets[0]
    return sum(1 for _ in sheet.iter_rows(values_only=True))


def intake(file: Path) -> int:
    from junheng.register.intake import load_mapping, take_in

    submission = take_in([file], year=YEAR, mapping=load_mapping(file.with_suffix(".toml")))
    if submission.faults:
        raise SystemExit(f"the sheet should be sound: {submission.faults[0].sentence()}")
    heading = 3 if file.stem == "wide" else 1
    return max(frame.height for frame in submission.frames.values()) + heading


WAYS: dict[str, tuple[str, Callable[[Path], int]]] = {
    "bare calamine": ("python_calamine", calamine), "bare openpyxl": ("openpyxl", openpyxl),
    "junheng intake": ("junheng.register.intake", intake),
}
FILES = {"wide.xlsx": f"{SCHOOLS:,} x 33, merged headers", "flat.xlsx": f"{PUPILS:,} x 10, flat"}


def run_one(way: str, file: Path) -> None:
    library, read = WAYS[way]
    import_module(library)
    begun = cpu_seconds()
    count = read(file)
    print(json.dumps({"cpu": cpu_seconds() - begun, "peak_mb": peak_mb(), "rows": count}))


def measured(file: Path, rounds: int) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            command = [sys.executable, __file__, "--one", way, str(file)]
            made = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            found[way].append(json.loads(made.stdout))
    if len({run["rows"] for runs in found.values() for run in runs}) != 1:
        raise SystemExit("the ways do not see the same rows")
    return found


def rows_of(file: Path, rounds: int) -> list[list[str]]:
    found = measured(file, rounds)
    cpu = {way: median(run["cpu"] for run in runs) for way, runs in found.items()}
    return [[FILES[file.name], way, f"{cpu[way]:.2f}", f"{cpu[way] / cpu['bare calamine']:.2f}",
             f"{max(run['peak_mb'] for run in runs):.0f}"] for way, runs in found.items()]


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        run_one(sys.argv[2], Path(sys.argv[3]))
        return
    rounds, folder = int(sys.argv[1]) if sys.argv[1:] else 5, Path(gettempdir()) / "junheng-wide-sheets"
    make(folder)
    write_section(
        "Intake of wide and long sheets", f"python benchmarks/wide_sheets.py {rounds}",
        ["sheet", "way", "CPU seconds (median)", "x bare calamine", "peak MB"],
        [row for name in FILES for row in rows_of(folder / name, rounds)],
        f"Each way sees the same rows. {rounds} rounds in turn, each run a process of its own, imports not counted. Bare reading "
        "hands out cells; intake maps them to tables of the register, types them and checks every cell.")


if __name__ == "__main__":
    main()
