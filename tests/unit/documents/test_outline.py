"""Headings of all families nest in the order in which they are first used; sentences stand under them."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.documents.outline import outline
from junheng.documents.shapes import Heading, Part
from tests.unit.documents.plain_text import text_of


def tree(words: str) -> list[object]:
    def shown(headings: tuple[Heading, ...]) -> list[object]:
        return [(each.number, each.title, *([shown(each.children)] if each.children else [])) for each in headings]
    return shown(outline(text_of(words)).headings)


def test_families_nest_in_the_order_of_their_first_use() -> None:
    words = "一、总体要求\n（一）指导思想\n1.坚持党的领导\n（1）建强支部\n（2）抓好学习\n2.坚持改革\n（二）目标\n二、任务\n"
    assert tree(words) == [
        ("一、", "总体要求", [
            ("（一）", "指导思想", [("1.", "坚持党的领导", [("（1）", "建强支部"), ("（2）", "抓好学习")]), ("2.", "坚持改革")]),
            ("（二）", "目标")]),
        ("二、", "任务")]


def test_bracketed_numbers_may_stand_above_the_plain_ones() -> None:
    assert tree("（一）学前\n一、扩园\n二、提质\n（二）义务\n") == [
        ("（一）", "学前", [("一、", "扩园"), ("二、", "提质")]), ("（二）", "义务")]


def test_one_long_line_is_cut_into_its_headings() -> None:
    words = ("各位委员：一、脚踏实地，教育取得新成效。全县教师努力工作。（一）党建呈现新气象。坚持学习。"
             "（二）条件展现新面貌。建成校舍。二、下一步打算。抓好质量。")
    assert tree(words) == [
        ("一、", "脚踏实地，教育取得新成效", [("（一）", "党建呈现新气象"), ("（二）", "条件展现新面貌")]),
        ("二、", "下一步打算")]


def test_a_title_that_runs_into_its_text_ends_where_the_text_begins() -> None:
    title = "脚踏实地，奋发进取，凝心聚力，真抓实干，教育改革发展取得新的显著成效"
    words = f"一、{title}一年来，全县教育系统认真贯彻落实县委决策部署，取得了新的成效。\n二、打算\n"
    assert outline(text_of(words)).headings[0].title == title


@pytest.mark.parametrize("sign", ["。", "："])
def test_a_title_ends_at_the_first_full_stop_or_colon(sign: str) -> None:
    first = outline(text_of(f"一是强化队伍建设{sign}招聘教师30名。二是改善条件{sign}新建食堂。")).headings[0]
    assert (first.number, first.title) == ("一是", "强化队伍建设")


def test_a_list_inside_a_sentence_is_a_list() -> None:
    words = "一、今年工作\n要抓好三件事：一是建园；二是招人；三是提质。此外还要保安全。\n"
    assert tree(words) == [("一、", "今年工作", [("一是", "建园"), ("二是", "招人"), ("三是", "提质")])]


def test_a_list_may_change_from_shi_to_yao() -> None:
    assert [number for number, *_ in tree("一是建园。二是招人。三要提质。四要安全。")] == ["一是", "二是", "三要", "四要"]


def test_yao_under_shi_is_a_list_of_its_own() -> None:
    words = "一是建园。二是强队伍。一要有德。二要有能。三是提质。"
    assert tree(words) == [("一是", "建园"), ("二是", "强队伍", [("一要", "有德"), ("二要", "有能")]), ("三是", "提质")]


def test_first_next_third_are_one_list() -> None:
    found = tree("首先，抓校长。其次，抓教师。第三，抓交流。最后，抓考核。")
    assert [number for number, *_ in found] == ["首先", "其次", "第三", "最后"]


@pytest.mark.parametrize("words", [
    "安全第一、预防为主的方针要牢记。", "新建小学2.5万平方米。", "全市第一，全省第二。", "首先感谢大家。",
    "这是3.1:6.9的比例。", "统一是前提，唯一是底线。"])
def test_what_only_looks_like_a_number_is_no_heading(words: str) -> None:
    assert outline(text_of(words)).headings == ()


def test_a_word_broken_over_two_lines_makes_no_heading() -> None:
    assert [number for number, *_ in tree("一、安全\n坚持安全第\n一、预防为主\n二、质量\n")] == ["一、", "二、"]


def test_circled_numbers_dashes_chapters_and_decimals_are_headings() -> None:
    assert [number for number, *_ in tree("①建园②招人③提质")] == ["①", "②", "③"]
    assert tree("——坚持优先发展。不断投入。\n——坚持育人为本。五育并举。\n") == [("——", "坚持优先发展"), ("——", "坚持育人为本")]
    assert tree("第一章 总则\n1.1 目的\n1.2 范围\n第二章 布局\n") == [
        ("第一章", "总则", [("1.1", "目的"), ("1.2", "范围")]), ("第二章", "布局")]


def test_two_speeches_of_one_file_have_trees_of_their_own() -> None:
    words = "一、回顾\n二、打算\n一、形势\n二、任务\n"
    cut = words.index("一、形势")
    found = outline(text_of(words, Part("甲", 0, cut, True), Part("乙", cut, len(words), True)))
    assert [(each.start >= cut, each.title) for each in found.headings] == [
        (False, "回顾"), (False, "打算"), (True, "形势"), (True, "任务")]
    assert [each.part for each in found.sentences] == [0, 0, 1, 1]
    assert found.headings[1].end == cut


def test_a_sentence_stands_under_the_headings_above_it() -> None:
    words = "一、打算\n（一）学前\n新建园3所。\n"
    assert [(words[each.start:each.end], each.path) for each in outline(text_of(words)).sentences] == [
        ("一、打算", ()), ("（一）学前", ("打算",)), ("新建园3所。", ("打算", "学前"))]


def test_a_sentence_is_not_cut_within_quotes_or_brackets() -> None:
    words = "坚持“统筹，布局；优化，设置；保证入学”的原则。制定方案（含经费；含人员）！"
    assert [words[each.start:each.end] for each in outline(text_of(words)).sentences] == [
        "坚持“统筹，布局；优化，设置；保证入学”的原则。", "制定方案（含经费；含人员）！"]


@pytest.mark.parametrize(("title", "expected"), [
    ("2024年工作回顾", "past"), ("主要成效", "past"), ("存在的困难和问题", "now"), ("当前面临的形势", "now"),
    ("下一步工作打算", "plan"),
    ("2025年重点任务", "plan"), ("几点建议", "plan")])
def test_the_words_of_a_heading_say_what_its_part_tells_of(title: str, expected: str) -> None:
    found = outline(text_of(f"一、{title}\n（一）学前教育\n公办园占比五成。\n二、其他\n"))
    first = found.headings[0]
    assert [each.tense.name if each.tense else None for each in (first, first.children[0], found.sentences[2])] == [expected] * 3


@pytest.mark.parametrize("title", ["补齐办学条件短板", "缩小校际差距", "破解大班额困难"])
def test_what_is_done_about_a_weakness_is_no_state_of_things(title: str) -> None:
    """The rest of the plan says that it is work: 短板 alone would make it what is."""
    found = outline(text_of(f"2026年工作要点\n一、{title}\n1. 新增学位600个，9月底前投入使用。\n"))
    assert found.sentences[-1].tense.name == "plan"


def test_the_sentence_before_a_list_says_what_the_list_tells_of() -> None:
    words = "一、工作回顾\n成绩喜人。同时还存在以下问题：一是师资短缺。二是经费紧张。\n"
    children = outline(text_of(words)).headings[0].children
    assert [child.tense.name for child in children if child.tense] == ["now", "now"]


@pytest.mark.parametrize(("sentence", "expected"), [
    ("去年新建学校三所。", "past"), ("已建成学校三所。", "past"), ("要建成学校三所。", "plan"), ("必须建成学校三所。", "plan"),
    ("到2025年建成学校三所。", "plan"), ("师资仍然存在缺口。", "now"), ("校园里有树。", None), ("主要有学校三所。", None)])
def test_a_sentence_without_a_heading_tells_by_its_own_words(sentence: str, expected: str | None) -> None:
    tense = outline(text_of(sentence)).sentences[0].tense
    assert (tense.name if tense else None) == expected


def test_a_plan_within_a_review_must_say_so() -> None:
    found = outline(text_of("一、工作回顾\n实施要素保障，确保学生入学。下一步我们要继续努力。\n"))
    assert [each.tense.name if each.tense else None for each in found.sentences[1:]] == ["past", "plan"]


PIECES = st.sampled_from(["一、", "二、", "（一）", "（二）", "1.", "2、", "一是", "二是", "三要", "首先", "其次", "最后",
                          "①", "②", "第一章", "——", "\n", "。", "；", "，", "：", "工作回顾", "打算", "教育",
                          "“", "”", "（", "）", " ", "　", "2025年", "3.5", "要"])


@given(st.lists(PIECES, max_size=60).map("".join))
def test_sentences_cover_the_text_and_headings_hold_their_children(words: str) -> None:
    found = outline(text_of(words))
    covered = "".join(words[each.start:each.end] for each in found.sentences)
    assert "".join(covered.split()) == "".join(words.split())

    def holds(headings: tuple[Heading, ...], start: int, end: int, level: int) -> None:
        for each in headings:
            assert start <= each.start <= each.body <= each.end <= end
            assert each.level == level
            holds(each.children, each.start, each.end, level + 1)
            start = each.end
    holds(found.headings, 0, len(words), 1)


def test_time_grows_with_the_length_of_the_text_only() -> None:
    page = 400 * ("一、工作回顾\n（一）学前教育。新建园3所，其中公办2所。一是建园；二是招人；三是提质。\n"
                  "二、打算\n要新建园5所。“统筹，布局；优化”\n")

    def seconds(times: int) -> float:
        text = text_of(page * times)
        start = time.process_time()
        outline(text)
        return time.process_time() - start
    seconds(1)
    assert seconds(8) < 8 * 4 * max(seconds(1), 0.02)


def test_a_colon_inside_brackets_ends_no_heading() -> None:
    text = text_of("（一）全县小学在校生28600人（其中：男生14900人，女生13700人），较上年减少1200人。")
    assert [text.clean[each.start:each.end] for each in outline(text).sentences] == [text.clean]


# --- annexes and tables --------------------------------------------------------------------------------------

PLAN = "云溪县教育工作要点\n一、重点工作\n（一）建校\n年底前建成。\n（二）考核\n纳入年度考核。\n"


def paths(words: str) -> dict[str, str]:
    """What each line stands under, by its first characters."""
    sentences = outline(text_of(words)).sentences
    return {words[each.start:each.end][:4]: " > ".join(each.path) for each in sentences}


def test_an_annex_ends_what_stood_before_it_and_takes_the_next_line_as_its_title() -> None:
    words = f"{PLAN}附件1\n重点项目清单\n学校\t规模\n城东小学\t36个班\n附件2：招生计划表\n第一初中\t620\n第二初中\t560\n"
    found = paths(words)
    assert (found["纳入年度"], found["城东小学"]) == ("重点工作 > 考核", "附件1 重点项目清单")
    assert found["第一初中"] == "附件2 招生计划表"
    assert [each.title for each in outline(text_of(words)).headings] == ["重点工作", "附件1 重点项目清单", "附件2 招生计划表"]


def test_headings_within_an_annex_nest_in_it_and_count_from_one() -> None:
    words = f"{PLAN}附件 1\n实施方案\n一、目标\n（一）总量\n二、步骤\n"
    assert tree(words)[-1] == ("", "附件1 实施方案", [("一、", "目标", [("（一）", "总量")]), ("二、", "步骤")])


@pytest.mark.parametrize(("line", "title"), (
    ("附件", "附件"), ("附表1", "附表1"), ("附录二：名词解释", "附录二 名词解释"), ("附件1-2 校舍一览", "附件1-2 校舍一览"),
    ("附件：任务分解表", "附件 任务分解表"), ("附件：1.任务分解表", "附件"), ("附件 2025年任务分解表", "附件 2025年任务分解表")))
def test_an_annex_is_known_as_it_is_written(line: str, title: str) -> None:
    assert [each.title for each in outline(text_of(f"{PLAN}{line}\n一、目标。\n")).headings][1:] == [title]


@pytest.mark.parametrize("line", ("附件1所列项目由各县区落实。", "附件1所列项目", "详见附件1", "附件齐全", "附加说明"))
def test_a_sentence_about_an_annex_is_none(line: str) -> None:
    assert [each.title for each in outline(text_of(f"{PLAN}{line}\n")).headings] == ["重点工作"]


def test_a_text_that_is_itself_an_annex_is_not_under_one() -> None:
    assert tree("附件\n云溪县教育工作要点\n一、目标\n二、任务\n") == [("一、", "目标"), ("二、", "任务")]


def test_a_table_within_a_section_has_its_caption_and_ends_with_its_last_row() -> None:
    table = "表1 各乡镇校舍情况\n单位：平方米\n乡镇\t面积\n城关\t1200\n"
    words = f"一、办学条件\n（一）校舍\n{table}其余学校另行统计。\n（二）设备\n完成。\n"
    found = paths(words)
    assert (found["城关\t1"], found["其余学校"], found["完成。"]) == (
        "办学条件 > 校舍 > 表1 各乡镇校舍情况", "办学条件 > 校舍", "办学条件 > 设备")


@pytest.mark.parametrize("line", ("全县学校分布如下。", "乡镇\t面积", "二、重点项目清单"))
def test_a_line_before_a_table_that_is_no_caption_opens_nothing(line: str) -> None:
    headings = outline(text_of(f"一、办学条件\n完成。\n{line}\n甲\t1\n乙\t2\n")).headings
    assert "table" not in {each.family for each in (*headings, *(child for one in headings for child in one.children))}


PIECES = ("附件", "1", "：", "\n", "表", "清单", "\t", "一、", "（一）", "1.", "。", "人", " ", "【脚注1】")


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_annexes_and_tables_leave_every_character_in_one_sentence(words: str) -> None:
    found = outline(text_of(words)).sentences
    assert all(one.end <= after.start for one, after in pairwise(found))
    shown = "".join(words[each.start:each.end] for each in found)
    assert "".join(shown.split()) == "".join(words.split())


def test_the_number_of_an_item_is_not_the_whole_of_a_decimal() -> None:
    text = "一、工程建设\n1.20所学校完成改造。\n2.300名教师参加培训。\n3.3月底前完成排查。\n4.2025年新建小学2所。\n"
    assert [heading.number for heading in outline(text_of(text)).headings[0].children] == ["1.", "2.", "3.", "4."]


def test_a_heading_numbered_1_1_is_none_of_an_item() -> None:
    text = "1.1名师工程\n培养教师。\n1.2家校共育\n办好学校。\n"
    found = [(heading.number, heading.title) for heading in outline(text_of(text)).headings]
    assert found == [("1.1", "名师工程"), ("1.2", "家校共育")]


def test_numbers_that_go_on_through_the_headings_above_are_headings_all_the_same() -> None:
    words = "一、甲\n1.党建工作。抓好党建。\n2.思政工作。\n二、乙\n3.学前教育。建园。\n三、丙\n4.安全工作。排查。\n5.资助工作。\n"
    found = outline(text_of(words))
    assert [[child.title for child in heading.children] for heading in found.headings] == [
        ["党建工作", "思政工作"], ["学前教育"], ["安全工作", "资助工作"]]
    assert [one.path for one in found.sentences if words[one.start:one.end].startswith("建园")] == [("乙", "学前教育")]


def test_a_number_that_goes_on_with_no_list_is_no_heading() -> None:
    assert [heading.children for heading in outline(text_of("一、甲\n1.党建。\n2.思政。\n二、乙\n7.学前。\n")).headings][1] == ()
