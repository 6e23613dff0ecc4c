"""What the commands refuse, in words and by their exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from docs.fences import beginning, environment


@pytest.fixture(scope="module")
def folder() -> Path:
    return beginning(("city", "sample"))


def run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", command], cwd=folder, env=environment(), capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("command", "code", "words"), [
    ("junheng check sample --year 25", 2, "1990 至"), ("junheng import sample --city other --year 2999", 2, "1990 至"),
    ("junheng check nowhere", 2, "找不到"), ("junheng measure --city nowhere", 5, "先运行 junheng import"),
    ("junheng measure --city city --standard nothing", 2, "可用："), ("junheng measure --city city --year 1999", 5, "已有的学年"),
    ("junheng explain --city city yz.9 1", 2, "没有指标"), ("junheng explain --city city yz.1.4 1", 2, "没有这个学校"),
    ("junheng explain --city city yz.1.4 990101 --stage 大学", 2, "小学（primary）"),
    ("junheng standards --place nosuch", 2, "不是区划代码"),
    ("junheng standards --on ''", 2, "不是日期"), ("junheng nothing", 2, "junheng --help"), ("junheng cv", 2, "junheng --help")])
def test_a_slip_is_refused_in_words_and_without_a_traceback(command: str, code: int, words: str, folder: Path) -> None:
    done = run(folder, command)
    assert done.returncode == code, done.stderr
    assert words in done.stderr + done.stdout and "Traceback" not in done.stderr


def test_a_template_never_writes_over_a_file(folder: Path) -> None:
    (folder / "mine.xlsx").write_bytes(b"mine")
    assert run(folder, "junheng template mine.xlsx").returncode == 2
    assert (folder / "mine.xlsx").read_bytes() == b"mine"


def test_an_item_may_be_named_as_the_forms_name_it_and_a_stage_in_chinese(folder: Path) -> None:
    short = run(folder, "junheng explain --city city 1.4 990101 --stage 小学 --json")
    long = run(folder, "junheng explain --city city yz.1.4 990101 --stage primary --json")
    assert json.loads(short.stdout) == json.loads(long.stdout)


def test_what_was_kept_is_what_was_computed_and_a_damaged_keeping_is_computed_again(folder: Path) -> None:
    city = folder / "c[1]"  # a name that a pattern would take for another
    shutil.copytree(folder / "city", city)
    shutil.rmtree(city / "findings", ignore_errors=True)
    answers = [run(folder, "junheng measure --city 'c[1]' --json").stdout for _ in range(2)]
    next((city / "findings").glob("*/findings.json")).write_text("{", encoding="utf-8")
    answers.append(run(folder, "junheng measure --city 'c[1]' --json").stdout)
    assert len(set(answers)) == 1 and json.loads(answers[0])["verdicts"]
