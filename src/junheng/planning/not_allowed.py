"""What may not be done to close a gap: the planner refuses to be asked for it, the check looks for it in a plan."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

REFUSED: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    (Path(str(files("junheng.planning"))) / "not_allowed.toml").read_text(encoding="utf-8")
)


def sentence(name: str) -> str:
    """Why it may not be done, with its paper."""
    told = REFUSED[name]
    return f"{told['sentence']}（{told['paper']}）"
