from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from by_hand import STAGES, found, kinds, taken, workbook

from junheng.kernel.codes import Severity
from junheng.kernel.faults import JunhengError
from junheng.register.intake.folders import find_inputs, guess_year, years_of


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A folder as the sample county has it."""
    for name in ("2025/b.xlsx", "2025/a.xlsx", "2025/deep/c.csv", "history/2023/schools.parquet", "history/2024/schools.parquet",
                 "golden.json", "2025/~$a.xlsx", "2025/.hidden.xlsx", "2025/.git/x.csv"):
        (tmp_path / "county" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "county" / name).write_bytes(b"x")
    return tmp_path / "county"


def names(*paths: Path) -> list[str]:
    return [given.name for given in find_inputs(paths)]


def test_files_are_found_at_any_depth_in_sorted_order(sample: Path) -> None:
    assert names(sample) == ["2025/a.xlsx", "2025/b.xlsx", "2025/deep/c.csv", "history/2023/schools.parquet",
                             "history/2024/schools.parquet"]


def test_a_year_is_named_alike_whether_it_is_given_or_its_county(sample: Path) -> None:
    assert names(sample / "2025") == ["2025/a.xlsx", "2025/b.xlsx", "2025/deep/c.csv"]
    assert names(sample / "history" / "2023") == ["history/2023/schools.parquet"]


def test_a_file_that_is_given_is_called_by_its_own_name_and_read_once(sample: Path) -> None:
    assert names(sample / "2025" / "a.xlsx", sample / "2025" / "a.xlsx") == ["a.xlsx"]
    assert names(sample / "2025", sample / "2025" / "a.xlsx") == ["2025/a.xlsx", "2025/b.xlsx", "2025/deep/c.csv"]


def test_a_stranger_in_a_folder_is_noted_and_one_that_is_given_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"学段": STAGES})
    (tmp_path / "b.docx").write_bytes(b"x")
    submission = taken(tmp_path)
    assert found(submission, "unknown_file").severity is Severity.note
    assert [file.name for file in submission.files] == ["a.xlsx"]
    assert kinds(taken(tmp_path / "b.docx")) == ["not_a_workbook"]


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir])
def test_nothing_to_read_is_said_in_words(tmp_path: Path, make: object) -> None:
    path = tmp_path / "none"
    make(path)  # type: ignore[operator]
    with pytest.raises(JunhengError, match=r"找不到|没有可读的文件"):
        taken(path)


def test_a_name_that_is_no_text_can_be_printed(tmp_path: Path) -> None:
    odd = Path(str(tmp_path / "a").encode().decode() + "\udcff.csv")
    odd.write_bytes(b"")
    submission = taken(odd)
    assert submission.faults[0].sentence().encode()
    assert "\\udcff" in submission.files[0].name


def test_a_county_is_taken_apart_by_year(sample: Path) -> None:
    assert years_of([sample], 2025) == {2025: [sample / "2025"], 2023: [sample / "history" / "2023"],
                                        2024: [sample / "history" / "2024"]}


def test_any_other_path_is_of_the_year_asked_for(sample: Path) -> None:
    given = [sample / "2025", sample / "2025" / "a.xlsx"]
    assert years_of(given, 2024) == {2024: given}


def test_files_of_another_year_are_not_taken_for_the_year_asked_for(sample: Path) -> None:
    (sample / "c.xlsx").write_bytes(b"x")
    history = sample / "history"
    assert years_of([sample], 2024) == {2024: [sample / "c.xlsx", history / "2024"], 2023: [history / "2023"]}


def test_the_year_is_guessed_from_folders_then_the_path(sample: Path) -> None:
    (sample / "2019").mkdir()
    assert guess_year([sample]) == 2025
    assert guess_year([sample / "history" / "2023"]) == 2023


def test_the_year_is_guessed_from_the_files(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"学段": [["表"], ["学年", *STAGES[0]], [2021, *STAGES[1]]]})
    assert guess_year([tmp_path / "a.xlsx"]) == 2021


@pytest.mark.parametrize(("today", "year"), [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026)])
def test_else_the_year_is_todays_school_year(tmp_path: Path, today: date, year: int) -> None:
    (tmp_path / "a.csv").write_text("学段\n小学\n", encoding="utf-8")
    (tmp_path / "b.xlsx").write_bytes(b"PK")
    assert guess_year([tmp_path / "a.csv", tmp_path / "b.xlsx"], today) == year
