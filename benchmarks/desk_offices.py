"""The offices of the kill benchmark (desk_kills.py): processes that never rest and write down what the desk told them is done.

    python benchmarks/desk_offices.py corrections|cases|schools FOLDER PORT
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.cookiejar import CookieJar
from io import BytesIO
from pathlib import Path
from threading import Barrier
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

YEAR = 2025
ADMINISTRATOR, PASSWORD = "admin", "lake-otter-47-stone"
CLERK, PLANNER, SECOND = "clerk", "planner", "second"
DEPUTY, CHIEF, SECOND_CHIEF = "deputy", "chief", "chief-two"
ROUNDS = 5  # in which two planners act at once
OF_THE_CLERK = 4  # schools whose workbooks one clerk hands in, one after the other
PAUSE_S = 0.2  # before an office tries again
WAITING = 1  # jobs behind which nobody hands in another correction

ACKNOWLEDGED = {"import": "corrections in force", "job": "times the index", "step": "steps of cases",
                "person": "people let in by the pages", "upload": "workbooks handed in", "accept": "submissions accepted",
                "taken": "submissions in a snapshot"}


class Acknowledged:
    """What an office was told is done, one line each, in a file that outlives it."""

    def __init__(self, file: Path | str) -> None:
        self.file = Path(file)

    def write(self, what: str, value: object) -> None:
        with self.file.open("a", encoding="utf-8") as out:
            out.write(json.dumps([what, value]) + "\n")

    def read(self) -> dict[str, list[Any]]:
        told: dict[str, list[Any]] = {what: [] for what in ACKNOWLEDGED}
        for line in self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []:
            what, value = json.loads(line)
            told[what].append(value)
        return told


def without_rest(do: Callable[[], None]) -> None:
    """Again and again; a database or a server that is gone for a moment is waited for."""
    from django.db import Error, connection

    print("ready", flush=True)
    while True:
        try:
            do()
        except (Error, URLError, ConnectionError, TimeoutError) as gone:
            if isinstance(gone, HTTPError) and gone.code < 500:
                raise
            connection.close()
            sleep(PAUSE_S)


class Browser:
    """A person at the pages of the desk, who logs in where he is asked to."""

    def __init__(self, port: int, username: str) -> None:
        self.at, self.username = f"http://127.0.0.1:{port}", username
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def reads(self, path: str) -> str:
        """A page; a log-in before it, where his session has gone."""
        answer = self.opener.open(self.at + path, timeout=20)
        text: str = answer.read().decode()
        if "/login/" not in answer.url:
            return text
        self._send("/login/", urlencode({"username": self.username, "password": PASSWORD, **self._token()}).encode())
        return self.opener.open(self.at + path, timeout=20).read().decode()

    def sends(self, page: str, path: str, file: tuple[str, bytes] | None = None, **form: object) -> Any:
        """A form of a page that he looks at: what answers, after all redirects."""
        self.reads(page)
        told = {**form, **self._token()}
        if file is None:
            return self._send(path, urlencode(told).encode())
        content, kind = in_parts(told, *file)
        return self._send(path, content, kind)

    def _token(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": next((each.value or "" for each in self.cookies if each.name == "csrftoken"), "")}

    def _send(self, path: str, content: bytes, kind: str = "application/x-www-form-urlencoded") -> Any:
        return self.opener.open(Request(self.at + path, content, {"Content-Type": kind}), timeout=60)


def in_parts(form: dict[str, object], name: str, content: bytes) -> tuple[bytes, str]:
    """A form with a file, as a browser sends it; its type with the boundary."""
    mark = "kills-7a1c"
    head = "".join(f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in form.items())
    head += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def correct(folder: Path, told: Acknowledged) -> None:
    """A correction in force; then the pages are asked to follow."""
    from junheng.indicators.tasks import ask_for_index
    from junheng.people.jobs import OPEN
    from junheng.people.models import Job

    states = list(Job.objects.filter(state__in=OPEN).values_list("state", flat=True))
    if "running" in states and len(states) > WAITING:  # else the one worker would come to nothing but the index
        sleep(PAUSE_S)
        return
    made = corrected(folder)
    told.write("import", [made.version, made.id])
    told.write("job", ask_for_index(None).pk)


def corrected(folder: Path) -> Any:
    """The snapshot in which one school's row is another than before."""
    from junheng.register.holding import import_all, open_snapshot
    from junheng.register.tables import TABLES

    held = open_snapshot(folder / "city").table("schools")
    number = held["design_classes"].max() or 0
    row = held.head(1).to_dicts()[0] | {"design_classes": int(str(number)) % 299 + 1}
    cells = [("否", "是")[cell] if isinstance(cell, bool) else cell for cell in (row[head] for head in TABLES["schools"].columns)]
    file = folder / "corrected.csv"
    with file.open("w", encoding="utf-8") as out:
        csv.writer(out).writerows([list(TABLES["schools"].columns), cells])
    return import_all({YEAR: [file]}, folder / "city", reason="核对后更正")[0].snapshot


