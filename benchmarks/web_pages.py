"""Pages of the desk against views written by hand, by turns."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from time import process_time

from benchmarks.web_desk import (
    PROCESSES,
    Browser,
    Desk,
    Report,
    city_in_words,
    county_of_all,
    open_the_year,
    percentile,
    school_of_all,
    seconds_of,
    sessions,
)

GOAL, MOST_QUERIES, FIRST_TIMES = 1.5, 20, 9
MAIN = "quality_balance_2017"

@dataclass(frozen=True)
class Page:
    """A page of the desk, who looks at it, and the address of the view that returns its rows."""

    name: str
    role: str
    ours: str
    plain: str


def pages() -> list[Page]:
    """The first pages and the findings: of the city, of a county's officer, of a principal."""
    county, school = county_of_all(), school_of_all()
    own, its = f"county_code={county.code}", f"school_id={school.code}"
    items = f"/plain/items/?standard={MAIN}&level"
    item = "item=yz.1.4&level=school"
    short = "/plain/findings/?level=school&verdict=not_met"
    return [
        Page("overview, city", "chief", "/", "/plain/"),
        Page("overview, county", "county_officer", "/", f"/plain/?{own}"),
        Page("overview, school", "principal", "/", f"/plain/school/?{its}"),
        Page("items of a standard, city", "chief", "/findings/", f"{items}=county"),
        Page("items of a standard, county", "county_officer", "/findings/", f"{items}=county&{own}"),
        Page("items of a standard, school", "principal", "/findings/", f"{items}=school&{its}"),
        Page("what schools miss, city", "chief", "/findings/?level=school&verdict=not_met", short),
        Page("one item by school, city", "chief", f"/findings/?{item}", f"/plain/findings/?{item}"),
        Page("what schools miss, county", "county_officer", "/findings/?level=school&verdict=not_met", f"{short}&{own}"),
        Page("all of a school", "principal", "/findings/?level=school", f"/plain/findings/?level=school&{its}"),
    ]


def load(port: int, path: str, session: str, clients: int, times: int) -> list[float]:
    """The seconds of so many answers, asked for by so many clients at once, each with a connection of its own."""
    start = threading.Barrier(clients)

    def client(asks: int) -> list[float]:
        browser = Browser(port, session)
        browser.get("/healthz")
        start.wait()
        return [seconds_of(browser, path) for _ in range(asks)]

    share = [times // clients + (number < times % clients) for number in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        return [seconds for own in pool.map(client, share) for seconds in own]


def rows_of(html: bytes) -> list[str]:
    """The heads of the rows of the tables, without marks and spaces."""
    heads = re.findall(r'<th scope="row">(.*?)</th>', html.decode(), re.S)
    return ["".join(re.sub(r"<small.*?</small>|<[^>]+>", "", each).split()) for each in heads]


@dataclass(frozen=True)
class Alone:
    """A page or view asked in one process, with nothing kept of earlier answers."""

    queries: int
    cpu_s: float
    rows: list[str]


def alone(path: str, session: str) -> Alone:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from junheng.indicators.kept import KEPT

    client, took = Client(HTTP_HOST="127.0.0.1"), []
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    for _ in range(FIRST_TIMES):
        for forget in KEPT:
            forget()
        began = process_time()
        answer = client.get(path)
        took.append(process_time() - began)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    for forget in KEPT:
        forget()
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return Alone(len(asked), median(took), rows_of(answer.content))


def both_alone(page: Page, session: str) -> tuple[Alone, Alone]:
    """Of a list or of items both name the same rows."""
    ours, plain = (alone(path, session) for path in (page.ours, page.plain))
    if page.ours.startswith("/findings/") and sorted(ours.rows) != sorted(plain.rows):
        raise SystemExit(f"{page.name}: the view does not list the rows of the page")
    return ours, plain


Times = dict[tuple[str, int, str], list[float]]


def asks_of(clients: int) -> int:
    """How often a page is asked for in a round, by all clients together."""
    return max(12, 2 * clients)


def answer_times(desk: Desk, asked: Sequence[Page], logins: dict[str, str], rounds: int, many: Sequence[int]) -> Times:
    """Round by round each page and its view by turns, the one that is first changing with the round."""
    found: Times = defaultdict(list)
    for number in range(-1, rounds):  # the first warms up and is not counted
        for page in asked:
            for clients in many:
                ways = [("ours", page.ours), ("plain", page.plain)]
                for way, path in ways[::-1] if number % 2 else ways:
                    seconds = load(desk.port, path, logins[page.role], clients, asks_of(clients))
                    if number >= 0:
                        found[page.name, clients, way] += seconds
    return found


def pages_part(desk: Desk, rounds: int, many: Sequence[int]) -> Report:
    open_the_year()  # so that there is something to do
    logins, asked, rows = sessions(), pages(), []
    times = answer_times(desk, asked, logins, rounds, many)
    missed = []
    for page in asked:
        ours, plain = both_alone(page, logins[page.role])
        if ours.queries > MOST_QUERIES:
            missed.append(f"{page.name}: {ours.queries} queries")
        for clients in many:
            told = [times[page.name, clients, way] for way in ("ours", "plain")]
            halves, ends = ([percentile(each, share) * 1000 for each in told] for share in (0.5, 0.95))
            ratio = ends[0] / ends[1]
            if ratio > GOAL:
                missed.append(f"{page.name} at {clients} ({ratio:.2f})")
            rows.append([page.name, str(clients), *(f"{half:.0f} / {end:.0f}" for half, end in zip(halves, ends, strict=True)),
                         f"{halves[0] / halves[1]:.2f}", f"{ratio:.2f}", f"{ours.cpu_s / plain.cpu_s:.2f}",
                         f"{ours.queries} / {plain.queries}"])
    each = ", ".join(f"{asks_of(clients) * rounds} times at {clients}" for clients in many)
    note = (f"{city_in_words()}. One server of {PROCESSES} processes for both, the asking clients on the same machine; pages "
            f"and views by turns in {rounds} rounds, each page asked {each}. By hand: the same rows to whoever has logged in, "
            "no scope, no links. First pages and items of ours are kept by each process once found, the view finds them each "
            "time; the round that fills what is kept is not counted. First time: the CPU time of a page of which nothing is "
            f"kept, in one process, median of {FIRST_TIMES}; the queries are of such a page too. That the rows are the same is "
            "compared on lists and items. "
            f"Goals: p95 at most {GOAL} x, at most {MOST_QUERIES} queries; "
            f"missed: {', '.join(missed) or 'none'}.")
    return Report("Pages of the desk against views written by hand", (
        "page", "clients", "ours, p50 / p95 ms", "by hand, p50 / p95 ms", "p50 ratio", "p95 ratio", "first time, CPU ratio",
        "queries, ours / by hand"),
        rows, note)
