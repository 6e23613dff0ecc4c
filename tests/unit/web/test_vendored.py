"""What is vendored for the desk is what its notes say it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.structure.places import PACKAGE, ROOT

FOLDERS = [*sorted((PACKAGE / "web/static/vendor").iterdir()), *sorted((ROOT / "tests/browser/vendor").iterdir())]
LICENCES = {"htmx": "Zero-Clause BSD", "maplibre-gl": "Redistribution and use", "axe-core": "Mozilla Public License"}


def library(folder: Path) -> tuple[str, str]:
    name, _, version = folder.name.rpartition("-")
    return name, version


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
class TestVendored:
    def test_every_file_has_the_recorded_digest_and_no_file_is_without_one(self, folder: Path) -> None:
        recorded = dict(reversed(line.split()) for line in (folder / "SHA256SUMS").read_text().splitlines())
        code = [path for path in folder.iterdir() if path.suffix in {".js", ".mjs", ".css"}]
        assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in code} == recorded

    def test_the_folder_is_named_by_the_version_that_the_code_states(self, folder: Path) -> None:
        _, version = library(folder)
        stated = [path.name for path in folder.glob("*.*js") if version in path.read_text(encoding="utf-8")]
        assert stated
        assert f" {version} " in (folder / "README.md").read_text(encoding="utf-8")

    def test_its_licence_comes_with_it(self, folder: Path) -> None:
        assert LICENCES[library(folder)[0]] in (folder / "LICENSE").read_text(encoding="utf-8")


def test_the_pages_name_the_versions_that_are_there() -> None:
    pages = [*PACKAGE.glob("web/templates/**/*.html"), *PACKAGE.glob("web/static/web/*.js")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in pages)
    vendored = [folder.name for folder in FOLDERS if folder.is_relative_to(PACKAGE)]
    assert [name for name in vendored if f"vendor/{name}/" not in text] == []
