"""Schools: searched, on a map, each on its page; nobody sees one that is not his."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.models import Count
from django.urls import reverse

from junheng.indicators.models import FindingRow
from junheng.people.codes import Role
from junheng.people.models import Case, Organisation
from junheng.planning.models import PlanMeasure, PlanRow
from junheng.register.models import School
from junheng.web.schools.filters import MAIN
from tests.web.conftest import As

pytestmark = pytest.mark.django_db


def names(page: object) -> list[str]:
    return [school.name for school, _ in page.context["lines"]]  # type: ignore[attr-defined]


def missing() -> dict[str, int]:
    """How many findings of the main standard each school misses."""
    rows = FindingRow.objects.filter(year=2025, level="school", standard=MAIN, verdict="not_met")
    return dict(rows.values_list("school_id").annotate(Count("pk")).order_by())


def test_a_school_is_found_by_a_part_of_its_name_or_the_beginning_of_its_code(client_of: As) -> None:
    school = School.objects.filter(year=2025).order_by("school_id").last()
    assert school is not None
    client = client_of(Role.chief)
    assert school.name in names(client.get(reverse("schools"), {"q": school.name[2:]}))
    assert names(client.get(reverse("schools"), {"q": school.school_id})) == [school.name]
    assert names(client.get(reverse("schools"), {"q": "'; DROP TABLE --"})) == []


def test_while_one_types_only_the_list_is_sent(client_of: As) -> None:
    answer = client_of(Role.chief).get(reverse("schools"), {"q": "小学"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert 'id="found"' in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_schools_are_filtered_by_how_they_stand_and_sorted_by_what_they_miss(client_of: As) -> None:
    page = client_of(Role.chief).get(reverse("schools"), {"verdict": "not_met", "sort": "-short"})
    told = [(school.school_id, stand.short) for school, stand in page.context["lines"]]
    assert dict(told) == missing()
    assert [many for _, many in told] == sorted((many for _, many in told), reverse=True)
    none = client_of(Role.deputy).get(reverse("schools"), {"verdict": "none", "kind": "kindergarten"})
    assert none.context["page"].paginator.count == School.objects.filter(year=2025, kind="kindergarten").count()


def test_unknown_pupils_are_last_whichever_way_one_sorts(client_of: As) -> None:
    school = School.objects.filter(year=2025).order_by("school_id").first()
    assert school is not None
    School.objects.filter(pk=school.pk).update(pupils=None)
    client = client_of(Role.chief)
    for sort in ("pupils", "-pupils"):
        page = client.get(reverse("schools"), {"sort": sort, "county": school.county_code, "page": "99"})
        assert names(page)[-1] == school.name


def test_a_town_of_another_county_is_forgotten_when_the_county_changes(client_of: As) -> None:
    page = client_of(Role.chief).get(reverse("schools"), {"county": "990101", "town": "880101001"})
    assert page.context["page"].paginator.count == School.objects.filter(year=2025).count()


def test_the_map_has_the_schools_that_the_list_has_and_leaves_out_whom_the_standard_asks_nothing(client_of: As) -> None:
    client = client_of(Role.chief)
    judged = FindingRow.objects.filter(year=2025, level="school", standard=MAIN).exclude(verdict="")
    points = client.get(reverse("schools-points")).json()["features"]
    assert len(points) == judged.values("school_id").distinct().count()
    assert {each["properties"]["verdict"] for each in points} <= {"met", "not_met", "unknown", "needs_evidence"}
    short = client.get(reverse("schools-points"), {"verdict": "not_met", "counties": "1"}).json()["features"]
    assert sum(each["properties"]["level"] == "school" for each in short) == len(missing())
    assert [each["properties"]["name"] for each in short if each["properties"]["level"] == "county"] == ["澹埠县"]


@pytest.mark.parametrize(
    ("role", "kind"), [(Role.principal, "school"), (Role.inspector, "inspector_area"), (Role.county_officer, "county_bureau")]
)
def test_list_map_and_pages_end_where_the_reach_ends(client_of: As, role: Role, kind: str) -> None:
    client = client_of(role, kind)
    organisation = Organisation.objects.filter(kind=kind).order_by("code")[0]
    own = {
        "school": {organisation.code},
        "inspector_area": set(organisation.branches_below.values_list("child__code", flat=True)),
        "county_bureau": set(School.objects.values_list("school_id", flat=True)),
    }[kind]
    assert client.get(reverse("schools")).context["page"].paginator.count == len(own)
    for each in client.get(reverse("schools-points"), {"standard": "staffing"}).json()["features"]:
        assert each["properties"]["href"].split("/")[2] in own
    for code in School.objects.filter(year=2025).values_list("school_id", flat=True)[:60:7]:
        for route in ("school", "school-lineage"):
            if route == "school" or code in list(own)[:1]:
                assert client.get(reverse(route, args=[code])).status_code == (200 if code in own else 404)
    outside = School.objects.exclude(school_id__in=own).first()
    assert outside is None or client.get(reverse("school-lineage", args=[outside.school_id])).status_code == 404


def test_a_schools_page_tells_what_it_misses_first_with_the_way_to_each_number(client_of: As) -> None:
    code = max(missing(), key=lambda each: missing()[each])
    page = client_of(Role.chief).get(reverse("school", args=[code]), {"standard": MAIN})
    lines = page.context["lines"]
    assert [each.row.verdict for each in lines[: missing()[code]]] == ["not_met"] * missing()[code]
    assert lines[0].row.get_absolute_url() in page.content.decode()
    assert lines[0].before is None or lines[0].before.year == 2024
    assert {row.year for row in page.context["rows"]} == {2024, 2025}


def test_a_school_that_is_no_more_is_told_of_as_it_last_was(client_of: As) -> None:
    school = School.objects.filter(year=2025).order_by("school_id").first()
    assert school is not None
    School.objects.filter(year=2025, school_id=school.school_id).delete()
    page = client_of(Role.chief).get(reverse("school", args=[school.school_id]))
    assert page.context["is_gone"]
    assert page.context["school"].year == 2024


@pytest.mark.parametrize(
    ("state", "role", "kind", "told"),
    [
        ("in_force", Role.principal, "school", True),
        ("draft", Role.principal, "school", False),
        ("draft", Role.chief, "city_bureau", True),
    ],
)
def test_a_school_is_told_of_the_plan_that_binds_it_and_drafts_are_for_who_sees_plans(
    client_of: As, state: str, role: Role, kind: str, told: bool
) -> None:
    school = School.objects.filter(year=2025).order_by("school_id")[0]
    case = Case.objects.create(kind="plan", subject="0123456789abcdef", title="方案", state=state)
    plan = PlanRow.objects.create(
        digest="0123456789abcdef",
        title="方案",
        case=case,
        standard=MAIN,
        snapshot="x",
        year=2025,
        years=1,
        target_year=2026,
        margin=0,
        cost=1,
        bound=1,
        gap=0,
        status="optimal",
        seed=1,
    )
    PlanMeasure.objects.create(
        plan=plan,
        county_code=school.county_code,
        school_id=school.school_id,
        name=school.name,
        stage="primary",
        place=1,
        year=2026,
        kind="recruit",
        kind_zh="招聘",
        amount=1,
        unit="人",
        cost=80000,
        channels="",
        counted=1,
        closes=["yz.1.1"],
        sentence="招聘教师一名",
    )
    client = client_of(role, kind, school.school_id if kind == "school" else None)
    page = client.get(reverse("school", args=[school.school_id])).content.decode()
    assert ("招聘教师一名" in page) is told
    if role is Role.principal:
        assert ("招聘教师一名" in client.get(reverse("overview")).content.decode()) is told


def test_where_a_school_comes_from_is_read_when_it_is_asked_for(client_of: As) -> None:
    school = School.objects.filter(year=2025, kind="primary").order_by("school_id").first()
    assert school is not None
    client = client_of(Role.chief)
    part = client.get(reverse("school-lineage", args=[school.school_id]), headers={"HX-Request": "true"})
    assert part.context["history"].school_id == school.school_id
    assert "<html" not in part.content.decode()
    assert client.get(reverse("school-lineage", args=[school.school_id])).status_code == 200


def test_the_clerk_sees_of_his_school_no_finding_that_is_not_his_to_see(client_of: As) -> None:
    school = School.objects.filter(year=2025).order_by("school_id")[0]
    page = client_of(Role.school_clerk, "school", school.school_id).get(reverse("school", args=[school.school_id]))
    assert page.context["may_see_findings"]
    assert client_of(Role.administrator).get(reverse("school", args=[school.school_id])).status_code == 403


@pytest.mark.parametrize("asked", [{}, {"q": "小学", "sort": "-short", "stage": "primary"}])
def test_list_map_and_page_ask_the_database_a_fixed_number_of_times(
    client_of: As, django_assert_max_num_queries: Callable[..., object], asked: dict[str, str]
) -> None:
    client = client_of(Role.chief)
    code = next(iter(missing()))
    for address in (reverse("schools"), reverse("schools-points"), reverse("school", args=[code])):
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
            assert client.get(address, asked).status_code == 200
