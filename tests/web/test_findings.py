"""The findings: down from a standard to a school, every number a link to how it was made."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from junheng.indicators.models import FindingRow
from junheng.people.codes import Role
from tests.web.conftest import As

pytestmark = pytest.mark.django_db


def one(item: str, level: str, **more: object) -> FindingRow:
    found = FindingRow.objects.filter(year=2025, item=item, level=level, **more).order_by("pk").first()
    assert found is not None
    return found


def test_the_tag_links_a_number_to_its_page_and_says_what_is_unknown() -> None:
    row = one("yz.1.4", "school")
    made = Template("{% load findings %}{% finding_link row %}|{% finding_link none %}").render(Context({"row": row, "none": None}))
    assert f'<a class="num" href="{row.get_absolute_url()}">' in made
    assert made.endswith('|<span class="unknown">未知</span>')


def test_the_address_of_a_figure_leads_to_it_whatever_its_group_is_called(client_of: As) -> None:
    row = one("yz.1.4", "school")
    FindingRow.objects.filter(pk=row.pk).update(group="a/b rows?", name="怪校")
    row.refresh_from_db()
    assert "怪校" in client_of(Role.chief).get(row.get_absolute_url()).content.decode()
