"""Years of a document: what is printed, what an anchor tells, what stays unknown."""

from __future__ import annotations

from array import array
from datetime import date

import pytest

from junheng.documents.figures import find_figures
from junheng.documents.figures.periods import anchors, document_day
from junheng.documents.figures.times import times
from junheng.documents.outline import outline
from junheng.documents.shapes import Text


def made(text: str) -> Text:
    return Text(text, text, array("q", range(len(text) + 1)))


def years(text: str) -> dict[str, int]:
    clean = made(text)
    known = anchors(clean, outline(clean))
    return {time.printed: known.masked[time.start][0] for time in known.times if time.start in known.masked}


def day(text: str) -> tuple[date | None, str]:
    return document_day(made(text), anchors(made(text), outline(made(text))))


@pytest.mark.parametrize("signed", ("2025年2月20日", "2025年 2 月 20 日", "二〇二五年二月二十日", "2025-02-20", "2025.2.20"))
def test_a_document_is_of_the_day_it_is_signed_on(signed: str) -> None:
    assert day(f"全县教育工作要点\n推进各项工作。\n县教育局\n{signed}\n")[0] == date(2025, 2, 20)


@pytest.mark.parametrize("after", (
    "附件1\n项目\t完成时限\n城东小学\t2025年8月\n2\t北关初中\n", "各校于2025年8月31日前完成。\n", "自2025年9月1日起施行。\n",
    "2025年3月1日至2025年6月30日为排查阶段。\n", "于二〇二五年八月三十一日之前完成。\n"))
def test_the_day_until_which_something_is_to_be_done_is_not_that_of_the_document(after: str) -> None:
    assert day(f"全县教育工作要点\n（2025年2月20日）\n推进各项工作。\n{after}")[0] == date(2025, 2, 20)


@pytest.mark.parametrize(("sentence", "year"), [
    ("20xx年是“十三五”开局之年。", 2016), ("20xx年是“十二五”的收官之年。", 2015),
    ("20xx年是“十四五”规划的第三年，任务很重。", 2023),
    ("20xx年是“十一五”的最后一年。", 2010), ("20xx年是党的二十大召开之年。", 2022),
    ("20xx年，党的十九届五中全会胜利召开。", 2020),
    ("20xx年是新中国成立70周年。", 2019),
])
def test_a_masked_year_is_told_by_its_place_in_a_plan(sentence: str, year: int) -> None:
    assert list(years(sentence).values()) == [year]


def test_a_session_that_is_only_followed_tells_no_year() -> None:
    assert years("20xx年，全市认真贯彻党的十八届三中全会精神。") == {}


def test_a_masked_year_without_an_anchor_stays_unknown() -> None:
    assert years("20xx年，全县新建学校3所。") == {}
    clean = made("20xx年，全县新建学校3所。")
    (figure,) = find_figures(clean, outline(clean))[0]
    assert (figure.period.printed, figure.period.year) == ("20xx年", None)


def test_what_is_inferred_says_by_what() -> None:
    clean = made("20xx年是“十三五”开局之年。")
    ((year, why),) = anchors(clean, outline(clean)).masked.values()
    assert year == 2016
    assert "十三五" in why


@pytest.mark.parametrize(("sentence", "wanted"), [
    ("昨天是第29个教师节，向大家问好。", date(2013, 9, 11)), ("今天是第三十八个教师节。", date(2022, 9, 10)),
    ("明天是第40个教师节。", date(2024, 9, 9)),
    ("在全县教育大会上的讲话\n（2023年2月18日）\n同志们：今天开会。\n", date(2023, 2, 18)),
    ("同志们，大家辛苦了。\n某县教育局\n二〇二一年三月五日\n", date(2021, 3, 5)),
])
def test_the_day_of_a_document_is_told_by_its_date_or_teachers_day(sentence: str, wanted: date) -> None:
    assert day(sentence)[0] == wanted
    assert day(sentence)[1]


def test_where_only_the_year_is_known_the_first_of_january_is_taken_and_said() -> None:
    found, why = day("今年是建党一百周年，做好教育工作意义重大。")
    assert found == date(2021, 1, 1)
    assert "按2021年1月1日计" in why


REVIEW = "一、工作回顾\n围绕庆祝第20个教师节，表彰教师50名。\n"


@pytest.mark.parametrize(("text", "year"), [
    (REVIEW + "二、工作安排\n今年，要在4月底前完成排查。\n", 2005),                  # the plan that follows a review of last year
    (REVIEW + "二、工作安排\n明年，要在4月底前完成排查。\n", 2004),                   # given when the year ends
    (REVIEW + "今年以来，培训教师300名。\n二、下一步安排\n要加强管理。\n", 2004),      # given within it
    (REVIEW + "去年，培训教师300名。\n二、下一步安排\n要加强管理。\n", 2005),
    ("我们迎来了第20个教师节。\n一、工作安排\n今年要完成排查。\n", 2004),             # no review: the speech of the day
    ("去年，我们庆祝了第20个教师节。\n今年要完成排查。\n", 2005),
])
def test_what_a_review_tells_of_dates_the_year_looked_back_on(text: str, year: int) -> None:
    assert day(text)[0] == date(year, 1, 1)


def test_figures_of_a_review_are_of_its_year_and_tasks_of_the_next() -> None:
    assert periods(REVIEW + "二、工作安排\n今年，要培训教师300名。\n") == [2004, 2005]


def test_a_review_that_nothing_tells_the_end_of_has_a_year_and_its_document_no_day() -> None:
    text = REVIEW + "二、工作安排\n要培训教师300名。\n"
    assert (periods(text), day(text)[0]) == ([2004, None], None)


