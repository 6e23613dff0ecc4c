"""What the files of the project may be called, hold and mention."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.structure.places import PACKAGE, ROOT, project_files

SAYS_NOTHING = {"utils", "util", "helpers", "helper", "manager", "service", "handler", "base", "misc"}
ROOMS = sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))
TEXT_ENDINGS = {".py", ".md", ".toml", ".txt", ".sh", ".j2", ".css", ".in", ""}
TEXT = [path for path in project_files() if path.suffix in TEXT_ENDINGS]

# Where packages are downloaded from, and how a path on somebody's machine begins; spelled apart here.
DOWNLOADS = ("pypi" + ".org", "python" + "hosted", "--index" + "-url", "--extra-index" + "-url",
             "--find" + "-links", "aliyun" + ".com", "tuna" + ".tsinghua")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
MACHINE_PATH = re.compile(r"(?<![\w.~/}-])/(?:home|root|Users|work|mnt|opt|tmp|srv)/\w")


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [path.name for path in project_files() if path.suffix == ".py" and path.stem in SAYS_NOTHING] == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_in_twelve_lines_what_comes_in_and_goes_out(room: Path) -> None:
    opening = (room / "__init__.py").read_text(encoding="utf-8")
    assert opening.startswith('"""'), f"{room.name}/__init__.py says nothing of the room"
    assert len(opening.splitlines()) <= 12


def test_the_kernel_stays_within_600_lines() -> None:
    assert sum(lines_of(path) for path in (PACKAGE / "kernel").glob("*.py")) <= 600


def test_no_decision_passes_60_lines_and_each_says_what_would_change_it() -> None:
    decisions = sorted((ROOT / "docs/adr").glob("0*.md"))
    assert len(decisions) >= 6
    assert {path.name: lines_of(path) for path in decisions if lines_of(path) > 60} == {}
    final = "## What would change our mind"
    assert [path.name for path in decisions if final not in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("path", TEXT, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_names_a_download_address_or_a_path_of_one_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [word for word in DOWNLOADS if word in text] == []
    assert MACHINE_PATH.findall(text) == []


def test_every_requirement_is_pinned_by_a_hash() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        pins = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip())
        assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == [], path.name


def test_every_local_link_of_the_docs_leads_somewhere() -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in project_files() if path.suffix == ".md"}
    links = [(page, link) for page, text in pages.items() for link in LINK.findall(text)]
    local = [(page, link) for page, link in links if "://" not in link]
    assert [f"{page.name}: {link}" for page, link in local if not (page.parent / link).exists()] == []
