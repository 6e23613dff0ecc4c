"""The findings: down from a standard to a school, every number a link to how it was made."""

from __future__ import annotations

import re
from fractions import Fraction
from io import BytesIO

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from junheng.indicators import shown
from junheng.indicators.filters import Filters
from junheng.indicators.models import FindingRow, SavedView
from junheng.indicators.registry import INDICATORS
from junheng.indicators.shown import wants_less
from junheng.kernel.exact import rounded
from junheng.people.codes import Role
from junheng.register.models import RegisterYear
from tests.web.conftest import As, in_english

pytestmark = pytest.mark.django_db
LIST = "/findings/"
NUMBER = re.compile(r'<a class="num[^"]*" href="(/findings/[^"#]+)')
NAME = re.compile(r'<a data-open href="([^"]+)"')


def one(item: str, level: str, **more: object) -> FindingRow:
    found = FindingRow.objects.filter(year=2025, item=item, level=level, **more).order_by("pk").first()
    assert found is not None
    return found


def page(client: Client, address: str) -> str:
    answer = client.get(address.replace("&amp;", "&"))
    assert answer.status_code == 200, address
    return answer.content.decode()


def rows(client: Client, query: str) -> list[FindingRow]:
    return list(client.get(f"{LIST}?{query}").context["page"].object_list)


def test_the_tag_links_a_number_to_its_page_and_says_what_is_unknown() -> None:
    row = one("yz.1.4", "school")
    template = Template("{% load findings %}{% finding_link row %}|{% finding_link none %}")
    made = template.render(Context({"row": row, "none": None}))
    assert f'<a class="num" href="{row.get_absolute_url()}">' in made
    assert made.endswith('|<span class="unknown">未知</span>')


@pytest.mark.parametrize(("value", "text"), [
    ("4.499", "4.499"), ("4.49996", "4.49996"), ("4.5", "4.50"), ("4.501", "4.501"), ("4.51", "4.51"), ("4.1", "4.10")])
def test_what_is_short_of_its_limit_is_never_printed_as_the_limit(value: str, text: str) -> None:
    row = one("yz.1.4", "school", stage="primary")
    row.value = value
    assert shown.shown(row, unit=False) == text
    assert shown.shown(row, "limit").endswith("4.5")


def test_the_address_of_a_figure_leads_to_it_whatever_its_group_is_called(client_of: As) -> None:
    row = one("yz.1.4", "school")
    FindingRow.objects.filter(pk=row.pk).update(group="a/b rows?", name="怪校")
    row.refresh_from_db()
    assert "怪校" in page(client_of(Role.chief), row.get_absolute_url())


def test_one_walks_down_from_the_standard_to_a_school_by_the_names_alone(client_of: As) -> None:
    client = client_of(Role.chief)
    seen = [next(each for each in NAME.findall(page(client, LIST)) if each.endswith("item=yz.1.4"))]
    while "item=" in seen[-1]:
        seen.append(NAME.findall(page(client, seen[-1]))[0])
    assert [level for each in seen for level in re.findall(r"level=(\w+)", each)] == ["township", "school"]
    assert seen[-1].startswith("/findings/2025/yz.1.4/school/")
    assert "分母" in page(client, seen[-1])


def test_every_number_of_the_list_opens_the_page_that_says_how_it_was_made(client_of: As) -> None:
    client = client_of(Role.chief)
    numbers = NUMBER.findall(page(client, f"{LIST}?standard=quality_balance_2017&level=county"))
    assert len(numbers) > 40
    for address in numbers[::9]:
        assert "怎么算出来的" in page(client, address)


def test_a_principal_finds_his_own_school_and_no_other(client_of: As) -> None:
    client = client_of(Role.principal, "school", one("yz.1.4", "school").school_id)
    own = rows(client, "item=yz.1.4")
    assert {each.level for each in own} == {"school"}
    assert len({each.school_id for each in own}) == 1
    for other in (one("yz.1.4", "county"), FindingRow.objects.filter(item="yz.1.4", level="school").exclude(
            school_id=own[0].school_id).first()):
        assert other is not None
        assert client.get(other.get_absolute_url()).status_code == 404
        assert client.get(f"{other.get_absolute_url()}rows/").status_code == 404
    assert rows(client, f"school={other.school_id}&level=school") == []


@pytest.mark.parametrize("address", [
    LIST, f"{LIST}?item=yz.1.4&level=school", f"{LIST}?verdict=not_met", f"{LIST}?q=小学",
    "/findings/2025/yz.1.4.cv/county/{county}/primary/", "/findings/2025/yz.1.S/county/{county}/primary/"])
