"""City folders for tests: a drawn register as the snapshot of a city, without workbooks and keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

from junheng.register.holding import City
from junheng.register.holding.disk import as_json
from junheng.register.holding.snapshots import Snapshot, write_snapshot
from junheng.register.submission import HandedIn, Submission
from tests.spec.drawn import Drawn


def city_of(registers: Drawn | Sequence[Drawn], folder: Path) -> Path:
    """A city that holds these registers; of one year given twice, the later is in force."""
    path = Path(mkdtemp(dir=folder))
    (path / "city.json").write_bytes(as_json({"format": 1, "city": "drawn", "key": "none"}))
    (path / "CURRENT").write_bytes(b"{}\n")
    for drawn in [registers] if isinstance(registers, Drawn) else registers:
        add_snapshot(path, drawn)
    return path


def add_snapshot(city: Path, drawn: Drawn) -> Snapshot:
    file = HandedIn(Path("drawn.xlsx"), "drawn.xlsx", "0" * 64)
    made = write_snapshot(City(city), Submission(drawn.year, [file], drawn.tables, drawn.handed_in), None, None, {})
    City(city).put_in_force({drawn.year: made.id})
    return made
