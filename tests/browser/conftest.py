"""A county that was measured as a user does it, for the eyes of Chromium and LibreOffice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from docs.fences import beginning, environment


@pytest.fixture(scope="session")
def out() -> Path:
    """What `measure --out` left for the county of the docs."""
    folder = beginning(("city",))
    command = [str(Path(sys.executable).with_name("junheng")), "measure", "--city", "city", "--out", "out"]
    subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=True)
    return folder / "out"


@pytest.fixture(scope="session")
def answer(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(next(out.glob("*.json")).read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def schools(answer: dict[str, Any]) -> set[str]:
    """The names of the schools that were judged on all seven resource items."""
    return {each["name"] for each in answer["findings"] if each["item"] == "yz.1.S" and each["level"] == "school"}
