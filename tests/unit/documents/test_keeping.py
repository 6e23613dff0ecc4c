"""What is read with a city folder stays there: the file, the raw text, every reading; whole or not at all, once each."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from junheng.cli import app
from junheng.documents.keeping import Before, before, founded, keep
from junheng.documents.opening import open_document
from junheng.documents.reading import read
from junheng.kernel.faults import Exit, JunhengError
from junheng.register.holding.city import City
from tests.unit.documents.rights import open_to_all, somebody_else
from tests.unit.documents.test_deciding import AD, COLLISION, DROPPED, MERGED, RAW

READING = {"reading.json", "raw.txt", "run.json"}


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> City:
    monkeypatch.setenv("JUNHENG_KEY_FILE", str(tmp_path / "city.key"))
    made = City(tmp_path / "city")
    with made.locked():
        made.found()
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "要点.txt"
    path.write_text(RAW, encoding="gb18030")
    return path


def run(city: City, file: Path, *words: str) -> None:
    app(["read", str(file), "--city", str(city.path), *words], prog_name="junheng", standalone_mode=False)


def folder_of(city: City, file: Path) -> Path:
    return city.documents / sha256(file.read_bytes()).hexdigest()


def readings(city: City, file: Path) -> dict[str, dict[str, Any]]:
    """Every reading that is held, by the name of its folder."""
    folders = (each for each in folder_of(city, file).iterdir() if each.is_dir())
    return {each.name: json.loads((each / "reading.json").read_bytes()) for each in folders}


def in_force(city: City, file: Path) -> dict[str, Any]:
    name = json.loads((folder_of(city, file) / "CURRENT").read_bytes())["reading"]
    return readings(city, file)[name]


def all_whole(city: City) -> None:
    """Whatever bears a name is what the name says."""
    for folder in city.documents.glob("[!.]*"):
        assert sha256((folder / "original").read_bytes()).hexdigest() == folder.name
        for reading in (each for each in folder.iterdir() if each.is_dir() and not each.name.startswith(".")):
            assert {each.name for each in reading.iterdir()} == READING
            content = (reading / "reading.json").read_bytes()
            assert sha256(content).hexdigest().startswith(reading.name)
            text = (reading / "raw.txt").read_bytes()
            assert sha256(text).hexdigest() == json.loads(content)["document"]["text_sha256"]


def test_the_file_its_text_and_what_was_read_are_kept(city: City, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(city, file)
    folder = folder_of(city, file)
    assert (folder / "original").read_bytes() == file.read_bytes()
    (name,) = readings(city, file)
    assert (folder / name / "raw.txt").read_bytes().decode() == RAW
    held = in_force(city, file)
    assert [each["kind"] for each in held["repairs"]] and held["figures"][0]["printed"] == "5"
    assert all(RAW[slice(*each["span"])] == each["printed"] for each in held["figures"])
    assert f"已存入 {folder / name}" in capsys.readouterr().out
    all_whole(city)


def test_the_reading_that_is_kept_is_the_answer_of_json(city: City, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(city, file, "--json")
    answer = json.loads(capsys.readouterr().out)
    assert {name: each for name, each in answer.items() if name != "figures"} == {
        name: each for name, each in in_force(city, file).items() if name != "figures"}


def test_what_tells_of_the_run_stands_apart_and_in_no_digest(city: City, file: Path) -> None:
    run(city, file)
    (name,) = readings(city, file)
    story = json.loads((folder_of(city, file) / name / "run.json").read_bytes())
    assert story["file"] == str(file) and story["before"] is None and {"taken_in", "host", "user", "software"} <= set(story)
    assert story["taken_in"] not in (folder_of(city, file) / name / "reading.json").read_text(encoding="utf-8")


def test_an_equal_reading_is_held_once_and_untouched(city: City, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(city, file)
    first = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in city.documents.rglob("*") if path.is_file()}
    run(city, file)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in city.documents.rglob("*") if path.is_file()} == first
    assert "同样的内容已存于" in capsys.readouterr().out


def test_a_reading_with_other_choices_stands_beside_the_first(city: City, file: Path) -> None:
    run(city, file)
    (first,) = readings(city, file)
    run(city, file, "--undo-repair", str(DROPPED), "--accept-repair", str(COLLISION))
    assert len(readings(city, file)) == 2 and first in readings(city, file)
    assert {each["number"] for each in in_force(city, file)["repairs"] if each["decided"]} == {DROPPED, COLLISION}
    story = next(json.loads((folder_of(city, file) / name / "run.json").read_bytes())
                 for name in readings(city, file) if name != first)
    assert story["before"] == first
    all_whole(city)


def test_choices_are_remembered_and_can_be_taken_back(city: City, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(city, file, "--undo-repair", str(DROPPED))
    capsys.readouterr()
    run(city, file, "--accept-repair", str(COLLISION), "--json")
    repairs = json.loads(capsys.readouterr().out)["repairs"]
    assert {each["number"]: each["done"] for each in repairs if each["decided"]} == {DROPPED: False, COLLISION: True}
    run(city, file, "--undo-repair", str(COLLISION), "--accept-repair", str(DROPPED), "--json")
    assert not any(each["decided"] for each in json.loads(capsys.readouterr().out)["repairs"])


def test_the_same_bytes_under_another_name_share_their_original_and_the_choices(city: City, file: Path, tmp_path: Path) -> None:
    run(city, file, "--accept-repair", str(COLLISION))
    copy = tmp_path / "副本.txt"
    copy.write_bytes(file.read_bytes())
    run(city, copy)
    assert len(list(city.documents.iterdir())) == 1
    assert in_force(city, copy)["document"]["file"] == "副本.txt"
    assert [each["number"] for each in in_force(city, copy)["repairs"] if each["decided"]] == [COLLISION]


def test_a_file_named_twice_is_kept_under_both_names(city: City, file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "副本.txt"
    copy.write_bytes(file.read_bytes())
    names = [str(file), str(copy), str(file)]
    app(["read", *names, "--city", str(city.path), "--json"], prog_name="junheng", standalone_mode=False)
    assert {each["document"]["file"] for each in readings(city, file).values()} == {"要点.txt", "副本.txt"}


def test_several_files_are_kept_each_in_its_folder(city: City, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "总结.md"
    other.write_text("# 总结\n2025年新建学校12所。\n", encoding="utf-8")
    app(["read", str(file), str(other), "--city", str(city.path), "--json"], prog_name="junheng", standalone_mode=False)
    assert len(list(city.documents.iterdir())) == 2
    all_whole(city)


def test_what_a_suggester_could_not_say_is_no_part_of_what_is_kept(
        city: City, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(city, file)
    run(city, file, "--suggest", "http://127.0.0.1:9/v1", "--json")
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["document"]["notes"]
    assert len(readings(city, file)) == 1


@pytest.mark.parametrize("made", ("", "文件"))
def test_a_folder_that_is_no_city_is_refused_and_left_alone(made: str, file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nocity"
    if made:
        folder.mkdir()
        (folder / made).write_text("x", encoding="utf-8")
    there = sorted(tmp_path.rglob("*"))
    with pytest.raises(JunhengError, match=r"city\.json|不是城市目录") as refused:
        run(City(folder), file)
    assert refused.value.code is Exit.storage and sorted(tmp_path.rglob("*")) == there


def test_a_city_one_may_only_read_is_compared_with_and_that_nothing_is_kept_is_said(
        city: City, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_to_all(city.path.parent)
    for path in (city.path, *city.path.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with somebody_else():
        run(city, file, "--accept-repair", str(COLLISION))
    told = capsys.readouterr()
    assert "没有写权限" in told.err and "| 2 | 已采用 |" in told.out and not city.documents.exists()
    city.path.chmod(0o755)


@pytest.mark.parametrize("name", ("original", "reading.json", "raw.txt", "CURRENT"))
def test_what_was_changed_in_the_folder_is_refused_not_believed(city: City, file: Path, name: str) -> None:
    run(city, file)
    (path,) = city.documents.rglob(name)
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(JunhengError, match="内容损坏") as refused:
        run(city, file)
    assert refused.value.code is Exit.storage and name in str(refused.value)


def test_a_choice_made_meanwhile_is_not_overwritten(city: City, file: Path) -> None:
    source = open_document(file)
    known = before(city, source)
    assert known == Before()
    run(city, file, "--accept-repair", str(COLLISION))
    with pytest.raises(JunhengError, match="另一条命令"):
        keep(city, file, read(source), known)
    assert len(readings(city, file)) == 1


def test_a_file_changed_while_it_was_read_is_not_kept(city: City, file: Path) -> None:
    source = open_document(file)
    file.write_text(f"{RAW}又一行。\n", encoding="gb18030")
    with pytest.raises(JunhengError, match="被改动") as refused:
        keep(city, file, read(source), Before())
    assert refused.value.code is Exit.faults and not list(city.documents.glob("*"))


def test_the_files_are_for_their_owner_alone(city: City, file: Path) -> None:
    run(city, file)
    (name,) = readings(city, file)
    kept = [folder_of(city, file) / "original", *(folder_of(city, file) / name).iterdir()]
    assert [path.stat().st_mode & 0o077 for path in kept] == [0] * 4


# --- kill -9 ------------------------------------------------------------------------------------------------

READING_KILLED = """
import os, signal, sys
from junheng.cli import app
step, when = sys.argv[1], sys.argv[2]

