"""A desk at work for benchmarks: a city taken in, a server as deploy/ starts it, a worker; browsers, people and their log-ins."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from socket import socket
from time import monotonic, perf_counter, sleep
from typing import Any
from urllib.parse import urlencode

from benchmarks.counties import write_county

ROOT = Path(__file__).resolve().parents[1]
RUN = "import sys; from junheng.cli import main; sys.argv = ['junheng', *sys.argv[1:]]; main()"
SETTINGS = "benchmarks.plain.settings"
YEAR = 2025
SMALL, SCHOOLS = "small", 20  # a county of one year, to try the benchmark itself
PROCESSES = 2  # as deploy/junheng-serve.service has it
PASSWORD, MAKER = "lake-otter-47-stone", "admin"
READY_S, ANSWER_S, MOST_S = 120.0, 600.0, 3600.0

@dataclass
class Desk:
    """A city folder, and the processes that serve it."""

    folder: Path
    port: int = 0
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def city(self) -> Path:
        return self.folder / "city"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-c", RUN, *words]

    def run(self, *words: str) -> None:
        done = subprocess.run(self.command(*words), env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(words)}: {done.stderr}")

    def start(self, name: str, *words: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(self.command(*words, "--city", str(self.city)), env=self.environment,
                                                    stdout=log, stderr=log)

    def serve(self) -> None:
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start("server", "serve", "--port", str(self.port), "--processes", str(PROCESSES))
        until = monotonic() + READY_S
        while not self.answers():
            if monotonic() > until or self.processes["server"].poll() is not None:
                raise SystemExit(f"the server does not answer; see {self.folder}/server.log")
            sleep(0.2)

    def answers(self) -> bool:
        try:
            return Browser(self.port).get("/healthz").status == 200
        except OSError:
            return False

    def stop(self, name: str) -> tuple[float, float]:
        """CPU seconds and peak megabytes of a process that has ended, with its children."""
        process = self.processes.pop(name)
        process.terminate()
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024

    def stop_all(self) -> None:
        for name in list(self.processes):
            self.stop(name)


def made_desk(folder: Path, size: str, seed: int) -> Desk:
    """The city of the run, taken in; one that is there already is taken as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"JUNHENG_KEY_FILE": str(folder / "city.key"), "JUNHENG_PASSWORD": PASSWORD, "DJANGO_SETTINGS_MODULE": SETTINGS}
    os.environ.pop("JUNHENG_DATABASE_URL", None)
    desk = Desk(folder)
    if not (desk.city / "CURRENT").exists():
        take_in(desk, size, seed)
    from junheng.web.starting import start

    start(desk.city)
    if not people(MAKER):
        desk.run("admin", "create", MAKER, "--city", str(desk.city))
    return desk


def take_in(desk: Desk, size: str, seed: int) -> None:
    sample = desk.folder / "sample"
    if size == SMALL:
        write_county(sample, "short", SCHOOLS, seed)
    else:
        desk.run("sample", str(sample), "--size", size, "--seed", str(seed))
    desk.run("import", str(sample), "--city", str(desk.city), "--year", str(YEAR), "--reason", "样例")


def people(username: str) -> Any:
    from junheng.people.models import Person

    return Person.objects.filter(username=username).first()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Browser:
    """One connection that stays open, and its cookies."""

    def __init__(self, port: int, session: str = "") -> None:
        self.port, self.connection = port, HTTPConnection("127.0.0.1", port, timeout=ANSWER_S)
        self.cookies = {"sessionid": session} if session else {}

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> Answer:
        fields = fields | {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        if file is None:
            return self.ask("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")
        return self.ask("POST", path, *multipart(fields, *file))

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        return self._kept(answer, answer.read())

    def _kept(self, answer: HTTPResponse, body: bytes) -> Answer:
        for header in answer.headers.get_all("Set-Cookie", []):
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, dict(answer.headers), body)

    def log_in(self, username: str) -> None:
        self.get("/login/")
        answer = self.post("/login/", {"username": username, "password": PASSWORD})
        if answer.status != 302:
            raise SystemExit(f"{username} cannot log in: {answer.status}")


def multipart(fields: dict[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    edge = "junheng-benchmark-edge"
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
             for key, value in fields.items()]
    parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                 "Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


def person_of(role: Any, organisation: Any, username: str = "") -> Any:
    """One who works in a role; who is there already stays."""
    from junheng.people.models import Appointment, Person

    name = username or role.name
    if there := people(name):
        return there
    made = Person(username=name, name=role.zh)
    made.set_unusable_password()  # its session is opened below; 200 passwords would be hashed for nothing
    made.save()
    Appointment.objects.create(person=made, organisation=organisation, role=role.name, tree="administration")
    return made


def session_of(person: Any) -> str:
    """The session that a log-in would have opened."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store.save()
    return str(store.session_key)


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


@dataclass(frozen=True)
class Report:
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str


def city_in_words() -> str:
    from django.db.models import Sum

    from junheng.indicators.models import FindingRow
    from junheng.register.models import RegisterYear, School

    year = RegisterYear.objects.order_by("-year")[0]
    pupils = School.objects.filter(year=year.year).aggregate(all=Sum("pupils"))["all"] or 0
    findings = FindingRow.objects.filter(year=year.year).count()
    return f"{year.schools:,} schools, {pupils:,} pupils, {findings:,} findings a year, {RegisterYear.objects.count()} years"


def city_bureau() -> Any:
    from junheng.people.models import Organisation

    return Organisation.objects.get(kind="city_bureau")


def county_of_all() -> Any:
    from junheng.people.models import Organisation

    return Organisation.objects.filter(kind="county_bureau").order_by("code")[0]


def school_of_all() -> Any:
    """Of all schools the one that misses most: its pages show most."""
    from junheng.people.models import Organisation
    from junheng.register.models import School

    return Organisation.objects.get(kind="school", code=School.objects.order_by("-year", "-failing", "school_id")[0].school_id)


def sessions() -> dict[str, str]:
    """A log-in for each role that looks at the pages."""
    from junheng.people.codes import Role

    places = {Role.chief: city_bureau(), Role.county_officer: county_of_all(), Role.principal: school_of_all()}
    return {role.name: session_of(person_of(role, place)) for role, place in places.items()}


def open_the_year() -> None:
    from django.utils import timezone

    from junheng.people.codes import Role
    from junheng.people.scope import Access
    from junheng.register.submissions.deadlines import open_year

    planner, today = person_of(Role.planning, city_bureau()), timezone.localdate()
    open_year(Access(planner, today), YEAR, today + timedelta(days=14))


def seconds_of(browser: Browser, path: str) -> float:
    began = perf_counter()
    answer = browser.get(path)
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return perf_counter() - began


def waited_for(done: Callable[[], bool], most: float = MOST_S) -> None:
    until = monotonic() + most
    while not done():
        if monotonic() > until:
            raise SystemExit("waited in vain")
        sleep(0.5)
