"""The manual: a chapter for every section in both languages, that say the same, lead somewhere, and name what is on the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import get_resolver, reverse
from django.utils.translation import override

from junheng.documents.views import DECIDING
from junheng.people.transitions import KINDS
from junheng.web.keys import KEYS
from junheng.web.manual import facts, texts
from junheng.web.manual.chapters import CHAPTERS, OF_PAGE
from junheng.web.manual.marked import CHAPTER, PAGE, PAGES
from junheng.web.sections import SECTIONS
from tests.structure.places import PACKAGE
from tests.unit.web.test_translations import TEXTS, english

FOLDER = PACKAGE / "web/manual"
LANGUAGES = ("zh", "en")
FACT = re.compile(r"\{[^}]*\}")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
HEADING = re.compile(r"<!-- .* -->")
EVERY = [(language, name) for name in CHAPTERS for language in LANGUAGES]


def written(language: str, name: str) -> str:
    return (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")


def read(language: str, name: str) -> texts.Text:
    with override("en" if language == "en" else "zh-hans"):
        return texts.text_of(name)


@pytest.fixture(scope="module")
def shown() -> str:
    """All that templates and code of the rooms hold: what is on the desk stands somewhere in it."""
    found = (*PACKAGE.glob("*/templates/**/*.html"), *PACKAGE.rglob("*.py"))
    return "\n".join(each.read_text(encoding="utf-8") for each in found)


def test_every_section_has_its_chapter_and_every_chapter_its_text_in_both_languages() -> None:
    assert [each.route for each in SECTIONS if each.route not in CHAPTERS] == ["help"]
    for language in LANGUAGES:
        assert {each.stem for each in (FOLDER / language).iterdir()} == set(CHAPTERS)


@pytest.mark.parametrize("name", CHAPTERS)
def test_both_languages_have_the_same_parts_for_the_same_people_with_the_same_facts_and_links(name: str) -> None:
    chinese, english = (written(language, name) for language in LANGUAGES)
    assert HEADING.findall(chinese) == HEADING.findall(english)
    assert set(PAGE.findall(chinese)) == set(PAGE.findall(english))
    tables = {f"{{{name}}}" for name, told in facts.facts().items() if isinstance(told, str)}
    assert set(FACT.findall(chinese)) & tables == set(FACT.findall(english)) & tables


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_chapter_says_what_it_is_for_and_every_link_of_it_leads_somewhere(language: str, name: str) -> None:
    text, raw = read(language, name), written(language, name)
    assert text.title and text.opening and text.parts
    assert all(part.text for part in text.parts)
    assert len({part.anchor for part in text.parts}) == len(text.parts)
    for page in PAGE.findall(raw):
        assert reverse(page).startswith("/")
        assert page in PAGES or page in {each.route for each in SECTIONS}
    for chapter, anchor in CHAPTER.findall(raw):
        assert not anchor or anchor[1:] in {part.anchor for part in read(language, chapter).parts}


def labels(language: str) -> Iterator[tuple[str, str]]:
    for name in CHAPTERS:
        yield from ((name, label) for label in BOLD.findall(written(language, name)) if not label.startswith("{"))


def test_what_a_reader_is_told_to_press_is_on_the_desk_by_that_name(shown: str) -> None:
    assert [told for told in labels("zh") if f'"{told[1]}"' not in shown and f"'{told[1]}'" not in shown] == []
    catalogue = english(TEXTS)
    words = {each for each in catalogue._catalog.values() if isinstance(each, str)}  # type: ignore[attr-defined]
    assert [told for told in labels("en") if told[1] not in words] == []
    assert len(set(labels("zh"))) > 50


def test_a_fact_that_the_code_does_not_declare_is_refused() -> None:
    for wrong in ("{nothing}", "{verdict[good]}", "{steps[holiday]}"):
        with pytest.raises(KeyError):
            wrong.format_map(facts.facts())


def test_what_is_printed_is_what_is_declared() -> None:
    told = "\n".join(part.text for name in CHAPTERS for part in read("zh", name).parts)
    assert "| 批准方案 | 规划统计 | 局长 |" in told
    for made in KINDS.values():
        for step in made.steps:
            assert re.search(rf"^\| {step.zh} \| .*{made.states[step.after]} \|", told, re.MULTILINE), step.zh


def listened_to(script: str) -> set[str]:
    text = (PACKAGE / f"web/static/web/{script}.js").read_text(encoding="utf-8")
    several = "".join(re.findall(r'"([a-z]+)"\.includes\(event\.key\)', text))
    return {*re.findall(r'event\.key === "(\w+)"', text), *re.findall(r'^  "?([^\s"]+)"?: \(', text, re.MULTILINE), *several}


def test_the_keys_of_the_tables_are_those_that_the_pages_listen_to() -> None:
    by_the_browser, before_a_section = {"Esc"}, {"g"}
    assert listened_to("desk") == {key for key, _ in KEYS} - by_the_browser | before_a_section
    assert listened_to("documents") == {key for keys, _ in DECIDING for key in keys.split()}


def test_a_page_has_one_chapter_and_the_pages_named_are_pages() -> None:
    names = {each for each in get_resolver().reverse_dict if isinstance(each, str)}
    assert set(OF_PAGE) <= names


@pytest.mark.parametrize(
    ("language", "asked", "first"),
    [
        ("zh-hans", "解锁", "submissions"),
        ("zh-hans", "待确认 标准值", "figures"),
        ("en", "unlock", "submissions"),
        ("en", "SECOND factor", "account"),
    ],
)
def test_words_are_found_whole_part_by_part(language: str, asked: str, first: str) -> None:
    with override(language):
        hits = list(texts.search(asked))
    assert first in {hit.text.chapter for hit in hits[:3]}
    for hit in hits:
        held = f"{hit.text.title} {hit.part.title} {hit.part.plain}".casefold()
        assert all(word in held for word in asked.casefold().split())


def test_what_stands_nowhere_is_not_found() -> None:
    assert list(texts.search("xyzzy")) == list(texts.search("  ")) == []
