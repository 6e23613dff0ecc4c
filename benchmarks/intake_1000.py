"""Intake with all checks of 1,000 school workbooks against bare reading of the same sheets.

Both read every cell with the same library; ours also types it, checks every row and table and says where each fault is.
Run: `python benchmarks/intake_1000.py [workbooks] [rounds]`. Writes its table into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import gettempdir

sys.path.insert(0, str(Path(__file__).parent))
from results import write_section

YEAR = 2025
SCHOOL_CODES = {"school_id", "managing_school_id", "to_school_id"}


def make(folder: Path, workbooks: int) -> None:
    """Copies of the sample county under other school codes and identity numbers, until there are enough workbooks."""
    from junheng.samples.making import made_up
    from junheng.samples.variants import VARIANTS
    from junheng.samples.workbooks import COUNTY_FILE, Workbook, write_workbooks
    from junheng.samples.workbooks import workbooks as books_of

    _, rows = made_up(VARIANTS["passing"], 7)
    schools: list[Workbook] = []
    county: Workbook | None = None
    for copy in range(10):
        made = books_of({table: [renamed(row, copy) for row in found] for table, found in rows.items()}, set())
        schools += [book for book in made if book.name != COUNTY_FILE]
        own = next(book for book in made if book.name == COUNTY_FILE)
        county = own if county is None else Workbook(own.name, own.title, county.rows | {
            "money": [*county.rows["money"], *own.rows["money"]]})
        if len(schools) >= workbooks:
            break
    shutil.rmtree(folder, ignore_errors=True)
    write_workbooks([*schools, county], folder, lambda share, words: None)


def renamed(row: dict[str, object], copy: int) -> dict[str, object]:
    from junheng.register.intake.identity import check_digit

    made = {name: f"{str(value)[:6]}{copy}{str(value)[7:]}" if name in SCHOOL_CODES and value else value
            for name, value in row.items()}
    if "teacher_id" in row:
        body = f"98{copy:02d}{str(row['teacher_id'])[4:17]}"
        made["teacher_id"] = body + check_digit(body)
    return made


def bare(folder: Path) -> int:
    from python_calamine import CalamineWorkbook

    cells = 0
    for path in sorted(folder.glob("*.xlsx")):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python()
            cells += sum(map(len, rows))
    return cells


def ours(folder: Path) -> int:
    from junheng.register.checks import check
    from junheng.register.intake import take_in

    submission = take_in([folder], year=YEAR)
    faults = [*submission.faults, *check(submission)]
    if any(fault.severity.name == "error" for fault in faults):
        raise SystemExit(f"the workbooks should be sound: {faults[0].sentence()}")
    return sum(frame.height for frame in submission.frames.values())


WAYS = {"bare calamine reading": bare, "junheng intake with all checks": ours}


def run_one(way: str, folder: Path) -> None:
    import_module("python_calamine" if way.startswith("bare") else "junheng.register.holding.accept")
    imports, begun = time.process_time(), time.process_time()
    count = WAYS[way](folder)
    cpu = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": cpu, "imports": imports, "peak_mb": peak, "count": count}))


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        run_one(sys.argv[2], Path(sys.argv[3]))
        return
    workbooks, rounds = (int(word) for word in (*sys.argv[1:], *("1000", "5")[len(sys.argv) - 1:]))
    folder = Path(gettempdir()) / f"junheng-intake-{workbooks}"
    make(folder, workbooks)
    found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            command = [sys.executable, __file__, "--one", way, str(folder)]
            found[way].append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    cpu = {way: [run["cpu"] for run in runs] for way, runs in found.items()}
    base, own = cpu.values()
    ratios = sorted(mine / theirs for mine, theirs in zip(own, base, strict=True))
    rows = [[way, f"{median(cpu[way]):.2f}", f"{median(cpu[way]) / median(base):.2f}",
             f"{max(run['peak_mb'] for run in runs):.0f}"] for way, runs in found.items()]
    write_section(
        f"Intake of {workbooks:,} school workbooks", f"python benchmarks/intake_1000.py {workbooks} {rounds}",
        ["way", "CPU seconds (median)", "x bare", "peak MB"], rows,
        f"{int(found['junheng intake with all checks'][0]['count']):,} register rows, 11 sheets a workbook; {rounds} rounds in "
        f"turn, each run a process of its own, imports apart "
        f"({median(run['imports'] for run in found['junheng intake with all checks']):.2f} s of CPU in ours). Ratio by round: "
        f"{ratios[0]:.2f} to {ratios[-1]:.2f}. Goal: at most 2.")


if __name__ == "__main__":
    main()