def test_a_page_asks_the_database_at_most_twenty_times(
        client_of: As, address: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client, county = client_of(Role.chief), one("yz.1.4", "county").group
    with django_assert_max_num_queries(20):
        page(client, address.format(county=county))


def test_a_longer_list_asks_the_database_no_more_often(client_of: As) -> None:
    client, school, asked = client_of(Role.chief), one("yz.1.4", "school").school_id, []
    rows(client, "item=yz.1.4")  # what is kept of the year is asked for once
    for query in (f"item=yz.1.4&level=school&school={school}", "item=yz.1.4&level=school"):
        with CaptureQueriesContext(connection) as queries:
            found = rows(client, query)
        asked.append((len(found), len(queries)))
    assert (asked[0][0], asked[1][0]) == (1, 50)
    assert asked[0][1] == asked[1][1]


def test_filters_narrow_and_a_value_that_means_nothing_is_as_if_it_were_not_there(client_of: As) -> None:
    client = client_of(Role.chief)
    assert {each.verdict for each in rows(client, "verdict=not_met&standard=quality_balance_2017")} == {"not_met"}
    assert {each.stage for each in rows(client, "item=yz.1.4&level=school&stage=junior")} == {"junior"}
    town = one("yz.1.4", "school").township_code
    assert {each.township_code for each in rows(client, f"item=yz.1.4&level=county&town={town}")} == {town}
    assert all(each.unknown or each.verdict == "unknown" for each in rows(client, "unknown=1"))
    assert {each.item for each in rows(client, "q=大班额比例&level=county")} == {"st.big", "st.xbig"}
    assert Filters.of({"item": "'; drop table", "level": "moon", "year": "x", "sort": "-pk"}) == Filters()


def test_a_list_is_sorted_by_the_server_and_what_is_unknown_comes_last_either_way(client_of: As) -> None:
    client = client_of(Role.chief)
    FindingRow.objects.filter(pk=one("yz.1.4", "school").pk).update(value=None, value_number=None)
    for sort in ("value", "-value"):
        pages = [client.get(f"{LIST}?item=yz.1.4&level=school&sort={sort}&page={number}").context["page"] for number in (1, 99)]
        values = [each.value_number for one_page in pages for each in one_page.object_list]
        assert values[-1] is None
        known = values[:-1]
        assert None not in known
        assert known == sorted(known, reverse=sort == "-value")


def test_what_drives_a_spread_stands_first_and_adds_up(client_of: As) -> None:
    spread = one("yz.1.4.cv", "county", stage="primary")
    drivers = client_of(Role.chief).get(spread.get_absolute_url()).context["drivers"]
    shares = [each.share_number for each in drivers["schools"]]
    assert shares == sorted(shares, reverse=True)
    assert sum(drivers["chart"]["series"][0]["values"]) == pytest.approx(100, abs=0.1)
    assert drivers["chart"]["categories"][-1] == f"其余 {drivers['rest']} 所"


def test_the_years_of_a_figure_are_a_line_and_a_year_that_is_not_known_stays_a_gap(client_of: As) -> None:
    row = one("yz.1.4", "county", stage="primary")
    FindingRow.objects.create(**{each.name: getattr(row, each.name) for each in FindingRow._meta.fields if each.name != "id"} | {
        "year": 2023, "value": None, "value_number": None})
    chart = client_of(Role.chief).get(row.get_absolute_url()).context["trend_chart"]
    assert chart["x"] == ["2023", "2024", "2025"]
    assert chart["series"][0]["values"][0] is None
    assert None not in chart["series"][0]["values"][1:]


def test_a_view_is_saved_under_its_name_and_is_nobody_elses(client_of: As) -> None:
    client, other = client_of(Role.planning), client_of(Role.supervision)
    for verdict in ("unknown", "not_met"):
        client.post("/findings/views/", {"name": "小学缺口", "verdict": verdict, "stage": "primary", "q": ""})
    view = SavedView.objects.get()
    assert view.query == "stage=primary&verdict=not_met"
    assert "小学缺口" in page(client, LIST)
    assert "小学缺口" not in page(other, LIST)
    other.post(f"/findings/views/{view.pk}/delete/")
    assert SavedView.objects.count() == 1
    client.post(f"/findings/views/{view.pk}/delete/")
    assert SavedView.objects.count() == 0
    assert client.post("/findings/views/", {"name": "  "}).status_code == 409


@pytest.mark.parametrize("text", [
    "'; DROP TABLE x; --", "{{ 7|add:7 }}", "{% debug %}", "<script>alert(1)</script>", "\0", "%_\\", "九" * 5000])
def test_what_is_typed_is_looked_for_and_nothing_else(client_of: As, text: str) -> None:
    client = client_of(Role.chief)
    for name in ("q", "year", "standard", "item", "level", "county", "town", "school", "stage", "verdict", "sort", "page"):
        answer = client.get(LIST, {name: text})
        assert answer.status_code == 200, name
        assert "<script>alert" not in answer.content.decode()
    assert client.post("/findings/views/", {"name": text, "q": text}).status_code in (302, 409)
    assert client.get("/findings/2025/yz.1.4/school/a%00b/primary/").status_code == 404
    assert client.get("/findings/99999999999999999999/yz.1.4/school/a/primary/").status_code == 404


def test_an_empty_desk_says_what_to_do(client_of: As) -> None:
    client = client_of(Role.chief)
    RegisterYear.objects.all().delete()
    assert "还没有测算结果" in page(client, LIST)


@pytest.mark.parametrize("role", [Role.chief, Role.county_officer, Role.inspector, Role.auditor])
def test_the_pages_open_for_whoever_sees_findings(client_of: As, role: Role) -> None:
    kinds = {Role.county_officer: "county_bureau", Role.inspector: "inspector_area"}
    client = client_of(role, kinds.get(role, "city_bureau"))
    page(client, LIST)
    assert rows(client, "standard=quality_balance_2017&level=school")


def test_a_school_begins_with_a_standard_that_asks_something_of_it(client_of: As) -> None:
    kindergarten = FindingRow.objects.filter(standard="preschool_2020", level="school").exclude(
        school_id__in=FindingRow.objects.filter(standard="quality_balance_2017").values("school_id")).first()
    assert kindergarten is not None
    answer = client_of(Role.school_clerk, "school", kindergarten.school_id).get(LIST)
    assert answer.context["asked"].standard == "preschool_2020"
    assert answer.context["lines"]
    assert "quality_balance_2017" not in [name for name, _, _ in answer.context["tabs"]]


def test_who_does_not_see_findings_is_refused(client_of: As) -> None:
    assert client_of(Role.administrator).get(LIST).status_code == 403


def test_the_way_that_is_better_is_the_way_to_the_verdict_of_every_figure_that_is_judged() -> None:
    judged = FindingRow.objects.filter(verdict__in=("met", "not_met"), limit__isnull=False, value__isnull=False)
    told = [(row, Fraction(row.value) - Fraction(row.limit)) for row in judged]
    wrong = {(row.item, row.level) for row, over in told
             if over and (row.verdict == "met") != ((over < 0) is wants_less(row, INDICATORS[row.item]))}
    directions = {(row.item, row.level): wants_less(row, INDICATORS[row.item]) for row, _ in told}
    assert wrong == set()
    assert len(directions) > 100
    assert directions["yz.2.4", "school"]
    assert not directions["yz.2.4", "county"], "more schools within the size are better"
    assert directions["yz.1.4.cv", "county"]
    assert not directions["yz.2.5", "county"]


@pytest.mark.parametrize(("level", "was", "now", "css"), [("school", 500, 900, "worse"), ("county", 0.5, 0.9, "better")])
def test_more_of_what_should_be_small_is_worse_but_more_schools_that_keep_to_it_are_better(
    client_of: As, level: str, was: float, now: float, css: str
) -> None:
    """2.4 asks a school for few pupils; above the schools it counts those that have few enough."""
    row = one("yz.2.4", level)
    same = FindingRow.objects.filter(item=row.item, level=level, group=row.group, stage=row.stage)
    for year, number in ((2024, was), (2025, now)):
        assert same.filter(year=year).update(value=str(number), value_number=number) == 1
    asked = {"item": "yz.2.4", "level": level, "stage": row.stage, "q": row.name}
    lines = client_of(Role.chief).get(LIST, asked).context["rows"]
    assert [each["change"]["css"] for each in lines if each["row"].pk == row.pk] == [css]


def test_a_figure_is_counted_in_english_words_on_an_english_page(client_of: As) -> None:
    client, row = client_of(Role.chief), one("yz.1.1", "school", stage="primary", value__isnull=False)
    value = f"{rounded(Fraction(row.value or 0), 2):,f}"
    assert f"{value} 人/百人" in page(client, row.get_absolute_url())
    english = page(in_english(client), row.get_absolute_url())
    assert f"{value} per 100 pupils" in english
    assert "人/百人" not in english


@pytest.mark.parametrize(("gap", "unit", "told"), [
    ("2/3", "人", "1 person"), ("4/3", "人", "2 people"), ("1", "个班", "1 class"), ("3", "所", "3 schools"),
    ("5/2", "元", "2.50 yuan")])
def test_one_is_one_and_several_are_several(gap: str, unit: str, told: str) -> None:
    row = FindingRow(item="yz.1.1", gap=gap, gap_number=1.0, gap_unit=unit)
    with override("en"):
        assert shown.shown(row, "gap") == told
    assert shown.shown(row, "gap").endswith(f" {unit}")


def test_a_workbook_is_in_chinese_whoever_exports_it(client_of: As) -> None:
    client = client_of(Role.chief)
    sheets = [client.post("/findings/export/?item=yz.1.1&level=county").content for client in (client, in_english(client))]
    assert [CalamineWorkbook.from_filelike(BytesIO(each)).get_sheet_by_index(0).to_python() for each in sheets][1] == (
        CalamineWorkbook.from_filelike(BytesIO(sheets[0])).get_sheet_by_index(0).to_python())
