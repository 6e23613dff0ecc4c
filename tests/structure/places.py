"""Where things stand in the checkout."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "junheng"
REFERENCE = ROOT / "docs" / "reference"


def project_files() -> list[Path]:
    """Every file that is or would be in the repository; works without git."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    left_out = {line.rstrip("/") for line in lines} | {".git"}
    found: list[Path] = []
    for folder, inner, files in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in left_out and not name.endswith(".egg-info")]
        found += [Path(folder, name) for name in files if name != ".git"]  # of a work tree it is a file
    return sorted(found)
