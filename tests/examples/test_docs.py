"""Every block of every page that shows a command: it runs, and prints what the page says. Those that read the reference data run
in tests/reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.fences import REFERENCE, comparable, has_blocks, with_real_output
from tests.structure.places import ROOT

DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [path for path in DOCS if has_blocks(text := path.read_text(encoding="utf-8")) and REFERENCE not in text]
KINDS_THAT_BEGIN_WITH_A_BLOCK = ("tutorials", "how-to", "reference")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_shows_what_its_commands_print(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert comparable(with_real_output(text)) == comparable(text)


def test_two_languages_that_show_the_same_commands_run_them_once(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    english = f"# A\n\n```console head=1\n$ echo {tmp_path.name} | tee -a {ran}; ls\n```\n"
    chinese, other = english.replace("# A", "# 甲").replace(" head=1", ""), english.replace("; ls", "; pwd")
    told = [with_real_output(page) for page in (english, chinese)]
    assert [page.count(f"\n{tmp_path.name}\n") for page in told] == [1, 1]
    assert ran.read_text(encoding="utf-8").count("\n") == 1
    with_real_output(other)
    assert ran.read_text(encoding="utf-8").count("\n") == 2


@pytest.mark.parametrize("kind", KINDS_THAT_BEGIN_WITH_A_BLOCK)
def test_a_page_opens_with_a_block_that_runs(kind: str) -> None:
    pages = sorted((ROOT / "docs" / kind).glob("*.md"))
    assert pages
    assert [page.name for page in pages if not has_blocks(opening(page))] == []


def opening(page: Path) -> str:
    """What a reader sees first: a block and its output, with a few lines before it."""
    fenced = False
    kept: list[str] = []
    for line in page.read_text(encoding="utf-8").splitlines(keepends=True):
        fenced ^= line.startswith("```")
        if line.startswith("## ") and not fenced:  # within a fence it is what a command prints
            break
        kept.append(line)
    return "".join(kept)
