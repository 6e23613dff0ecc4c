"""What all suites share: nothing is skipped, and a folder that is not collected is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REFERENCE_DATA = os.environ.get("JUNHENG_REFERENCE_DATA")


def pytest_configure() -> None:
    if REFERENCE_DATA and not Path(REFERENCE_DATA).is_dir():
        raise pytest.UsageError(f"JUNHENG_REFERENCE_DATA names no folder: {REFERENCE_DATA}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not REFERENCE_DATA:
        terminalreporter.write_line("tests/reference is not collected: JUNHENG_REFERENCE_DATA is unset")
