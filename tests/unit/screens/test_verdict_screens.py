"""What `measure` prints: of several counties an overview, of one its details, of the parts nothing but the parts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from junheng.indicators.registry import INDICATORS
from junheng.indicators.school_rows import counties
from junheng.kernel.codes import Level, Verdict
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.screens import series, verdicts
from junheng.screens.overview import SHORT
from junheng.screens.words import FIRST_ROWS, MOST_ROWS
from tests.spec.drawn import draw
from tests.spec.rows import COUNTY, TOWNSHIP, school

STANDARD, SNAPSHOT = "quality_balance_2017", "2025-v1-0"
ROOMS = "yz.1.4"
TWO = {"990101": "甲县", "990102": "乙县"}


def figure(item: str, group: str, value: Fraction | Decimal, limit: str, *, level: Level = Level.county, stage: str = "primary",
           gap: int = 1) -> Finding:
    return Finding(item, INDICATORS[item].name, STANDARD, level, group, TWO.get(group, f"{group}校"), stage, 2025, value=value,
                   limit=Fraction(limit), gap=Fraction(gap), gap_unit="㎡", verdict=Verdict.not_met, snapshot=SNAPSHOT)


def verdict(county: str, *failed: str) -> CountyVerdict:
    how = Verdict.not_met if failed else Verdict.unknown
    return CountyVerdict(STANDARD, county, TWO[county], "all", 2025, how, failed, () if failed else (ROOMS,), snapshot=SNAPSHOT)


FOUND = [figure("yz.1.5.cv", "990101", Decimal("0.6"), "0.5"), figure("yz.1.4.cv", "990101", Decimal("0.9"), "0.5"),
         replace(figure("yz.1.4.cv", "990102", Decimal("0.4"), "0.5"), verdict=Verdict.unknown),
         figure(ROOMS, "7", Fraction(4), "4.5", level=Level.school)]
LIES_IN = {(Level.school, "7"): "990101", (Level.county, "990101"): "990101", (Level.county, "990102"): "990102"}


def test_of_several_counties_each_has_a_row_and_one_that_fails_says_what_is_furthest(capsys: pytest.CaptureFixture[str]) -> None:
    verdicts.verdicts([verdict("990101", "yz.1.5.cv", "yz.1.4.cv"), verdict("990102")], FOUND, SNAPSHOT, LIES_IN)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"测算结果（快照 {SNAPSHOT}）"
    assert [line.split() for line in lines[1:4]] == [
        ["县区", "代码", "优质均衡", "未达标项", "缺数据", "缺佐证"], ["甲县", "990101", "未达标", "2", "2", "0", "0"],
        ["乙县", "990102", "缺数据", "0", "1", "0"]]
    told = [line for line in lines if line.startswith(("甲县（", "乙县（", "  "))]
    assert told[0].startswith("甲县（990101）未达标：yz.1.5.cv ") and told[0].endswith("资源配置有缺口的学校 1 所")
    assert told[1].startswith("  离标准最远：yz.1.4.cv ") and "现值 0.900，标准 0.500" in told[1]
    assert len(told) == 2
    assert "加 --county 县区代码" in lines[-2] and "不代表督导评估认定结论" in lines[-1]


def test_of_one_county_the_school_that_is_short_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    own = [each for each in FOUND if each.group != "990102"]
    verdicts.verdicts([verdict("990101", "yz.1.4.cv")], own, SNAPSHOT, LIES_IN)
    printed = capsys.readouterr().out
    assert "哪所学校差什么、差多少（共 1 项）" in printed and "7校" in printed and "谁拉大了差异系数" in printed


def test_a_standard_without_verdicts_lists_the_city_where_there_are_several_counties(capsys: pytest.CaptureFixture[str]) -> None:
    city = figure(ROOMS, "9901", Fraction(5), "4.5", level=Level.city)
    verdicts.verdicts([], [*FOUND, city], SNAPSHOT, LIES_IN)
    printed = capsys.readouterr().out
    assert "9901校" in printed and "甲县" not in printed and "--level county" in printed


def test_every_standard_that_judges_counties_has_a_narrow_head() -> None:
    judged = {each.standard for each in INDICATORS.values() if Level.county in each.judged}
    assert judged <= set(SHORT)


def test_a_part_of_a_tree_is_called_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    part = replace(figure(ROOMS, "990101", Fraction(5), "4.5"), slice="district=D1", verdict=None)
    series.parts([part], Level.county, SNAPSHOT, {"district=D1": "东片学区"})
    printed = capsys.readouterr().out
    assert "东片学区（D1）" in printed and SNAPSHOT in printed and "未达标" not in printed


@pytest.mark.parametrize(("rows", "shown"), [(MOST_ROWS, MOST_ROWS), (MOST_ROWS + 1, FIRST_ROWS)])
def test_of_very_many_parts_the_first_are_printed_and_how_to_ask_for_fewer(rows: int, shown: int,
                                                                           capsys: pytest.CaptureFixture[str]) -> None:
    part = replace(figure(ROOMS, "990101", Fraction(5), "4.5"), slice="kind=primary", verdict=None)
    series.parts([part] * rows, Level.county, SNAPSHOT, {})
    printed = capsys.readouterr().out
    assert printed.count("甲县") == shown
    assert ("另有 361 行 -> 用 --county" in printed) is (shown < rows)


def test_parts_that_a_level_has_not_are_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    series.parts([], Level.province, SNAPSHOT, {})
    assert "省级没有可分列的结果 -> 换一个 --level" in capsys.readouterr().out


def test_each_school_township_and_county_lies_in_its_county() -> None:
    places = [{"place_code": "9901", "level": "city"}, {"place_code": COUNTY, "parent_code": "9901"},
              {"place_code": TOWNSHIP, "level": "township", "parent_code": COUNTY},
              {"place_code": "990101001001", "level": "village", "parent_code": TOWNSHIP}]
    schools = school("1", place_code="990101001001")
    schools["schools"].append({"school_id": "2", "place_code": "nowhere"})
    assert counties(draw(places=places, **schools)) == {
        (Level.county, "?"): "?", (Level.county, COUNTY): COUNTY, (Level.township, TOWNSHIP): COUNTY,
        (Level.school, "1"): COUNTY, (Level.school, "2"): "?"}
