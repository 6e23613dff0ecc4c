"""Every JSON answer has the fields that the contract shows, no fewer and no more."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from docs.fences import beginning, environment
from tests.structure.places import REFERENCE

CONTRACT = (REFERENCE / "contract.md").read_text(encoding="utf-8")
OWN_WORDS = {"splits", "where", "columns", "finding", "key", "way", "values", "snapshots",
             "plan", "report", "figure", "answer_figure"}  # their content hangs on the question, or is told at another answer
BESIDE_OWN_COLUMNS = {"per_pupil", "share"}  # a row of `cv` has the columns of its file too
LIST = "学校,学生数,图书册数\n中心小学,900,18000\n东村小学,120,4800\n"
SPEECH = """全县教育工作要点
一、20xx年工作回顾
去年，全县义务教育在校生12000人，比上年增加500人，增长4.35%，新建校舍00平方米。
二、2025年工作安排
到今年年底，九年义务教育巩固率达到96%。县财政局要在4月底前拨付公用经费300万元。
"""
REPORT = "全县教育工作总结\n2025年，全县九年义务教育巩固率达到96.5%。拨付公用经费300万元。\n"
ANSWERS = {
    "measure --json": "junheng measure --city city --json",
    "measure --years --json": "junheng measure --city city --years 2024:2025 --standard quality_balance_2017 --json",
    "diff --json": "junheng diff 2024 2025 --city city --table 资产 --json",
    "lineage --json": "junheng lineage 2199010004 --city city --json",
    "explain --json": "junheng explain --city city yz.1.4 3199010139 --stage junior --json",
    "standards --json": "junheng standards --on 2025-09-01 --place 990101 --json",
    "check --json": "junheng check sample-with-defects --json || true",
    "cv --json": "junheng cv list.csv --value 图书册数 --pupils 学生数 --json",
    "read --json": "junheng read 讲话.txt --json",
    "promises --json": "junheng promises 讲话.txt 总结.txt --json",
    "plan check --json": "junheng plan balance --city city --out plan.json >/dev/null"
                         " && sed -i 's/\"bound\": [0-9.]*/\"bound\": 1/' plan.json"
                         " && junheng plan check plan.json --city city --json || true",
    "golden.json": "cat sample-with-defects/golden.json",
}


@pytest.fixture(scope="module")
def folder() -> Path:
    made = beginning(("city", "sample-with-defects"))
    for name, text in (("list.csv", LIST), ("讲话.txt", SPEECH), ("总结.txt", REPORT)):
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.mark.parametrize("heading", ANSWERS)
def test_an_answer_has_the_fields_of_the_contract(heading: str, folder: Path) -> None:
    command = ["bash", "-c", ANSWERS[heading]]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=True)
    assert differences(promised(heading), json.loads(done.stdout), "") == set()


def test_every_json_of_the_contract_is_asked_for() -> None:
    assert set(re.findall(r"^## `([^`]*json)`", CONTRACT, re.M)) == set(ANSWERS)


def promised(heading: str) -> Any:
    section = CONTRACT.split(f"## `{heading}`", 1)[1]
    return json.loads(re.search(r"```json\n(.*?)```", section, re.S)[1])  # type: ignore[index]


def differences(said: Any, given: Any, where: str) -> set[str]:
    """The fields that only one of the two has, of all rows of all lists."""
    if isinstance(said, list):
        return {told for row in given for told in differences(said[0], row, where)} if said else set()
    if given is None or not isinstance(said, dict) or where.rsplit(".", 1)[-1] in OWN_WORDS:
        return set()
    extra = set() if said.keys() == BESIDE_OWN_COLUMNS else given.keys() - said.keys()
    here = {f"{where}.{name}" for name in (said.keys() - given.keys()) | extra}
    return here.union(*(differences(said[name], given[name], f"{where}.{name}") for name in said.keys() & given.keys()))
