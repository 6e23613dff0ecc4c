"""A small desk that runs as it does for users: a city folder, a key, an administrator, commands and servers of their own."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from benchmarks.counties import write_county
from junheng.register.holding import import_all
from junheng.register.intake import years_of

RUN = "import sys; from junheng.cli import main; sys.argv = ['junheng', *sys.argv[1:]]; main()"
URL = "JUNHENG_DATABASE_URL"
ADMINISTRATOR, PASSWORD = "admin", "lake-otter-47-stone"


@dataclass(frozen=True)
class Desk:
    """A city folder and the environment of those who work on it."""

    city: Path
    key: Path
    database: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        own = {"JUNHENG_KEY_FILE": str(self.key), "JUNHENG_PASSWORD": PASSWORD, "PYTHONPATH": os.pathsep.join(sys.path)}
        held = {name: value for name, value in os.environ.items() if name not in (URL, "JUNHENG_CITY")}
        return held | own | self.database

    def command(self, *words: str | Path) -> list[str | Path]:
        return [sys.executable, "-c", RUN, *words, "--city", self.city]

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*words), env=self.environment, capture_output=True, text=True)


def new_database() -> dict[str, str]:
    """Where the suite runs on PostgreSQL, a database of one's own on the same cluster; else nothing, and SQLite it is."""
    if not (url := os.environ.get(URL)):
        return {}
    import psycopg

    name = f"desk_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as cluster:
        cluster.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    whole, _, query = url.partition("?")
    return {URL: f"{whole.rpartition('/')[0]}/{name}?{query}"}


@pytest.fixture(scope="session")
def first_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Made once: a county of a few schools, taken in, and an administrator."""
    folder = tmp_path_factory.mktemp("desk")
    desk = Desk(folder / "city", folder / "city.key", new_database())
    write_county(folder / "sample", "short", 10, 7)
    with pytest.MonkeyPatch.context() as key:
        key.setenv("JUNHENG_KEY_FILE", str(desk.key))
        import_all(years_of([folder / "sample"], 2025), desk.city, reason="样例")
    assert desk.run("admin", "create", ADMINISTRATOR).returncode == 0
    return desk


@pytest.fixture
def desk(first_desk: Desk, tmp_path: Path) -> Desk:
    """A copy of it for one test; on PostgreSQL the rows are the same for all."""
    city = tmp_path / "city"
    shutil.copytree(first_desk.city, city)
    return replace(first_desk, city=city)
