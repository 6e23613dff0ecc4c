"""The sample as files: the same bytes from the same seed, clean when it should be, and with exactly the faults that it lists."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from junheng.kernel.codes import Severity
from junheng.kernel.faults import Fault, JunhengError
from junheng.register.checks import check
from junheng.register.intake import take_in, years_of
from junheng.register.kinds import Kind
from junheng.register.tables import TABLES
from junheng.samples import make_sample

# The first would make the sample hundreds of megabytes; the second takes a correction, which a sample is not.
NOT_PLANTED = {"too_large", "emptied_values"}


def digests(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def faults(folder: Path) -> list[Fault]:
    found, before = [], None
    for year, paths in sorted(years_of([folder], 2025).items()):
        taken = take_in(paths, year=year)
        found += taken.faults + check(taken, earlier=before)
        before = {table: rows.lazy() for table, rows in taken.frames.items()}
    return found


@pytest.fixture(scope="module")
def shares() -> list[float]:
    """Progress as it was told while `sample` was made."""
    return []


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, shares: list[float]) -> Path:
    return make_sample(tmp_path_factory.mktemp("passing") / "city", seed=7, on_progress=lambda share, _: shares.append(share))


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("damaged") / "city", seed=7, defects=True)


def test_the_same_seed_makes_the_same_bytes_again_even_over_an_older_sample(sample: Path, tmp_path: Path) -> None:
    make_sample(tmp_path, seed=8)
    other = digests(tmp_path)
    make_sample(tmp_path, seed=7)
    assert digests(tmp_path) == digests(sample)
    assert other["golden.json"] != digests(sample)["golden.json"]
    assert other["2025/county.xlsx"] != digests(sample)["2025/county.xlsx"]


def test_the_damage_too_is_the_same_each_time(damaged: Path, tmp_path: Path) -> None:
    assert digests(make_sample(tmp_path / "again", seed=7, defects=True)) == digests(damaged)


def test_the_sample_holds_a_workbook_a_school_two_earlier_years_and_the_golden_answers(sample: Path) -> None:
    files = {path.name for path in (sample / "2025").iterdir()}
    taken = take_in([sample / "2025"], year=2025).frames
    assert files == {"county.xlsx", "学生.parquet", *(f"{code}.xlsx" for code in taken["schools"]["school_id"])}
    assert taken.keys() == TABLES.keys()
    assert {path.parent.name for path in sample.glob("history/*/*.parquet")} == {"2023", "2024"}
    assert {path.stem for path in sample.glob("history/2023/*.parquet")} == TABLES.keys() - {"pupils"}
    assert set(json.loads((sample / "golden.json").read_text("utf-8"))) == {"findings", "verdicts", "defects"}


@pytest.mark.parametrize(("variant", "seed"), [("passing", 8), ("narrow", 9), ("failing", 10)])
def test_a_clean_sample_has_no_fault_that_needs_a_reason(variant: str, seed: int, tmp_path: Path) -> None:
    found = faults(make_sample(tmp_path / "city", seed=seed, variant=variant))
    assert [fault.sentence() for fault in found if fault.severity is not Severity.note] == []


def test_earlier_years_have_more_pupils_and_fewer_things(sample: Path) -> None:
    years = {year: take_in(paths, year=year).frames for year, paths in years_of([sample], 2025).items()}
    pupils = {year: frames["school_stages"]["pupils"].sum() for year, frames in years.items()}
    books = {year: frames["assets"]["books"].sum() for year, frames in years.items()}
    teachers = {year: frames["teachers"].height for year, frames in years.items()}
    assert pupils[2023] > pupils[2024] > pupils[2025]
    assert books[2023] < books[2024] < books[2025]
    assert teachers[2023] < teachers[2024] < teachers[2025]


@pytest.mark.parametrize(("variant", "seed"), [("narrow", 8), ("failing", 9)])
def test_every_planted_defect_is_found_where_it_was_planted(variant: str, seed: int, tmp_path: Path) -> None:
    folder = make_sample(tmp_path / "city", seed=seed, variant=variant, defects=True)
    found = {(fault.file, fault.sheet, fault.row or None, fault.column or None, fault.kind) for fault in faults(folder)}
    planted = json.loads((folder / "golden.json").read_text("utf-8"))["defects"]
    missed = [each for each in planted if tuple(each.values()) not in found]
    assert len(planted) > 160
    assert missed == []


def test_every_kind_of_fault_is_planted_and_files_without_a_defect_have_no_fault(damaged: Path) -> None:
    planted = json.loads((damaged / "golden.json").read_text("utf-8"))["defects"]
    kinds = Counter(each["kind"] for each in planted)
    assert set(kinds) == set(Kind.__members__) - NOT_PLANTED
    found = faults(damaged)
    places = {(fault.file, fault.sheet, fault.row or None, fault.column or None, fault.kind) for fault in found}
    assert [each for each in planted if tuple(each.values()) not in places] == []
    spoilt = {each["file"] for each in planted}
    # a year back schools had fewer teachers, which may be noted
    assert [fault.sentence() for fault in found if fault.file not in spoilt
            and not (fault.file.startswith("history/") and fault.severity is Severity.note)] == []


def test_the_golden_figures_of_a_damaged_sample_are_those_of_the_clean_register(sample: Path, damaged: Path) -> None:
    clean, spoilt = (json.loads((folder / "golden.json").read_text("utf-8")) for folder in (sample, damaged))
    assert clean["findings"] == spoilt["findings"]
    assert clean["verdicts"] == spoilt["verdicts"]
    assert clean["defects"] == []


def test_no_cell_carries_two_defects(damaged: Path) -> None:
    planted = json.loads((damaged / "golden.json").read_text("utf-8"))["defects"]
    cells = Counter((each["file"], each["sheet"], each["row"], each["column"]) for each in planted if each["row"])
    assert max(cells.values()) == 1


def test_progress_rises_to_one(sample: Path, shares: list[float]) -> None:
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


@pytest.mark.parametrize(("option", "word", "known"), [("size", "province", "county"), ("variant", "perfect", "narrow")])
def test_a_word_that_is_not_known_is_refused_with_the_words_that_are(option: str, word: str, known: str, tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match=f"--{option} {word}.*{known}"):
        make_sample(tmp_path / "city", **{option: word})  # type: ignore[arg-type]
    assert not (tmp_path / "city").exists()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(JunhengError, match="已有别的文件"):
        make_sample(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]
