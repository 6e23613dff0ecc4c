"""A figure by another dimension: the parts are those of the core, in sum the whole, and each leads on to its schools."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from django.urls import reverse

from junheng.engines import open_source
from junheng.indicators.measure import measure
from junheng.indicators.models import FindingRow
from junheng.indicators.origin import items_in
from junheng.indicators.results import ENGINE, book_of
from junheng.kernel.exact import written_or_none
from junheng.kernel.findings import Finding
from junheng.people.codes import OrganisationKind, Role
from junheng.people.models import Organisation
from junheng.register.holding import open_snapshot
from junheng.register.models import School
from tests.web.conftest import As
from tests.web.test_findings import one

pytestmark = pytest.mark.django_db
ITEMS = ("yz.1.4", "yz.1.4.cv", "yz.1.S", "yz.2.4", "yz.2.3.music")
BY = "urban_rural"


@pytest.fixture(scope="module")
def core(county: Path) -> list[Finding]:
    """What `junheng measure --by` says of the same figures."""
    snapshot = open_snapshot(county, 2025)
    source, book = open_source(ENGINE, snapshot.path), book_of(county, snapshot)
    items = (*ITEMS, *items_in("yz.1.S"))
    return [each for each in measure(snapshot, source, book, ["quality_balance_2017"], by=BY, items=items)[0] if each.slice]


def address(row: FindingRow) -> str:
    return reverse("finding-parts", args=[row.year, row.item, row.level, row.group, row.stage])


@pytest.mark.parametrize("item", ITEMS)
def test_the_parts_are_those_that_the_core_measures(client_of: As, core: list[Finding], item: str) -> None:
    row = one(item, "county")
    wanted = {each.slice: (written_or_none(each.part), written_or_none(each.whole), written_or_none(each.value), each.unknown)
              for each in core if (each.item, each.level.name, each.group, each.stage) == (item, "county", row.group, row.stage)}
    found = client_of(Role.planning).get(address(row), {"by": BY}).context["parts"]
    assert len(wanted) > 1
    assert {each.key: (each.figure.part, each.figure.whole, each.figure.value, each.figure.unknown) for each in found} == wanted


def test_the_parts_add_up_to_the_whole_by_every_dimension_that_is_offered(client_of: As) -> None:
    client, row = client_of(Role.planning), one("yz.1.4", "county")
    page = client.get(row.get_absolute_url())
    assert set(page.context["dimensions"]) >= {"urban_rural", "ownership", "kind", "inspector_area"}
    for by in page.context["dimensions"]:
        parts = client.get(address(row), {"by": by}).context["parts"]
        for side in ("part", "whole"):
            assert sum(Fraction(getattr(each.figure, side)) for each in parts) == Fraction(getattr(row, side))


def test_a_part_leads_on_to_the_schools_in_it(client_of: As) -> None:
    client, row = client_of(Role.planning), one("yz.1.4", "county")
    parts = client.get(address(row), {"by": BY}).context["parts"]
    area = {each.school_id: each.urban_rural for each in School.objects.filter(year=2025)}
    for part in parts:
        page = client.get(address(row), {"by": BY, "part": part.key})
        rows = list(page.context["page"])
        assert page.context["page"].paginator.count == len(part.schools)
        assert {each.school_id for each in rows} <= part.schools
        assert {(each.item, each.level, each.stage) for each in rows} == {("yz.1.4", "school", row.stage)}
        assert rows[0].get_absolute_url() in page.content.decode()
    villages = next(each for each in parts if each.key == f"{BY}=rural")
    assert {area[each] for each in villages.schools} == {"village", "township_centre"}


def test_what_has_no_parts_offers_none(client_of: As) -> None:
    client = client_of(Role.planning)
    for row in (one("yz.1.4", "school"), one("yz.0", "county"), one("jb.cv", "county")):
        assert client.get(row.get_absolute_url()).context["dimensions"] == {}
        assert client.get(address(row), {"by": BY}).status_code == 404
    assert client.get(address(one("yz.1.4", "county")), {"by": "'; --"}).status_code == 404


def test_who_does_not_see_the_figure_sees_no_part_of_it(client_of: As) -> None:
    row = one("yz.1.4", "county")
    Organisation.objects.create(kind=OrganisationKind.county_bureau.name, code="990199", name="别县教育局")
    assert client_of(Role.county_officer, "county_bureau", "990199").get(address(row), {"by": BY}).status_code == 404
    assert client_of(Role.principal, "school").get(address(row), {"by": BY}).status_code == 404


def test_parts_ask_the_database_a_fixed_number_of_times(
    client_of: As, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client, row = client_of(Role.planning), one("yz.1.4", "county")
    for asked in ({"by": "kind"}, {"by": "inspector_area"}, {"by": BY, "part": f"{BY}=rural"}):
        with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
            assert client.get(address(row), asked, headers={"HX-Request": "true"}).status_code == 200


def test_what_stages_have_in_common_is_shown_split_the_other_ways_too(client_of: As) -> None:
    row = next(each for each in FindingRow.objects.filter(year=2025, item="yz.1.S", level="school", split="by_pupils")
               if len({told["verdict"] for told in each.splits.values()} | {each.verdict}) > 1)
    page = client_of(Role.planning).get(row.get_absolute_url())
    assert set(row.splits) == {"declared", "weighted"}
    assert {each["row"].value for each in page.context["splits"]} == {told["value"] for told in row.splits.values()}
    assert "判断随拆分口径变化" in page.content.decode()
    plain = FindingRow.objects.filter(year=2025, item="yz.1.4", level="school", split=None)[0]
    assert client_of(Role.chief).get(plain.get_absolute_url()).context["splits"] == []