def transitions() -> Any:
    from junheng.people.permissions import Action
    from junheng.people.transitions import Transition, Transitions

    steps = [Transition(name, name, (before,), after, Action.manage_people)
             for name, before, after in (("open", "shut", "opened"), ("shut", "opened", "shut"))]
    return Transitions("kills", "试", {"shut": "关", "opened": "开"}, "shut", steps)


class Officer:
    """Takes steps of cases by the program and lets people in by the pages, as an administrator."""

    def __init__(self, folder: Path, told: Acknowledged, port: int) -> None:
        from django.utils import timezone

        from junheng.people.cases import open_case
        from junheng.people.models import Person
        from junheng.people.scope import Access

        self.folder, self.told = folder, told
        self.moves = transitions()
        self.case = open_case(self.moves, f"case-{os.getpid()}", title="试")
        self.access = Access(Person.objects.get(username=ADMINISTRATOR), timezone.localdate())
        self.browser = Browser(port, ADMINISTRATOR)
        self.number = 0

    def act(self) -> None:
        from junheng.people.cases import take

        self.case.refresh_from_db()
        made = take(self.moves, self.case, "open" if self.case.state == "shut" else "shut", self.access)
        self.told.write("step", [self.case.subject, made.number])
        self.number += 1
        self.let_in(f"p{os.getpid()}-{self.number}")
        sleep(PAUSE_S)  # each new person's password is hashed at length, and others need the machine too

    def let_in(self, username: str) -> None:
        path = "/people/new/"
        page = self.browser.sends(path, path, username=username, name="试", role="chief", kind="section", code="desk")
        if username in page.read().decode():
            self.told.write("person", username)


class Schools:
    """The way of a submission by the pages, again and again: handed in, accepted, in force, to be corrected."""

    def __init__(self, folder: Path, told: Acknowledged, port: int) -> None:
        self.city, self.told = folder / "city", told
        self.clerk, self.planner = Browser(port, CLERK), Browser(port, PLANNER)

    def act(self) -> None:
        from junheng.register.models import SchoolSubmission

        for each in SchoolSubmission.objects.filter(school_id__in=schools_of_the_clerk()).select_related("case"):
            step = {"draft": self.hand_in, "returned": self.hand_in, "submitted": self.accept, "accepted": self.in_force,
                    "taken": self.amend}
            try:
                step[each.case.state](each)
            except HTTPError as refused:
                if refused.code != 409:  # the answer to a step that was taken before a kill: it looks again where it stands
                    raise

    def hand_in(self, one: Any) -> None:
        value = one.case.last_number + 100  # larger each time
        page = f"/submissions/{one.pk}/"
        self.clerk.sends(page, f"{page}upload/", ("本校.xlsx", workbook(self.city, one, value)), seen=one.case.last_number)
        self.told.write("upload", [one.pk, value])
        one.case.refresh_from_db()
        reasons = {f"reason-{key}": "已核对" for key in one.faults.filter(severity="warning").values_list("key", flat=True)}
        if reasons:
            self.clerk.sends(page, f"{page}reasons/", seen=one.case.last_number, **reasons)
            one.case.refresh_from_db()
        self.clerk.sends(page, f"{page}submit/", seen=one.case.last_number)

    def accept(self, one: Any) -> None:
        page, number = f"/submissions/{one.pk}/", one.case.last_number
        self.planner.sends(page, f"{page}accept/", seen=number)
        self.told.write("accept", [one.pk, number + 1, one.sha256])

    def in_force(self, one: Any) -> None:
        from junheng.people.jobs import OPEN
        from junheng.people.models import Job

        if not Job.objects.filter(kind="register.version", state__in=OPEN).exists():
            self.planner.sends("/submissions/", "/submissions/versions/new/", year=YEAR, reason="学校更正")

    def amend(self, one: Any) -> None:
        page = f"/submissions/{one.pk}/"
        self.clerk.sends(page, f"{page}amend/", **{"amend-note": "再核对"}, seen=one.case.last_number)
        self.told.write("taken", [one.pk, one.snapshot])


def schools_of_the_clerk() -> list[str]:
    """Not the first school, whose row the other office corrects."""
    from junheng.register.models import School

    return list(School.objects.filter(year=YEAR).order_by("-school_id").values_list("school_id", flat=True)[:OF_THE_CLERK])


