"""What the commands refuse, in words and by their exit codes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import get_args

import pytest

from docs.fences import beginning, environment
from junheng.cli.options import Dimension
from junheng.indicators.forms.papers import FORMS


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
    ("junheng standards --on ''", 2, "不是日期"), ("junheng check sample --city nowhere", 5, "先运行 junheng import"),
    ("junheng measure --city city --county 990199", 2, "可用：990101 澹埠县"),
    ("junheng measure --city city --county 990101 --level city", 2, "去掉其中一个"),
    ("junheng forms --city city --county 990101 --form veto --as docx --out x.docx", 2, "--as 只用于 --form all"),
    ("junheng forms --city city --county 990101 --form all --out x.docx", 2, "全部报表应写到文件夹"),
    ("junheng forms --city city --county 990101 --form nothing --out x.docx", 2, "或 all（全部）")])
def test_a_slip_is_refused_in_words_and_without_a_traceback(command: str, code: int, words: str, folder: Path) -> None:
    done = run(folder, command)
    assert done.returncode == code, done.stderr
    assert words in done.stderr + done.stdout and "Traceback" not in done.stderr


ENGLISH = re.compile(r"invalid|missing|unexpected|such|requires|should|value|argument", re.I)


@pytest.mark.parametrize(("command", "words"), [
    ("junheng measure --city city --by x", f"--by x：应为 {'、'.join(get_args(Dimension))}（"),
    ("junheng measure --city city --year abc", "--year abc：应为 整数（学年"),
    ("junheng measure", "没有写 --city；应为城市目录 -> 补上后重试，或用 junheng measure --help 查看用法"),
    ("junheng check", "没有写 PATHS；应为文件或文件夹 -> 补上"), ("junheng cv --value", "--value 后面没有写内容 -> 补上"),
    ("junheng measure --json=1", "--json 不带内容 -> 去掉"),
    ("junheng measure --city city --jsn", "没有选项 --jsn；是不是 --json -> 改正"),
    ("junheng lineage --zzz", "没有选项 --zzz；可用：--city、--as-of、--json -> 改正"),
    ("junheng lineage a b --city city", "多出了 b"), ("junheng plan balanc", "没有命令 balanc；可用：balance、print"),
    ("junheng nothing", "没有命令 nothing；可用：sample、template、check")])
def test_what_the_parser_refuses_is_said_in_chinese_with_what_is_wanted_and_what_to_do(command: str, words: str,
                                                                                       folder: Path) -> None:
    done = run(folder, command)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr and " -> " in done.stderr and "--help 查看用法" in done.stderr
    assert not ENGLISH.search(done.stderr.replace("--value", ""))


def test_one_standard_alone_is_what_it_is_among_all_and_is_never_kept_as_all(folder: Path) -> None:
    shutil.copytree(folder / "city", folder / "fresh", ignore=shutil.ignore_patterns("findings"))
    alone = run(folder, "junheng measure --city fresh --standard class_size --json")
    assert "教育投入" not in alone.stderr  # nothing else was computed
    whole = json.loads(run(folder, "junheng measure --city fresh --json").stdout)
    again = run(folder, "junheng measure --city fresh --standard class_size --json")
    assert json.loads(alone.stdout) == json.loads(again.stdout) == {
        part: [each for each in rows if each["standard"] == "class_size"] for part, rows in whole.items()}
    assert len({each["standard"] for each in whole["findings"]}) > 5


def test_a_county_alone_is_what_it_is_in_the_city(folder: Path) -> None:
    whole = json.loads(run(folder, "junheng measure --city city --json").stdout)
    own = json.loads(run(folder, "junheng measure --city city --county 990101 --json").stdout)
    assert own["verdicts"] == whole["verdicts"]
    assert own["findings"] == [each for each in whole["findings"] if each["level"] not in ("city", "province")]
    assert run(folder, "junheng measure --city city --county 990101 --out own").returncode == 0
    assert sorted(file.name for file in (folder / "own").iterdir()) == [
        "junheng-2025-990101.html", "junheng-2025-990101.json", "junheng-2025-990101.xlsx"]


def test_parts_are_printed_alone_and_at_the_level_asked_for(folder: Path) -> None:
    printed = run(folder, "junheng measure --city city --by district --level township --standard statistics_2020").stdout
    assert printed.startswith("分项结果（乡镇级，")
    assert "学区（990101-X01）" in printed and "测算达标" not in printed


def test_all_papers_of_a_county_are_written_by_one_command(folder: Path) -> None:
    done = run(folder, "junheng forms --city city --county 990101 --form all --out 报表 --as docx")
    assert done.returncode == 0 and f"共 {len(FORMS)} 份报表" in done.stdout
    assert len(list((folder / "报表").glob("*.docx"))) == len(FORMS)
    again = run(folder, "junheng forms --city city --county 990101 --form all --out 报表 --as docx")
    assert again.returncode == 2 and "文件已存在，不覆盖 -> 换一个文件夹" in again.stderr


MERGED = "学校标识码,沿革类别,生效日期,批准文号,相关学校标识码\n2199010124,并入,2025-07-10,某〔2025〕6号,2199010118\n"


def test_with_the_city_a_check_finds_what_an_import_would_refuse(folder: Path) -> None:
    (folder / "沿革.csv").write_text(MERGED, encoding="utf-8")
    assert run(folder, "junheng check 沿革.csv --year 2025").returncode == 0
    checked = run(folder, "junheng check 沿革.csv --year 2025 --city city")
    refused = run(folder, "junheng import 沿革.csv --year 2025 --city city --reason 合并")
    assert checked.returncode == refused.returncode == 3 and "沿革表记其 2025-07-10 已终止" in checked.stdout
    assert checked.stdout.splitlines()[:-1] == refused.stdout.splitlines()


def test_with_the_city_a_year_is_checked_against_the_year_before(folder: Path) -> None:
    (folder / "学段.csv").write_text("学校标识码,学段,在校生数,教学班数\n2199010001,小学,9,1\n", encoding="utf-8")
    found = json.loads(run(folder, "junheng check 学段.csv --year 2025 --city city --json").stdout)["faults"]
    assert {"sudden_change"} <= {each["kind"] for each in found}
    alone = json.loads(run(folder, "junheng check 学段.csv --year 2025 --json").stdout)["faults"]
    assert "sudden_change" not in {each["kind"] for each in alone}


def test_the_other_schools_of_a_history_have_their_names(folder: Path) -> None:
    shutil.copytree(folder / "city", folder / "merged")
    (folder / "沿革.csv").write_text(MERGED, encoding="utf-8")
    done = run(folder, "junheng import 沿革.csv --year 2025 --city merged --withdraw 2199010124 --reason 合并")
    assert done.returncode == 0, done.stderr
    ended = run(folder, "junheng lineage 2199010124 --city merged").stdout
    assert "由 鹭岚乡中心小学 2199010118 承接：2025-07-10 鹭岚乡璃埠村教学点 2199010124 并入 鹭岚乡中心小学 2199010118" in ended
    carries = run(folder, "junheng lineage 2199010118 --city merged").stdout
    assert "承接的学校：鹭岚乡璃埠村教学点 2199010124" in carries


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
