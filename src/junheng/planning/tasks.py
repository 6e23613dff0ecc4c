"""The room's jobs: making plans, varying them, checking them, drawing their money curve, writing their papers."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

import junheng
from junheng.indicators.results import rules_digest
from junheng.kernel.faults import JunhengError
from junheng.people.jobs import Cancelled, Running, ask, job
from junheng.people.models import Job, Person
from junheng.planning.actions import record_check
from junheng.planning.analyses.curve import curve
from junheng.planning.analyses.points import lists
from junheng.planning.analyses.rerun import Rerun
from junheng.planning.analyses.whatif import whatif
from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.task import Task
from junheng.planning.check import check
from junheng.planning.codes import MeasureKind
from junheng.planning.forms import plan_facts
from junheng.planning.indexing import index, not_indexed
from junheng.planning.keeping import PLANS, keep, read_kept, run
from junheng.planning.models import PlanRow
from junheng.planning.papers import PAPERS
from junheng.planning.plan import Plan
from junheng.register.holding import City

BALANCE, WHATIF, CHECK, CURVE, PAPER, SCAN = "plan.balance", "plan.whatif", "plan.check", "plan.curve", "plan.paper", "plan.scan"
BEST_S = 0.5  # the best so far is written at most this often
CURVE_POINTS = 9


def asked_of_balance(counties: list[str], year: int, **told: Any) -> dict[str, Any]:
    """All that decides a plan: what is wished, and the data, rules and price lists it would be made from."""
    return {"counties": sorted(counties), "year": year, **told, **_grounds(year)}


def _grounds(year: int) -> dict[str, Any]:
    snapshot = City(settings.CITY).current().get(year)
    if snapshot is None:
        raise JunhengError(_("%(year)s学年：没有在用的数据 -> 先导入数据") % {"year": year})
    return {"snapshot": snapshot, "rules": rules_digest(settings.CITY), **_kept_apart()}


def _kept_apart() -> dict[str, str]:
    """What makes the same question another one: the city's own lists, and the release that answers."""
    return {"lists": lists(settings.CITY), "junheng": junheng.__version__}


def ask_for_plan(asked: Mapping[str, Any], title: str, by: Person) -> Job:
    """Have a plan made; the same is made once."""
    own = asked["counties"]
    return ask(BALANCE, title, asked, by, county_code=own[0] if len(own) == 1 else "")


def ask_about(kind: str, plan: PlanRow, title: str, by: Person, *, again: bool = False, **told: Any) -> Job:
    """Have something done with a plan that is there."""
    asked = {"plan": plan.pk, **told, **_kept_apart()}
    return ask(kind, f"{title}：{plan.title}（{plan.pk}）", asked, by, county_code=plan.case.county_code, again=again)


def ask_for_scan() -> Job | None:
    """Have the plans listed that the command line made; nothing is asked where there are none."""
    found = not_indexed(settings.CITY)
    return ask(SCAN, "列入命令行编制的方案", {"plans": found}, None) if found else None


def _page(run: Job) -> str:
    """The plan that was made or asked about; while it is being made, the run."""
    plan = run.result.get("plan") if run.kind in (BALANCE, WHATIF) else run.asked["plan"]
    return reverse("plan", args=[plan]) if plan else reverse("plan-run", args=[run.pk])


@job(BALANCE, _page)
def _balance(running: Running) -> Mapping[str, Any]:
    told = running.asked
    _refuse_other_data(told["year"], told["snapshot"])
    task = Task(
        settings.CITY,
        tuple(told["counties"]),
        year=told["year"],
        years=told["years"],
        budget=None if told["budget"] is None else Fraction(told["budget"]),
        margin=Fraction(told["margin"]),
        allow=frozenset(told["allow"]),
        also=frozenset(told["also"]),
        forbid=frozenset(MeasureKind[each] for each in told["forbid"]),
    )
    limits = Limits(float(Fraction(told["gap"])), seconds=told["seconds"], wished=running.wished)
    return _kept(running, lambda: make_plan(task, limits, told["seed"], running.tell, _best(running)))


