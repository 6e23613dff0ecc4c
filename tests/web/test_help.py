"""The manual in place: everybody reads it, each page opens its own chapter, and it leads nobody where he may not go."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve, reverse

from junheng.indicators.models import FindingRow
from junheng.people.codes import Role
from junheng.people.doors import admits
from junheng.people.models import Person
from junheng.people.scope import Access
from junheng.web.manual.chapters import CHAPTERS
from tests.web.conftest import As

pytestmark = pytest.mark.django_db
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
LINK = re.compile(r'href="(/[^"#?]*)')
OF_SCHOOLS = (Role.principal, Role.school_clerk)
# one of each kind of role; what the others may do is a part of it
KINDS = (Role.chief, Role.planning, Role.county_officer, Role.principal, Role.auditor, Role.other_department, Role.administrator)


def chapter(name: str) -> str:
    return reverse("help-chapter", args=[name])


def main_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    found = MAIN.search(answer.content.decode())
    assert found
    return found[0]


@pytest.mark.parametrize("role", KINDS, ids=lambda role: role.name)
def test_every_role_reads_every_chapter_and_is_led_only_to_what_it_may_open(client_of: As, role: Role) -> None:
    client = client_of(role, "school" if role in OF_SCHOOLS else "city_bureau")
    access = Access(Person.objects.get(), client.get(reverse("help")).context["access"].day)
    texts = [main_of(client, reverse("help")), *(main_of(client, chapter(name)) for name in CHAPTERS)]
    links = {link for text in texts for link in LINK.findall(text)}
    assert {chapter(name) for name in CHAPTERS} <= links
    assert [link for link in links if not admits(resolve(link).func, access)] == []


@pytest.mark.parametrize("role", [Role.planning, Role.principal, Role.administrator], ids=lambda role: role.name)
def test_what_a_chapter_leads_to_opens_and_leads_back_to_a_chapter(client_of: As, role: Role) -> None:
    client = client_of(role, "school" if role in OF_SCHOOLS else "city_bureau")
    links = {link for name in CHAPTERS for link in LINK.findall(main_of(client, chapter(name)))}
    for link in sorted(links - {chapter(name) for name in CHAPTERS} - {"/static/"}):
        page = client.get(link, follow=True)
        assert page.status_code == 200, link
        assert page.context["help"] in {chapter(name) for name in CHAPTERS}
        assert f'class="top-help" href="{page.context["help"]}"' in page.content.decode(), link


def test_each_page_opens_its_own_chapter(client_of: As) -> None:
    client = client_of(Role.planning)
    figure = FindingRow.objects.filter(level="county", year=2025).order_by("pk")[0].get_absolute_url()
    told = {"/": "overview", "/todo/": "overview", "/guide/": "guide", "/findings/": "findings", figure: "figures",
            f"{figure}rows/": "figures", "/schools/": "schools", "/submissions/": "submissions",
            "/submissions/deadlines/": "submissions", "/documents/": "documents", "/plans/": "plans", "/standards/": "standards",
            "/jobs/": "jobs", "/account/": "account", "/account/password/": "account", "/account/tokens/": "api",
            "/help/": "start"}
    assert {address: client.get(address).context["help"] for address in told} == {
        address: chapter(name) for address, name in told.items()
    }
    administrator = client_of(Role.administrator)
    assert administrator.get("/permissions/").context["help"] == chapter("people")
    assert administrator.get("/audit/").context["help"] == chapter("audit")


def test_what_is_not_ones_own_to_do_is_folded_and_names_who_does_it(client_of: As) -> None:
    school = client_of(Role.principal, "school").get(chapter("submissions"))
    own = {each["part"].anchor: each["is_own"] for each in school.context["parts"]}
    assert (own["way"], own["hand-in"], own["check"], own["version"]) == (True, True, False, False)
    assert {each["part"].anchor: each["who"] for each in school.context["parts"]}["check"] == "规划科干部、县教育局干部"
    assert school.content.decode().count("<details class=") == list(own.values()).count(False)
    contents = client_of(Role.other_department).get(reverse("help"))
    assert "plans" in {text.chapter for text, _opening in contents.context["others"]}
    assert "standards" in {text.chapter for text, _opening in contents.context["own"]}


def test_words_are_looked_for_and_a_hit_leads_to_its_place(client_of: As) -> None:
    client = client_of(Role.principal, "school")
    page = client.get(reverse("help"), {"q": "解锁"}).content.decode()
    assert f'href="{chapter("submissions")}#deadline"' in page
    assert "<mark>解锁</mark>" in page
    hostile = client.get(reverse("help"), {"q": "<script>alert(1)</script>\0"})
    assert hostile.status_code == 200
    assert "<script>alert" not in hostile.content.decode()
    assert "没有找到" in hostile.content.decode()


def test_the_language_switch_chooses_the_language_of_the_chapter(client_of: As) -> None:
    client = client_of(Role.chief)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    page = main_of(client, chapter("submissions"))
    assert "How a school hands in" in page
    assert "学校怎样报送" not in page


def test_there_is_no_chapter_that_is_not_written(client_of: As) -> None:
    assert client_of(Role.chief).get(chapter("secrets")).status_code == 404


def test_a_picture_is_shown_where_there_is_one(client_of: As, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(Role.chief)
    monkeypatch.setattr(finders, "find", lambda path: path == "web/manual/zh/plans.webp")
    assert 'src="/static/web/manual/zh/plans.webp"' in main_of(client, chapter("plans"))
    assert "<img" not in main_of(client, chapter("jobs"))
