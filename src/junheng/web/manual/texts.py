"""The chapters' texts: read once a language, with what the code declares put in, in parts that can be found and linked to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from junheng.people.permissions import Action
from junheng.web.manual.chapters import CHAPTERS
from junheng.web.manual.facts import facts

FOLDER = Path(__file__).parent
HEADING = re.compile(r"^## (?P<title>.+?) <!-- #(?P<anchor>[a-z-]+)(?P<actions>[a-z_ ]*) -->$", re.MULTILINE)
MARKS = re.compile(r"\]\([^)]*\)|[*`|#\[]|^[->] |<page:|---+|>", re.MULTILINE)
AROUND = 60  # characters of a hit's surroundings, each side


@dataclass(frozen=True)
class Part:
    """What stands under one heading. `actions`: it is for who may do one of these; none: for everybody."""

    anchor: str
    title: str
    actions: tuple[Action, ...]
    text: str

    @property
    def plain(self) -> str:
        return " ".join(MARKS.sub(" ", self.text).split())


@dataclass(frozen=True)
class Text:
    """A chapter as it is read: its name, what it is for, and its parts."""

    chapter: str
    title: str
    opening: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Hit:
    """A part that holds all the words asked for, and the place where the first of them stands."""

    text: Text
    part: Part
    before: str
    word: str
    after: str


def spoken() -> str:
    """The language of the files for the language of the page."""
    return "en" if get_language() == "en" else "zh"


def text_of(chapter: str) -> Text:
    return _read(chapter, spoken())


@cache
def _read(chapter: str, language: str) -> Text:
    """Errors: KeyError where the text names a fact that the code does not declare."""
    written = (FOLDER / language / f"{chapter}.md").read_text(encoding="utf-8").format_map(facts())
    opening, *rest = re.split(r"^(?=## )", written, flags=re.MULTILINE)
    title, _, purpose = opening.strip().partition("\n")
    return Text(chapter, title.removeprefix("# "), purpose.strip(), [_part(each) for each in rest])


def _part(written: str) -> Part:
    heading, _, text = written.partition("\n")
    found = HEADING.match(heading)
    if found is None:
        raise ValueError(f"a heading of the manual without its anchor: {heading}")
    return Part(found["anchor"], found["title"], tuple(Action[each] for each in found["actions"].split()), text.strip())


def search(asked: str) -> Iterator[Hit]:
    """The parts that hold every word, those first whose heading holds one."""
    words = asked.casefold().split()
    if not words:
        return
    texts = [(text, part) for text in map(text_of, CHAPTERS) for part in text.parts]
    for text, part in sorted(texts, key=lambda each: not any(word in each[1].title.casefold() for word in words)):
        held = f"{text.title} {part.title} {part.plain}"
        if all(word in held.casefold() for word in words):
            yield _hit(text, part, words)


def _hit(text: Text, part: Part, words: Sequence[str]) -> Hit:
    held = part.plain
    found = [(held.casefold().find(word), word) for word in words if word in held.casefold()]
    at, word = min(found, default=(0, ""))
    end = at + len(word)
    return Hit(text, part, held[max(0, at - AROUND) : at], held[at:end], held[end : end + AROUND])
