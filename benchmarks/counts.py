"""Twelve conditional counts by school and class sizes, over more and more pupil rows: ours on two engines, hand SQL, pandas.

Every way runs in a process of its own, in turns, and answers with the same integers; the ratios are the result.
Run: `python benchmarks/counts.py [rounds] [millions of rows ...]`. Writes its table into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import gettempdir
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from processes import cpu_seconds, peak_mb
from results import write_section

from junheng.engines import Duck, Source, Spark, totals
from junheng.kernel import columns as col
from junheng.kernel.shapes import Count
from junheng.kernel.tables import Catalogue, table

Total = Callable[[], list[int]]  # sums each count over all schools, outside the time taken, to hold the ways against each other
THREADS = 2
SCHOOLS_PER_MILLION = 2_000
bench = Catalogue()


@table(zh="学生", key=("school_id", "class_id"), into=bench)
class pupils:
    """Pupils as the register of a large province would hold them."""

    school_id = col.school_code()
    class_id = col.integer("班号", unit="班")
    sex = col.text("性别")
    birth_year = col.year("出生年份")
    boarding = col.flag("寄宿")
    guardian = col.text("监护")
    admitted = col.text("入学方式")


@table(zh="班级", key=("school_id", "class_id"), into=bench)
class classes:
    """Their classes."""

    school_id = col.school_code()
    class_id = col.integer("班号", unit="班")
    kind = col.text("类别")


CONDITIONS = {
    "sex = 'male'": pupils.sex == "male", "sex = 'female'": pupils.sex == "female", "boarding": pupils.boarding,
    "guardian = 'parents'": pupils.guardian == "parents", "guardian = 'grandparents'": pupils.guardian == "grandparents",
    "guardian = 'one'": pupils.guardian == "one", "birth_year >= 2012": pupils.birth_year >= 2012,
    "birth_year >= 2015": pupils.birth_year >= 2015, "birth_year < 2010": pupils.birth_year < 2010,
    "admitted = 'zone'": pupils.admitted == "zone", "admitted = 'lottery'": pupils.admitted == "lottery",
    "boarding AND guardian = 'none'": pupils.boarding & (pupils.guardian == "none"),
}


def make(folder: Path, millions: float) -> None:
    import duckdb

    rows, schools = round(millions * 1_000_000), round(millions * SCHOOLS_PER_MILLION)
    folder.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute(f"""COPY (SELECT lpad(((i // 12) * 7919 % {schools})::VARCHAR, 10, '0') AS school_id,
        (i // {schools * 12}) % 12 AS class_id,
        CASE WHEN hash(i) % 2 = 0 THEN 'male' ELSE 'female' END AS sex, 2008 + (hash(i + 1) % 12)::BIGINT AS birth_year,
        hash(i + 2) % 5 = 0 AS boarding, ['parents', 'grandparents', 'one', 'none'][1 + (hash(i + 3) % 4)::INT] AS guardian,
        ['zone', 'lottery', 'choice'][1 + (hash(i + 4) % 3)::INT] AS admitted FROM range({rows}) t(i))
        TO '{folder}/pupils.parquet' (COMPRESSION zstd)""")
    connection.execute(f"""COPY (SELECT DISTINCT school_id, class_id,
        CASE WHEN hash(school_id || class_id) % 50 = 0 THEN 'special' ELSE 'ordinary' END AS kind
        FROM '{folder}/pupils.parquet') TO '{folder}/classes.parquet' (COMPRESSION zstd)""")


def ours(source: Source) -> Total:
    counts = [Count(pupils.only(condition)) for condition in CONDITIONS.values()]
    filled = classes.linked("on_roll", Count(pupils), on=("school_id", "class_id"))
    large = Count(filled.only((filled.kind == "ordinary") & (filled.on_roll >= 42)))
    found = totals(source, [*counts, large], ("school_id",))
    return lambda: [sum(int(tally.value) for tally in found[each].values()) for each in (*counts, large)]


def hand_sql(folder: Path) -> Total:
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}")
    sums = ", ".join(f"sum(cast(({condition}) AS BIGINT))" for condition in CONDITIONS)
    counted = connection.execute(f"SELECT school_id, {sums} FROM '{folder}/pupils.parquet' GROUP BY school_id").fetchall()
    sizes = connection.execute(f"""SELECT school_id, sum(cast((kind = 'ordinary' AND on_roll >= 42) AS BIGINT)) FROM
        (SELECT school_id, class_id, count(*) AS on_roll FROM '{folder}/pupils.parquet' GROUP BY ALL)
        JOIN '{folder}/classes.parquet' USING (school_id, class_id) GROUP BY school_id""").fetchall()
    return lambda: [*(sum(row[number] for row in counted) for number in range(1, 13)), sum(row[1] for row in sizes)]


def pandas_way(folder: Path) -> Total:
    import pandas as pd

    rows = pd.read_parquet(folder / "pupils.parquet")
    masks = [rows.sex == "male", rows.sex == "female", rows.boarding, rows.guardian == "parents", rows.guardian == "grandparents",
             rows.guardian == "one", rows.birth_year >= 2012, rows.birth_year >= 2015, rows.birth_year < 2010,
             rows.admitted == "zone", rows.admitted == "lottery", rows.boarding & (rows.guardian == "none")]
    by_school = pd.DataFrame({str(number): mask for number, mask in enumerate(masks)}).groupby(rows.school_id).sum()
    sizes = rows.groupby(["school_id", "class_id"]).size().rename("on_roll").reset_index()
    joined = sizes.merge(pd.read_parquet(folder / "classes.parquet"), on=["school_id", "class_id"])
    large = ((joined.kind == "ordinary") & (joined.on_roll >= 42)).groupby(joined.school_id).sum()
    return lambda: [*(int(by_school[name].sum()) for name in by_school), int(large.sum())]


def read_by_hand(library: str) -> Callable[[Path], Path]:
    """Opening is importing the library."""
    def opened(folder: Path) -> Path:
        import_module(library)
        return folder
    return opened


# Each way is opened first, outside the time taken: an import, a connection, a Java machine.
WAYS: dict[str, tuple[Callable[[Path], Any], Callable[[Any], Total]]] = {
    "junheng on DuckDB": (lambda folder: Duck(folder, THREADS), ours),
    "junheng on Spark local[2]": (Spark, ours),
    "hand SQL on DuckDB": (read_by_hand("duckdb"), hand_sql),
    "pandas": (read_by_hand("pandas"), pandas_way),
}
BASE = "hand SQL on DuckDB"


def run_one(way: str, folder: Path) -> None:
    opened = WAYS[way][0](folder)
    begun, cpu = time.perf_counter(), cpu_seconds()
    total = WAYS[way][1](opened)
    seconds, used = time.perf_counter() - begun, cpu_seconds() - cpu
    print(json.dumps({"seconds": seconds, "cpu": used, "peak_mb": peak_mb(), "answer": total()}))


def measured(folder: Path, rounds: int) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            command = [sys.executable, __file__, "--one", way, str(folder)]
            made = subprocess.run(command, check=True, capture_output=True, text=True)
            found[way].append(json.loads(made.stdout))
    if len({json.dumps(run["answer"]) for runs in found.values() for run in runs}) != 1:
        raise SystemExit("the ways do not agree")
    return found


def rows_of(millions: float, rounds: int) -> list[list[str]]:
    folder = Path(gettempdir()) / f"junheng-counts-{millions:g}-million"
    if not (folder / "classes.parquet").exists():
        make(folder, millions)
    found = measured(folder, rounds)
    cpu = {way: median(run["cpu"] for run in runs) for way, runs in found.items()}
    return [[f"{millions:g} million", way, f"{cpu[way]:.2f}", f"{cpu[way] / cpu[BASE]:.2f}",
             f"{median(run['seconds'] for run in runs):.2f}", f"{max(run['peak_mb'] for run in runs):.0f}"]
            for way, runs in found.items()]


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        run_one(sys.argv[2], Path(sys.argv[3]))
        return
    rounds = int(sys.argv[1]) if sys.argv[1:] else 3
    sizes = [float(word) for word in sys.argv[2:]] or [0.7, 7, 20]
    write_section(
        "12 conditional counts and class sizes, by school",
        f"python benchmarks/counts.py {rounds} {' '.join(f'{size:g}' for size in sizes)}",
        ["pupils", "way", "CPU seconds (median)", f"x {BASE}", "seconds (median)", "peak MB"],
        [row for size in sizes for row in rows_of(size, rounds)],
        f"Equal answers. {SCHOOLS_PER_MILLION:,} schools a million pupils; {THREADS} threads, {rounds} rounds in turn, each run "
        "a process of its own; imports, connections and the start of Java are not counted, its compiling while it runs is, and "
        "its memory too. Goals for DuckDB at 20 million: at most 1.3 x hand SQL, at least 4 x faster than pandas, under 1000 MB.")


if __name__ == "__main__":
    main()