def test_the_day_a_document_is_signed_on_goes_before_a_teachers_day_it_tells_of() -> None:
    assert day(REVIEW + "二、工作安排\n要培训教师300名。\n县教育局\n2005年3月8日\n")[0] == date(2005, 3, 8)


def test_a_document_without_a_time_has_no_day() -> None:
    assert day("加强领导，提高认识。") == (None, "")


def test_next_year_told_by_a_plan_gives_this_year() -> None:
    clean = made("明年是“十二五”的收官之年，今年的任务要抓紧。")
    assert anchors(clean, outline(clean)).years(0).this == 2014


def test_this_year_and_last_year_are_counted_from_the_document() -> None:
    clean = made("（2023年2月18日）\n去年招生5200人。\n今年计划招生5600人。\n前年招生5000人。\n")
    assert [each.period.year for each in find_figures(clean, outline(clean))[0]] == [2022, 2023, 2021]


def test_a_compared_year_is_not_the_figures_own() -> None:
    clean = made("2023年在校生5.6万人，比2020年增加0.3万人。")
    read = find_figures(clean, outline(clean))[0]
    assert [each.period.year for each in read] == [2023, 2023]
    assert read[1].comparison is not None
    assert read[1].comparison.versus == "2020年"


def test_a_deadline_is_the_period_of_a_target() -> None:
    clean = made("到2027年，巩固率达到97%以上。")
    (figure,) = find_figures(clean, outline(clean))[0]
    assert (figure.period.printed, figure.period.year, figure.role.name) == ("到2027年", 2027, "target")


@pytest.mark.parametrize(("text", "kinds"), [
    ("2019年", ["year"]), ("二〇二〇年", ["year"]), ("20xx年", ["masked"]), ("202x年", ["masked"]),
    ("今年", ["this"]), ("上年", ["last"]),
    ("明年", ["next"]), ("“十二五”期间", ["plan"]), ("近五年", ["span"]), ("每年", ["each"]),
    ("目前", ["now"]), ("学前三年毛入园率", []),
])
def test_times_are_seen_in_all_their_wordings(text: str, kinds: list[str]) -> None:
    assert [time.kind for time in times(text)] == kinds


def periods(text: str) -> list[int | None]:
    clean = made(text)
    return [figure.period.year for figure in find_figures(clean, outline(clean))[0]]


@pytest.mark.parametrize(("text", "wanted"), [
    ("（2023年6月12日）\n截至2021年底，全县有学校30所；教师900人，比2020年减少12人。食堂26个。\n校车40辆。\n",
     [2021, 2021, 2021, 2021, 2023]),
    ("（2023年6月12日）\n到2026年，新建学校3所；新增学位900个。\n", [2026, 2026]),
    ("（2023年6月12日）\n2021年，新建学校3所。教师900人。去年，招聘教师40人。\n", [2021, 2021, 2022]),
])
def test_a_time_holds_over_a_semicolon_and_as_of_a_day_to_the_end_of_its_paragraph(text: str, wanted: list[int]) -> None:
    assert periods(text) == wanted


def test_each_year_of_a_stretch_gets_its_own_figure() -> None:
    assert periods("2019年至2021年，区财政分别安排经费3亿元、4亿元、5亿元。") == [2019, 2020, 2021]


def test_a_stretch_of_years_is_of_its_last() -> None:
    assert periods("2019—2022年，新建学校12所。") == [2022]


def test_the_year_of_the_first_value_is_not_that_of_the_second() -> None:
    assert periods("（2023年6月12日）\n教学点由2018年的90个减少到41个，减幅54.4%。\n") == [2018, 2023, 2023]


def test_last_year_in_a_review_that_names_its_year_is_the_year_before_that() -> None:
    assert periods("某市2021年教育统计公报\n（2022年4月6日）\n大班比例由上年的5%降至3%。\n") == [2020, 2021]


def test_each_pupil_each_year_is_no_time_of_a_figure() -> None:
    assert periods("2021年，按每生每年800元发放。") == [2021]


def test_an_awaited_teachers_day_tells_the_year_of_a_masked_one() -> None:
    assert list(years("为喜迎第37个教师节，20xx年5月至6月开展走访。").values()) == [2021]


def test_a_least_number_in_the_plan_of_a_year_is_a_target_and_elsewhere_a_rule() -> None:
    plan = made("某县2024年教育工作要点\n培训教师不少于300人。\n")
    rule = made("某县学校管理办法\n每校配备教师不少于30人。\n")
    assert [find_figures(text, outline(text))[0][0].role.name for text in (plan, rule)] == ["target", "rule"]


def test_a_heading_that_names_its_years_gives_them_to_its_figures() -> None:
    text = "某区布局规划（2024—2035年）\n一、近期（2024—2028年）\n新建小学3所。\n二、远期（2029—2035年）\n新建小学2所。\n"
    assert periods(text) == [2028, 2035]


def test_a_plan_for_a_stretch_of_years_is_of_its_first_year() -> None:
    text = made("某区布局规划（2024—2035年）说明\n预计2035年学校达到40所。\n")
    day, why = document_day(text, anchors(text, outline(text)))
    assert (day, "标题写明" in why) == (date(2024, 1, 1), True)


def test_what_there_is_now_is_of_the_day_that_opens_its_paragraph() -> None:
    assert periods("（2024年6月12日）\n2023年末，全县人口21.7万人。城区现有小学11所。\n") == [2023, 2023]


@pytest.mark.parametrize("kind", ["简报", "通报", "公报", "年报"])
def test_the_year_of_a_review_is_that_of_its_title_not_of_its_day(kind: str) -> None:
    assert periods(f"某市2023年教育统计{kind}\n某市教育局发展规划科\n2024年3月22日\n全市有学校638所。\n") == [2023]
