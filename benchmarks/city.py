"""The whole sample city made, taken in with all checks, and measured: seconds and memory of each step.

Each step runs in a process of its own, as a user would run the commands one after the other.
Run: `python benchmarks/city.py [seed]`. Writes its table into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import gettempdir

sys.path.insert(0, str(Path(__file__).parent))
from results import write_section

GOAL_MB = 2000


def steps(folder: Path, seed: int) -> dict[str, list[str]]:
    return {
        "junheng sample": ["sample", f"{folder}/sample", "--size", "city", "--seed", str(seed)],
        "junheng import": ["import", f"{folder}/sample", "--city", f"{folder}/city", "--year", "2025"],
        "junheng measure": ["measure", "--city", f"{folder}/city", "--out", f"{folder}/out"],
        "junheng plan balance": ["plan", "balance", "--city", f"{folder}/city", "--years", "3", "--out", f"{folder}/plan.json"],
    }


def ran(command: list[str], folder: Path) -> tuple[float, float, float]:
    """CPU seconds, seconds by the clock and peak megabytes of one command."""
    environment = {**os.environ, "JUNHENG_KEY_FILE": str(folder / "city.key")}
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", "from junheng.cli import main; main()", *command], env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ends with {process.returncode}")
    megabytes = used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun, megabytes


def size_of(folder: Path) -> str:
    import polars as pl

    def rows(pattern: str) -> int:
        return int(pl.scan_parquet(f"{folder}/sample/{pattern}").select(pl.len()).collect().item())
    every = sum(rows(f"2025/*/{path.name}") for path in sorted((folder / "sample/2025/990101").glob("*.parquet")))
    return f"{rows('2025/*/pupils.parquet'):,} pupils, {rows('2025/*/teachers.parquet'):,} teachers, {every:,} rows of 2025"


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    folder = Path(gettempdir()) / "junheng-city"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    rows = []
    for name, command in steps(folder, seed).items():
        cpu, wall, megabytes = ran(command, folder)
        rows.append([name, f"{cpu:.0f}", f"{wall:.0f}", f"{megabytes:.0f}"])
    note = (f"{size_of(folder)}; five school years, 11 counties, one Parquet file a table, county and year. All checks, no fault "
            f"that needs a reason. Goal: under {GOAL_MB} MB each.")
    columns = ["step", "CPU seconds", "seconds", "peak MB"]
    write_section("The sample city", f"python benchmarks/city.py {seed}", columns, rows, note)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
