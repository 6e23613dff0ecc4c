"""Twelve conditional counts and class sizes over 20 million pupil rows and their classes: ours, hand SQL, pandas.

Every way runs in a process of its own, in turns, and answers with the same integers; the ratios are the result.
Run: `python benchmarks/counts_20m.py [millions of rows] [rounds]`. Writes its table into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import gettempdir

sys.path.insert(0, str(Path(__file__).parent))
from results import write_section

from junheng.kernel import columns as col
from junheng.kernel.shapes import Count
from junheng.kernel.tables import Catalogue, table

Total = Callable[[], list[int]]  # sums each count over all schools, outside the time taken, to hold the ways against each other
THREADS = 2
SCHOOLS = 40_000
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


def make(folder: Path, millions: int) -> None:
    import duckdb

    rows = millions * 1_000_000
    folder.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute(f"""COPY (SELECT lpad(((i // 12) * 7919 % {SCHOOLS})::VARCHAR, 10, '0') AS school_id,
        (i // {SCHOOLS * 12}) % 12 AS class_id,
        CASE WHEN hash(i) % 2 = 0 THEN 'male' ELSE 'female' END AS sex, 2008 + (hash(i + 1) % 12)::BIGINT AS birth_year,
        hash(i + 2) % 5 = 0 AS boarding, ['parents', 'grandparents', 'one', 'none'][1 + (hash(i + 3) % 4)::INT] AS guardian,
        ['zone', 'lottery', 'choice'][1 + (hash(i + 4) % 3)::INT] AS admitted FROM range({rows}) t(i))
        TO '{folder}/pupils.parquet' (COMPRESSION zstd)""")
    connection.execute(f"""COPY (SELECT DISTINCT school_id, class_id,
        CASE WHEN hash(school_id || class_id) % 50 = 0 THEN 'special' ELSE 'ordinary' END AS kind
        FROM '{folder}/pupils.parquet') TO '{folder}/classes.parquet' (COMPRESSION zstd)""")


def ours(folder: Path) -> Total:
    from junheng.engines import Duck, totals

    counts = [Count(pupils.only(condition)) for condition in CONDITIONS.values()]
    filled = classes.linked("on_roll", Count(pupils), on=("school_id", "class_id"))
    large = Count(filled.only((filled.kind == "ordinary") & (filled.on_roll >= 42)))
    found = totals(Duck(folder, THREADS), [*counts, large], ("school_id",))
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


WAYS = {"junheng": ours, "hand SQL": hand_sql, "pandas": pandas_way}


def run_one(way: str, folder: Path) -> None:
    import_module({"pandas": "pandas"}.get(way, "duckdb"))
    begun, cpu = time.perf_counter(), time.process_time()
    total = WAYS[way](folder)
    seconds, used = time.perf_counter() - begun, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": used, "peak_mb": peak, "answer": total()}))


def measure(folder: Path, rounds: int) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            command = [sys.executable, __file__, "--one", way, str(folder)]
            made = subprocess.run(command, check=True, capture_output=True, text=True)
            found[way].append(json.loads(made.stdout))
    return found


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        run_one(sys.argv[2], Path(sys.argv[3]))
        return
    millions, rounds = (int(word) for word in (*sys.argv[1:], *("20", "3")[len(sys.argv) - 1:]))
    folder = Path(gettempdir()) / f"junheng-counts-{millions}m"
    if not (folder / "classes.parquet").exists():
        make(folder, millions)
    found = measure(folder, rounds)
    answers = {json.dumps(run["answer"]) for runs in found.values() for run in runs}
    if len(answers) != 1:
        raise SystemExit("the ways do not agree")
    seconds = {way: median(float(str(run["cpu"])) for run in runs) for way, runs in found.items()}
    rows = [[way, f"{seconds[way]:.2f}", f"{seconds[way] / seconds['hand SQL']:.2f}",
             f"{max(float(str(run['peak_mb'])) for run in runs):.0f}"] for way, runs in found.items()]
    write_section(
        f"12 conditional counts and class sizes, {millions} million pupils of {SCHOOLS:,} schools",
        f"python benchmarks/counts_20m.py {millions} {rounds}",
        ["way", "CPU seconds (median)", "x hand SQL", "peak MB"], rows,
        f"Equal answers. {THREADS} threads, {rounds} rounds in turn, each run a process of its own, its CPU seconds; imports "
        f"are not counted. pandas / junheng: {seconds['pandas'] / seconds['junheng']:.1f}. Goals: at most 1.3 x hand SQL, at "
        "least 4 x faster than pandas, under 1000 MB.")


if __name__ == "__main__":
    main()
