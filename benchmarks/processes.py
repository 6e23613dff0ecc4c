"""CPU seconds and peak memory of this process and those it has started and that still run, such as Java (Linux)."""

from __future__ import annotations

import os
import re
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds() -> float:
    return sum(_cpu(process) for process in _processes())


def peak_mb() -> float:
    return sum(_peak_kb(process) for process in _processes()) / 1024


def _processes() -> list[Path]:
    own = os.getpid()
    children = [path for path in Path("/proc").iterdir() if path.name.isdigit() and _parent(path) == own]
    return [Path(f"/proc/{own}"), *children]


def _fields(process: Path) -> list[str]:
    """The numbers of /proc/PID/stat from the third on, which come after the name in brackets."""
    return (process / "stat").read_text().rpartition(")")[2].split()


def _parent(process: Path) -> int | None:
    try:
        return int(_fields(process)[1])
    except OSError:  # it has ended meanwhile
        return None


def _cpu(process: Path) -> float:
    user, system = _fields(process)[11:13]
    return (int(user) + int(system)) / TICKS


def _peak_kb(process: Path) -> int:
    found = re.search(r"VmHWM:\s+(\d+)", (process / "status").read_text())
    return int(found[1]) if found else 0
