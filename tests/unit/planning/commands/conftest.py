"""A city for each test, and an officer who types."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.planning.cities import city_of
from tests.unit.planning.commands.running import Officer
from tests.unit.planning.short_county import short_county


@pytest.fixture
def officer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Officer:
    return Officer(city_of(short_county(), tmp_path), monkeypatch, capsys)
