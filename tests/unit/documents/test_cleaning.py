"""Each kind of dirt has its cure, its line in the log, and a text that only looks like it and stays."""

from __future__ import annotations

import time

import pytest

from junheng.documents.cleaning import clean
from junheng.documents.codes import RepairKind
from junheng.documents.shapes import Repair, Text

LONG = "全市各级教育行政部门和各类学校要认真贯彻落实教育工作会议精神，坚持立德树人根本任务，扎实推进义务教育优质均衡发展，不断"
END = "提高教育质量。"
PAGE = "各县区要科学编制学校布局规划，统筹城乡教育资源，加快补齐农村学校短板。" * 7


def of(text: Text, kind: str) -> list[Repair]:
    assert kind in RepairKind.__members__
    return [repair for repair in text.repairs if repair.kind == kind]


def cleaned(raw: str) -> str:
    return clean(raw).clean


def test_blank_lines_indents_and_line_ends_are_layout_and_go_unlogged() -> None:
    text = clean("\r\n　　同志们：\r\n\r\n　　会议开始。 \r大家好。\u2028谢谢。\n")
    assert text.clean == "同志们：\n会议开始。\n大家好。\n谢谢。" and not text.repairs


def test_a_paragraph_cut_by_a_line_break_is_joined() -> None:
    text = clean(f"{LONG}\n\n{END}\n二、重点工作")
    assert text.clean == f"{LONG}{END}\n二、重点工作"
    (repair,) = of(text, "joined_line")
    assert (repair.was, repair.now, repair.done) == ("\n\n", "", True)


@pytest.mark.parametrize("after", ["一、总体要求", "（一）总体要求", "1.总体要求", "第一章 总则", "一是坚持改革", "同志们：",
                                   "——在全市教育工作会议上的讲话",
                                   "2024年2月18日", "附件：任务清单", "①学前教育", "• 学前教育"])
def test_a_line_before_a_heading_salutation_or_day_is_whole(after: str) -> None:
    assert cleaned(f"{LONG}\n{after}") == f"{LONG}\n{after}"


def test_a_short_line_without_a_mark_is_a_title_and_stays() -> None:
    raw = "全市教育工作会议讲话\n落实优先发展战略\n同志们：\n今天开会。"
    assert cleaned(raw) == raw


def test_a_heading_with_a_number_is_not_joined_to_its_text() -> None:
    raw = "2、以提高教师综合素质为目标，深入开展以做人民满意教师为主题的师德师风建设年活动和大练兵活动\n总的来说，队伍是好的。"
    assert cleaned(raw) == raw


def test_lines_broken_at_the_width_of_a_page_are_joined() -> None:
    rows = ["今年全县教育工作的总体思路是坚持以人民为中心发", "展教育，落实立德树人根本任务，深化教育领域综合",
            "改革，推进义务教育优质均衡发展和学前教育普及普",
            "惠，加强教师队伍建设，办好人民满意的教育。", "要抓好校园安全，排查整治各类隐患，确保师生生命", "财产安全。"]
    assert cleaned("\n".join(rows)) == "".join(rows[:4]) + "\n" + "".join(rows[4:])


def test_a_quote_that_goes_on_in_the_next_line_is_joined_though_it_looks_like_a_heading() -> None:
    before, after = "各学校要高度重视校园安全工作，始终坚持“安全第", "一、预防为主”的方针。"
    assert cleaned(f"{before}\n{after}") == before + after


def test_a_quote_opened_again_after_the_break_is_opened_once() -> None:
    text = clean(f"{LONG}向省“教育\n“教育强县”迈进。")
    assert text.clean == f"{LONG}向省“教育教育强县”迈进。" and of(text, "doubled_quote")


def test_rows_of_a_table_are_never_joined() -> None:
    raw = "\n".join(f"{LONG}\t{number}" for number in range(4))
    assert cleaned(raw) == raw


def pages(count: int, size: int = 220) -> tuple[str, str]:
    """A text that a viewer numbered page by page, and what it was."""
    whole = (PAGE * count)[:count * size - 5] + "。"
    return "\n\n".join(f"{page + 1}、{whole[page * size:(page + 1) * size]}" for page in range(count)), whole


def test_page_numbers_that_cut_words_are_dropped() -> None:
    raw, whole = pages(4)
    text = clean(raw)
    assert text.clean.replace("\n", "") == whole
    assert [repair.was for repair in of(text, "page_marker")] == ["1、", "2、", "3、", "4、"]


