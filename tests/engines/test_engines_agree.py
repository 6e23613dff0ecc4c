"""DuckDB and Spark tell the same, to the last digit: of every register drawn by a spec or made up, and of whole measurements."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from junheng.engines import Duck, Spark, rows
from junheng.indicators.measure import measure
from junheng.kernel.shapes import Sum
from junheng.register.census import census_day
from junheng.register.holding.accept import import_all
from junheng.register.holding.snapshots import open_snapshot
from junheng.samples import make_sample
from junheng.standards import law_book
from tests.engines.made import made_registers
from tests.engines.stacking import YEAR, Case, Told, every_sum, printed, stack, told_alone, told_stacked
from tests.spec.drawn import KEEP_IN, draw

SPECS = Path(__file__).parents[1] / "spec"
MADE_FOR_EACH_SUM = 5
EVERY = 40  # of the cases one is asked alone: for that each table of it is opened anew


@pytest.fixture(scope="module")
def sums() -> list[Sum]:
    return every_sum()


@pytest.fixture(scope="module")
def cases(sums: list[Sum], tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return [*(Case(folder, sums) for folder in drawn_by_the_specs()),
            *made_registers(sums, MADE_FOR_EACH_SUM, tmp_path_factory.mktemp("made"))]


@pytest.fixture(scope="module")
def all_cases(cases: list[Case], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stacked")
    stack(cases, folder)
    return folder


@pytest.fixture(scope="module")
def on_duck(sums: list[Sum], all_cases: Path) -> Told:
    return told_stacked(Duck(all_cases), sums)


def drawn_by_the_specs() -> list[Path]:
    """What the specs drew earlier in this run (conftest.py puts them first); where they were left out, they run now."""
    if not list(Path(KEEP_IN).iterdir()):
        specs = [str(path) for path in SPECS.glob("test_*.py") if "tests.spec" in path.read_text(encoding="utf-8")]
        subprocess.run([sys.executable, "-m", "pytest", "-q", *specs], env={**os.environ, "JUNHENG_DRAWN": KEEP_IN},
                       cwd=SPECS.parents[1], stdout=subprocess.DEVNULL, check=False)  # a spec that fails says so itself
    return sorted(Path(KEEP_IN).iterdir())


def test_every_sum_of_every_case_is_the_same_on_both_engines(sums: list[Sum], all_cases: Path, on_duck: Told) -> None:
    assert told_stacked(Spark(all_cases), sums) == on_duck


def test_a_case_among_others_tells_what_it_tells_alone(cases: list[Case], on_duck: Told) -> None:
    for case in cases[::EVERY]:
        asked = {(case.name, each) for each in case.sums}
        assert {key: told for key in asked if (told := on_duck.get(key))} == told_alone(case)


def test_the_cases_reach_nearly_every_sum_and_its_unknown(sums: list[Sum], on_duck: Told) -> None:
    found = [(asked, tally) for (_, asked), groups in on_duck.items() for tally in groups.values()]
    can_be_unknown = {each for each in sums if each.table.keep is not None or each.column is not None}
    never_more_than_0 = [printed(each) for each in {*sums} - {asked for asked, tally in found if tally.value}]
    never_unknown = [printed(each) for each in can_be_unknown - {asked for asked, tally in found if tally.unknown}]
    assert (len(never_more_than_0) < len(sums) / 20 and len(never_unknown) < len(sums) / 20), (never_more_than_0, never_unknown)


def test_a_drawn_register_measures_the_same_on_both_engines() -> None:
    register = draw(schools=[{"school_id": "1", "kind": "nine_year"}, {"school_id": "2"}],
                    school_stages=[{"school_id": "1"}, {"school_id": "1", "stage": "junior"}, {"school_id": "2", "pupils": None}],
                    classes=[{"school_id": "1", "number": 1, "pupils": 56}, {"school_id": "2", "number": 1, "pupils": None}],
                    sites=[{"school_id": "1"}, {"school_id": "2", "library_m2": None}], not_handed_in=[("assets", "2")])
    book = law_book(census_day(YEAR))
    standards = ["basic_balance_2012", "class_size"]
    on_duck = measure(register, Duck(register.folder), book, standards)
    assert measure(register, Spark(register.folder), book, standards) == on_duck


def test_a_county_measures_the_same_on_both_engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUNHENG_KEY_FILE", str(tmp_path / "key"))
    sample = make_sample(tmp_path / "sample", seed=7, variant="narrow")
    import_all({YEAR: [sample / str(YEAR)]}, tmp_path / "city")
    snapshot, book = open_snapshot(tmp_path / "city", YEAR), law_book(census_day(YEAR))
    findings, verdicts = measure(snapshot, Duck(snapshot.path), book, ["quality_balance_2017"])
    assert len(findings) > 1000 and verdicts
    assert measure(snapshot, Spark(snapshot.path), book, ["quality_balance_2017"]) == (findings, verdicts)


def test_the_rows_behind_a_sum_are_the_same_on_both_engines(sums: list[Sum], all_cases: Path) -> None:
    linked = next(each for each in sums if each.table.name == "teachers" and each.table.links)
    shown = ["teacher_id", "case"]
    for group in ({"school_id": "1"}, {"school_id": ("1", "2")}):
        on_duck, on_spark = (rows(source, linked, group, shown) for source in (Duck(all_cases), Spark(all_cases)))
        assert on_duck and sorted(map(repr, on_spark)) == sorted(map(repr, on_duck))
