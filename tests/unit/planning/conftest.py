"""A city for each test, and an officer who types."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from tests.unit.planning.cities import city_of
from tests.unit.planning.commands.running import Officer
from tests.unit.planning.short_county import short_county


@pytest.fixture(scope="session")
def short_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return city_of(short_county(), tmp_path_factory.mktemp("cities"))


@pytest.fixture
def officer(short_city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Officer:
    return Officer(Path(copytree(short_city, tmp_path / "city")), monkeypatch, capsys)
