"""Whoever chooses English reads English: the catalogues cover the templates and the closed lists, and are compiled."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import pytest

from junheng.documents.codes import Decided, Judgement, Kept
from junheng.kernel.codes import Code
from junheng.people.codes import JobState, Line, OrganisationKind, OrganisationTree, Role
from junheng.people.permissions import Action
from junheng.people.transitions import Transitions
from junheng.people.words import ACTS
from junheng.planning.codes import Status
from junheng.planning.transitions import APPROVAL
from junheng.register.transitions import COUNTY_SUBMISSION, SUBMISSION
from junheng.standards.codes import LocalState
from tests.structure.places import PACKAGE

TEXTS, WORDS = (PACKAGE / f"web/{name}/en/LC_MESSAGES/django" for name in ("locale", "codes"))
SHOWN = (Action, Decided, JobState, Judgement, Kept, Line, LocalState, OrganisationKind, OrganisationTree, Role, Status)
RECORDED = re.compile(r"""audit\.record\(\s*[^,]+,\s*"([a-z_.]+)\"""")
TRANSLATED = re.compile(r"""\{% translate (["'])(.+?)\1""")
PAIR = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)


def unescaped(pair: tuple[str, str]) -> tuple[str, ...]:
    return tuple(each.replace('\\"', '"').replace("\\n", "\n") for each in pair)


def english(catalogue: Path) -> gettext.GNUTranslations:
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def without_english(words: Iterable[str]) -> list[str]:
    texts, codes = english(TEXTS), english(WORDS)
    return [word for word in sorted(words) if texts.gettext(word) == word == codes.gettext(word)]


def test_every_chinese_text_of_a_template_has_its_english() -> None:
    pages = [path.read_text(encoding="utf-8") for path in PACKAGE.glob("*/templates/**/*.html")]
    texts = {found[1] for page in pages for found in TRANSLATED.findall(page)}
    assert len(texts) > 30
    assert without_english(texts) == []


@pytest.mark.parametrize("codes", SHOWN, ids=lambda codes: codes.__name__)
def test_every_word_of_a_closed_list_has_its_english(codes: type[Code]) -> None:
    assert without_english(each.zh for each in codes) == []


@pytest.mark.parametrize("kind", [SUBMISSION, COUNTY_SUBMISSION, APPROVAL], ids=lambda kind: kind.kind)
def test_every_state_and_step_has_its_english(kind: Transitions) -> None:
    assert without_english([kind.zh, *kind.states.values(), *(step.zh for step in kind.steps)]) == []


def test_every_act_that_is_recorded_has_its_word_and_that_its_english() -> None:
    acts = {act for path in PACKAGE.glob("**/*.py") for act in RECORDED.findall(path.read_text(encoding="utf-8"))}
    assert len(acts) > 30
    import_module("junheng.web.urls")  # with the views come the acts of every room
    assert acts - set(ACTS) == set()
    assert len(set(ACTS.values())) == len(ACTS), "two acts by one name cannot be told apart in the list"
    assert without_english(ACTS.values()) == []


@pytest.mark.parametrize("catalogue", [TEXTS, WORDS], ids=lambda each: each.parts[-4])
def test_the_compiled_catalogue_is_the_written_one(catalogue: Path) -> None:
    compiled = english(catalogue)
    text = catalogue.with_suffix(".po").read_text(encoding="utf-8")
    written = dict(map(unescaped, PAIR.findall(text)))
    assert {text: compiled.gettext(text) for text in written} == written
