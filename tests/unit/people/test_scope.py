"""Scope is subtree AND line, on a day."""

from __future__ import annotations

from datetime import date

import pytest

from junheng.people.codes import OrganisationKind, OrganisationTree, Role
from junheng.people.models import Appointment, Branch, Organisation, Person
from junheng.people.permissions import PERMISSIONS, Action
from junheng.people.scope import Access, Reach

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def organisation(kind: str, code: str) -> Organisation:
    return Organisation.objects.create(kind=OrganisationKind[kind].name, code=code, name=f"{kind} {code}")


def under(parent: Organisation, child: Organisation, tree: str = "administration", **days: date) -> None:
    Branch.objects.create(tree=OrganisationTree[tree].name, parent=parent, child=child, **days)


def access(role: Role, of: Organisation, day: date = DAY, **more: object) -> Access:
    person = Person.objects.create(username=f"{role.name}-{of.code}", name="张")
    Appointment.objects.create(person=person, organisation=of, role=role.name, **more)
    return Access(person, day)


def test_a_county_officer_reaches_his_county_and_no_other() -> None:
    reach = access(Role.county_officer, organisation("county_bureau", "880101")).reach(Action.see_findings)
    assert reach == Reach(counties=frozenset({"880101"}))
    assert reach.holds(county="880101", school="s1")
    assert not reach.holds(county="880102", school="s1")
    assert not reach.holds()


def test_a_section_officer_works_in_the_whole_city_and_does_what_the_matrix_says() -> None:
    bureau, section = organisation("city_bureau", "8801"), organisation("section", "planning")
    under(bureau, section)
    officer = access(Role.finance, section)
    assert officer.reach(Action.see_findings).everything
    assert officer.may(Action.see_plans) is True, "plans are of another line, and the matrix gives them to finance"
    assert officer.may(Action.run_plan) is False


def test_a_section_of_a_county_reaches_the_county() -> None:
    county, section = organisation("county_bureau", "880101"), organisation("section", "880101-plan")
    under(county, section)
    assert access(Role.planning, section).reach(Action.run_plan) == Reach(counties=frozenset({"880101"}))


def test_an_inspector_reaches_the_schools_that_are_in_his_area_on_the_day() -> None:
    area, here, gone = organisation("inspector_area", "a1"), organisation("school", "s1"), organisation("school", "s2")
    under(area, here, "inspector_area")
    under(area, gone, "inspector_area", until=date(2025, 9, 1))
    assert access(Role.inspector, area, tree="inspector_area").reach(Action.see_schools).schools == {"s1"}


def test_an_appointment_that_has_ended_allows_nothing() -> None:
    school = organisation("school", "s1")
    assert not access(Role.principal, school, until=date(2026, 1, 1)).may(Action.hand_in)
    assert access(Role.school_clerk, school, until=date(2026, 3, 2)).may(Action.hand_in)


def test_a_deputy_with_lines_works_only_in_those() -> None:
    bureau = organisation("city_bureau", "8801")
    assert access(Role.deputy, bureau, lines=["safety"]).may(Action.review_plan) is False
    other = organisation("city_bureau", "8802")
    assert access(Role.deputy, other, lines=["planning"]).may(Action.review_plan) is True


def test_nobody_may_do_anything_without_an_appointment() -> None:
    person = Person.objects.create(username="x", name="x")
    assert not any(Access(person, DAY).may(action) for action in Action)
    assert not any(Access(None, DAY).may(action) for action in Action)


def test_every_action_is_somebodys_and_nobody_both_reviews_and_approves() -> None:
    assert set(PERMISSIONS) == set(Action)
    assert all(PERMISSIONS.values())
    assert not PERMISSIONS[Action.review_plan] & PERMISSIONS[Action.approve_plan]
    assert not PERMISSIONS[Action.hand_in] & PERMISSIONS[Action.check_submission]