def test_a_page_number_inside_a_number_is_dropped() -> None:
    pad = "各县区要科学编制学校布局规划，统筹城乡教育资源，加快补齐农村学校短板，全市在校生达到1"
    assert "在校生达到12345人" in cleaned("\n".join(["展开阅读全文", f"1、{pad}", f"2、2345人。{pad[:-12]}", "3、各校落实。"]))


@pytest.mark.parametrize("raw", [
    "1、加强领导。\n2、狠抓落实。\n3、注重实效。", "1、加强领导\n2、狠抓落实\n3、注重实效",
    f"1、{LONG}{END}\n2、{LONG}{LONG}{END}\n3、{END}"])
def test_a_real_list_keeps_its_numbers(raw: str) -> None:
    assert cleaned(raw) == raw


@pytest.mark.parametrize("mark", ["第 3 页", "- 3 -", "—3—", "第3页 共12页", "Page 3 of 12", "3 / 12"])
def test_a_page_number_on_its_own_line_goes_and_the_sentence_is_whole_again(mark: str) -> None:
    text = clean(f"各县区要科学编制学校布局规划，统筹城乡教育\n{mark}\n资源。")
    assert text.clean == "各县区要科学编制学校布局规划，统筹城乡教育资源。" and len(of(text, "page_marker")) == 1


def test_page_numbers_in_the_middle_of_a_line_go() -> None:
    assert cleaned("统筹城乡第 3 页 共 12 页教育资源。") == "统筹城乡教育资源。"


def test_bare_numbers_go_only_where_they_count_pages() -> None:
    raw = "\n".join(f"{PAGE}\n{number}" for number in (1, 2, 3))
    assert cleaned(raw) == "\n".join([PAGE] * 3)
    assert cleaned("序号\n1\n2\n3") == "序号\n1\n2\n3"


@pytest.mark.parametrize("line", [
    "上传人:a***b 文档编号:123 页数:12", "第2页 / 共12页", "点击查看更多>>", "展开阅读全文", "返回 下载 相关 举报",
    "首页 > 范文 > 工作总结", "当前位置：首页 > 政务公开",
    "上一篇：工作要点", "版权所有 某某文库", "经营许可证：某ICP备12345678号",
    "《工作总结》由互联网用户分享整理。文章地址：http://a.b", "以下是小编为大家整理的工作总结，仅供参考。",
    "开通VIP，免费下载", "每天仅需0.22元，尊享会员权益", "500万道试题、60多万篇范文免费使用", "点击下载文档",
    "教育局长讲话稿(精选3篇)", "本文来源：http://a.b/c", "【打印】【关闭】"])
def test_lines_of_viewers_sites_and_advertisements_go(line: str) -> None:
    text = clean(f"会议开始。\n{line}\n会议结束。")
    assert text.clean == "会议开始。\n会议结束。" and of(text, "dropped_line")[0].was == line


@pytest.mark.parametrize("line", [
    "免费下载国家平台资源5万份，供农村学校使用。", "全市开通“空中课堂”，免费提供资源500万份。", "公用经费每生每年600元",
    "主办单位：市教育局", "学校首页设举报信箱。",
    "全县教师会员制健身活动有序开展。", "来源：市教育局 2024年1月5日", "资料仅供参考。"])
def test_sentences_with_the_same_words_stay(line: str) -> None:
    assert cleaned(f"会议开始。\n{line}\n会议结束。") == f"会议开始。\n{line}\n会议结束。"


def test_titles_of_other_documents_go_with_their_heading() -> None:
    text = clean("今年新建学校5所。\n相关范文：\n小学总结 初中总结 3篇范文\n教研组计划\n以上各项，请认真落实。")
    assert text.clean == "今年新建学校5所。\n以上各项，请认真落实。"


def test_the_counter_of_a_page_is_no_figure_but_its_day_stays() -> None:
    assert cleaned("发布日期：2024-01-05 浏览次数：1234\n会议开始。") == "发布日期：2024-01-05\n会议开始。"


def test_stray_blanks_go_and_are_logged() -> None:
    text = clean("全县投入 7.3 亿元，建成 5 所 学校。")
    assert text.clean == "全县投入7.3亿元，建成5所学校。" and len(of(text, "stray_blank")) == 5


