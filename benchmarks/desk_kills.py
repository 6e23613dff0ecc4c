"""kill -9 of the desk at random moments while it works: nothing that was acknowledged is lost, nothing is half done.

    python benchmarks/desk_kills.py 50 [sqlite|postgresql] [--seed 7] [--seconds S] [--dry]

A server, a worker, and the offices of desk_offices.py that never rest: one hands in corrections by `import_all` and asks for the
index, one takes steps of cases and lets people in, one hands in schools' workbooks, accepts them and puts them in force, both by
the server's pages. What an office is told is done is written down and looked for.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from tempfile import mkdtemp
from time import monotonic, sleep
from typing import IO, Any
from urllib.request import build_opener

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.desk_offices import (  # noqa: E402
    ACKNOWLEDGED,
    ADMINISTRATOR,
    PASSWORD,
    PAUSE_S,
    PLANNER,
    YEAR,
    Acknowledged,
    at_once,
    lost,
    open_the_year,
    transitions,
)

SCHOOLS = 20
OFFICES = ("corrections", "cases", "schools")
READY_S, SETTLE_S, MOST_WAIT_S = 600.0, 600.0, 3.0
GOT_ON_S = 6.0  # until a school is told something; then it is killed all the same
RUN = "import sys; from junheng.cli import main; sys.argv = ['junheng', *sys.argv[1:]]; main()"


# --- who is killed ------------------------------------------------------------------------------------------


@dataclass
class Victim:
    """A process that is started again whenever it ended."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str]
    process: subprocess.Popen[str] | None = None
    waits: list[float] = field(default_factory=list)

    def start(self) -> None:
        out: IO[str] = self.log.open("a", encoding="utf-8")
        self.process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.PIPE, stderr=out, text=True)

    def kill(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def again(self) -> None:
        """Started once more if it is not there; those that lost their database end by themselves."""
        if self.process is None or self.process.poll() is not None:
            self.start()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass
class Cluster:
    """PostgreSQL, whose first process is killed."""

    folder: Path
    name: str = "postgresql"
    waits: list[float] = field(default_factory=list)

    def start(self) -> str:
        """Its address; after a kill it starts when the last process of the old one has gone."""
        until = monotonic() + READY_S
        while True:
            done = subprocess.run([ROOT / ".ci/postgres", "start", self.folder], capture_output=True, text=True)
            if done.returncode == 0:
                return done.stdout.strip()
            if monotonic() > until:
                raise RuntimeError(done.stderr)
            sleep(PAUSE_S)

    def kill(self) -> None:
        os.kill(int((self.folder / "data/postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)

    def again(self) -> None:
        self.start()

    def stop(self) -> None:
        subprocess.run([ROOT / ".ci/postgres", "stop", self.folder], check=False)


# --- the loop ---------------------------------------------------------------------------------------------------


@dataclass
class Desk:
    """The city folder of the run, and those who work on it."""

    folder: Path
    port: int
    victims: list[Victim]
    cluster: Cluster | None

    @property
    def city(self) -> Path:
        return self.folder / "city"

    def all(self) -> list[Any]:
        return [*self.victims, *([self.cluster] if self.cluster else [])]

    def works(self) -> bool:
        try:
            return bool(build_opener().open(f"http://127.0.0.1:{self.port}/healthz", timeout=5).status == 200)
        except OSError:
            return False


def made_desk(folder: Path, engine: str) -> Desk:
    from benchmarks.counties import write_county
    from junheng.register.holding import import_all
    from junheng.register.intake import years_of

    os.environ["JUNHENG_KEY_FILE"] = str(folder / "city.key")
    os.environ.pop("JUNHENG_DATABASE_URL", None)
    cluster = Cluster(folder / "cluster") if engine == "postgresql" else None
    if cluster:
        folder.chmod(0o755)
        os.environ["JUNHENG_DATABASE_URL"] = cluster.start()
    write_county(folder / "sample", "short", SCHOOLS, YEAR)
    import_all(years_of([folder / "sample"], YEAR), folder / "city", reason="样例")
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "JUNHENG_PASSWORD": PASSWORD}
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    city = str(folder / "city")
    subprocess.run([sys.executable, "-c", RUN, "admin", "create", ADMINISTRATOR, "--city", city], env=environment, check=True,
                   stdout=subprocess.DEVNULL)
    commands = {
        "server": ["-c", RUN, "serve", "--city", city, "--port", str(port), "--processes", "2"],
        "worker": ["-c", RUN, "worker", "--city", city],
        **{name: [str(ROOT / "benchmarks/desk_offices.py"), name, str(folder), str(port)] for name in OFFICES},
    }
    victims = [Victim(name, [sys.executable, *told], folder / f"{name}.log", environment) for name, told in commands.items()]
    return Desk(folder, port, victims, cluster)


def kill_at_random(desk: Desk, kills: int, chance: random.Random, seconds: float) -> Counter[str]:
    """Kill, start again, wait until the desk answers and a school got on with its submission; then the next, met at work."""
    killed: Counter[str] = Counter()
    until = monotonic() + seconds
    while sum(killed.values()) < kills and monotonic() < until:
        _school_got_on(desk)
        sleep(chance.uniform(0, MOST_WAIT_S))
        victim = chance.choice(desk.all())
        victim.kill()
        killed[victim.name] += 1
        began = monotonic()
        for each in reversed(desk.all()):  # the database first
            if each is victim or each is not desk.cluster:
                each.again()
        while not desk.works():
            if monotonic() - began > READY_S:
                raise RuntimeError(f"{victim.name}: the desk does not answer after its kill; see {desk.folder}")
            sleep(PAUSE_S)
        victim.waits.append(monotonic() - began)
        print(f"{sum(killed.values())}/{kills} {victim.name} {victim.waits[-1]:.1f} s", file=sys.stderr, flush=True)
    return killed


def _school_got_on(desk: Desk) -> None:
    told, until = Acknowledged(desk.folder / "acknowledged"), monotonic() + GOT_ON_S
    before = submitted(told)
    while submitted(told) == before and monotonic() < until:
        sleep(PAUSE_S)


def submitted(told: Acknowledged) -> int:
    """How many steps of submissions were acknowledged."""
    held = told.read()
    return sum(len(held[what]) for what in ("upload", "accept", "taken"))


def settle(desk: Desk) -> bool:
    """The offices rest; the desk does what was asked of it, and puts in force what is accepted. Whether all came to an end."""
    from junheng.indicators.tasks import ask_for_index
    from junheng.people.models import Person
    from junheng.register.submissions.versions import accepted
    from junheng.register.tasks import ask_for_version

    _all_acknowledged(desk)
    for each in desk.victims:
        if each.name in OFFICES:
            each.stop()
    ended = _carried(desk)
    if accepted(YEAR):
        ask_for_version(YEAR, "其余各校", Person.objects.get(username=PLANNER))
    ask_for_index(None)
    return ended and _carried(desk) and not accepted(YEAR)


def _all_acknowledged(desk: Desk) -> None:
    """The offices work on until each was told of everything once: after few kills a submission may still be on its way."""
    told, until = Acknowledged(desk.folder / "acknowledged"), monotonic() + SETTLE_S
    while not all(told.read().values()) and monotonic() < until:
        for each in desk.victims:
            each.again()
        sleep(1)


def _carried(desk: Desk) -> bool:
    """Whether no job is open any more."""
    from junheng.people.jobs import OPEN
    from junheng.people.models import Job

    until = monotonic() + SETTLE_S
    while Job.objects.filter(state__in=OPEN).exists() and monotonic() < until:
        for each in desk.victims[:2]:
            each.again()
        sleep(1)
    return not Job.objects.filter(state__in=OPEN).exists()


def wrongs(desk: Desk, told: dict[str, list[Any]]) -> Iterator[str]:
    """Everything that is not as it was acknowledged, or half done; and what nobody tried."""
    from junheng.indicators.models import FindingRow
    from junheng.people import audit, cases
    from junheng.people.models import AuditEntry, Case, Job, Person, Step
    from junheng.register.holding import City
    from junheng.register.holding.snapshots import read_snapshot
    from junheng.register.models import RegisterYear

    yield from (f"nothing was acknowledged: {words}" for what, words in ACKNOWLEDGED.items() if not told[what])
    if broken := audit.verify():
        yield f"audit entry {broken.number}: {broken.why}"
    held = {read_snapshot(folder).id for folder in City(desk.city).snapshots.glob("*-v*")}  # refuses one that is not whole
    yield from (f"snapshot {name} lost" for _, name in told["import"] if name not in held)
    current = City(desk.city).current()[YEAR]
    if told["import"] and int(current.split("-v")[1].split("-")[0]) < max(version for version, _ in told["import"]):
        yield f"{current} is in force, older than what was acknowledged"
    there = set(Job.objects.values_list("pk", flat=True))
    yield from (f"job {number} lost" for number in told["job"] if number not in there)
    steps = set(Step.objects.values_list("case__subject", "number"))
    yield from (f"step {each} lost" for each in told["step"] if tuple(each) not in steps)
    yield from cases.disagreements(list(Case.objects.filter(kind="kills")), transitions())
    yield from lost(desk.city, told)
    people = set(Person.objects.values_list("username", flat=True))
    audited = set(AuditEntry.objects.values_list("subject", flat=True))
    yield from (f"person {name} lost" for name in told["person"] if name not in people)
    yield from (f"person {name} is not in the audit log" for name in told["person"] if not any(name in each for each in audited))
    if set(FindingRow.objects.values_list("snapshot", flat=True)) != {current} or RegisterYear.objects.get().snapshot != current:
        yield f"the pages do not show {current}"
    with City(desk.city).locked():
        yield from (f"left behind: {path.name}" for path in desk.city.rglob(".tmp-*"))


def run(kills: int, engine: str, seed: int, seconds: float, *, dry: bool) -> int:
    folder = Path(mkdtemp(prefix="junheng-kills-"))
    desk = made_desk(folder, engine)
    from junheng.web.starting import ready

    ready(desk.city)
    from django.db import connections

    from junheng.people.models import AuditEntry, Job

    open_the_year(desk.city)
    try:
        for each in desk.victims[:2]:
            each.start()
        while not desk.works():
            sleep(PAUSE_S)
        found = list(at_once(folder, desk.port))  # while it is quiet
        connections.close_all()  # the database is about to be killed
        for each in desk.victims[2:]:
            each.start()
        killed = kill_at_random(desk, kills, random.Random(seed), seconds)
        ended = settle(desk)
    except BaseException:
        stop(desk)
        raise
    for each in desk.victims:
        each.stop()
    told = Acknowledged(folder / "acknowledged").read()
    found += [*([] if ended else ["jobs are still open"]), *wrongs(desk, told)]
    states = Counter(Job.objects.values_list("state", flat=True))
    again = AuditEntry.objects.filter(action="job.take_up_again").count()
    entries = AuditEntry.objects.count()
    stop(desk)
    print("\n".join([*found, f"{len(found)} wrong"]))
    done = ", ".join(f"{len(told[what])} {words}" for what, words in ACKNOWLEDGED.items())
    ends = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    note = (f"Acknowledged: {done}. {entries} audit entries, chained. Jobs: {ends}; {again} times one was taken up again. "
            f"Lost or half done: {len(found)}. A county of {SCHOOLS} schools and their kindergartens; after each kill all is "
            "started again and the desk answers.")
    print(note)
    if not dry:
        cap = f" --seconds {seconds:g}" if seconds < float("inf") else ""
        report(desk, killed, note, f"{kills} {engine} --seed {seed}{cap}")
    if not found:
        shutil.rmtree(folder)
    return bool(found)


def stop(desk: Desk) -> None:
    for each in desk.all():
        each.stop()


def report(desk: Desk, killed: Counter[str], note: str, asked: str) -> None:
    from benchmarks.results import write_section

    rows = [[each.name, str(killed[each.name]), f"{max(each.waits, default=0):.1f}"] for each in desk.all()]
    engine = asked.split()[1]
    write_section(f"kill -9 of the desk on {engine}", f"python benchmarks/desk_kills.py {asked}",
                  ("killed", "times", "longest seconds until the desk answers"), rows, note)


if __name__ == "__main__":
    asking = argparse.ArgumentParser()
    asking.add_argument("kills", type=int)
    asking.add_argument("engine", nargs="?", default="sqlite", choices=("sqlite", "postgresql"))
    asking.add_argument("--seed", type=int, default=7)
    asking.add_argument("--seconds", type=float, default=float("inf"), help="no more kills after that")
    asking.add_argument("--dry", action="store_true", help="write nothing into RESULTS.md")
    asked = asking.parse_args()
    sys.exit(run(asked.kills, asked.engine, asked.seed, asked.seconds, dry=asked.dry))