def workbook(city: Path, one: Any, value: int) -> bytes:
    """The school's workbook with the rows in force, and a value by which this one is known again."""
    from junheng.register.holding import City
    from junheng.register.submissions.reading import standing
    from junheng.register.template import write_template

    last = standing(City(city), YEAR, one.school_id).last
    assert last
    rows = {name: last.table(name).to_dicts() for name in last.sheets()}
    rows["assets"] = [row | {"bandwidth_mbps": value} for row in rows["assets"]]
    made = BytesIO()
    write_template(made, rows=rows, title=one.name, tables=last.sheets(), plain=True)
    return made.getvalue()


def open_the_year(city: Path) -> None:
    """A planner, a clerk of several schools, and a year in which schools hand in; the pages know the register by then."""
    from django.utils import timezone

    from junheng.indicators.indexing import index_all
    from junheng.people.models import Appointment, Organisation, Person
    from junheng.people.scope import Access
    from junheng.register.submissions import deadlines

    index_all(city, lambda share, sentence: None)
    bureau = Organisation.objects.get(kind="city_bureau")
    posts = [(name, "planning", bureau) for name in (PLANNER, SECOND)]
    posts += [(DEPUTY, "deputy", bureau), *((name, "chief", bureau) for name in (CHIEF, SECOND_CHIEF))]
    schools = Organisation.objects.filter(kind="school", code__in=schools_of_the_clerk())
    posts += [(CLERK, "school_clerk", each) for each in schools]
    people = {name: Person.objects.create_user(name, PASSWORD, name="试") for name in dict.fromkeys(each[0] for each in posts)}
    for name, role, organisation in posts:
        Appointment.objects.create(person=people[name], organisation=organisation, role=role)
    today = timezone.localdate()
    deadlines.open_year(Access(people[PLANNER], today), YEAR, today + timedelta(days=300))


def at_once(folder: Path, port: int) -> Iterator[str]:
    """Two planners act on one submission, and on one item of a document, at the same moment: what is wrong where not one of them
    wins and the other is told who did. The server has several processes, so neither waits for the other by chance."""
    from junheng.register.models import SchoolSubmission

    two = Browser(port, PLANNER), Browser(port, SECOND)
    school = Schools(folder, Acknowledged(os.devnull), port)
    one = SchoolSubmission.objects.filter(school_id__in=schools_of_the_clerk()).select_related("case")[0]
    for _ in range(ROUNDS):
        school.hand_in(one)
        one.case.refresh_from_db()
        page, number = f"/submissions/{one.pk}/", one.case.last_number
        forms = {"accept": {}, "return": {"return-note": "漏报一个班"}}
        yield from raced(two, page, [(f"{page}{action}/", {"seen": number, **form}) for action, form in forms.items()])
        one.case.refresh_from_db()
        if one.case.state == "accepted":
            two[0].sends(page, f"{page}return/", **{"return-note": "再核对"}, seen=one.case.last_number)
            one.case.refresh_from_db()
    yield from decided_at_once(two)
    yield from put_in_force_at_once((Browser(port, CHIEF), Browser(port, SECOND_CHIEF)))


def decided_at_once(two: tuple[Browser, Browser]) -> Iterator[str]:
    from junheng.documents.models import Item

    plan = "2026年全市新建学校3所，投资200万元，招聘教师77名。\n".encode()
    two[0].sends("/documents/", "/documents/", ("计划.txt", plan), owner="")
    until = monotonic() + 120
    while not Item.objects.filter(kind="figures").exists() and monotonic() < until:
        sleep(PAUSE_S)
    for item in Item.objects.filter(kind="figures"):
        path = f"/documents/items/{item.pk}/decide/"
        forms = [(path, {"decided": decided, "seen": 0}) for decided in ("accepted", "rejected")]
        yield from raced(two, f"/documents/{item.document_id}/", forms)


def put_in_force_at_once(two: tuple[Browser, Browser]) -> Iterator[str]:
    """Two chiefs put two plans of one county in force: the later supersedes the earlier, or is told; never are both in force."""
    from junheng.people.models import Case
    from junheng.planning.models import PlanInForce
    from junheng.planning.transitions import APPROVAL, IN_FORCE

    for number in range(ROUNDS):
        plans = [approved_plan(f"{number:04x}{each:04x}") for each in range(2)]
        forms = [(f"/plans/{plan.pk}/step/", {"action": "enforce", "seen": plan.case.last_number}) for plan in plans]
        answers = sent_at_once(two, "/plans/", forms)
        held = [each.plan for each in PlanInForce.objects.select_related("plan__case")]
        in_force = Case.objects.filter(kind=APPROVAL.kind, state=IN_FORCE).count()
        told = [code for code, _ in answers]
        if len(held) != 1 or in_force != 1 or held[0].case.state != IN_FORCE or 200 not in told or not {*told} <= {200, 409}:
            yield f"plans: of two put in force at once {told}, {len(held)} are held to be in force, {in_force} say so"


