"""Plans on the desk: asked for, listed, opened, checked, approved, handed out; each to whom it concerns."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from math import ceil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from junheng.kernel.faults import JunhengError
from junheng.people import jobs
from junheng.people.codes import Role
from junheng.people.models import AuditEntry, Case, Job, Person, Step
from junheng.people.scope import Access
from junheng.planning import tasks
from junheng.planning.actions import record_check, take_step
from junheng.planning.analyses.points import Points
from junheng.planning.check import Breach, Checked, Condition
from junheng.planning.codes import MeasureKind, Status
from junheng.planning.forms.words import CHANNELS
from junheng.planning.indexing import index, not_indexed
from junheng.planning.keeping import PLANS, keep, run
from junheng.planning.models import PlanInForce, PlanMeasure, PlanRow, PlanStanding
from junheng.planning.papers import PAPERS
from junheng.planning.plan import Plan
from tests.web.conftest import As, in_english

pytestmark = pytest.mark.django_db
COUNTY = "990101"
QUERIES = 20
PASSED = Checked((), (), ("没有更省的",), {})


@pytest.fixture
def row(plan: Plan, county: Path) -> Iterator[PlanRow]:
    yield index(county, keep(county, plan, run(1.0)).name)
    shutil.rmtree(county / PLANS)


def kept(plan: Plan, by: Person | None = None) -> PlanRow:
    return index(settings.CITY, keep(settings.CITY, plan, run(1.0)).name, by)


def beyond(plan: Plan) -> Plan:
    """The same, as if another county had been wished for and not begun."""
    return replace(plan, task={**plan.task, "not_begun": ["990102"]})


def access(person: Person) -> Access:
    from django.utils import timezone
    return Access(person, timezone.localdate())


PAGES = ("plan", "plan-measures", "plan-schools", "plan-remaining", "plan-basis", "plan-curve", "plan-whatif")


# --- pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_every_part_of_a_plan_opens_within_twenty_queries(
    row: PlanRow, client_of: As, name: str, django_assert_max_num_queries: Callable
) -> None:
    client = client_of(Role.planning)
    with django_assert_max_num_queries(QUERIES):
        page = client.get(reverse(name, args=[row.pk]))
    assert page.status_code == 200
    assert row.title in page.content.decode()


def test_queries_of_the_list_do_not_grow_with_the_plans(
    plan: Plan, row: PlanRow, client_of: As, django_assert_num_queries: Callable
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    client = client_of(Role.planning)
    client.get(reverse("plans"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("plans"))
    for seed in (1, 2, 3):
        kept(replace(plan, seed=seed))
    with CaptureQueriesContext(connection) as four:
        page = client.get(reverse("plans"))
    assert len(page.context["page"].object_list) == 4
    assert len(four) == len(one) <= QUERIES


def test_the_page_says_what_the_plan_says(plan: Plan, row: PlanRow, client_of: As) -> None:
    page = client_of(Role.chief).get(reverse("plan", args=[row.pk]))
    (its,) = plan.counties
    assert page.context["sums"]["failing_before"] == its.schools_failing_before
    assert row.cost == Decimal(str(plan.cost))
    assert row.measures.count() == len(plan.measures) > 0
    assert sum(each.cost for each in row.measures.all()) == sum(Decimal(str(each.cost)) for each in plan.measures)
    text = page.content.decode()
    assert "内部资料·征求意见稿" in text
    assert "关闭学校" not in text and "合格" not in text


def test_measures_are_found_by_year_kind_and_school_and_their_sum_is_of_all_found(row: PlanRow, client_of: As) -> None:
    client, address = client_of(Role.planning), reverse("plan-measures", args=[row.pk])
    first = row.measures.first()
    assert first is not None
    for asked in ({"kind": first.kind}, {"year": first.year}, {"q": first.name}, {"stage": first.stage}):
        page = client.get(address, asked)
        found = list(page.context["page"].object_list)
        assert first in found
        assert page.context["sums"]["cost"] == sum(each.cost for each in found)
    assert not client.get(address, {"q": "没有这所学校"}).context["page"].object_list


def test_a_school_in_a_plan_shows_its_measures_and_levels(row: PlanRow, client_of: As) -> None:
    measure = row.measures.first()
    assert measure is not None
    client = client_of(Role.planning)
    page = client.get(reverse("plan-school", args=[row.pk, measure.school_id]))
    assert measure in page.context["own"]
    assert page.context["levels"]
    assert client.get(reverse("plan-school", args=[row.pk, "nowhere"])).status_code == 404


def test_the_map_holds_the_schools_that_fail_before_and_after(plan: Plan, row: PlanRow, client_of: As) -> None:
    client = client_of(Role.planning)
    for when in ("now", "planned"):
        answer = client.get(reverse("plan-points", args=[row.pk, when]))
        assert answer["Content-Type"] == "application/geo+json"
        points = answer.json()["features"]
        drawn = {each["properties"]["href"] for each in points if each["properties"]["verdict"] == "not_met"}
        failing = {each.school for each in plan.standings if getattr(each, when) == "not_met"}
        rows = PlanStanding.objects.filter(school_id__in=failing, longitude__isnull=False)
        located = set(rows.values_list("school_id", flat=True))
        assert drawn == {reverse("plan-school", args=[row.pk, school]) for school in located}
    assert client.get(reverse("plan-points", args=[row.pk, "tomorrow"])).status_code == 404


def test_prices_are_shown_with_their_paper_and_evidence(row: PlanRow, client_of: As) -> None:
    measure = row.measures.first()
    assert measure is not None
    page = client_of(Role.planning).get(reverse("plan-basis", args=[row.pk]), {"kind": measure.kind})
    assert page.context["prices"]
    assert {each["paper"] for each in page.context["prices"]} <= {each["paper"] for each in row.prices}
    assert "待确认" in page.content.decode()


def test_two_plans_differ_by_school_and_cost(plan: Plan, row: PlanRow, client_of: As) -> None:
    without = replace(plan, measures=plan.measures[1:], cost=plan.cost - plan.measures[0].cost)
    other = kept(without)
    page = client_of(Role.planning).get(reverse("plan-compare"), {"before": row.pk, "after": other.pk})
    (differs,) = page.context["page"].object_list
    assert differs.school_id == plan.measures[0].school
    assert differs.more == -Decimal(str(plan.measures[0].cost))
    assert page.context["more"] == other.cost - row.cost


# --- who sees what --------------------------------------------------------------------------------------------


def test_a_plan_that_goes_beyond_his_county_is_hidden_from_a_county_officer(plan: Plan, row: PlanRow, client_of: As) -> None:
    wider = kept(beyond(plan))
    officer, chief = client_of(Role.county_officer, "county_bureau", COUNTY), client_of(Role.chief)
    assert officer.get(reverse("plan", args=[row.pk])).status_code == 200
    for name in PAGES[:5]:
        assert officer.get(reverse(name, args=[wider.pk])).status_code == 404
        assert chief.get(reverse(name, args=[wider.pk])).status_code == 200
    beside = f"{reverse('plan-compare')}?before={row.pk}&after={wider.pk}"
    for address in (reverse("plan-points", args=[wider.pk, "now"]), beside):
        assert officer.get(address).status_code == 404
    assert [each.pk for each in officer.get(reverse("plans")).context["page"]] == [row.pk]


@pytest.mark.parametrize("role", [Role.principal, Role.school_clerk, Role.inspector, Role.safety])
def test_who_does_not_see_plans_opens_none(row: PlanRow, client_of: As, role: Role) -> None:
    client = client_of(role, "school" if role in (Role.principal, Role.school_clerk) else "city_bureau")
    assert client.get(reverse("plans")).status_code == 403
    assert client.get(reverse("plan", args=[row.pk])).status_code == 403


def test_only_who_runs_plans_may_ask_for_one(row: PlanRow, client_of: As) -> None:
    for role in (Role.chief, Role.finance, Role.county_officer):
        assert client_of(role).get(reverse("plan-new")).status_code == 403


def test_a_county_out_of_reach_cannot_be_asked_for(county: Path, client_of: As) -> None:
    client = client_of(Role.planning, "county_bureau", COUNTY)
    answer = client.post(reverse("plan-new"), ASKED | {"counties": ["990102"]})
    assert answer.status_code == 400
    assert not Job.objects.filter(kind=tasks.BALANCE).exists()


# --- asking ---------------------------------------------------------------------------------------------------

ASKED = {"counties": [COUNTY], "year": 2025, "years": 3, "margin": "3", "gap": "30"}


def done(job: Job) -> Job:
    jobs.carry.call(job.pk)
    job.refresh_from_db()
    return job


def test_a_plan_is_asked_for_once_run_as_a_job_and_listed_with_its_maker(county: Path, client_of: As) -> None:
    client = client_of(Role.planning)
    for _ in range(2):
        answer = client.post(reverse("plan-new"), ASKED)
        assert answer.status_code == 302
    job = done(Job.objects.get(kind=tasks.BALANCE))
    assert job.state == "done", job.error
    assert "万元" in job.best, "the best so far was told"
    made = PlanRow.objects.get()
    assert job.result["plan"] == made.pk
    assert made.by == job.by
    assert "打开方案" in client.get(reverse("plan-run", args=[job.pk])).content.decode()
    shutil.rmtree(county / PLANS)


def test_a_run_that_is_stopped_keeps_the_best_it_had_and_says_so(
    county: Path, client_of: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(Role.planning)
    client.post(reverse("plan-new"), ASKED | {"gap": "0.001"})
    job = Job.objects.get(kind=tasks.BALANCE)
    said: list[str] = []

    def tell(running: jobs.Running, share: float, sentence: str) -> None:
        said.append(sentence)
        running._wished = "求解" in sentence or running._wished

    monkeypatch.setattr(jobs.Running, "tell", tell)
    assert done(job).state == "done", job.error
    made = PlanRow.objects.get()
    assert made.status == "cancelled"
    assert "人为中止" in client.get(reverse("plan", args=[made.pk])).content.decode()
    shutil.rmtree(county / PLANS)


def test_a_plan_is_not_made_from_other_data_than_was_asked_about(county: Path, client_of: As) -> None:
    client_of(Role.planning).post(reverse("plan-new"), ASKED)
    job = Job.objects.get(kind=tasks.BALANCE)
    Job.objects.filter(pk=job.pk).update(asked={**job.asked, "snapshot": "2025-v0-gone"})
    assert "重新编制" in done(job).error


def test_wrong_wishes_are_refused_beside_their_fields(county: Path, client_of: As) -> None:
    page = client_of(Role.planning).post(reverse("plan-new"), ASKED | {"margin": "80", "years": "9", "budget": "-1"})
    assert page.status_code == 400
    assert set(page.context["form"].errors) == {"margin", "years", "budget"}


def test_a_plan_of_the_command_line_is_listed_by_a_scan_once(plan: Plan, county: Path, client_of: As) -> None:
    digest = keep(county, plan, run(1.0)).name
    assert not_indexed(county) == [digest]
    job = tasks.ask_for_scan()
    assert job and done(job).result == {"refused": []}
    assert PlanRow.objects.get().by is None
    assert tasks.ask_for_scan() is None
    assert "命令行" in client_of(Role.chief).get(reverse("plans")).content.decode()
    shutil.rmtree(county / PLANS)


def test_a_kept_plan_that_was_changed_is_not_listed(plan: Plan, county: Path) -> None:
    folder = keep(county, plan, run(1.0))
    file = folder / "plan.json"
    file.write_text(file.read_text().replace(f'"seed": {plan.seed}', '"seed": 77'))
    with pytest.raises(JunhengError, match="已被改动"):
        index(county, folder.name)
    job = tasks.ask_for_scan()
    assert job and "已被改动" in done(job).result["refused"][0]
    shutil.rmtree(county / PLANS)


# --- approval -------------------------------------------------------------------------------------------------


@pytest.fixture
def office(person: Callable[..., Person]) -> dict[str, Person]:
    return {role.name: person(role) for role in (Role.planning, Role.deputy, Role.chief)}


def test_a_plan_is_reviewed_only_after_a_check_without_a_breach(row: PlanRow, office: dict[str, Person]) -> None:
    deputy = access(office["deputy"])
    with pytest.raises(JunhengError, match="还没有核对"):
        take_step(row, "review", deputy)
    breach = Breach(Condition.cost, "甲校", "1", "2")
    record_check(row.pk, Checked((breach,), (), (), {}), None)
    with pytest.raises(JunhengError, match="1 处不符"):
        take_step(row, "review", deputy)
    record_check(row.pk, PASSED, None)
    take_step(row, "review", deputy)
    row.case.refresh_from_db()
    assert row.case.state == "reviewed"


def approved(row: PlanRow, office: dict[str, Person]) -> PlanRow:
    record_check(row.pk, PASSED, None)
    take_step(row, "review", access(office["deputy"]))
    take_step(row, "approve", access(office["chief"]))
    row.case.refresh_from_db()
    return row


def test_who_made_a_plan_may_neither_review_nor_approve_it(plan: Plan, person: Callable[..., Person], county: Path) -> None:
    from junheng.people.models import Appointment, Organisation
    maker = person(Role.planning)
    bureau = Organisation.objects.get(kind="city_bureau")
    for role in (Role.deputy, Role.chief):
        Appointment.objects.create(person=maker, organisation=bureau, role=role.name)
    row = kept(plan, maker)
    record_check(row.pk, PASSED, None)
    with pytest.raises(JunhengError, match="编制人不能审核"):
        take_step(row, "review", access(maker))
    take_step(row, "review", access(person(Role.deputy)))
    with pytest.raises(JunhengError, match="编制人不能批准"):
        take_step(row, "approve", access(maker))
    shutil.rmtree(county / PLANS)


def test_who_reviewed_a_plan_may_not_approve_it(row: PlanRow, person: Callable[..., Person]) -> None:
    from junheng.people.models import Appointment, Organisation
    both = person(Role.deputy)
    Appointment.objects.create(person=both, organisation=Organisation.objects.get(kind="city_bureau"), role=Role.chief.name)
    record_check(row.pk, PASSED, None)
    take_step(row, "review", access(both))
    with pytest.raises(JunhengError, match="审核通过的人不能批准"):
        take_step(row, "approve", access(both))


def test_a_deputy_does_not_approve_and_a_chief_does_not_review(row: PlanRow, office: dict[str, Person]) -> None:
    record_check(row.pk, PASSED, None)
    with pytest.raises(JunhengError, match="不包括审核"):
        take_step(row, "review", access(office["chief"]))
    take_step(row, "review", access(office["deputy"]))
    with pytest.raises(JunhengError, match="不包括批准"):
        take_step(row, "approve", access(office["deputy"]))


def test_only_one_plan_of_a_county_is_in_force(plan: Plan, row: PlanRow, office: dict[str, Person]) -> None:
    chief = access(office["chief"])
    take_step(approved(row, office), "enforce", chief)
    newer = approved(kept(replace(plan, seed=1)), office)
    take_step(newer, "enforce", chief)
    assert PlanInForce.objects.get().plan == newer
    row.case.refresh_from_db()
    assert row.case.state == "superseded"
    take_step(newer, "end", chief, note="检查已过")
    assert not PlanInForce.objects.exists()


def test_a_plan_in_force_elsewhere_too_is_not_half_superseded(plan: Plan, row: PlanRow, office: dict[str, Person]) -> None:
    chief = access(office["chief"])
    take_step(approved(row, office), "enforce", chief)
    PlanInForce.objects.create(county_code="990102", standard=row.standard, plan=row)
    newer = approved(kept(replace(plan, seed=1)), office)
    with pytest.raises(JunhengError, match="还在 990102 执行"):
        take_step(newer, "enforce", chief)
    newer.case.refresh_from_db()
    assert newer.case.state == "approved", "nothing of the step stays"


def test_superseding_is_no_step_of_its_own(row: PlanRow, office: dict[str, Person]) -> None:
    chief = access(office["chief"])
    take_step(approved(row, office), "enforce", chief)
    with pytest.raises(JunhengError, match="不能单独办理"):
        take_step(row, "supersede", chief, note="x")


def test_of_two_who_decide_at_once_one_is_told_who_was_first(row: PlanRow, client_of: As, office: dict[str, Person]) -> None:
    record_check(row.pk, PASSED, None)
    client = Client()
    client.force_login(office["deputy"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("plan", args=[row.pk]))
    seen = page.context["plan"].case.last_number
    assert '<input type="hidden" name="action" value="review">' in page.content.decode()
    address = reverse("plan-step", args=[row.pk])
    assert client.post(address, {"action": "review", "seen": seen}).status_code == 302
    late = client.post(address, {"action": "return", "seen": seen, "note": "再算"})
    assert late.status_code == 409
    assert "先一步" in late.content.decode()
    assert Step.objects.filter(case=row.case).count() == 1
    assert AuditEntry.objects.filter(action="plan.review", subject=row.pk).count() == 1


def test_a_chief_of_one_county_does_not_decide_about_two(plan: Plan, person: Callable[..., Person], county: Path) -> None:
    wider = kept(beyond(plan))
    record_check(wider.pk, PASSED, None)
    with pytest.raises(JunhengError, match="不包括审核"):
        take_step(wider, "review", access(person(Role.deputy, "county_bureau", COUNTY)))
    take_step(wider, "review", access(person(Role.deputy)))
    assert Case.objects.get(pk=wider.case_id).county_code == ""
    shutil.rmtree(county / PLANS)


# --- papers ---------------------------------------------------------------------------------------------------


def fetched(client: Client, row: PlanRow, paper: str) -> bytes:
    client.post(reverse("plan-export", args=[row.pk, paper]))
    job = Job.objects.filter(kind=tasks.PAPER, asked__paper=paper).latest("created")
    assert done(job).state == "done", job.error
    answer = client.get(reverse("plan-paper", args=[row.pk, paper]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_an_export_is_marked_a_draft_until_the_plan_is_approved(row: PlanRow, client_of: As, office: dict[str, Person]) -> None:
    client = client_of(Role.county_officer, "county_bureau", COUNTY)
    before = fetched(client, row, "page").decode()
    assert "内部资料·征求意见稿" in before
    approved(row, office)
    assert client.get(reverse("plan-paper", args=[row.pk, "page"])).status_code == 404, "the draft is not handed out any more"
    after = fetched(client, row, "page").decode()
    assert "征求意见稿" not in after
    day = localtime(Step.objects.get(case=row.case, action="approve").at)
    assert f"内部资料·已批准（{day:%Y-%m-%d} {office['chief']}）" in after
    assert AuditEntry.objects.filter(action="plan.export", subject=row.pk).count() == 2


def test_the_workbook_and_the_ledger_are_what_their_endings_say(row: PlanRow, client_of: As) -> None:
    client = client_of(Role.planning)
    for paper in ("workbook", "ledger"):
        assert fetched(client, row, paper)[:2] == b"PK"


# --- check, what if, curve -------------------------------------------------------------------------------------


def test_the_check_recomputes_the_plan_from_the_register(row: PlanRow, client_of: As) -> None:
    client = client_of(Role.planning)
    client.post(reverse("plan-check", args=[row.pk]))
    assert done(Job.objects.get(kind=tasks.CHECK)).state == "done"
    row.refresh_from_db()
    assert row.is_sound, row.breaches
    assert "已核对" in client.get(reverse("plan", args=[row.pk])).content.decode()


def test_what_if_is_asked_only_with_a_change_and_gives_a_variant_of_the_plan(row: PlanRow, client_of: As) -> None:
    client, address = client_of(Role.chief), reverse("plan-whatif", args=[row.pk])
    form = client.get(address).context["form"]
    same = {field.name: field.initial for field in (*form.prices, *form.caps)}
    assert client.post(address, same).context["form"].non_field_errors()
    assert not Job.objects.filter(kind=tasks.WHATIF).exists()
    client.post(address, same | {form.prices[0].name: 150})
    job = done(Job.objects.get(kind=tasks.WHATIF))
    assert job.state == "done", job.error
    made = PlanRow.objects.get(pk=job.result["plan"])
    assert made.task["times"] == {form.prices[0].name: "3/2"}
    assert (made.parent, made.by) == (row.pk, job.by)
    page = client.get(reverse("plan-compare"), {"before": row.pk, "after": made.pk})
    assert ("times", {}, made.task["times"]) in page.context["asks"]


def _full(plan: Plan) -> int:
    """What the county spends in its most expensive year."""
    years: dict[int, float] = {}
    for paid in (payment for measure in plan.measures for payment in measure.payments if payment.channel != "sponsor"):
        years[paid.year] = years.get(paid.year, 0) + paid.yuan
    return ceil(max(years.values()))


def test_the_money_curve_is_drawn_once_its_job_is_done(
    plan: Plan, row: PlanRow, county: Path, client_of: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    from junheng.planning.views import exploring
    monkeypatch.setattr(exploring, "POINTS", 2)
    for budget, failures in ((0, 3), (_full(plan), 0)):  # solved before: a point is not solved again
        point = {"county": COUNTY, "budget": budget, "units": 9, "failures": failures, "fewest": failures, "proven": True,
                 "failing_units": failures, "cut_off": False}
        Points.of(county, plan, "curve").point(f"{COUNTY}-{budget}", lambda point=point: point)  # type: ignore[misc]
    client, address = client_of(Role.planning), reverse("plan-curve", args=[row.pk])
    client.post(address)
    job = done(Job.objects.get(kind=tasks.CURVE))
    assert job.state == "done", job.error
    page = client.get(address)
    assert [(each["share"], each["passing_units"]) for each in page.context["rows"]] == [(0.0, 6), (1.0, 9)]
    assert page.context["charts"][0]["drawn"]["kind"] == "lines"


def test_no_measure_is_to_close_a_school(row: PlanRow) -> None:
    assert not PlanMeasure.objects.filter(sentence__contains="关闭").exists()


def test_measures_money_and_papers_are_told_in_english_words(row: PlanRow, client_of: As) -> None:
    client = in_english(client_of(Role.planning))
    pages = {name: client.get(reverse(name, args=[row.pk])).content.decode() for name in PAGES}
    school = row.measures.values_list("school_id", flat=True)[0]
    pages["plan-school"] = client.get(reverse("plan-school", args=[row.pk, school])).content.decode()
    words = {each.zh for each in (*MeasureKind, *Status, *PAPERS.values())} | set(CHANNELS.values()) | {"㎡", "不单列"}
    assert {(name, word) for name, page in pages.items() for word in words if word in page} == set()
    assert all(sentence["sentence"] not in pages["plan-basis"] for sentence in row.rules)


def test_a_plan_that_may_not_be_reviewed_says_why_in_english(row: PlanRow, client_of: As) -> None:
    page = in_english(client_of(Role.deputy)).get(reverse("plan", args=[row.pk])).content.decode()
    assert "is not checked yet -&gt; check it first" in page
