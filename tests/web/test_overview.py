"""The first page: each role sees what is his, what waits for him first, and what the figures say of his places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import timezone

from junheng.indicators.models import FindingRow, VerdictRow
from junheng.indicators.registry import INDICATORS
from junheng.people.codes import Role
from junheng.people.models import Case, Job, Organisation, Step
from junheng.people.permissions import Action
from junheng.people.transitions import KINDS, Transition, Transitions
from junheng.register.models import RegisterYear, School, SchoolSubmission
from junheng.web.overview import charts, moving, standing
from junheng.web.overview.figures import MAIN, TwoYears, of_counties
from tests.web.conftest import As

pytestmark = pytest.mark.django_db
EVERYTHING_ROLES = (Role.chief, Role.finance, Role.auditor)


@pytest.fixture
def handing_in() -> Transitions:
    """A kind of case of its own, with a deadline and two sides."""
    made = Transitions(
        kind="try",
        zh="试报",
        first="draft",
        states={"draft": "填报中", "sent": "待审核", "back": "已退回", "kept": "已接收"},
        steps=(
            Transition("send", "报送", ("draft", "back"), "sent", Action.hand_in),
            Transition("withdraw", "撤回", ("sent",), "draft", Action.hand_in),
            Transition("return", "退回", ("sent",), "back", Action.check_submission, needs_note=True),
            Transition("keep", "接收", ("sent",), "kept", Action.check_submission, not_by=("send",)),
            Transition("amend", "申请更正", ("kept",), "draft", Action.hand_in, needs_note=True),
        ),
    )
    yield made
    del KINDS["try"]


def case(school: School, state: str, days: int | None = None) -> Case:
    due = None if days is None else timezone.localdate() + timedelta(days=days)
    return Case.objects.create(
        kind="try",
        subject=f"{school.school_id}/{state}",
        title=f"{school.name}试报",
        state=state,
        due=due,
        county_code=school.county_code,
        township_code=school.township_code,
        school_id=school.school_id,
    )


def schools(many: int = 2) -> list[School]:
    return list(School.objects.filter(year=2025).order_by("school_id")[:many])


def test_a_state_waits_for_the_step_that_leads_on_and_rests_where_only_exceptions_are_left(handing_in: Transitions) -> None:
    awaited = {state: [each.action for each in handing_in.awaited(state)] for state in handing_in.states}
    assert awaited == {"draft": ["send"], "sent": ["keep"], "back": ["send"], "kept": []}


def test_each_side_sees_first_what_waits_for_it_and_late_before_soon(client_of: As, handing_in: Transitions) -> None:
    mine, other = schools()
    case(mine, "draft", 3)
    case(mine, "back", -2)
    case(other, "draft", 1)
    case(mine, "sent", None)
    case(mine, "kept", -9)
    principal = client_of(Role.principal, "school", mine.school_id).get(reverse("overview")).context["dues"]
    assert [due.case.state for due in principal.own_first] == ["back", "draft"]
    assert (principal.own.many, principal.own.overdue, principal.own.soon, principal.others.many) == (2, 1, 1, 1)
    county = client_of(Role.county_officer, "county_bureau").get(reverse("overview")).context["dues"]
    assert [due.case.state for due in county.own_first] == ["sent"]
    assert county.others.many == 3
    chief = client_of(Role.chief).get(reverse("overview")).context["dues"]
    assert (chief.own.many, chief.others.many, chief.others.overdue) == (0, 4, 1)
    assert chief.shown[0].look == "overdue"


def test_who_did_the_work_does_not_have_its_check_waiting_for_him(
    client_of: As, person: Callable[..., object], handing_in: Transitions
) -> None:
    sent = case(schools()[0], "sent")
    client = client_of(Role.planning)
    assert client.get(reverse("overview")).context["dues"].own.many == 1
    Step.objects.create(
        case=sent, number=1, action="send", before="draft", after="sent", actor_id=int(client.session["_auth_user_id"])
    )
    assert client.get(reverse("overview")).context["dues"].own.many == 0


@pytest.mark.parametrize("role", [Role.finance, Role.administrator, Role.other_department])
def test_who_works_in_another_line_is_told_nothing_of_its_cases(client_of: As, handing_in: Transitions, role: Role) -> None:
    case(schools()[0], "sent", -1)
    client = client_of(role)
    dues = client.get(reverse("overview")).context["dues"]
    assert (dues.own.many, dues.others.many) == (0, 0)
    assert "试报" not in client.get(reverse("todo"), {"of": "others"}).content.decode()


def test_a_matter_leads_to_its_page(client_of: As) -> None:
    school = schools()[0]
    client = client_of(Role.principal, "school", school.school_id)
    held = Case.objects.create(
        kind="submission",
        subject=f"2025/{school.school_id}",
        title="报送",
        state="draft",
        county_code=school.county_code,
        school_id=school.school_id,
    )
    made = SchoolSubmission.objects.create(
        case=held, year=2025, school_id=school.school_id, name=school.name, county_code=school.county_code, county=school.county
    )
    due = client.get(reverse("overview")).context["dues"].own_first[0]
    assert due.href == reverse("submission", args=[made.pk])
    assert client.get(due.href).status_code == 200


def test_all_that_waits_is_listed_page_by_page_and_what_is_late_apart(client_of: As, handing_in: Transitions) -> None:
    mine, other = schools()
    case(mine, "draft", -1)
    case(other, "draft", 5)
    page = client_of(Role.chief).get(reverse("todo"), {"of": "others", "late": "1"})
    assert [due.case.school_id for due in page.context["dues"]] == [mine.school_id]


def test_what_is_kept_of_the_first_page_is_found_anew_when_the_rows_are(client_of: As) -> None:
    client = client_of(Role.chief)

    def failing() -> int:
        return int(client.get(reverse("overview")).context["short_schools"].failing)

    before = failing()
    FindingRow.objects.filter(year=2025, level="school", verdict="not_met").update(verdict="met")
    assert failing() == before > 0
    RegisterYear.objects.filter(year=2025).update(indexed=timezone.now())
    assert failing() == 0


def test_a_county_is_told_by_each_standard_what_it_misses_and_by_how_much(client_of: As) -> None:
    page = client_of(Role.county_officer, "county_bureau").get(reverse("overview"))
    stands = {each.standard: each for each in page.context["one"]}
    for standard, stand in stands.items():
        rows = VerdictRow.objects.filter(year=2025, standard=standard)
        assert stand.failed == len({item for row in rows for item in row.failed})
        assert {row.item for row in stand.short} >= {
            item for row in rows for item in row.failed if row.stage == "all"
        } or stand.failed == 0
    short = stands[MAIN].short[0]
    assert short.get_absolute_url() in page.content.decode()


def test_schools_that_fall_short_are_counted_as_the_rows_say_with_the_change_since_last_year(client_of: As) -> None:
    told = client_of(Role.chief).get(reverse("overview")).context["short_schools"]

    def many(year: int) -> int:
        return len(
            set(
                FindingRow.objects.filter(year=year, level="school", standard=MAIN, verdict="not_met").values_list(
                    "school_id", flat=True
                )
            )
        )

    assert (told.failing, told.before) == (many(2025), many(2024))
    assert told.change == many(2025) - many(2024)


def row(item: str, level: str = "county", **told: object) -> FindingRow:
    known = {"standard": INDICATORS[item].standard, "group": "1", "name": "县", "stage": "all", "year": 2025, "verdict": "met"}
    made = FindingRow(item=item, level=level, **known | told)
    made.value_number = float(Fraction(made.value)) if made.value else None
    return made


@pytest.mark.parametrize(
    ("item", "value", "limit", "room"),
    [
        ("yz.1.4.cv", "0.46", "0.5", Fraction(2, 25)),  # a spread: how far below its limit
        ("yz.1.4.cv", "0.30", "0.5", Fraction(2, 5)),
        ("yz.2.13", "0.951", "0.95", Fraction(1, 50)),  # a share can only grow to one
        ("yz.2.14", "50", "50", Fraction(0)),
        ("yz.2.4", "1", "1", None),  # all schools: there is no room beyond, and nothing is near it
        ("yz.1.4.cv", None, "0.5", None),
    ],
)
def test_the_room_that_is_left_is_a_share_of_what_could_be_left(
    item: str, value: str | None, limit: str, room: Fraction | None
) -> None:
    assert moving.room(row(item, value=value, limit=limit)) == room


def test_only_what_is_met_with_less_than_a_tenth_of_room_is_an_alarm() -> None:
    near, far = row("yz.1.4.cv", value="0.46", limit="0.5"), row("yz.1.5.cv", value="0.30", limit="0.5")
    missed = row("yz.1.6.cv", value="0.51", limit="0.5", verdict="not_met")
    assert [each.row for each in moving.alarms(TwoYears([near, far, missed], {}))] == [near]


def test_a_move_is_better_where_the_standard_wants_it_and_a_changed_verdict_comes_first() -> None:
    spread, share = row("yz.1.4.cv", value="0.40", limit="0.5"), row("yz.2.4", value="0.9", limit="1", verdict="not_met")
    same = row("yz.1.5.cv", value="0.3000001", limit="0.5")
    before = {
        moving.key_of(each): each
        for each in (
            row("yz.1.4.cv", value="0.45", limit="0.5"),
            row("yz.2.4", value="0.8", limit="1", verdict="not_met"),
            row("yz.1.5.cv", value="0.3", limit="0.5"),
        )
    }
    found = moving.moves(TwoYears([spread, share, same], before))
    assert {each.row.item: each.is_better for each in found} == {"yz.1.4.cv": True, "yz.2.4": True}, (
        "of schools within a size, more is better"
    )
    lost = row("yz.1.4.cv", value=None, limit="0.5", verdict="unknown")
    first = moving.moves(TwoYears([share, lost], before))[0]
    assert (first.row.item, first.flipped, first.is_better) == ("yz.1.4.cv", True, False)


def test_a_sum_of_classes_with_an_unknown_part_is_unknown_and_not_smaller() -> None:
    rows = [
        row("st.bands.1", stage="primary", part="3"),
        row("st.bands.5", stage="primary", part="4"),
        row("st.bands.1", stage="primary", part=None, group="2"),
    ]
    drawn = charts.class_sizes(TwoYears(rows, {}))
    assert drawn is not None
    assert drawn.drawn["series"][0]["values"][:2] == [None, 4]


def test_an_unknown_spread_leaves_the_highest_of_the_county_unknown() -> None:
    rows = [row("yz.1.4.cv", stage="primary", value="0.4", limit="0.5", county_code=code, name=code) for code in ("1", "2")]
    rows.append(row("yz.1.5.cv", stage="primary", value=None, limit="0.5", county_code="1", name="1"))
    drawn = charts.spreads(TwoYears(rows, {}))
    assert drawn is not None
    assert drawn.drawn["series"][0]["values"] == [None, 80]


def test_the_pupils_of_a_year_are_unknown_where_a_school_does_not_know_its_own(client_of: As) -> None:
    first = School.objects.filter(year=2024, stages__has_key="primary").order_by("school_id").first()
    assert first is not None
    school = School.objects.get(pk=first.pk)
    school.stages = {**school.stages, "primary": {**school.stages["primary"], "pupils": None}}
    school.save()
    drawn = client_of(Role.chief).get(reverse("overview")).context["charts"][-1].drawn
    at = next(each for each in drawn["series"] if each["name"] == "小学")
    assert at["values"][0] is None
    assert at["values"][1] == sum(
        each.stages["primary"]["pupils"] for each in School.objects.filter(year=2025, stages__has_key="primary")
    )


def test_a_principal_reads_of_his_school_alone(client_of: As) -> None:
    short = FindingRow.objects.filter(year=2025, level="school", standard=MAIN, verdict="not_met").order_by("pk").first()
    assert short is not None
    page = client_of(Role.principal, "school", short.school_id).get(reverse("overview"))
    assert {each.school_id for each in page.context["short"]} == {short.school_id}
    others = School.objects.filter(year=2025).exclude(school_id=short.school_id).values_list("name", flat=True)
    assert not [name for name in others if name in page.content.decode() and name not in page.context["school"].name]


def test_an_inspector_reads_of_the_schools_of_his_area(client_of: As) -> None:
    page = client_of(Role.inspector, "inspector_area").get(reverse("overview"))
    area = Organisation.objects.filter(kind="inspector_area").order_by("code")[0]
    own = set(area.branches_below.values_list("child__code", flat=True))
    assert page.context["schools"]
    assert {each.school_id for each, _ in page.context["schools"]} <= own
    assert {each.row.school_id for each in page.context["alarms"]} <= own


def test_the_administrator_reads_of_the_desk_and_no_figure(client_of: As) -> None:
    page = client_of(Role.administrator).get(reverse("overview"))
    assert page.context["people"] == 1
    assert "澹埠县" not in page.content.decode().replace(str(page.context["access"].appointments[0].organisation), "")


def test_a_job_that_failed_is_looked_after_until_it_was_done_again(client_of: As) -> None:
    client, told = client_of(Role.administrator), {"kind": "test", "title": "识读：a.txt"}
    for number in range(8):
        Job.objects.create(kind="test", title=f"识读：{number}", digest=f"{number}", state="failed")
    Job.objects.create(**told, digest="x", state="failed")
    assert client.get(reverse("overview")).context["failed_many"] == 9
    Job.objects.create(**told, digest="y", state="done")
    assert client.get(reverse("overview")).context["failed_many"] == 8


def test_a_job_that_nobody_in_person_asked_for_is_seen_by_who_sees_jobs(client_of: As) -> None:
    job = Job.objects.create(kind="findings.index", title="测算", digest="x", state="running")
    client = client_of(Role.chief)
    assert client.get(reverse("overview")).context["news"]["job"] == job
    assert client.get(reverse("job", args=[job.pk])).status_code == 200
    assert client_of(Role.county_officer, "county_bureau").get(reverse("overview")).context["news"] is None, "it is the city's"


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.chief, "city_bureau"),
        (Role.finance, "city_bureau"),
        (Role.county_officer, "county_bureau"),
        (Role.principal, "school"),
        (Role.inspector, "inspector_area"),
        (Role.administrator, "city_bureau"),
        (Role.auditor, "city_bureau"),
        (Role.other_department, "city_bureau"),
    ],
)
def test_the_first_page_asks_the_database_a_fixed_number_of_times(
    client_of: As, handing_in: Transitions, django_assert_max_num_queries: Callable[..., object], role: Role, kind: str
) -> None:
    for each in schools(40):
        case(each, "draft", -1)
        case(each, "sent", 1)
    client = client_of(role, kind)
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        assert client.get(reverse("overview")).status_code == 200


def test_of_several_counties_each_stands_in_its_row(client_of: As) -> None:
    year = RegisterYear.objects.get(year=2025)
    for verdict in VerdictRow.objects.filter(year=2025):
        verdict.pk, verdict.county_code, verdict.name = None, "990199", "邻县"
        verdict.save()
    page = client_of(Role.chief).get(reverse("overview"))
    assert [county.name for county, _ in page.context["counties"]] == ["澹埠县", "邻县"]
    assert page.context["one"] is None
    assert page.context["judged"] == 2
    reach = replace(standing.Reach(), counties=frozenset({"990101"}))
    assert [each.code for each in standing.counties(year, reach, of_counties([year], reach))] == ["990101"]
