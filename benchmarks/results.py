"""The page of results: each benchmark writes its own section and leaves the others as they are."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

PAGE = Path(__file__).parent / "RESULTS.md"
HEAD = ("# Results\n\nEach table was printed by the command above it. "
        "Ratios were measured in one run; single times depend on the machine.\n")


def write_section(title: str, command: str, columns: Sequence[str], rows: Sequence[Sequence[str]], note: str) -> None:
    """Print the table and put it into RESULTS.md under its title."""
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}", *(f"| {' | '.join(row)} |" for row in rows)]
    machine = f"{date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    section = "\n".join([f"## {title}", "", f"`{command}` ({machine})", "", *lines, "", note, ""])
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    name = title.split(",")[0]
    kept = [part for part in re.split(r"(?m)^(?=## )", page) if not part.startswith(f"## {name}")]
    PAGE.write_text("\n".join(part.rstrip() + "\n" for part in (*kept, section)), encoding="utf-8")
    print(section)
