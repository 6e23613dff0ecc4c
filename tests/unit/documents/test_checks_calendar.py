"""What the calendar says of a text."""

from __future__ import annotations

import pytest

from tests.unit.documents.checking import checks_of, verdict, words


@pytest.mark.parametrize(("said", "year"), [
    ("2019年，我们迎来第35个教师节。", "2019"),
    ("今天是第四十个教师节。", "2024"),
    ("20xx年是“十四五”的开局之年。", "2021"),
    ("2025年是“十四五”收官之年。", "2025"),
    ("明年是“十三五”的收官之年。", "2020"),
    ("今年是建党100周年。", "2021"),
    ("2013年11月召开的党的十八届三中全会作出部署。", "2013"),
    ("20xx年是“ ”的收官之年。20xx年是“十三五”的开局之年。", "2015"),
])
def test_a_year_is_borne_out_or_resolved(said: str, year: str) -> None:
    assert ("holds", year) in [(one.judgement.name, one.recomputed) for one in checks_of(said, "calendar")]


@pytest.mark.parametrize(("said", "year"), [
    ("2020年是第35个教师节。", "2019"),
    ("2018年是“十三五”的收官之年。", "2020"),
    ("2021年是建党90周年。", "2011"),
    ("2015年召开的党的十八届三中全会作出部署。", "2013"),
])
def test_a_wrong_year_is_contradicted_with_the_right_one(said: str, year: str) -> None:
    assert verdict(said, "calendar") == ("contradicts", year)


@pytest.mark.parametrize("said", [
    "2020年以来，我们在第35个教师节表彰了一批教师。",
    "2021年，我们深入学习党的十九大精神。",
    "2018年以来，为“十三五”收官之年打下基础。",
    "到2020年，按照2013年党的十八届三中全会精神推进改革。",
])
def test_a_year_that_is_not_said_of_the_event_is_left_alone(said: str) -> None:
    assert "contradicts" not in words(said, "calendar")


@pytest.mark.parametrize(("said", "right"), [
    ("2023年2月29日召开会议。", "2月28日"),
    ("9月31日前完成。", "9月30日"),
    ("13月5日报送。", "1至12月"),
    ("2023年9月10日（星期一）召开表彰会。", "星期日"),
])
def test_a_day_that_does_not_exist_is_contradicted(said: str, right: str) -> None:
    assert verdict(said, "date") == ("contradicts", right)


@pytest.mark.parametrize("said", ["2024年2月29日（星期四）召开会议。", "2月29日前完成。", "9月1日开学，6月30日放假。"])
def test_a_day_that_exists_is_not(said: str) -> None:
    assert words(said, "date") <= {"holds"}
