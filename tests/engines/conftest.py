"""The engines are asked last, of all that the specs drew; Java compiles for a short life.

Making short queries fast would take Java half of the suite's time.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ["PYSPARK_SUBMIT_ARGS"] = "--driver-java-options -XX:TieredStopAtLevel=1 pyspark-shell"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: Path(__file__).parent in item.path.parents)