def fatal(real):
    def stepping(source, target):
        dies = step in str(target).rsplit("documents/", 1)[-1]
        if dies and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        real(source, target)
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
    return stepping

os.replace, os.rename = fatal(os.replace), fatal(os.rename)
app(["read", sys.argv[3], "--city", sys.argv[4], "--accept-repair", "2"], prog_name="junheng", standalone_mode=False)
"""


@pytest.mark.parametrize("when", ("before", "after"))
@pytest.mark.parametrize("step", ("/", "CURRENT"))
def test_killed_at_a_step_the_folder_holds_the_old_or_the_new(city: City, file: Path, step: str, when: str) -> None:
    run(city, file)
    (first,) = readings(city, file)
    killed = subprocess.run([sys.executable, "-c", READING_KILLED, step, when, str(file), str(city.path)], capture_output=True)
    assert killed.returncode == -signal.SIGKILL
    all_whole(city)
    decided = {each["number"] for each in in_force(city, file)["repairs"] if each["decided"]}
    assert decided == ({COLLISION} if (step, when) == ("CURRENT", "after") else set())
    run(city, file, "--accept-repair", str(COLLISION))
    assert len(readings(city, file)) == 2 and first in readings(city, file) and not list(city.path.rglob(".tmp-*"))
    assert MERGED.replace("矗", "础。") not in RAW and AD in RAW
    all_whole(city)


def test_killed_before_anything_of_a_file_is_held_the_next_run_keeps_it(city: City, file: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", READING_KILLED, "", "before", str(file), str(city.path)], capture_output=True)
    assert killed.returncode == -signal.SIGKILL
    run(city, file)
    all_whole(city)
    assert len(readings(city, file)) == 1 and not list(city.path.rglob(".tmp-*"))


def test_a_city_is_asked_for_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match="不是城市目录"):
        founded(tmp_path / "none")


def test_promises_are_read_with_the_choices_that_the_city_holds(city: City, tmp_path: Path,
                                                              capsys: pytest.CaptureFixture[str]) -> None:
    plan, report = tmp_path / "要点.txt", tmp_path / "总结.txt"
    plan.write_text("全县2025年教育工作要点\n6月底前新建小学 3 所。\n", encoding="utf-8")
    report.write_text("全县2025年教育工作总结\n新建小学3所。\n", encoding="utf-8")
    run(city, plan, "--undo-repair", "1")
    capsys.readouterr()

    def promised(*words: str) -> list[str]:
        app(["promises", str(plan), str(report), "--json", *words], prog_name="junheng", standalone_mode=False)
        return [each["text"] for each in json.loads(capsys.readouterr().out)["promises"]]
    assert (promised(), promised("--city", str(city.path))) == (["6月底前新建小学3所"], ["6月底前新建小学 3所"])
    with pytest.raises(JunhengError, match="不是城市目录"):
        promised("--city", str(tmp_path / "nowhere"))
