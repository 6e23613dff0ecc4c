"""Findings of a snapshot, computed once for each set of rules and kept in the city folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import junheng
from junheng.engines import open_source
from junheng.indicators.measure import Result, measure
from junheng.kernel.codes import Evidence, Level, Verdict
from junheng.kernel.faults import OnProgress
from junheng.kernel.findings import CountyVerdict, Exact, Finding
from junheng.register.census import census_day
from junheng.register.holding import open_snapshot
from junheng.register.holding.snapshots import Snapshot
from junheng.register.lineage import Lineage, Restated, lineage_of, restate
from junheng.register.lineage.restating import restated_id
from junheng.standards import LawBook, law, law_book

ENGINE = "duckdb"  # the embedded one
ROOMS = ("kernel", "engines", "standards", "register/lineage", "indicators")
WORDS = ("register/census.py", "register/codes.py")  # what counts as usable, urban, a backbone title; and the census day
# what shows findings and decides none: prints, and the desk's side of a room
PRINTED = {"forms", "forms.py", "views", "views.py", "models.py", "actions.py", "tasks.py", "apps.py", "urls.py", "filters.py",
           "kept.py", "shown.py", "explain.py", "origin.py", "workbook.py", "templatetags", "migrations"}
EXACT = ("part", "whole", "value_squared", "lower", "upper", "limit", "gap_per_pupil", "share")


def book_of(city: Path, snapshot: Snapshot) -> LawBook:
    """The law on the census day of a snapshot, with the city's own overlays in `CITY/standards/`."""
    return law_book(census_day(snapshot.year), city / "standards")


def results(city: Path, snapshot: Snapshot, on_progress: OnProgress | None = None, *, standards: Sequence[str] | None = None,
            engine: str = ENGINE, by: str | None = None, to_year: int | None = None) -> Result:
    """Findings and verdicts of a snapshot, of all standards in force or of those named; one that is not in force has none.

    `by` adds the parts of a dimension, `to_year` restates to the tree of that year. What the embedded engine finds of the
    whole groups is kept in `findings/`, all standards and some of them apart; the parts, and all that another engine
    is asked for, are computed each time.
    Errors: JunhengError for a year that was not imported, or a tree earlier than the figures.
    """
    book = book_of(city, snapshot)
    asked = None if standards is None else [name for name, each in law.standards.items()
                                            if name in standards and each.day <= book.day]
    tree = _tree(city, snapshot, to_year)

    def compute() -> Result:
        with _in_tree(snapshot, tree) as register:
            return measure(register, open_source(engine, register.path), book, asked, on_progress, by)
    if engine != ENGINE or by is not None:
        return compute()
    return _remembered(city, restated_id(snapshot, *tree) if tree else snapshot.id, asked, compute)


def register_of(city: Path, snapshot: Snapshot, to_year: int | None = None) -> AbstractContextManager[Snapshot | Restated]:
    """The register that figures of `to_year`'s tree are made of, for as long as it is needed: to open one down to its rows."""
    return _in_tree(snapshot, _tree(city, snapshot, to_year))


def _tree(city: Path, snapshot: Snapshot, to_year: int | None) -> tuple[Snapshot, Lineage] | None:
    return None if to_year in (None, snapshot.year) else (open_snapshot(city, to_year), lineage_of(city))


@contextmanager
def _in_tree(snapshot: Snapshot, tree: tuple[Snapshot, Lineage] | None) -> Iterator[Snapshot | Restated]:
    """The register of a snapshot, as it is or restated to a later tree for as long as it is needed."""
    if tree is None:
        yield snapshot
        return
    with TemporaryDirectory() as folder:
        yield restate(snapshot, *tree, Path(folder) / "restated")


def _remembered(city: Path, name: str, asked: Sequence[str] | None, compute: Callable[[], Result]) -> Result:
    """What is kept of all standards serves those asked for too; what is computed is kept by what it was asked for."""
    whole = city / "findings" / f"{name}-{rules_digest(city)}"
    own = whole if asked is None else whole.with_name("-".join([whole.name, *asked]))
    for folder in dict.fromkeys((own, whole)):
        if (kept := _kept(folder)) is not None:
            return _of(kept, asked)
    found = compute()
    if os.access(city, os.W_OK):
        _keep(own, found)
    return found


def _of(found: Result, asked: Sequence[str] | None) -> Result:
    findings, verdicts = found
    if asked is None:
        return found
    return [each for each in findings if each.standard in asked], [each for each in verdicts if each.standard in asked]


def rules_digest(city: Path) -> str:
    """Twelve digits of what decides a finding besides the facts: the code and values of the rules, the city's overlays."""
    root = Path(junheng.__file__).parent
    files = [root / name for name in WORDS] + [path for room in ROOMS for path in sorted((root / room).rglob("*"))
             if path.suffix in {".py", ".toml"} and not PRINTED & set(path.relative_to(root).parts)]
    own = sorted((city / "standards").glob("*.toml"))
    return sha256(b"\0".join(sha256(path.read_bytes()).digest() for path in (*files, *own))).hexdigest()[:12]


def _keep(folder: Path, found: Result) -> None:
    folder.parent.mkdir(exist_ok=True)
    draft = Path(mkdtemp(dir=folder.parent, prefix=".draft-"))
    findings, verdicts = found
    content = {"findings": [each.as_json() for each in findings], "verdicts": [each.as_json() for each in verdicts]}
    try:
        (draft / "findings.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        draft.chmod(0o755)
        draft.rename(folder)
    except OSError:  # another process was first, or the disk is full: what is kept only saves time
        shutil.rmtree(draft, ignore_errors=True)


def _kept(folder: Path) -> Result | None:
    """What was kept; what cannot be read any more is thrown away, for it can be computed again."""
    if not folder.is_dir():
        return None
    try:
        return _read(folder)
    except (OSError, ValueError, KeyError, TypeError):
        shutil.rmtree(folder, ignore_errors=True)
        return None


def _read(folder: Path) -> Result:
    content = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    return [finding(row) for row in content["findings"]], [_verdict(row) for row in content["verdicts"]]


def finding(row: Mapping[str, Any]) -> Finding:
    """A finding from its machine-readable form; a root comes back with the digits it was printed with."""
    made = dict(row)
    made |= {name: None if row[name] is None else Fraction(row[name]) for name in EXACT}
    made |= {name: exact_value(row[name], is_root=row["item"].endswith(".cv")) for name in ("value", "gap")}
    made |= {"level": Level[row["level"]], "verdict": Verdict[row["verdict"]] if row["verdict"] else None,
             "evidence": Evidence[row["evidence"]], "papers": tuple(row["papers"])}
    return Finding(**made)


def exact_value(text: str | None, *, is_root: bool) -> Exact | None:
    """An exact number from the text it was written as; a root comes back with the digits it was written with."""
    if text is None:
        return None
    return Decimal(text) if is_root else Fraction(text)


def _verdict(row: Mapping[str, Any]) -> CountyVerdict:
    lists: dict[str, Sequence[str]] = {name: tuple(row[name]) for name in ("failed", "unknown", "needs_evidence")}
    made = {name: value for name, value in row.items() if name != "depends_on_split"} | lists
    return CountyVerdict(**made | {"verdict": Verdict[row["verdict"]], "evidence": Evidence[row["evidence"]]})


def measured_under(snapshot: Snapshot, book: LawBook, on_progress: OnProgress | None = None) -> Result:
    """Findings and verdicts of a snapshot under another law than the city's: what a change would change. Nothing is kept."""
    return measure(snapshot, open_source(ENGINE, snapshot.path), book, None, on_progress)
