"""The benchmark of the desk at the size of a city, tried on a few schools: it compares the same rows and loses nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.structure.places import ROOT


def test_pages_are_measured_against_views_that_list_the_same_rows_and_no_upload_is_lost(tmp_path: Path) -> None:
    small = ["--size", "small", "--rounds", "1", "--clients", "2", "--opened", "2", "--uploads", "3", "--seconds", "1"]
    asked = [*small, "--city", tmp_path, "--only", "pages", "opened", "uploads", "--dry"]
    command = [sys.executable, ROOT / "benchmarks/web.py", *asked]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    pages, opened, uploads = (json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
    assert all(int(row[-1].split(" / ")[0]) <= 20 for row in pages["rows"]), pages["rows"]
    assert [row[0] for row in opened["rows"]] == ["school", "county", "city"]
    assert "Refused: 0. Lost: 0." in uploads["note"]
