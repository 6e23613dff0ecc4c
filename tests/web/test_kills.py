"""kill -9 of the desk at work, three times; `benchmarks/desk_kills.py 50` does it fifty times."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.structure.places import ROOT


def test_after_kills_at_random_moments_nothing_is_lost_and_nothing_is_half_done() -> None:
    engine = "postgresql" if os.environ.get("JUNHENG_DATABASE_URL") else "sqlite"  # each makes a desk and a cluster of its own
    command = [sys.executable, ROOT / "benchmarks/desk_kills.py", "3", engine, "--seed", "7", "--dry"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 wrong" in done.stdout
