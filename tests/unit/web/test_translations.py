"""Whoever chooses English reads English: the catalogues cover the templates and the closed lists, and are compiled."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import override

from junheng.documents.codes import Agreement, Decided, FigureRole, Judgement, Kept
from junheng.indicators.registry import INDICATORS
from junheng.indicators.shown import unit_at
from junheng.kernel.codes import Code, Evidence, Level
from junheng.people.codes import JobState, Line, OrganisationKind, OrganisationTree, Role
from junheng.people.permissions import Action
from junheng.people.transitions import Transitions
from junheng.people.words import ACTS, SCHOOLS
from junheng.planning.codes import TERMS, Status
from junheng.planning.forms.words import NOT_ASKED
from junheng.planning.papers import PAPERS
from junheng.planning.plan import MARKING
from junheng.planning.pricing import UNITS as PRICES
from junheng.planning.transitions import APPROVAL
from junheng.register.conditions import BOUNDS, CODED, FACTS, WHERE
from junheng.register.transitions import COUNTY_SUBMISSION, SUBMISSION
from junheng.standards.codes import LocalState
from junheng.standards.words import UNITS as LAW
from tests.structure.places import PACKAGE

TEXTS, WORDS = (PACKAGE / f"web/{name}/en/LC_MESSAGES/django" for name in ("locale", "codes"))
SHOWN = (Action, Agreement, Decided, Evidence, FigureRole, JobState, Judgement, Kept, Line, LocalState, OrganisationKind,
         OrganisationTree, Role, Status)
RECORDED = re.compile(r"""audit\.record\(\s*[^,]+,\s*"([a-z_.]+)\"""")
TRANSLATED = re.compile(r"""\{% translate (["'])(.+?)\1""")
PAIR = re.compile(r'^(?:msgctxt "(.+)"\n)?msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)
SEVERAL = re.compile(r'^msgctxt "(.+)"\nmsgid "(.+)"\nmsgid_plural ".+"\nmsgstr\[0\] "(.*)"\nmsgstr\[1\] "(.*)"$', re.MULTILINE)
RULE = re.compile(r'^    """([^a-z]+。)"""$', re.MULTILINE)  # a rule of the model says itself to people


def unescaped(told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each.replace('\\"', '"').replace("\\n", "\n") for each in told)


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


def test_every_unit_of_a_number_has_its_english_for_one_and_for_several() -> None:
    figures = {unit_at(each.item, level) for each in INDICATORS.values() for level in Level}
    gaps = {each.gap_unit_at(level) for each in INDICATORS.values() for level in Level}
    counted = figures | gaps | set(LAW.values()) | set(PRICES.values()) | {each.unit for each in TERMS.values()} | {SCHOOLS}
    assert len(counted) > 40
    named = {(each, many): english(WORDS).npgettext("unit", each, each, many) for each in counted - {"", "%"} for many in (1, 2)}
    assert [each for (each, _many), word in named.items() if word == each] == []


def test_every_condition_of_a_value_has_its_english() -> None:
    words = english(WORDS)
    assert [each for each in (*FACTS.values(), *BOUNDS.values(), "为") if words.pgettext("condition", each) == each] == []
    assert without_english(word for fact, known in WHERE.items() if fact not in CODED for word in known.values()) == []


def test_the_papers_and_rules_of_plans_have_their_english() -> None:
    rules = RULE.findall((PACKAGE / "planning/balance/model/rules.py").read_text(encoding="utf-8"))
    assert len(rules) > 15
    assert without_english([*rules, *(each.zh for each in PAPERS.values()), MARKING, NOT_ASKED]) == []


def test_the_desk_says_您_where_django_says_你() -> None:
    with override("zh-hans"):
        assert "您" in password_validators_help_texts()[0]
        assert [each for each in password_validators_help_texts() if "你" in each] == []


@pytest.mark.parametrize("catalogue", [TEXTS, WORDS], ids=lambda each: each.parts[-4])
def test_the_compiled_catalogue_is_the_written_one(catalogue: Path) -> None:
    compiled = english(catalogue)
    text = catalogue.with_suffix(".po").read_text(encoding="utf-8")
    written = list(map(unescaped, PAIR.findall(text)))
    assert [(of, zh, compiled.pgettext(of, zh) if of else compiled.gettext(zh)) for of, zh, _en in written] == written
    several = list(map(unescaped, SEVERAL.findall(text)))
    assert [(of, zh, *(compiled.npgettext(of, zh, zh, many) for many in (1, 2))) for of, zh, _one, _more in several] == several
