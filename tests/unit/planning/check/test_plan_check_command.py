"""`plan check` as an officer runs it: its words, its JSON, its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess, run
from sys import executable

from junheng.kernel.faults import Exit
from junheng.planning.keeping import as_bytes
from tests.unit.planning.check.tampering import Change, Planned, tampered


def checked(planned: Planned, change: Change, *more: str) -> CompletedProcess[str]:
    return check_file(planned[1], as_bytes(tampered(planned[0], change)), *more)


def check_file(city: Path, content: bytes, *more: str) -> CompletedProcess[str]:
    (city / "plan.json").write_bytes(content)
    command = [str(Path(executable).parent / "junheng"), "plan", "check", str(city / "plan.json"), "--city", str(city), *more]
    return run(command, capture_output=True, text=True, check=False)


def test_a_right_plan_ends_with_0_and_says_what_was_not_looked_at(planned: Planned) -> None:
    done = checked(planned, lambda told: None)
    assert done.returncode == Exit.fine, done.stderr
    assert "没有不符" in done.stdout and "没有核对的：有没有更省的方案" in done.stdout and "不代表督导评估认定结论" in done.stdout


def test_a_breach_ends_with_4_and_says_where_what_and_what_to_do(planned: Planned) -> None:
    done = checked(planned, lambda told: told["measures"][0].update(cost=1))
    assert done.returncode == Exit.breach
    wanted = ("费用应等于数量乘以单价：1 处不符", "measures[0] 学校1", "费用 1 元；应为", "重新运行 junheng plan balance")
    assert [words for words in wanted if words not in done.stdout] == []


def test_the_json_is_as_the_contract_says(planned: Planned) -> None:
    done = checked(planned, lambda told: told["measures"][0].update(cost=1), "--json")
    told = json.loads(done.stdout)
    assert done.returncode == Exit.breach
    assert list(told) == ["plan", "snapshot", "breaches", "notes", "not_checked", "looked_at"]
    assert [(each["condition"], each["row"]) for each in told["breaches"]] == [("cost", "measures[0]")]
    assert list(told["breaches"][0]) == ["condition", "rule", "row", "where", "found", "wanted", "do"]


def test_a_file_that_is_no_plan_ends_with_3(planned: Planned) -> None:
    done = check_file(planned[1], b"[]")
    assert done.returncode == Exit.faults and "Traceback" not in done.stderr
