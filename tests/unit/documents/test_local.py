"""In a city folder a document is held against what its own place has laid over the nation's values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from junheng.cli import app
from junheng.documents.local import Law, law_of
from junheng.documents.reading import read
from junheng.documents.shapes import Raw
from junheng.register.holding import snapshots
from junheng.register.holding.accept import accept
from junheng.register.holding.city import City
from tests.unit.register.tiny_county import LI, NORTH, county, hand_in, no_faults, school

TEXT = "某县2025年教育工作要点\n2025年2月20日\n一、主要任务\n初中班额控制在{}人以内。\n"
OWN = '''jurisdiction = "{}"
zh = "本地办学标准"

[design_class_size]
since = [{{day = 2020-01-01, where = {{stage = "junior"}}, value = 45, paper = "本地教发〔2020〕1号", evidence = "read"}}]
'''


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> City:
    """Two counties, 379901 and 379902, of one city."""
    monkeypatch.setenv("JUNHENG_KEY_FILE", str(tmp_path / "city.key"))
    made = City(tmp_path / "city")
    places = county("379901", "379902", "379901100")
    accept(hand_in(tmp_path, {"county.xlsx": places, "north.xlsx": school(NORTH, 300, [LI])}), made, check=no_faults)
    (made.path / "standards").mkdir()
    return made


def laid_over(city: City, jurisdiction: str) -> Law:
    (city.path / "standards" / "own.toml").write_text(OWN.format(jurisdiction), encoding="utf-8")
    return law_of(city.path)


def rules(law: Law, text: str) -> list[tuple[str, str, bool]]:
    found = read(Raw("要点.txt", "0" * 64, "txt", text), local=law).checks
    return [(each.judgement.name, each.recomputed, "本地教发" in each.reason) for each in found if each.kind == "rule"]


def test_what_the_city_laid_over_binds_its_documents(city: City) -> None:
    assert rules(laid_over(city, "3799"), TEXT.format(48)) == [("flagged", "45人", True)]
    assert rules(Law(), TEXT.format(48)) == [("holds", "50人", False)]


def test_what_another_place_laid_over_does_not_bind(city: City) -> None:
    assert rules(laid_over(city, "4401"), TEXT.format(48)) == [("holds", "50人", False)]


def test_a_county_binds_the_texts_that_name_it_and_not_those_of_the_city(city: City) -> None:
    law = laid_over(city, "379901")
    law.places = {"云溪县": "379901", "澄江县": "379902"}
    assert rules(law, TEXT.format(48)) == [("holds", "50人", False)]
    assert rules(law, TEXT.format(48).replace("某县", "云溪县")) == [("flagged", "45人", True)]
    assert rules(law, TEXT.format(48).replace("某县", "澄江县")) == [("holds", "50人", False)]


def test_the_folder_is_of_what_its_counties_have_in_common(city: City) -> None:
    law = law_of(city.path)
    assert (law.within, dict(law.places)) == ("3799", {"379901": "379901", "379902": "379902"})


def test_read_with_a_city_asks_its_law(city: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    laid_over(city, "3799")
    file = tmp_path / "要点.txt"
    file.write_text(TEXT.format(48), encoding="utf-8")
    app(["read", str(file), "--city", str(city.path), "--json"], prog_name="junheng", standalone_mode=False)
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert [each["verdict"] for each in checks if each["kind"] == "rule"] == ["flagged"]


def test_of_two_names_in_a_title_the_longer_is_the_county() -> None:
    law = Law(within="3799", places={"安县": "379901", "固安县": "379902"})
    assert law.place_of("固安县2025年教育工作要点") == "379902" and law.place_of("安县2025年教育工作要点") == "379901"
    assert law.place_of("云溪市2025年教育工作要点") == "3799"


def test_read_opens_a_snapshot_once_for_the_law_and_for_the_figures_of_all_files(
        city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [tmp_path / f"{name}.txt" for name in "ab"]
    for number, file in enumerate(files):
        file.write_text(f"某市2025年教育工作总结\n2025年，全市九年义务教育巩固率9{number}%。\n", encoding="utf-8")
    opened: list[str] = []
    plain = snapshots.read_snapshot
    monkeypatch.setattr(snapshots, "read_snapshot", lambda folder: opened.append(folder.name) or plain(folder))
    monkeypatch.setattr("junheng.documents.against.results", lambda *_, **__: ((), ()))  # what they come to is not asked here
    app(["read", *map(str, files), "--city", str(city.path)], prog_name="junheng", standalone_mode=False)
    assert len(opened) == 1
