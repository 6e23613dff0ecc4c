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


QUOTA = "高中标识码,初中标识码,分配名额数,是否农村初中\n"


def spoken_of(city: City, table: str) -> set[str]:
    return set(open_snapshot(city.path).handed_in.filter(table=table)["school_id"])


@pytest.mark.parametrize("together", [True, False])
def test_an_offices_sheet_speaks_of_every_school_whether_it_comes_with_them_or_apart(
        city: City, files: Path, tmp_path: Path, together: bool) -> None:
    quota = hand_in(tmp_path / "quota", 分配名额=QUOTA + f"{NORTH},{SOUTH},20,是\n")
    for paths in [[files, quota]] if together else [[files], [quota]]:
        import_year(paths, city.path, 2025, reason="分两次报送")
    assert spoken_of(city, "quota_places") == {NORTH, SOUTH}


def test_an_offices_sheet_that_comes_before_the_schools_speaks_of_them_too(city: City, files: Path, tmp_path: Path) -> None:
    office = hand_in(tmp_path / "office", 分配名额=QUOTA, 区划=PLACES)
    import_year([office], city.path, 2025)
    import_year([files], city.path, 2025, reason="补报学校")
    assert spoken_of(city, "quota_places") == {NORTH, SOUTH}
    assert open_snapshot(city.path).table("quota_places").height == 0


def test_an_offices_sheet_of_one_school_takes_nothing_from_another(city: City, files: Path, tmp_path: Path) -> None:
    for number, school in enumerate((NORTH, SOUTH)):
        quota = hand_in(tmp_path / str(number), 分配名额=QUOTA + f"{school},{SOUTH},20,是\n")
        import_year([files, quota], city.path, 2025, reason="先后报送") if not number else import_year(
            [quota], city.path, 2025, reason="先后报送")
    assert open_snapshot(city.path).table("quota_places")["school_id"].to_list() == [NORTH, SOUTH]


STAGES_TOLD = "学校标识码,学段,在校生数,教学班数,专任教师数,寄宿生数,随迁子女数\n"


def told(folder: Path, *rows: str) -> Path:
    return hand_in(folder, 学段=STAGES_TOLD + "".join(f"{row}\n" for row in rows))


@pytest.fixture
def known(city: City, files: Path, tmp_path: Path) -> None:
    """Both schools have told how many board; one how many are children of migrants."""
    import_year([files], city.path, 2025)
    more = told(tmp_path / "told", f"{NORTH},小学,300,7,20,30,3", f"{SOUTH},小学,40,2,5,4,")
    import_year([more], city.path, 2025, reason="补报")


@pytest.mark.usefixtures("known")
def test_a_correction_that_lacks_a_column_says_how_many_known_values_it_empties(city: City, tmp_path: Path) -> None:
    fewer = hand_in(tmp_path / "fewer", 学段=STAGES + f"{NORTH},小学,301,7,20\n")
    result = import_year([fewer], city.path, 2025, reason="改在校生数")
    assert "本次更正使 2 个已知值变为空" in result.difference()
    assert "学段/寄宿生数（文件没有这一列或整列空白） 1 个" in result.difference() and "若非有意" in result.difference()


@pytest.mark.usefixtures("known")
def test_known_values_are_not_emptied_without_a_reason(city: City, tmp_path: Path) -> None:
    before = open_snapshot(city.path).id
    fewer = hand_in(tmp_path / "fewer", 学段=STAGES + f"{NORTH},小学,300,7,20\n{SOUTH},小学,40,2,5\n")
    with pytest.raises(DataFaults) as refusal:
        import_year([fewer], city.path, 2025)
    told = {fault.column: fault.sentence() for fault in refusal.value.faults if fault.kind == "emptied_values"}
    assert "2 个已知值将变为空" in told["boarders"] and "1 个已知值将变为空" in told["migrant_pupils"]
    assert all("学段.csv" in sentence and "补列后重新导入" in sentence for sentence in told.values())
    assert open_snapshot(city.path).id == before


@pytest.mark.usefixtures("known")
def test_a_blank_among_filled_cells_is_said_apart_from_a_column_that_lacks(city: City, tmp_path: Path) -> None:
    blank = told(tmp_path / "blank", f"{NORTH},小学,300,7,20,,3", f"{SOUTH},小学,40,2,5,4,")
    result = import_year([blank], city.path, 2025, reason="寄宿生数待核")
    assert result.difference().endswith("本次更正使 1 个已知值变为空：学段/寄宿生数 1 个 -> 若非有意，请补列补值后重新导入")


@pytest.mark.usefixtures("known")
def test_a_correction_that_empties_nothing_says_nothing_of_it(city: City, tmp_path: Path) -> None:
    more = told(tmp_path / "more", f"{NORTH},小学,301,7,20,31,4", f"{SOUTH},小学,40,2,5,4,5")
    result = import_year([more], city.path, 2025, reason="改在校生数")
    assert "变为空" not in result.difference() and not [each for each in result.faults if each.kind == "emptied_values"]


@pytest.mark.usefixtures("known")
def test_a_required_column_that_lacks_is_said_once(city: City, tmp_path: Path) -> None:
    lacks = hand_in(tmp_path / "lacks", 学段=f"学校标识码,学段,教学班数,专任教师数\n{NORTH},小学,7,20\n")
    with pytest.raises(DataFaults) as refusal:
        import_year([lacks], city.path, 2025, reason="更正")
    assert [fault.kind for fault in refusal.value.faults if fault.column == "pupils"] == ["missing_column"]


def test_a_school_in_two_files_is_one_fault_and_not_one_for_each_row_and_sum(city: City, files: Path) -> None:
    (files / "又一份.csv").write_text(SCHOOLS.rpartition(f"{SOUTH}")[0], encoding="gb18030")
    with pytest.raises(DataFaults) as refusal:
        import_year([files], city.path, 2025)
    [fault] = [each for each in refusal.value.faults if each.severity.name == "error"]
    assert (fault.kind, fault.file) == ("two_files", "学校.csv") and f"学校 {NORTH} 在 又一份.csv 里也有" in fault.found
    assert "1 行没有核对" in fault.found and "删去另一份" in fault.do
