"""Pages of the docs whose commands read the reference data print what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.fences import REFERENCE, comparable, has_blocks, with_real_output
from tests.structure.places import ROOT

TEXTS = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))}
PAGES = [path for path, text in TEXTS.items() if has_blocks(text) and REFERENCE in text]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_shows_what_its_commands_print(page: Path) -> None:
    assert comparable(with_real_output(TEXTS[page])) == comparable(TEXTS[page])


def test_there_is_a_tutorial_on_one_of_the_texts() -> None:
    assert any(path.parent.name == "tutorials" and f"${REFERENCE}\"/texts/" in TEXTS[path] for path in PAGES)
