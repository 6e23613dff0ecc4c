"""Many schools that upload their workbooks within a minute: none is lost, the longest wait is told."""

from __future__ import annotations

import random
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from statistics import median
from time import monotonic, perf_counter, sleep
from typing import Any

from benchmarks.web_desk import YEAR, Browser, Desk, Report, city_in_words, open_the_year, percentile, person_of, session_of

CHECKED_S = 600.0

@dataclass
class Sent:
    """A school's workbook on its way: when it was sent, how long until the desk said that it has it."""

    submission: int
    content: bytes
    session: str
    at: Any = None
    status: int = 0
    seconds: float = 0.0
    told: str = ""


def uploads_part(desk: Desk, many: int, seconds: float, seed: int) -> Report:
    books = list(workbooks(desk, many, seed))
    begun = perf_counter()
    with ThreadPoolExecutor(many) as pool:
        list(pool.map(lambda place, book: upload(desk.port, book, begun + place * seconds / many), range(many), books))
    spent = perf_counter() - begun
    checked = waited_for_checks(books)
    lost = list(lost_of(desk, books))
    waits = [book.seconds for book in books]
    rows = [[name, f"{median(told):.1f}", f"{percentile(told, 0.95):.1f}", f"{max(told):.1f}"]
            for name, told in (("until the desk has it", waits), ("until it is checked", checked)) if told]
    size = sum(len(book.content) for book in books) / 1000 / many
    refused = [book for book in books if book.status != 302]
    note = (f"{city_in_words()}. {many} schools, one every {seconds / many:.2f} s, each with the workbook that the desk filled "
            f"in for it ({size:.0f} kB on average) and one number changed, each checked as a school's is. The last one was taken "
            f"{spent:.0f} s after the first began. Refused: {len(refused)}. Lost: {len(lost)}.")
    print("\n".join([*lost, *(f"{book.submission}: {book.status} {book.told}" for book in refused[:5])]), file=sys.stderr)
    return Report("Schools that upload within a minute", ("waiting", "median s", "p95 s", "longest s"), rows, note)


def workbooks(desk: Desk, many: int, seed: int) -> Iterator[Sent]:
    """The workbooks that the desk fills in for schools drawn by chance, each with a number changed."""
    from junheng.people.codes import Role
    from junheng.people.models import Organisation
    from junheng.register.models import SchoolSubmission

    open_the_year()
    waiting = SchoolSubmission.objects.filter(year=YEAR, case__state__in=("draft", "returned")).exclude(school_id="")
    for one in random.Random(seed).sample(list(waiting.order_by("school_id")), many):
        school = Organisation.objects.get(kind="school", code=one.school_id)
        session = session_of(person_of(Role.school_clerk, school, f"clerk-{one.school_id}"))
        filled = Browser(desk.port, session).get(f"/submissions/{one.pk}/template.xlsx")
        yield Sent(one.pk, with_more_books(filled.body), session)


def with_more_books(content: bytes) -> bytes:
    """The workbook with one book more in its library, by its XML: to read and write it again would take seconds."""
    from python_calamine import CalamineWorkbook

    from junheng.register.tables import TABLES
    from junheng.register.template import FIRST_ROW, columns_of

    names = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    sheet = f"xl/worksheets/sheet{names.index(TABLES['assets'].zh) + 1}.xml"
    column = chr(ord("A") + list(columns_of(TABLES["assets"])).index("books"))
    cell = re.compile(rf'(<c r="{column}{FIRST_ROW + 1}"[^>]*><v>)(\d+)(</v>)')
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == sheet:
                text, changed = cell.subn(lambda found: f"{found[1]}{int(found[2]) + 1}{found[3]}", part.decode(), count=1)
                if not changed:
                    raise SystemExit(f"no number of books in {name}")
                part = text.encode()
            new.writestr(name, part)
    return made.getvalue()


def upload(port: int, book: Sent, begin: float) -> None:
    """Open the page at its moment, as a person does, and send the workbook."""
    from django.utils import timezone

    browser = Browser(port, book.session)
    sleep(max(0.0, begin - perf_counter()))
    page = browser.get(f"/submissions/{book.submission}/").body.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)
    if seen is None:
        raise SystemExit(f"submission {book.submission}: its page offers no upload")
    book.at, began = timezone.now(), perf_counter()
    answer = browser.post(f"/submissions/{book.submission}/upload/", {"seen": seen[1]}, ("报送.xlsx", book.content))
    book.status, book.seconds = answer.status, perf_counter() - began
    book.told = " ".join(re.sub(r"<[^>]+>", " ", answer.body.decode()).split())[:300]


def waited_for_checks(books: Iterable[Sent]) -> list[float]:
    """How long each waited until its faults stood on its page; those that never do are told as lost."""
    from junheng.register.models import SchoolSubmission

    at = {book.submission: book.at for book in books}
    until = monotonic() + CHECKED_S
    while SchoolSubmission.objects.filter(pk__in=at, checked=None).exists() and monotonic() < until:
        sleep(0.5)
    done = SchoolSubmission.objects.filter(pk__in=at, checked__isnull=False).values_list("pk", "checked")
    return [(checked - at[number]).total_seconds() for number, checked in done]


def lost_of(desk: Desk, books: Iterable[Sent]) -> Iterator[str]:
    """What is not there byte for byte, or was never checked, of all that was sent."""
    from junheng.register.holding import City
    from junheng.register.holding.inbox import read_original
    from junheng.register.models import SchoolSubmission

    city = City(desk.city)
    held = SchoolSubmission.objects.in_bulk([book.submission for book in books])
    for book in books:
        one = held[book.submission]
        if one.sha256 != sha256(book.content).hexdigest() or read_original(city, one.sha256, city.key()) != book.content:
            yield f"submission {book.submission}: the workbook is not there"
        elif one.checked is None:
            yield f"submission {book.submission}: never checked"
