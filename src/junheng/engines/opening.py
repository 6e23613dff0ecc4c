"""An engine by its name, as the command line takes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from junheng.engines.counting import Source
from junheng.engines.duck import Duck
from junheng.engines.spark import Spark
from junheng.kernel.faults import JunhengError

ENGINES: dict[str, Callable[[Path], Source]] = {"duckdb": Duck, "spark": Spark}


def open_source(name: str, folder: Path) -> Source:
    """The tables of a snapshot's folder in the engine of this name; what it holds is given back when the process ends.

    Errors: JunhengError for an engine that is not known, or not installed.
    """
    if name not in ENGINES:
        raise JunhengError(f"--engine {name}：没有这个引擎；可用：{'、'.join(ENGINES)} -> 改正 --engine")
    return ENGINES[name](folder)
