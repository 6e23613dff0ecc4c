"""An import by command into a folder that has a desk is in its audit log, and its pages are asked to follow."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from junheng.register.holding import City
from tests.unit.web.conftest import URL, Desk

CHANGED = "更正一所学校的数据"


def told(desk: Desk, query: str) -> list[tuple[object, ...]]:
    if address := desk.database.get(URL):
        import psycopg

        with psycopg.connect(address) as rows:
            return list(rows.execute(query))  # type: ignore[arg-type]
    with sqlite3.connect(desk.city / "desk.sqlite3") as rows:
        return list(rows.execute(query))


@pytest.fixture
def correction(desk: Desk, tmp_path: Path) -> Path:
    """One row of the county as it was handed in, corrected."""
    from benchmarks.counties import write_county

    write_county(tmp_path / "again", "short", 10, 8)
    return tmp_path / "again"


def test_an_import_is_audited_with_its_reason_and_the_pages_are_asked_to_follow(desk: Desk, correction: Path) -> None:
    before = told(desk, "SELECT number FROM people_auditentry")
    done = desk.run("import", correction, "--year", "2025", "--reason", CHANGED)
    assert done.returncode == 0, done.stderr
    assert "junheng worker" in done.stdout
    snapshot = City(desk.city).current()[2025]
    assert snapshot.startswith("2025-v2")
    entries = told(desk, "SELECT actor, subject, reason FROM people_auditentry WHERE action = 'register.import'")
    assert [(subject, reason) for actor, subject, reason in entries if subject == snapshot] == [(snapshot, CHANGED)]
    assert all(str(actor).startswith("命令行") for actor, _, _ in entries)
    assert told(desk, "SELECT state FROM people_job WHERE kind = 'findings.index'") == [("waiting",)]
    assert len(told(desk, "SELECT number FROM people_auditentry")) > len(before)
    assert desk.run("audit", "verify").returncode == 0
    again = desk.run("import", correction, "--year", "2025", "--reason", CHANGED)
    assert "junheng worker" not in again.stdout, "nothing new came into force"
    assert len(told(desk, "SELECT subject FROM people_auditentry WHERE action = 'register.import'")) == len(entries)


def test_a_desk_whose_rows_are_elsewhere_is_not_passed_over(desk: Desk, correction: Path) -> None:
    for file in desk.city.glob("desk.sqlite3*"):
        file.unlink()
    done = replace(desk, database={}).run("import", correction, "--year", "2025", "--reason", CHANGED)
    assert done.returncode == 5
    assert URL in done.stderr
    assert City(desk.city).current()[2025].startswith("2025-v1")
    assert not (desk.city / "desk.sqlite3").exists()


def test_a_folder_without_a_desk_gets_none_by_an_import(desk: Desk, correction: Path) -> None:
    for file in desk.city.glob("desk.*"):
        file.unlink()
    done = replace(desk, database={}).run("import", correction, "--year", "2025", "--reason", CHANGED)
    assert done.returncode == 0, done.stderr
    assert list(desk.city.glob("desk.*")) == []
