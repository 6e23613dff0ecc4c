"""The whole sample city from files to verdicts: eleven counties, five school years, one figure after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from junheng.engines import open_source
from junheng.indicators.measure import measure
from junheng.indicators.results import book_of, results
from junheng.kernel.codes import Severity
from junheng.register.holding.accept import ImportResult, import_all
from junheng.register.holding.snapshots import Snapshot, open_snapshot
from junheng.register.intake import years_of
from junheng.samples import make_sample
from junheng.samples.city import PLAN

YEARS = range(2021, 2026)
KEY = ("standard", "item", "level", "group", "stage", "year")
SAID = ("part", "whole", "value", "value_squared", "verdict")
Held = tuple[Path, list[ImportResult]]
TAUGHT = ("primary", "teaching_point", "junior", "nine_year", "complete_secondary", "senior")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    folder = tmp_path_factory.mktemp("city")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUNHENG_KEY_FILE", str(folder / "key"))
        make_sample(folder / "sample", size="city", seed=7)
        yield folder, import_all(years_of([folder / "sample"], 2025), folder / "held")


@pytest.fixture(scope="module")
def snapshots(city: Held) -> dict[int, Snapshot]:
    return {year: open_snapshot(city[0] / "held", year) for year in YEARS}


def test_five_years_come_in_without_a_fault_that_needs_a_reason(city: Held) -> None:
    found = [fault for result in city[1] for fault in result.faults]
    assert [fault.sentence() for fault in found if fault.severity is not Severity.note] == []
    assert [result.snapshot.year for result in city[1]] == list(YEARS)


def test_the_city_is_as_large_as_a_real_one(snapshots: dict[int, Snapshot]) -> None:
    now = snapshots[2025]
    levels = dict(now.table("places").group_by("level").len().iter_rows())
    assert (levels["county"], levels["township"], levels["village"]) == (11, 136, 2300)
    assert now.table("schools").filter(pl.col("kind").is_in(TAUGHT)).height == 1607
    assert 680_000 < now.table("school_stages")["pupils"].sum() == now.table("pupils").height < 760_000
    serving = now.table("teachers").filter(pl.col("full_time") & (pl.col("state") == "serving"))
    assert 43_000 < serving.height < 55_000


def test_births_fall_and_schools_are_merged_year_by_year(snapshots: dict[int, Snapshot]) -> None:
    stages = {year: each.table("school_stages") for year, each in snapshots.items()}
    young = [stages[year].filter(pl.col("stage") == "preschool")["pupils"].sum() for year in YEARS]
    schools = [snapshots[year].table("schools").height for year in YEARS]
    pupils = [stages[year].filter(pl.col("stage") == "primary")["pupils"].sum() for year in YEARS]
    assert pupils == sorted(pupils, reverse=True)
    assert young == sorted(young, reverse=True)
    assert schools == sorted(schools, reverse=True)
    events = snapshots[2025].table("school_events").filter(pl.col("event_day") > pl.date(2021, 9, 1))
    assert set(events["kind"]) == {"opened", "merged", "split", "moved", "renamed", "closed"}


def test_each_change_of_the_list_of_schools_has_its_event(snapshots: dict[int, Snapshot]) -> None:
    events = snapshots[2025].table("school_events")
    for year in YEARS[1:]:
        before, after = (set(snapshots[each].table("schools")["school_id"]) for each in (year - 1, year))
        told = events.filter(pl.col("event_day").is_between(pl.date(year - 1, 9, 2), pl.date(year, 9, 1)))
        assert before - after == set(told.filter(pl.col("kind").is_in(["merged", "closed"]))["school_id"])
        assert after - before == set(told.filter(pl.col("kind").is_in(["opened", "split"]))["school_id"])


def test_figures_and_verdicts_are_the_golden_answers(city: Held, snapshots: dict[int, Snapshot]) -> None:
    folder, _ = city
    findings, verdicts = results(folder / "held", snapshots[2025])
    golden = json.loads((folder / "sample" / "golden.json").read_text(encoding="utf-8"))
    measured, wanted = by_key([each.as_json() for each in findings]), by_key(golden["findings"])
    assert measured.keys() == wanted.keys()
    assert {key: (measured[key], said) for key, said in wanted.items() if measured[key] != said} == {}
    assert ({(each.standard, each.county, each.stage): (each.verdict.name, list(each.failed)) for each in verdicts}
            == {(each["standard"], each["county"], each["stage"]): (each["verdict"], each["failed"])
                for each in golden["verdicts"]})


def test_the_second_engine_says_the_same_of_every_place_of_the_city(city: Held, snapshots: dict[int, Snapshot]) -> None:
    held, now = city[0] / "held", snapshots[2025]
    other = measure(now, open_source("spark", now.path), book_of(held, now))
    for told, again in zip(results(held, now), other, strict=True):
        assert [each.as_json() for each in told] == [each.as_json() for each in again]


def test_some_counties_pass_some_narrowly_fail_and_some_fail_badly(city: Held) -> None:
    golden = json.loads((city[0] / "sample" / "golden.json").read_text(encoding="utf-8"))
    failed = {each["county"]: each["failed"] for each in golden["verdicts"]
              if (each["standard"], each["stage"]) == ("quality_balance_2017", "all")}
    for variant, outline in PLAN:
        items = len(failed[outline.code])
        fewest, most = {"passing": (0, 0), "narrow": (1, 6), "failing": (20, 40)}[variant.name]
        assert fewest <= items <= most, outline.code


def by_key(findings: list[dict[str, Any]]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {tuple(each[name] for name in KEY): tuple(each[name] for name in SAID) for each in findings}
