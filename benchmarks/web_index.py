"""What follows the register: the index of a city while people log in, and a figure opened down to its rows."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from benchmarks.web_desk import (
    MAKER,
    PASSWORD,
    YEAR,
    Browser,
    Desk,
    Report,
    city_in_words,
    percentile,
    seconds_of,
    sessions,
    waited_for,
)

LOGIN_EVERY_S, CALM_S = 0.25, 8.0

def index_part(desk: Desk) -> Report:
    """A correction comes into force; the worker measures the city anew and puts its rows in place, while people log in."""
    from django.db import connection

    from benchmarks.desk_offices import corrected
    from junheng.indicators.tasks import ask_for_index
    from junheng.people.models import Job
    from junheng.register.models import RegisterYear

    desk.stop("worker")
    calm = log_ins_during(desk, lambda: sleep(CALM_S))
    snapshot = corrected(desk.folder)
    desk.start("worker", "worker")
    began = perf_counter()
    job = ask_for_index(None)
    busy = log_ins_during(desk, lambda: waited_for(lambda: not Job.objects.get(pk=job.pk).is_open))
    spent = perf_counter() - began
    if RegisterYear.objects.get(year=YEAR).snapshot != snapshot.id:
        raise SystemExit(f"the pages do not show {snapshot.id}: {Job.objects.get(pk=job.pk).error}")
    cpu, megabytes = desk.stop("worker")
    desk.start("worker", "worker")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = (desk.city / "desk.sqlite3").stat().st_size / 1e6
    rows = [[f"{spent:.0f}", f"{cpu:.0f}", f"{megabytes:.0f}", f"{median(calm):.2f} / {max(calm):.2f}",
             f"{median(busy):.2f} / {max(busy):.2f}", f"{size:.0f}"]]
    note = (f"{city_in_words()}. One cell of a school is corrected by `import`; the worker measures the year and puts its rows "
            f"in place. Meanwhile somebody logs in, again after {LOGIN_EVERY_S} s: {len(busy)} log-ins, each an Argon2 hash, a "
            "session and an audit entry, so each waits for the database's one writer.")
    return Report("A correction on the pages of a city", (
        "seconds", "worker, CPU s", "worker, peak MB", "log-in before, median / longest s",
        "log-in meanwhile, median / longest s", "database MB"), rows, note)


def log_ins_during(desk: Desk, work: Callable[[], None]) -> list[float]:
    done, waits = threading.Event(), []

    def knock() -> None:
        while not done.is_set():
            browser = Browser(desk.port)
            browser.get("/login/")
            began = perf_counter()
            answer = browser.post("/login/", {"username": MAKER, "password": PASSWORD})
            if answer.status != 302:
                raise SystemExit(f"log-in: {answer.status}")
            waits.append(perf_counter() - began)
            done.wait(LOGIN_EVERY_S)

    with ThreadPoolExecutor(1) as pool:
        knocking = pool.submit(knock)
        try:
            work()
        finally:
            done.set()
        knocking.result()
    return waits


def opened_part(desk: Desk, many: int, seed: int) -> Report:
    """Figures drawn by chance, each opened with its files out of the cache of the system, then once more."""
    login = sessions()["chief"]
    browser, rows = Browser(desk.port, login), []
    for level in ("school", "county", "city"):
        cold, warm = [], []
        for address in figures(level, many, random.Random(seed)):
            forget_files(desk.city)
            cold.append(seconds_of(browser, address))
            warm.append(seconds_of(browser, address))
        ends = [f"{percentile(told, share) * 1000:.0f}" for told in (cold, warm) for share in (0.5, 0.95)]
        rows.append([level, str(len(cold)), *ends])
    note = (f"{city_in_words()}. The rows, the law and the files of a figure (`.../rows/`), which alone open the snapshot. "
            "Cold: the system was told to forget the snapshot's files (posix_fadvise).")
    return Report("A figure of a city opened", ("level", "figures", "cold p50 ms", "cold p95 ms", "warm p50 ms", "warm p95 ms"),
                  rows, note)


def figures(level: str, many: int, chance: random.Random) -> list[str]:
    from junheng.indicators.models import FindingRow
    from junheng.register.models import RegisterYear

    year = RegisterYear.objects.order_by("-year")[0]
    held = FindingRow.objects.filter(snapshot=year.snapshot, level=level).order_by("pk").values_list("pk", flat=True)
    chosen = FindingRow.objects.in_bulk(chance.sample(list(held), min(many, len(held))))
    return [f"{each.get_absolute_url()}rows/" for each in chosen.values()]


def forget_files(city: Path) -> None:
    for path in (city / "snapshots").rglob("*.parquet"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
