"""The workbook that `measure --out` writes, the template and the official papers, opened by LibreOffice."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from docs.fences import environment
from junheng.kernel.codes import Verdict
from junheng.register.tables import COUNTY_TABLES, TABLES
from junheng.register.template import SCHOOL_SHEETS
from tests.browser.office import Cells, sheets_of, text_of

BROKEN = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "Err:", "###")
CHINESE = re.compile("[\u4e00-\u9fff]")
CAVEAT = "本结果为依据现有数据的测算，不代表督导评估认定结论"


@pytest.fixture(scope="module")
def sheets(out: Path) -> dict[str, Cells]:
    return sheets_of(next(out.glob("*.xlsx")))


def text_of_cells(cells: Cells) -> str:
    return "\n".join(" ".join(row) for row in cells)


def test_no_cell_is_broken(sheets: dict[str, Cells]) -> None:
    assert sheets
    assert {name: word for name, cells in sheets.items() for word in BROKEN if word in text_of_cells(cells)} == {}


def test_every_sheet_says_that_it_is_no_finding_of_an_inspection(sheets: dict[str, Cells]) -> None:
    assert [name for name, cells in sheets.items() if CAVEAT not in text_of_cells(cells)] == []


def test_the_first_sheet_has_every_verdict(sheets: dict[str, Cells], answer: dict[str, Any]) -> None:
    conclusions = text_of_cells(sheets["测算结论"])
    assert {Verdict[each["verdict"]].zh for each in answer["verdicts"]} <= set(conclusions.replace("*", " ").split())


def test_every_school_that_was_judged_has_its_row(sheets: dict[str, Cells], schools: set[str]) -> None:
    everything = "\n".join(text_of_cells(cells) for cells in sheets.values())
    assert {name for name in schools if name not in everything} == set()


@pytest.mark.parametrize(("options", "tables"), [((), SCHOOL_SHEETS), (("--county",), COUNTY_TABLES)])
def test_a_template_has_a_sheet_for_each_of_its_tables(options: tuple[str, ...], tables: tuple[str, ...], tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("junheng")), "template", str(tmp_path / "学校.xlsx"), *options]
    subprocess.run(command, capture_output=True, check=True)
    sheets = sheets_of(tmp_path / "学校.xlsx")
    assert {TABLES[name].zh for name in tables} <= set(sheets)
    assert {made.zh for name, made in TABLES.items() if name not in tables} & set(sheets) == set()
    assert {name: word for name, cells in sheets.items() for word in BROKEN if word in text_of_cells(cells)} == {}


@pytest.mark.parametrize("form", ["school_resources", "basic_2012", "special_rooms"])
def test_a_paper_has_the_same_words_in_word_and_in_excel(form: str, out: Path, tmp_path: Path) -> None:
    for end in ("xlsx", "docx"):
        command = [str(Path(sys.executable).with_name("junheng")), "forms", "--city", "city", "--county", "990101",
                   "--form", form, "--out", str(tmp_path / f"{form}.{end}")]
        subprocess.run(command, cwd=out.parent, env=environment(), capture_output=True, check=True)
    sheets, words = sheets_of(tmp_path / f"{form}.xlsx"), text_of(tmp_path / f"{form}.docx")
    assert {name: word for name, cells in sheets.items() for word in BROKEN if word in text_of_cells(cells)} == {}
    for cells in sheets.values():
        assert CAVEAT in text_of_cells(cells)
        assert {cell for row in cells for cell in row if CHINESE.search(cell) and cell not in words} == set()
