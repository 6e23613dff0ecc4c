"""The word lists of the checks (kinds.toml), read once."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def _read() -> dict[str, Any]:
    return tomllib.loads((files("junheng.documents.checks") / "kinds.toml").read_text(encoding="utf-8"))


KINDS = _read()
