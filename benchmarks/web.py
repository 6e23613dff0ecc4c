"""The desk at the size of a city: pages against views written by hand, 200 schools that upload at once, index, opened figures.

    python benchmarks/web.py [--city FOLDER] [--rounds 5] [--clients 1 16 50] [--uploads 200] [--only PART ..] [--dry]

One server as deploy/ starts it, with the views of benchmarks/plain beside its pages, and one worker. Pages and views are asked
in turn, so that a ratio is of one run and one load of the machine. The city is made in a folder of the run, or kept in --city.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.results import write_section  # noqa: E402
from benchmarks.web_desk import Desk, Report, made_desk, waited_for  # noqa: E402
from benchmarks.web_index import index_part, opened_part  # noqa: E402
from benchmarks.web_pages import pages_part  # noqa: E402
from benchmarks.web_uploads import uploads_part  # noqa: E402

PARTS = ["pages", "opened", "index", "uploads"]


@contextmanager
def at_work(desk: Desk) -> Iterator[None]:
    """Server and worker, once the pages show what is in force."""
    from junheng.indicators.tasks import ask_for_index
    from junheng.people.models import Job

    desk.serve()
    desk.start("worker", "worker")
    try:
        job = ask_for_index(None)
        waited_for(lambda: not Job.objects.get(pk=job.pk).is_open)
        yield
    finally:
        desk.stop_all()


def main() -> None:
    asking = argparse.ArgumentParser()
    asking.add_argument("--city", type=Path, help="folder of the city, which is kept; without it one of the run")
    asking.add_argument("--size", default="city", choices=("small", "county", "city"))
    asking.add_argument("--seed", type=int, default=7)
    asking.add_argument("--rounds", type=int, default=5)
    asking.add_argument("--clients", type=int, nargs="+", default=[1, 16, 50])
    asking.add_argument("--uploads", type=int, default=200)
    asking.add_argument("--seconds", type=float, default=60.0, help="within which they come")
    asking.add_argument("--opened", type=int, default=30, help="figures of a level that are opened down to their rows")
    asking.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    asking.add_argument("--dry", action="store_true", help="write nothing into RESULTS.md")
    told = asking.parse_args()
    desk = made_desk(told.city or Path(mkdtemp(prefix="junheng-web-")), told.size, told.seed)
    parts: dict[str, Callable[[], Report]] = {
        "pages": lambda: pages_part(desk, told.rounds, told.clients),
        "opened": lambda: opened_part(desk, told.opened, told.seed),
        "index": lambda: index_part(desk),
        "uploads": lambda: uploads_part(desk, told.uploads, told.seconds, told.seed),
    }
    with at_work(desk):
        for name, part in parts.items():
            if name in told.only:
                tell(part(), told)


def tell(report: Report, told: argparse.Namespace) -> None:
    words = f" --rounds {told.rounds} --uploads {told.uploads}" + (f" --only {' '.join(told.only)}" if told.only != PARTS else "")
    if told.dry:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        write_section(report.title, f"python benchmarks/web.py{words}", report.columns, report.rows, report.note)


if __name__ == "__main__":
    main()
