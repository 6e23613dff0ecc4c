"""Whoever chooses English reads English: the catalogue covers the templates and is compiled."""

from __future__ import annotations

import gettext
import re

from tests.structure.places import PACKAGE

CATALOGUE = PACKAGE / "web/locale/en/LC_MESSAGES/django"
TRANSLATED = re.compile(r"""\{% translate (["'])(.+?)\1""")
PAIR = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)


def unescaped(pair: tuple[str, str]) -> tuple[str, ...]:
    return tuple(each.replace('\\"', '"').replace("\\n", "\n") for each in pair)


def english() -> gettext.GNUTranslations:
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def test_every_chinese_text_of_a_template_has_its_english() -> None:
    pages = [path.read_text(encoding="utf-8") for path in PACKAGE.glob("*/templates/**/*.html")]
    texts = {found[1] for page in pages for found in TRANSLATED.findall(page)}
    catalogue = english()
    assert len(texts) > 30
    assert [text for text in sorted(texts) if catalogue.gettext(text) == text] == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    catalogue = english()
    text = CATALOGUE.with_suffix(".po").read_text(encoding="utf-8")
    written = dict(map(unescaped, PAIR.findall(text)))
    assert {text: catalogue.gettext(text) for text in written} == written
