"""What documents say of a school stands on its page: sentence, reading and what came of it, for who sees the document."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from junheng.documents.actions import compare
from junheng.documents.models import Comparison, Document
from junheng.people.codes import OrganisationKind, Role
from junheng.people.models import Organisation, Person
from junheng.register.models import School
from tests.web.conftest import As
from tests.web.test_documents import carried, read

pytestmark = pytest.mark.django_db
FILLING = "".join(f"第{number}条，做好常规工作，逐级压实责任，按月通报进度，年终总结经验。\n" for number in range(400))


@pytest.fixture
def school() -> School:
    found = School.objects.filter(year=2025, name__endswith="第一小学").first()
    assert found is not None
    return found


def plan_of(school: School) -> str:
    return (f"2025年教育工作计划\n\n{FILLING}一、扩大优质资源\n2025年底前，{school.name}新增小学学位360个。\n"
            f"新{school.name}分校明年再议。\n二、统筹全县\n{school.county}全年招聘教师150名。\n")


def said(client: Client, school: School) -> object:
    return client.get(reverse("school", args=[school.school_id])).context["said"]


def test_a_sentence_that_names_the_school_opens_at_its_place_with_what_was_read_of_it(client_of: As, school: School) -> None:
    client = client_of(Role.office)
    School.objects.create(year=2025, school_id="2199999999", name=f"新{school.name}", county_code=school.county_code)
    found = read(client, plan_of(school))
    page = client.get(reverse("school", args=[school.school_id]))
    (mention,) = page.context["said"].mentions
    assert mention.sentence.text == f"2025年底前，{school.name}新增小学学位360个。", "not that of a school with a longer name"
    assert mention.item.kind in ("tasks", "goals")
    assert mention.href in page.content.decode().replace("&amp;", "&")
    there = client.get(mention.href)
    assert there.context["page"].number > 1, "far down in the text"
    assert f'id="i{mention.item.pk}"' in there.content.decode()
    assert [each.pk for each in page.context["said"].own] == []
    assert [(each.document, each.many) for each in page.context["said"].naming] == [(found, 3)]


def test_a_promise_that_was_held_against_a_report_says_what_came_of_it(client_of: As, person: Callable[..., Person],
                                                                     school: School) -> None:
    client = client_of(Role.office)
    plan = read(client, plan_of(school))
    report = read(client, f"2025年教育工作总结\n\n{school.name}新增小学学位300个。\n", "总结.txt")
    compare(person(Role.planning), plan, report)
    carried()
    page = client.get(reverse("school", args=[school.school_id]))
    told = next(each for each in page.context["said"].mentions if each.document == plan)
    assert [each.verdict.name for each in told.outcomes] == ["partly"]
    assert reverse("promises-of", args=[Comparison.objects.latest("pk").pk]) in page.content.decode()


def test_documents_of_its_county_are_named_and_those_of_another_are_not_there(client_of: As, school: School) -> None:
    office = client_of(Role.office)
    city = read(office, plan_of(school))
    own = read(office, plan_of(school) + "\n县级。\n", "县计划.txt")
    other = read(office, plan_of(school) + "\n外县。\n", "外县计划.txt")
    Document.objects.filter(pk=own.pk).update(county_code=school.county_code, county=school.county)
    Document.objects.filter(pk=other.pk).update(county_code="990199", county="别县")
    Organisation.objects.create(kind=OrganisationKind.county_bureau.name, code="990199", name="别县教育局")
    officer = client_of(Role.county_officer, "county_bureau", school.county_code)
    told = said(officer, school)
    assert {each.document for each in told.mentions} == {own}  # type: ignore[attr-defined]
    assert (told.own, told.naming) == ([own], [])  # type: ignore[attr-defined]
    assert {each.document for each in said(office, school).mentions} == {city, own, other}  # type: ignore[attr-defined]
    School.objects.create(year=2025, school_id="2188888888", name=school.name, county_code="990199")
    whose = {each.document for each in said(office, school).mentions}  # type: ignore[attr-defined]
    assert whose == {own}, "the school of the same name in another county may be meant"


def test_a_school_and_who_sees_no_documents_is_told_nothing_of_them(client_of: As, school: School) -> None:
    read(client_of(Role.office), plan_of(school))
    page = client_of(Role.principal, "school", school.school_id).get(reverse("school", args=[school.school_id]))
    assert page.context["said"] is None
    assert not re.search("新增小学学位360个", page.content.decode())


def test_the_page_asks_the_database_no_more_often_for_more_sentences(
    client_of: As, school: School, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = client_of(Role.office)
    for number in range(3):
        text = plan_of(school) + f"第{number}稿。\n" + f"{school.name}新建操场1个。\n" * 12
        client.post(reverse("documents"), {"file": SimpleUploadedFile(f"{number}.txt", text.encode()), "owner": ""})
        carried()
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        page = client.get(reverse("school", args=[school.school_id]))
    assert (len(page.context["said"].mentions), page.context["said"].many) == (20, 39 + 3)
