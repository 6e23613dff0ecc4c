"""These tests read published data that is no part of the project: JUNHENG_REFERENCE_DATA names its folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

collect_ignore_glob = [] if os.environ.get("JUNHENG_REFERENCE_DATA") else ["*"]


@pytest.fixture(scope="session")
def reference_data() -> Path:
    return Path(os.environ["JUNHENG_REFERENCE_DATA"]).resolve()
