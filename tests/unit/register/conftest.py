"""What the tests of the city folder share: a city whose key lies in a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from junheng.register.holding.city import City


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> City:
    monkeypatch.setenv("JUNHENG_KEY_FILE", str(tmp_path / "city.key"))
    return City(tmp_path / "city")