@pytest.mark.parametrize("raw", ["共有学校   所，教师    人。", "第一章 总则", "优先发展 开创新局\n同志们：", "学校 人数 班数",
                                 "Junheng plan 2024, part one.",
                                 "（一）推进均衡发展 全市建成5所学校，成效明显。",
                                 "1. 补齐短板，完成改造。", "2.1 城东小学，新建。"])
def test_blanks_that_part_or_wait_to_be_filled_in_stay(raw: str) -> None:
    assert cleaned(raw) == raw


def test_a_long_line_of_a_paragraph_without_a_mark_loses_its_blanks_before_numbers() -> None:
    raw = "组织全县各级各类学校管理人员及学科骨干教师共 300人分 2批赴外地学习培训"
    assert cleaned(raw) == raw.replace(" ", "")
    columns = "一小 120人 二小 130人 三小 90人 四小 85人 五小 100人"
    assert cleaned(columns) == columns


def test_full_width_digits_become_plain_ones() -> None:
    text = clean("入学率９９．８％，共１２所。")
    assert text.clean == "入学率99.8%，共12所。" and [repair.now for repair in of(text, "full_width")] == ["99.8%", "12"]


def test_a_lost_mark_is_restored_where_a_sentence_ends_and_proposed_where_it_may() -> None:
    text = clean("均衡发展整体提升□20xx年4月推进。面积达到100m²□宿舍改善。项目是a□b公司。")
    assert text.clean == "均衡发展整体提升。20xx年4月推进。面积达到100m²□宿舍改善。项目是a□b公司。"
    assert [(repair.now, repair.done) for repair in of(text, "lost_mark")] == [("。", True), ("。", False), ("□", False)]


def test_boxes_to_tick_are_no_lost_marks() -> None:
    assert not clean("是否达标 □是 □否\n□ 小学 □ 初中").repairs


def test_lost_words_are_flagged_and_nothing_is_made_up() -> None:
    raw = "“ ”期间成绩显著，“”以来进步明显，党的以来气象一新。"
    text = clean(raw)
    assert text.clean == raw and [(repair.was, repair.done) for repair in of(text, "lost_words")] == [("“ ”", False), ("“”",
                                                                                                                       False),
                                                                                                                       ("党的",
                                                                                                                        False)]


def test_quotes_written_twice_are_written_once() -> None:
    assert cleaned("实施““双减””政策。") == "实施“双减”政策。"


def test_marks_of_markdown_go_but_hidden_numbers_stay() -> None:
    assert cleaned("## 一、目标\n**建成**学校，20**年到20**年新增5所。") == "一、目标\n建成学校，20**年到20**年新增5所。"


@pytest.mark.parametrize(("raw", "is_cut"), [
    (f"{LONG}", True), ("今年要抓好三件事，", True), (f"{LONG}{END}", False), (f"{LONG}{END}\n市教育局\n2024年1月", False),
    ("谢谢大家", False),
    ("学校\t人数\n第一实验小学北校区和南校区以及分校区合计\t1200", False)])
def test_a_text_that_breaks_off_says_so(raw: str, is_cut: bool) -> None:
    cut = of(clean(raw), "truncated")
    assert bool(cut) is is_cut and not any(repair.done for repair in cut)


def test_five_megabytes_take_time_in_proportion() -> None:
    def seconds(raw: str) -> float:
        begun = time.perf_counter()
        clean(raw, collisions=False)
        return time.perf_counter() - begun

    unit = f"{LONG}\n{END}\n建成 5 所“ ”学校，面积１２m²□学生宿舍。\n"
    for made in (unit, unit.replace("\n", " "), "“" + unit.replace("\n", ""), "□ " * 40, "1、\n", "20** ** 甲", "\n \n",
                 "篇一\n"):
        seconds(made * (20_000 // len(made)))
        few, many = (seconds(made * (size // len(made))) for size in (100_000, 800_000))
        assert many < 24 * few + 0.3, (made[:20], few, many)


def test_a_full_width_comma_between_thousands_is_part_of_the_number() -> None:
    assert clean("在校生２８，６００人，教师１，２００人，共３，５所。").clean == "在校生28,600人，教师1,200人，共3，5所。"


def test_a_site_that_names_itself_before_it_forbids_copies_is_dropped() -> None:
    copied = "全县有小学52所。\n本文由云溪范文网小编整理，转载请注明出处 www.yunxi.example\n"
    assert clean(copied).clean.strip() == "全县有小学52所。"
