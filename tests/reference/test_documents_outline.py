"""Outline, goals and tasks of the five real texts, looked at as an office clerk would."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from junheng.documents.cleaning import clean
from junheng.documents.figures import find_figures
from junheng.documents.opening import open_document
from junheng.documents.outline import outline
from junheng.documents.shapes import Heading, Outline, Task, Text
from junheng.documents.tasks import find_goals, find_tasks

DAY = date(2016, 2, 20)


@pytest.fixture(scope="module")
def texts(reference_data: Path) -> dict[str, tuple[Text, Outline]]:
    found = {}
    for path in sorted((reference_data / "texts").glob("*.txt")):
        text = clean(open_document(path).text, collisions=False)
        found[path.name[:3]] = (text, outline(text))
    return found


def tasks(text: Text, found: Outline) -> tuple[Task, ...]:
    return find_tasks(text, found, find_figures(text, found)[0], DAY)


def by_title(headings: tuple[Heading, ...], words: str) -> Heading:
    def all_of(of: tuple[Heading, ...]) -> list[Heading]:
        return [each for heading in of for each in (heading, *all_of(heading.children))]
    return next(each for each in all_of(headings) if words in each.title)


def test_the_glued_speeches_have_their_chapters(texts: dict[str, tuple[Text, Outline]]) -> None:
    _, found = texts["000"]
    chapters = [heading.title for heading in found.headings if heading.family == "cn"]
    assert [title[:6] for title in chapters] == [
        "为什么要出台", "什么是人民满", "怎样办好人民", "“ ”及20", "全力抓好20", "提前做好新学",
        "全面总结“ ", "精心谋划“十", "扎实做好20", "全面推进各项"]
    assert len(by_title(found.headings, "全面总结").children) == 10
    assert [child.number for child in by_title(found.headings, "怎样办好").children] == [
        "一是", "二是", "三是", "四是", "五是", "六是"]


def test_a_plan_and_a_review_are_told_apart(texts: dict[str, tuple[Text, Outline]]) -> None:
    tense = {words: by_title(texts[text][1].headings, words).tense for text, words in [
        ("000", "全面总结"), ("000", "教育惠民政策"), ("000", "扎实做好20"), ("000", "队伍建设有待加强"),
        ("003", "脚踏实地"), ("003", "教育精准扶贫"),
        ("004", "回顾与总结"), ("004", "教育质量显著提高"), ("004", "教育投入与教育发展"), ("004", "高度重视学校安全")]}
    assert [each.name if each else None for each in tense.values()] == [
        "past", "past", "plan", "now", "past", "past", "past", "past", "now", "plan"]


def test_the_one_line_report_has_its_six_sections(texts: dict[str, tuple[Text, Outline]]) -> None:
    _, found = texts["003"]
    assert [child.number for child in found.headings[0].children] == ["(一)", "(二)", "(三)", "(四)", "(五)", "(六)"]
    assert [child.title for child in by_title(found.headings, "教育发展水平").children][1:] == [
        "教育教学质量全面提升", "素质教育纵深推进", "管理体制改革不断深化"]


def test_months_of_one_sentence_are_four_tasks_of_the_schools(texts: dict[str, tuple[Text, Outline]]) -> None:
    found = [task for task in tasks(*texts["000"]) if task.deadline in ("3月份", "4月份", "5月份", "6月份")]
    assert [(task.deadline, task.body) for task in found] == [(f"{month}月份", "各义务段学校") for month in (3, 4, 5, 6)]


def test_each_quotes_itself_and_lies_in_a_plan(texts: dict[str, tuple[Text, Outline]]) -> None:
    for text, found in texts.values():
        items = [*tasks(text, found), *find_goals(text, found, find_figures(text, found)[0], DAY)]
        assert all(text.clean[item.start:item.end] == item.text for item in items)


def test_dozens_of_tasks_are_listed_and_hundreds_of_exhortations_grouped(texts: dict[str, tuple[Text, Outline]]) -> None:
    found = [task for text in texts.values() for task in tasks(*text)]
    assert 50 <= sum(not task.vague for task in found) <= 120
    assert sum(task.vague for task in found) > 200


def test_a_report_has_no_tasks(texts: dict[str, tuple[Text, Outline]]) -> None:
    assert [task for task in tasks(*texts["003"]) if not task.vague] == []


def test_the_five_texts_take_a_fraction_of_a_second(texts: dict[str, tuple[Text, Outline]]) -> None:
    start = time.process_time()
    for text, _ in texts.values():
        find_tasks(text, outline(text), (), DAY)
    assert time.process_time() - start < 0.5
