"""The whole door, with files as an office hands them in: read, typed, checked, kept, in force."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_county import LI, NORTH, SOUTH, WANG

from junheng.kernel.faults import DataFaults, JunhengError
from junheng.register.holding.accept import import_all, import_year
from junheng.register.holding.city import City
from junheng.register.holding.inbox import read_original
from junheng.register.holding.snapshots import open_snapshot

PLACES = "区划代码,名称,级别,上级区划代码\n379901,甲县,县,\n379901100,乙镇,乡镇,379901\n"
SCHOOLS = (f"学校标识码,学校名称,办学类型,举办者,所在区划代码,城乡分类\n"
           f"{NORTH},北小学,小学,县级教育部门,379901100,镇中心区\n"
           f"{SOUTH},南小学,小学,县级教育部门,379901100,村庄\n")
STAGES = "学校标识码,学段,在校生数,教学班数,专任教师数\n"
TRAINING = "学校标识码,身份证号,培训年份,培训学时\n"


def hand_in(folder: Path, **sheets: str) -> Path:
    folder.mkdir()
    for name, text in sheets.items():
        (folder / f"{name}.csv").write_text(text, encoding="gb18030")
    return folder


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return hand_in(tmp_path / "in", 区划=PLACES, 学校=SCHOOLS, 培训=TRAINING + f"{NORTH},{LI},2025,72\n",
                   学段=STAGES + f"{NORTH},小学,300,7,20\n{SOUTH},小学,40,2,5\n")


def test_files_come_into_force_and_lead_back_to_their_rows(city: City, files: Path) -> None:
    result = import_year([files], city.path, 2025)
    row = open_snapshot(city.path).table("school_stages").row(1, named=True)
    origin = result.snapshot.files[row["origin_file"]]
    assert row["pupils"] == 40 and result.new
    assert (origin["name"], row["origin_row"]) == ("学段.csv", 3)
    kept = read_original(city, origin["sha256"], city.key()).decode("gb18030")
    assert kept.splitlines()[row["origin_row"] - 1].startswith(SOUTH)


def test_the_file_with_identities_is_sealed_and_the_others_are_not(city: City, files: Path) -> None:
    snapshot = import_year([files], city.path, 2025).snapshot
    sealed = {file["name"]: (city.inbox / file["sha256"]).read_bytes().startswith(b"junheng sealed")
              for file in snapshot.files}
    assert sealed == {"区划.csv": False, "学校.csv": False, "学段.csv": False, "培训.csv": True}


def test_the_same_files_again_change_nothing(city: City, files: Path) -> None:
    first = import_year([files], city.path, 2025)
    again = import_year([files], city.path, 2025)
    assert (first.new, again.new) == (True, False) and again.snapshot.id == first.snapshot.id


def test_the_order_of_the_files_makes_no_other_facts(city: City, files: Path, tmp_path: Path) -> None:
    """Both cities hang on the key file that the environment names, so equal facts have equal digests."""
    one = import_year(sorted(files.iterdir()), city.path, 2025)
    other = import_year(sorted(files.iterdir(), reverse=True), tmp_path / "other", 2025)
    assert one.snapshot.id == other.snapshot.id


def test_one_sheet_of_one_school_corrects_that_school(city: City, files: Path, tmp_path: Path) -> None:
    import_year([files], city.path, 2025)
    later = hand_in(tmp_path / "later", 学段=STAGES + f"{SOUTH},小学,41,2,5\n")
    with pytest.raises(JunhengError, match="--reason"):
        import_year([later], city.path, 2025)
    second = import_year([later], city.path, 2025, reason="漏报一人").snapshot
    pupils = second.table("school_stages").select("school_id", "pupils")
    assert dict(pupils.iter_rows()) == {NORTH: 300, SOUTH: 41}
    assert second.version == 2 and second.table("schools").height == 2


def test_a_fault_in_a_file_is_refused_with_its_place_and_nothing_is_written(
        city: City, files: Path) -> None:
    (files / "学段.csv").write_text(STAGES + f"{NORTH},小学,六,7,20\n", encoding="utf-8")
    with pytest.raises(DataFaults) as caught:
        import_year([files], city.path, 2025)
    assert ("学段.csv", 2, "pupils", "not_a_number") in {
        (each.file, each.row, each.column, each.kind) for each in caught.value.faults}
    assert not city.path.exists()


def test_a_fault_of_one_year_keeps_every_year_out(city: City, files: Path, tmp_path: Path) -> None:
    broken = hand_in(tmp_path / "old", 学段=STAGES + f"{NORTH},小学,-1,7,20\n")
    with pytest.raises(DataFaults):
        import_all({2025: [files], 2024: [broken]}, city.path)
    assert not city.path.exists()


def test_progress_only_goes_forward_and_ends_at_one(city: City, files: Path) -> None:
    shares: list[float] = []
    import_year([files], city.path, 2025, on_progress=lambda share, sentence: shares.append(share))
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_a_person_is_the_same_in_two_years(city: City, files: Path, tmp_path: Path) -> None:
    old = hand_in(tmp_path / "old", 培训=TRAINING + f"{NORTH},{LI},2024,72\n{NORTH},{WANG},2024,72\n")
    results = import_all({2024: [old], 2025: [files]}, city.path)
    then, now = (set(result.snapshot.table("training")["teacher_id"]) for result in results)
    assert now < then and len(then) == 2
