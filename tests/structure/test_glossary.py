"""One English word for one Chinese word, read both ways; no pinyin."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest

from tests.structure.declared import Declared, choices, columns, tables
from tests.structure.places import PACKAGE

GLOSSARY = tomllib.loads((PACKAGE / "web/manual/glossary.toml").read_text(encoding="utf-8"))
WORDS: dict[str, str] = GLOSSARY["words"]
OTHER_WORDS: dict[str, str] = GLOSSARY["other_words"]

INITIAL = "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
FINAL = ("(?:iang|uang|iong|uai|iao|ian|ing|ang|eng|ong|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue"
         "|a|o|e|i|u)")
PINYIN = re.compile(f"(?:{INITIAL}{FINAL}){{2,}}")
# English words that also read as two or more syllables of pinyin
ENGLISH = {"before", "chinese", "choice", "female", "hearing", "housing", "language", "latitude", "licence",
           "longitude", "managing", "operating", "police", "repeating", "residence", "teaching"}


def one(name: str) -> str:
    """A name without the ending of its plural."""
    if name.endswith("sses"):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def says(name: str, word: str) -> bool:
    """Whether a name is the word, or one is the other without a qualifier: `backbone`, `backbone_teacher`."""
    long, short = sorted((one(name), one(word)), key=len, reverse=True)
    return long == short or long.startswith(f"{short}_") or long.endswith(f"_{short}")


def spellings(zh: str) -> set[str]:
    return {zh, *(other for other, printed in OTHER_WORDS.items() if printed == zh)}


def is_pinyin(word: str) -> bool:
    """Whether a word of at least six letters is nothing but syllables of pinyin."""
    return len(word) >= 6 and word not in ENGLISH and PINYIN.fullmatch(word) is not None


def test_one_english_word_stands_for_one_chinese_word() -> None:
    assert [word for word, times in Counter(WORDS.values()).items() if times > 1] == []


def test_an_other_word_leads_to_a_word_that_is_printed_and_is_none_itself() -> None:
    assert {printed for printed in OTHER_WORDS.values() if printed not in WORDS} == set()
    assert set(OTHER_WORDS) & set(WORDS) == set()


def test_a_chinese_word_of_the_glossary_has_its_english_word_wherever_it_is_declared() -> None:
    wrong = [f"{thing.where} is {thing.zh}, which is {WORDS[thing.zh]}"
             for thing in (*tables(), *columns(), *choices())
             if thing.zh in WORDS and not says(thing.name, WORDS[thing.zh])]
    assert wrong == []


def test_an_english_word_of_the_glossary_has_its_chinese_word_wherever_it_is_declared() -> None:
    chinese = {word: zh for zh, word in WORDS.items()}
    wrong = []
    for thing in (*tables(), *columns()):
        word = thing.name if thing.name in chinese else one(thing.name)
        if word in chinese and not any(spelling in thing.zh for spelling in spellings(chinese[word])):
            wrong.append(f"{thing.where} is {thing.zh}, but {word} is {chinese[word]}")
    assert wrong == []


def test_every_table_is_in_the_glossary() -> None:
    assert [thing.where for thing in tables() if thing.zh not in WORDS] == []


@pytest.mark.parametrize("thing", (*tables(), *columns(), *choices()), ids=lambda thing: thing.where)
def test_no_declared_name_is_pinyin(thing: Declared) -> None:
    assert [word for word in thing.name.split("_") if is_pinyin(word)] == []


def test_the_test_of_pinyin_knows_pinyin() -> None:
    words = ("xuexiao", "jiaoshi", "chayixishu", "school", "teachers", "recognition")
    assert [word for word in words if is_pinyin(word)] == ["xuexiao", "jiaoshi", "chayixishu"]
