"""Parts, shares, stages, ratios: what must add up, and what must not be added."""

from __future__ import annotations

import pytest

from tests.unit.documents.checking import checks_of, verdict, verdicts, words


@pytest.mark.parametrize("said", [
    "全县有学校162所，其中小学98所、初中31所、高中8所、幼儿园25所。",
    "在校学生45210人，其中男生23105人、女生22105人。",
    "普通高中28所（公办20所、民办8所）。",
    "三年新建幼儿园20所，其中2021年8所、2022年7所、2023年5所。",
    "投入3.6亿元，同比增长12%，其中中央资金1.2亿元、省级资金2亿元、市县资金0.4亿元。",
    "公办学校86所，其中小学52所（含教学点20个）、初中18所（含九年一贯制8所）、普通高中5所、职业学校1所、幼儿园10所。",
    "省级示范高中3所、市级示范高中6所，合计9所。",
])
def test_parts_that_make_the_whole_hold(said: str) -> None:
    assert "holds" in words(said, "parts") and "contradicts" not in words(said, "parts")


def test_rounded_parts_hold_within_rounding() -> None:
    assert verdict("中小学生3.2万人，其中小学2.1万人、初中1.2万人。", "parts") == ("holds_within_rounding", "3.3万人")


@pytest.mark.parametrize(("said", "right"), [
    ("全县有学校162所，其中小学98所、初中51所、高中8所、幼儿园25所。", "182所"),
    ("招聘教师300名，其中小学150名、初中100名、幼儿园60名。", "310名"),
    ("在校学生45210人，其中男生23105人、女生21105人。", "44210人"),
    ("省级示范高中3所、市级示范高中6所，合计10所。", "9所"),
    ("普通高中28所（公办20所、民办9所）。", "29所"),
    ("三年招聘教师321名，其中2021年112名、2022年108名、2023年155名。", "375名"),
    ("投入1.2亿元（含中央资金3亿元）。", "不超过1.2亿元"),
])
def test_parts_that_cannot_be_are_contradicted(said: str, right: str) -> None:
    assert verdict(said, "parts") == ("contradicts", right)


@pytest.mark.parametrize("said", [
    "教师1200人，其中高级教师300人、女教师800人、党员400人。",       # a teacher can be all three
    "幼儿园120所，其中公办60所、民办60所，普惠性幼儿园100所。",
    "投入900万元（含中央资金300万元），其中校舍500万元、设备400万元。",
    "在校生100人，其中小学60人（其中女生30人）、初中40人。",
    "幼儿园120所，其中：公办园40所，在园幼儿8000人；民办园80所，在园幼儿9000人。",
    "新增3个乡镇（街道）教育办，调整5个县（市、区）教育局班子。",
])
def test_what_overlaps_or_is_included_is_not_added(said: str) -> None:
    assert "contradicts" not in words(said, "parts")


def test_a_small_remainder_of_disjoint_parts_is_asked_after() -> None:
    assert verdict("全县有学校162所，其中小学98所、初中31所、高中8所、幼儿园24所。", "parts") == ("flagged", "161所")


@pytest.mark.parametrize(("said", "found"), [
    ("小学在校生30120人，初中在校生14880人，义务教育在校生45000人。", ("holds", "45000人")),
    ("小学在校生30120人，初中在校生14880人，义务教育在校生48000人。", ("contradicts", "45000人")),
    ("小学在校生30120人，初中在校生14880人。义务教育在校生45300人。", ("flagged", "45000人")),  # special schools
])
def test_the_stages_make_compulsory_education(said: str, found: tuple[str, str]) -> None:
    assert verdict(said, "stages") == found


def test_parts_of_a_stage_are_no_stage() -> None:
    assert not checks_of("民办小学在校生120人，初中在校生14880人，义务教育在校生45000人。", "stages")


@pytest.mark.parametrize(("said", "found"), [
    ("在校生10000人，其中寄宿生4500人，占45%。", ("holds", "45%")),
    ("教师4210人（其中女教师2630人，占62.5%），学生6.3万人。", ("holds_within_rounding", "62.47%")),
    ("在校生10000人，其中寄宿生4500人，占40%。", ("contradicts", "45%")),
    ("寄宿生300人，占在校生1210人的24.8%。", ("holds_within_rounding", "24.79%")),
    ("寄宿生300人，占在校生1200人的35%。", ("contradicts", "25%")),
    ("共有幼儿园27.44万所，其中，普惠性幼儿园23.64万所，占全国幼儿园总数的86.16%。", ("holds_within_rounding", "86.15%")),
])
def test_a_share_is_the_part_over_the_whole(said: str, found: tuple[str, str]) -> None:
    assert verdict(said, "share") == found


def test_a_share_of_something_else_is_left_alone() -> None:
    assert not checks_of("教职工1200人，其中高级教师300人，占专任教师的30%。", "share")


@pytest.mark.parametrize(("said", "found"), [
    ("中职招生4000人，普通高中招生6000人，职普比为4:6。", ("holds", "4:6")),
    ("普通高中招生6200人，中职招生4100人，普职比为6:4。", ("holds", "6:4")),
    ("普通高中招生6200人，中职招生4100人，普职比为5:5。", ("contradicts", "6:4")),
    ("小学在校生17200人，专任教师1000人，生师比17.2:1。", ("holds", "17.2:1")),
    ("小学在校生17200人，专任教师1000人，生师比19.2:1。", ("contradicts", "17.2:1")),
    ("普通高中36所，在校生48902人；中职21所，在校生17796人。普职比约为7.3:2.7。", ("holds", "7.3:2.7")),
    ("普职比例达7:3。", ("holds", "7:3")),
    ("普职比例达7.2:2.9。", ("flagged", "")),
])
def test_a_ratio_is_held_against_the_counts_it_can_be_of(said: str, found: tuple[str, str]) -> None:
    assert verdict(said, "ratio") == found


def test_a_ratio_names_the_base_that_fits() -> None:
    said = "普通高中招生6000人，在校生20000人。中职招生4000人，在校生9000人。职普比为4:6。"
    assert "按招生" in checks_of(said, "ratio")[0].reason


def test_a_masked_part_leaves_the_sum_unchecked() -> None:
    assert "contradicts" not in {name for name, _ in verdicts("学校00所，其中小学00所、初中31所。")}


def test_parts_that_leave_nothing_out_are_asked_after_where_they_fall_short() -> None:
    assert verdict("幼儿园300所，其中公办100所、民办120所。", "parts") == ("flagged", "220所")
    assert verdict("在校生300人，其中小学100人、初中120人。", "parts") == ("holds", "220人")
