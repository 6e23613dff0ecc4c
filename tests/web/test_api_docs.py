"""The program that the docs show runs as it stands, and prints what they say; so do their refusals."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from urllib import request

import pytest
from django.test import Client

from junheng.people import tokens
from junheng.people.codes import Role
from junheng.people.models import Person
from tests.structure.places import ROOT

pytestmark = pytest.mark.django_db
PAGE = (ROOT / "docs/how-to/read-by-program.md").read_text(encoding="utf-8")
SHOWN = re.compile(r"```python\n(?P<code>.*?)```\n\n```text\n(?P<output>.*?)```", re.DOTALL)
REFUSED = re.compile(r"```json\n(.*?)```", re.DOTALL)
DESK = "https://desk.example.gov.cn"


def test_the_program_of_the_page_prints_what_the_page_shows(
    person: Callable[..., Person], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answered = []

    def urlopen(asked: request.Request) -> BytesIO:
        answered.append(asked.full_url)
        answer = Client(headers=dict(asked.header_items())).get(asked.full_url.removeprefix(DESK))
        assert answer.status_code == 200
        return BytesIO(answer.content)

    monkeypatch.setattr(request, "urlopen", urlopen)
    monkeypatch.setenv("JUNHENG_DESK", DESK)
    monkeypatch.setenv("JUNHENG_TOKEN", tokens.issue(person(Role.county_officer, "county_bureau"), "docs", 30))
    shown = SHOWN.search(PAGE)
    assert shown
    exec(shown["code"], {})
    assert capsys.readouterr().out == shown["output"]
    assert len(answered) > 1, "the rest of the rows was asked for"


def test_the_refusal_of_the_page_is_what_a_program_without_a_token_reads(county: object) -> None:
    shown = REFUSED.search(PAGE)
    assert shown
    assert Client().get("/api/v1/").json() == json.loads(shown[1])
