"""The desk as `deploy/` sets it up is one that Django finds nothing to warn of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.structure.places import ROOT


def environment() -> dict[str, str]:
    lines = (ROOT / "deploy/junheng.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_settings_of_a_server_leave_nothing_to_warn_of(tmp_path: Path) -> None:
    place = {"JUNHENG_CITY": str(tmp_path / "city"), "JUNHENG_KEY_FILE": str(tmp_path / "city.key")}
    django = {"DJANGO_SETTINGS_MODULE": "junheng.web.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    check = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    found = subprocess.run(check, env=os.environ | environment() | place | django, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
