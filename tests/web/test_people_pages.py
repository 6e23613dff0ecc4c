"""People, organisations, permissions and the audit log on their pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.people import audit, jobs
from junheng.people.codes import Role
from junheng.people.models import Appointment, AuditEntry, Job, Organisation, Person
from junheng.people.permissions import Action, permitted
from tests.web.conftest import As

pytestmark = pytest.mark.django_db


def administrator(client_of: As) -> Client:
    return client_of(Role.administrator, "city_bureau")


def test_a_new_person_gets_a_first_password_once_and_one_appointment(client_of: As) -> None:
    client = administrator(client_of)
    page = client.post(
        reverse("person-new"),
        {
            "username": "li",
            "name": "李",
            "role": "county_officer",
            "kind": "county_bureau",
            "code": Organisation.objects.filter(kind="county_bureau").values_list("code", flat=True)[0],
        },
    )
    password = page.context["password"]
    person = Person.objects.get(username="li")
    assert person.check_password(password)
    assert person.must_change_password
    assert person.appointments.get().role == "county_officer"
    assert password not in str(list(AuditEntry.objects.values_list("detail", "reason", "subject")))
    assert page["Cache-Control"] == "no-store"


def test_an_organisation_that_is_not_there_is_refused_in_words(client_of: As) -> None:
    page = administrator(client_of).post(
        reverse("person-new"), {"username": "li", "name": "李", "role": "principal", "kind": "school", "code": "x"}
    )
    assert "没有这个组织" in page.content.decode()
    assert not Person.objects.filter(username="li").exists()


def test_the_last_administrator_can_neither_end_nor_be_kept_out(client_of: As) -> None:
    client = administrator(client_of)
    own = Appointment.objects.get(role="administrator")
    assert client.post(reverse("appointment-end", args=[own.pk])).status_code == 409
    assert client.post(reverse("person-active", args=[own.person_id]), {"active": "no"}).status_code == 409
    own.refresh_from_db()
    assert own.until is None
    assert Person.objects.get(pk=own.person_id).is_active


def test_an_appointment_that_is_ended_lets_nobody_in_any_more(client_of: As, person: Callable[..., Person]) -> None:
    client = administrator(client_of)
    officer = person(Role.planning)
    client.post(reverse("appointment-end", args=[officer.appointments.get().pk]))
    theirs = Client()
    theirs.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert theirs.get(reverse("findings")).status_code == 403


@pytest.mark.parametrize("route", ["person-new", "person-password", "person-active", "person-appoint", "appointment-end"])
@pytest.mark.parametrize("role", [Role.chief, Role.auditor, Role.office])
def test_only_an_administrator_changes_people(client_of: As, route: str, role: Role) -> None:
    client = client_of(role)
    own = Appointment.objects.get()
    args = {"person-new": [], "appointment-end": [own.pk]}.get(route, [own.person_id])
    assert client.post(reverse(route, args=args), {}).status_code == 403
    own.refresh_from_db()
    assert own.until is None


def test_the_matrix_page_and_its_workbook_say_what_is_declared(client_of: As) -> None:
    client = client_of(Role.auditor)
    page = client.get(reverse("permissions"))
    assert [action for action, _ in page.context["rows"]] == list(Action)
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("permissions-export")).content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    for action in Action:
        row = next(each for each in rows if each[0] == action.zh)
        assert [cell == "●" for cell in row[2 : 2 + len(Role)]] == [permitted(role, action) for role in Role]


def test_the_log_is_filtered_verified_and_handed_out_with_formulas_defused(client_of: As) -> None:
    client = client_of(Role.auditor)
    audit.record("zhang", "look", "=HYPERLINK(1)", reason="+1")
    audit.record("li", "look", "other")
    page = client.get(reverse("audit"), {"actor": "zhang", "verify": "1"})
    assert [each.subject for each in page.context["page"]] == ["=HYPERLINK(1)"]
    assert page.context["broken"] is None
    out = client.get(reverse("audit-export"), {"actor": "zhang"}).content.decode()
    assert "'=HYPERLINK(1)" in out
    assert "'+1" in out
    assert "other" not in out


def test_the_tree_is_walked_from_the_city_to_a_school(client_of: As) -> None:
    client = client_of(Role.chief)
    page = client.get(reverse("organisations"))
    for kind in ("city_bureau", "county_bureau", "central_school", "school"):
        first = page.context["below"][0]
        assert first.kind == kind
        page = client.get(reverse("organisations"), {"of": first.pk})
    assert [each.kind for each in page.context["above"]] == ["city_bureau", "county_bureau", "central_school"]


@pytest.mark.parametrize("route", ["people", "organisations", "permissions", "audit", "jobs"])
def test_a_page_asks_the_database_a_fixed_number_of_times(
    client_of: As, person: Callable[..., Person], route: str, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = administrator(client_of)
    schools = Organisation.objects.filter(kind="school").order_by("code")[:30]
    for school in schools:
        person(Role.principal, "school", school.code)
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        assert client.get(reverse(route)).status_code == 200


def test_a_day_of_the_log_is_a_day_where_the_desk_stands(client_of: As, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven in the morning of the second is still the first by the clock that entries are written with."""
    morning = datetime(2026, 3, 2, 7, 0, tzinfo=timezone.get_current_timezone())
    client = client_of(Role.auditor)
    with monkeypatch.context() as then:
        then.setattr("junheng.people.audit.timezone.now", lambda: morning.astimezone(UTC))
        audit.record("zhang", "look", "early")
    days = {"actor": "zhang", "since": "2026-03-02", "until": "2026-03-02"}
    assert [each.subject for each in client.get(reverse("audit"), days).context["page"]] == ["early"]
    assert not client.get(reverse("audit"), days | {"since": "2026-03-01", "until": "2026-03-01"}).context["page"].object_list


def test_a_job_leads_to_the_page_where_one_sees_it_if_one_may_open_that(client_of: As, person: Callable[..., Person]) -> None:
    import_module("junheng.web.urls")  # with the views come the jobs of every room
    assert jobs.PAGES.keys() == jobs.KINDS.keys()
    officer = person(Role.planning)
    made = [Job.objects.create(kind=kind, title="测算", asked=asked, digest=kind, by=officer, heartbeat=timezone.now(), **more)
            for kind, asked, more in (("findings.index", {}, {}), ("plan.balance", {}, {"result": {"plan": "0" * 12}}),
                                      ("plan.balance", {}, {}), ("no.more", {}, {}))]
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    pages = [client.get(reverse("job", args=[each.pk])).context["progress"]["page"] for each in made]
    assert pages == ["/findings/", f"/plans/{'0' * 12}/", f"/plans/runs/{made[2].pk}/", ""]
    assert client_of(Role.other_department).get(reverse("job", args=[made[0].pk])).status_code == 404


def test_a_password_that_is_too_short_is_refused_in_the_language_of_the_reader(client_of: As) -> None:
    client = client_of(Role.planning)
    asked = {"old_password": "x", "new_password1": "kurz1", "new_password2": "kurz1"}
    assert "密码太短：应至少 10 个字符" in client.post(reverse("password"), asked).content.decode()
    client.post(reverse("set_language"), {"language": "en"})
    assert "needs at least 10 characters" in client.post(reverse("password"), asked).content.decode()
