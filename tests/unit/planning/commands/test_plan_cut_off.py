"""A run that is cut off, by hand or by the clock, gives the best plan it has, says so, and keeps every rule."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from subprocess import PIPE, Popen
from typing import Any

import pytest

from junheng.kernel.faults import Exit
from tests.unit.planning.cities import city_of
from tests.unit.planning.commands.running import alone, program
from tests.unit.planning.many_schools import many_schools, passing_county
from tests.unit.planning.short_county import POOR, RICH

SHORT = ("--budget", "1000000")  # a year, of some ten million that the plan would ask: the search runs for minutes


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return city_of(many_schools(5), tmp_path_factory.mktemp("cities"))


def right(city: Path, out: Path) -> dict[str, Any]:
    done = alone("plan", "check", str(out), "--city", str(city))
    assert done.returncode == Exit.fine, done.stdout
    return dict(json.loads(out.read_text(encoding="utf-8")))


def test_the_clock_ends_a_run_in_time(city: Path, tmp_path: Path) -> None:
    """Two seconds of search; what reading and writing take besides is told by a run that is hardly allowed to search."""
    spent = []
    for seconds in ("0.001", "2"):
        before = getrusage(RUSAGE_CHILDREN)
        done = alone("plan", "balance", "--city", str(city), "--out", str(tmp_path / "out.json"), *SHORT, "--seconds", seconds)
        after = getrusage(RUSAGE_CHILDREN)
        assert done.returncode == Exit.fine, done.stderr
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        told = right(city, tmp_path / "out.json")
        assert told["status"] == "time_limit" and told["measures"]
    assert spent[1] - spent[0] < 4


@pytest.fixture
def running(city: Path, tmp_path: Path) -> Iterator[Popen[str]]:
    command = [program(), "plan", "balance", "--city", str(city), "--out", str(tmp_path / "out.json"), *SHORT]
    with Popen(command, stdout=PIPE, stderr=PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as process:
        yield process
        process.kill()


def heard(process: Popen[str], words: str) -> None:
    """Wait until the run says so."""
    assert process.stderr is not None
    for line in process.stderr:
        if words in line:
            return
    raise AssertionError(f"it never said {words}")


@pytest.mark.parametrize("after", (0.0, 3.0))
def test_an_interrupt_ends_with_the_best_plan_so_far(running: Popen[str], city: Path, tmp_path: Path, after: float) -> None:
    heard(running, "求解")
    time.sleep(after)
    running.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, said = running.communicate(timeout=60)
    assert (running.returncode, "正在中止" in said, "Traceback" in said) == (Exit.fine, True, False)
    assert time.monotonic() - began < 30
    told = right(city, tmp_path / "out.json")
    assert told["status"] == "cancelled" and told["counties"][0]["status"] == "cancelled"
    assert told["gap"] > 0 and 0 <= told["bound"] <= told["cost"]


def test_a_second_interrupt_ends_the_program_at_once(running: Popen[str], city: Path, tmp_path: Path) -> None:
    kept = sorted((city / "plans").glob("*"))
    heard(running, "求解")
    running.send_signal(signal.SIGINT)
    heard(running, "正在中止")
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert (running.returncode, "已中断" in said, "Traceback" in said) == (Exit.usage, True, False)
    assert not (tmp_path / "out.json").exists() and sorted((city / "plans").glob("*")) == kept


DEMANDS = f"""
[[fix]]
kind = "hall"
school = "{POOR}"
least = 300
[[fix]]
kind = "recruit"
school = "{RICH}"
most = 0
"""


def test_a_run_that_is_cut_off_has_done_what_was_demanded(city: Path, tmp_path: Path) -> None:
    """A clerk would build no hall; the plan without time to search has one all the same."""
    fix, out = tmp_path / "fix.toml", tmp_path / "out.json"
    fix.write_text(DEMANDS, encoding="utf-8")
    done = alone("plan", "balance", "--city", str(city), "--out", str(out), "--fix", str(fix), "--seconds", "0.001")
    assert done.returncode == Exit.fine, done.stderr
    told = right(city, out)
    assert told["status"] == "time_limit"
    assert sum(row["amount"] for row in told["measures"] if row["kind"] == "hall" and row["school"] == POOR) >= 300


def test_a_run_that_must_pass_and_is_cut_off_is_no_plan(tmp_path: Path) -> None:
    """With all the time it needs, the county passes: so it is not the demands that clash."""
    city, fix, out = city_of(passing_county(), tmp_path), tmp_path / "fix.toml", tmp_path / "out.json"
    fix.write_text("must_pass = true\n", encoding="utf-8")
    command = ("plan", "balance", "--city", str(city), "--out", str(out), "--fix", str(fix))
    cut = alone(*command, "--seconds", "0.001")
    assert (cut.returncode, "达到时间上限，还没有找到全部达标的方案" in cut.stderr, out.exists()) == (Exit.breach, True, False)
    assert alone(*command).returncode == Exit.fine
    assert right(city, out)["counties"][0]["failures"] == 0
