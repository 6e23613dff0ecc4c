"""The first thing anybody tries: make demo, in a folder of its own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from docs.fences import comparable
from docs.readme import READMES, demo, shown
from junheng.kernel.codes import Verdict

SECONDS = 240  # 166 of work where it was measured: three years are measured for the pages of the desk


@dataclass(frozen=True)
class Demo:
    printed: str
    seconds: float
    out: Path


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Tried again, over what one that was broken off left there."""
    out = tmp_path_factory.mktemp("demo") / "out"
    for left in ("plan.json", "demo/city.key", "demo/sample/golden.json", "demo/city/CURRENT", "demo/city/desk.sqlite3"):
        (out / left).parent.mkdir(parents=True, exist_ok=True)
        (out / left).write_text("half of it", encoding="utf-8")
    began = seconds_of_children()
    return Demo(demo(f"OUT={out}"), seconds_of_children() - began, out)


def seconds_of_children() -> float:
    """Of work, not of waiting for other processes of a busy machine."""
    used = os.times()
    return used.children_user + used.children_system


def as_shown(printed: str, out: Path) -> str:
    return comparable(printed.replace(str(out), "out"))


def test_the_demo_comes_to_a_verdict_and_a_desk_in_four_minutes(tried: Demo) -> None:
    assert any(verdict.zh in tried.printed for verdict in Verdict)
    assert tried.seconds < SECONDS


def test_the_demo_says_which_file_to_open_and_it_is_there(tried: Demo) -> None:
    made = {path.name for path in tried.out.iterdir() if path.is_file()}
    assert {path.suffix for path in tried.out.iterdir() if path.is_file()} == {".html", ".xlsx", ".json"}
    assert {name for name in made if name in tried.printed} == made


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)
def test_a_readme_shows_what_the_demo_prints_each_time(readme: Path, tried: Demo) -> None:
    assert comparable(shown(readme)) == as_shown(tried.printed, tried.out)