@job(WHATIF, _page)
def _whatif(running: Running) -> Mapping[str, Any]:
    base = read_kept(settings.CITY, running.asked["plan"])
    with TemporaryDirectory() as folder:
        fix = Path(folder) / "情景.toml"
        fix.write_text(running.asked["fix"], encoding="utf-8")
        rerun = Rerun(base, settings.CITY, running.tell, running.wished)
        return _kept(running, lambda: whatif(rerun, fix)[0], running.asked["plan"])


def _kept(running: Running, make: Callable[[], Plan], parent: str = "") -> Mapping[str, Any]:
    """Make, keep and list a plan. One that was stopped is kept as the best that was reached; one not begun is none."""
    began = time.monotonic()
    made = make()
    if not made.counties:
        raise Cancelled
    running.tell(0.97, "存入方案")
    digest = keep(settings.CITY, made, run(time.monotonic() - began)).name
    index(settings.CITY, digest, running.job.by, parent if parent != digest else "")
    return {"plan": digest, "parent": parent}


def _best(running: Running) -> Callable[[str], None]:
    """Write down the best so far, not more often than it can be read."""
    last = [0.0]

    def told(sentence: str) -> None:
        if time.monotonic() - last[0] >= BEST_S:
            last[0] = time.monotonic()
            Job.objects.filter(pk=running.job.pk).update(best=sentence[:300])

    return told


@job(CHECK, _page)
def _check(running: Running) -> Mapping[str, Any]:
    digest = running.asked["plan"]
    found = check(read_kept(settings.CITY, digest), settings.CITY, on_progress=running.on_progress)
    record_check(digest, found, running.job.by)
    return {"plan": digest, "breaches": len(found.breaches)}


@job(CURVE, lambda run: reverse("plan-curve", args=[run.asked["plan"]]))
def _curve(running: Running) -> Mapping[str, Any]:
    made = read_kept(settings.CITY, running.asked["plan"])
    try:
        rows = curve(Rerun(made, settings.CITY, running.tell, running.wished), running.asked["points"])
    except JunhengError:
        if running.wished():
            raise Cancelled from None  # the points that are solved are kept, and not solved again
        raise
    return {"plan": running.asked["plan"], "points": rows}


@job(SCAN, lambda run: reverse("plans"))
def _scan(running: Running) -> Mapping[str, Any]:
    """Each plan by itself: one that cannot be read keeps no other from its place."""
    refused = []
    for done, digest in enumerate(running.asked["plans"]):
        running.on_progress(done / len(running.asked["plans"]), f"方案 {digest}")
        try:
            index(settings.CITY, digest)
        except JunhengError as wrong:
            refused.append(str(wrong))
    return {"refused": refused}


@job(PAPER, _page)
def _paper(running: Running) -> Mapping[str, Any]:
    told = running.asked
    running.tell(0.1, "读取方案和学校名称")
    facts = plan_facts(read_kept(settings.CITY, told["plan"]), settings.CITY, told["marking"])
    path = paper_path(told["plan"], told["paper"], told["marking"])
    path.parent.mkdir(exist_ok=True)
    running.tell(0.4, "写出文件")
    PAPERS[told["paper"]].write(path, facts)
    return {"plan": told["plan"], "file": path.name}


def paper_path(digest: str, paper: str, marking: str) -> Path:
    """Where a paper lies: beside its plan, a file for each marking and release that wrote it."""
    kind = sha256(f"{marking} {junheng.__version__}".encode()).hexdigest()[:8]
    return Path(settings.CITY) / PLANS / digest / "exports" / f"{paper}-{kind}{PAPERS[paper].ending}"


def _refuse_other_data(year: int, snapshot: str) -> None:
    """A plan is made from the data it was asked about, or not at all."""
    current = City(settings.CITY).current().get(year)
    if current != snapshot:
        raise JunhengError(f"{year}学年的数据已从 {snapshot} 更新为 {current or '无'} -> 按新数据重新编制方案")