def approved_plan(digest: str) -> Any:
    """A plan of the county that is approved; what it plans is nobody's matter here."""
    from django.utils import timezone

    from junheng.people.cases import open_case
    from junheng.people.models import Person
    from junheng.people.scope import Access
    from junheng.planning.actions import take_step
    from junheng.planning.models import PlanRow
    from junheng.planning.transitions import APPROVAL
    from junheng.register.models import School

    made = PlanRow.objects.create(
        digest=digest, title="试", case=open_case(APPROVAL, digest, title="试"), standard="quality_balance_2017", snapshot="-",
        year=YEAR, years=3, target_year=YEAR + 3, margin=0.0, cost=1, bound=1, gap=0.0, status="optimal", seed=0,
        checked=timezone.now())
    made.counties.create(county_code=School.objects.filter(year=YEAR)[0].county_code, name="试", status="optimal", begun=True)
    for name, action in ((DEPUTY, "review"), (CHIEF, "approve")):
        take_step(made, action, Access(Person.objects.get(username=name), timezone.localdate()))
    made.case.refresh_from_db()
    return made


def raced(two: tuple[Browser, Browser], page: str, forms: list[tuple[str, dict[str, object]]]) -> Iterator[str]:
    """Of two one wins and the other is told who did."""
    told = sorted((code, "已先一步" in text) for code, text in sent_at_once(two, page, forms))
    if told != [(200, False), (409, True)]:
        yield f"{page}: of two at once {told}"


def sent_at_once(two: tuple[Browser, Browser], page: str, forms: list[tuple[str, dict[str, object]]]) -> list[tuple[int, str]]:
    """Both send their form as soon as both have the page before them; what each is answered."""
    gate = Barrier(2)

    def act(browser: Browser, path: str, form: dict[str, object]) -> tuple[int, str]:
        browser.reads(page)
        gate.wait(60)
        try:
            return 200, browser._send(path, urlencode({**form, **browser._token()}).encode()).read().decode()
        except HTTPError as refused:
            return refused.code, refused.read().decode()

    with ThreadPoolExecutor(2) as both:
        return list(both.map(act, two, *zip(*forms, strict=True)))


def lost(city: Path, told: dict[str, list[Any]]) -> Iterator[str]:
    """What schools and planners were told is done and is not, or not in what is in force."""
    from junheng.people.cases import disagreements
    from junheng.people.models import Case, Step
    from junheng.register.holding import City, open_snapshot
    from junheng.register.holding.inbox import read_original
    from junheng.register.holding.snapshots import read_snapshot
    from junheng.register.models import SchoolSubmission
    from junheng.register.transitions import SUBMISSION

    accepted = set(Step.objects.filter(action="accept").values_list("case__submission__pk", "number"))
    yield from (f"submission {pk}: accepted as step {number}, and lost" for pk, number, _ in told["accept"]
                if (pk, number) not in accepted)
    held = {read_snapshot(folder).id for folder in City(city).snapshots.glob("*-v*")}
    yield from (f"submission {pk}: its snapshot {name} is lost" for pk, name in told["taken"] if name not in held)
    yield from disagreements(list(Case.objects.filter(kind=SUBMISSION.kind)), SUBMISSION)
    for digest in {digest for _, _, digest in told["accept"]}:
        read_original(City(city), digest, City(city).key())  # refuses what is not there byte for byte
    schools = dict(SchoolSubmission.objects.values_list("pk", "school_id"))
    assets = open_snapshot(city, YEAR).table("assets")
    in_force = dict(zip(assets["school_id"], assets["bandwidth_mbps"], strict=True))
    for pk, number, _ in told["accept"]:
        handed = max((value for each, value in told["upload"] if each == pk and value < number + 100), default=0)
        if in_force[schools[pk]] < handed:
            yield f"submission {pk}: {handed} was accepted, {in_force[schools[pk]]} is in force"


def office(kind: str, folder: Path, port: int) -> None:
    from junheng.web.starting import ready

    ready(folder / "city")
    told = Acknowledged(folder / "acknowledged")
    if kind == "corrections":
        without_rest(lambda: correct(folder, told))
    of = {"cases": Officer, "schools": Schools}[kind]
    made: list[Any] = []

    def act() -> None:
        made[:] = made or [of(folder, told, port)]
        made[0].act()

    without_rest(act)


if __name__ == "__main__":
    office(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
