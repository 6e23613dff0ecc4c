"""From files to verdict: what the workbooks of a sample county give is what the golden answers say, to the last digit."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from junheng.indicators.results import results
from junheng.register.checks import check
from junheng.register.holding.accept import import_all
from junheng.register.holding.snapshots import open_snapshot
from junheng.register.intake import take_in, years_of
from junheng.register.tables import TABLES
from junheng.samples import make_sample
from junheng.samples.making import made_up
from junheng.samples.variants import VARIANTS

KEY = ("item", "standard", "level", "group", "stage", "year")
Said = dict[tuple[Any, ...], dict[str, Any]]


def by_key(findings: list[dict[str, Any]]) -> Said:
    found = {tuple(each[name] for name in KEY): each for each in findings}
    assert len(found) == len(findings), "two findings of one key"
    return found


def assert_golden(city: Path, golden: dict[str, Any]) -> None:
    findings, verdicts = results(city, open_snapshot(city, 2025))
    measured, wanted = by_key([each.as_json() for each in findings]), by_key(golden["findings"])
    assert measured.keys() == wanted.keys()
    differing = {key: (each, measured[key]) for key, each in wanted.items()
                 if any(measured[key][name] != value for name, value in each.items())}
    assert not differing, next(iter(differing.values()))
    said = {(each.standard, each.county, each.stage): each.as_json() for each in verdicts}
    for each in golden["verdicts"]:
        own = said.pop((each["standard"], each["county"], each["stage"]))
        assert {name: own[name] for name in each} == each
    assert not said


@pytest.mark.parametrize("variant", sorted(VARIANTS))
@pytest.mark.parametrize("seed", [7, 8, 9])
def test_workbooks_in_golden_answers_out(seed: int, variant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUNHENG_KEY_FILE", str(tmp_path / "key"))
    sample = make_sample(tmp_path / "sample", seed=seed, variant=variant)
    import_all(years_of([sample], 2025), tmp_path / "city")
    assert_golden(tmp_path / "city", json.loads((sample / "golden.json").read_text(encoding="utf-8")))


def test_one_file_a_table_in_any_format_gives_the_same_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUNHENG_KEY_FILE", str(tmp_path / "key"))
    sample = make_sample(tmp_path / "sample", seed=8)
    _, rows = made_up(VARIANTS["passing"], 8)
    lists = tmp_path / "lists"
    lists.mkdir()
    for number, (table, found) in enumerate(rows.items()):
        write_list(lists, table, found, number)
    import_all({2025: [lists]}, tmp_path / "city")
    assert_golden(tmp_path / "city", json.loads((sample / "golden.json").read_text(encoding="utf-8")))


def write_list(folder: Path, table: str, rows: list[dict[str, Any]], number: int) -> None:
    """A table as a county office would export it: Chinese headers, Chinese words, one of three formats."""
    columns = TABLES[table].columns
    cells = [[written(columns[name], row.get(name)) for name in columns] for row in rows]
    frame = pl.DataFrame(cells, schema={column.zh: pl.String() for column in columns.values()}, orient="row")
    if number % 3 == 0:
        (folder / f"{TABLES[table].zh}.csv").write_bytes(frame.write_csv().encode("gb18030"))
    elif number % 3 == 1:
        (folder / f"{table}.csv").write_bytes(b"\xef\xbb\xbf" + frame.write_csv().encode())
    else:
        frame.write_parquet(folder / f"{table}.parquet")


def written(column: Any, value: Any) -> str | None:
    if value is None:
        return None
    if column.choices:
        return str(column.choices[value].zh)
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:%Y/%m/%d}" if isinstance(value, date) else str(value)


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_every_planted_fault_is_found_by_kind_and_place(seed: int, tmp_path: Path) -> None:
    sample = make_sample(tmp_path / "sample", seed=seed, defects=True)
    before, submission = (take_in(years_of([sample], 2025)[year], year=year) for year in (2024, 2025))
    earlier = {table: rows.lazy() for table, rows in before.frames.items()}
    found = {(each.file, each.sheet, each.row, each.column, each.kind)
             for each in [*submission.faults, *check(submission, earlier=earlier)]}
    planted = json.loads((sample / "golden.json").read_text(encoding="utf-8"))["defects"]
    missed = [each for each in planted if (f"{Path(each['file']).name}", each["sheet"] or "", each["row"] or 0,
                                           each["column"] or "", each["kind"]) not in
              {(Path(file).name, *rest) for file, *rest in found}]
    assert len(planted) > 160 and not missed
