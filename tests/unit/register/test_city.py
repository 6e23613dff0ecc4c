from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from junheng.kernel.faults import Exit, JunhengError
from junheng.register.holding.city import City

NOBODY = 65534


def refusal(action: object, *arguments: object) -> str:
    """The sentence with which `action` is refused for the sake of the folder or the disk."""
    with pytest.raises(JunhengError) as caught:
        action(*arguments)  # type: ignore[operator]
    assert caught.value.code is Exit.storage
    return str(caught.value)


def lock(city: City, wait_s: float = 0.0) -> None:
    with city.locked(wait_s):
        pass


@pytest.fixture
def founded(city: City) -> City:
    with city.locked():
        city.found()
    return city


@pytest.fixture
def nobody() -> Iterator[None]:
    """The rights of a user who owns nothing; root may write anywhere."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(mine)


def test_a_folder_that_is_not_there_has_nothing_in_force_and_is_not_made_by_asking(city: City) -> None:
    assert city.current() == {} and not city.path.exists()


def test_years_in_force_come_oldest_first(founded: City) -> None:
    founded.put_in_force({2025: "2025-v1-b"})
    founded.put_in_force({2023: "2023-v1-a"})
    assert list(founded.current().items()) == [(2023, "2023-v1-a"), (2025, "2025-v1-b")]


def test_putting_a_year_in_force_leaves_no_draft_behind(founded: City) -> None:
    founded.put_in_force({2025: "2025-v1-b"})
    assert sorted(path.name for path in founded.path.iterdir()) == ["CURRENT", "city.json", "lock"]


def test_a_folder_with_other_things_in_it_is_refused_and_left_alone(city: City) -> None:
    city.path.mkdir()
    (city.path / "thesis.docx").write_text("mine")
    assert "没有 city.json" in refusal(lock, city) and "没有 city.json" in refusal(city.ready)
    assert [path.name for path in city.path.iterdir()] == ["thesis.docx"]


def test_an_empty_folder_becomes_a_city(city: City) -> None:
    city.path.mkdir()
    with city.locked():
        city.found()
    assert city.founded()


def test_a_folder_with_overlays_laid_out_becomes_a_city(city: City) -> None:
    (city.path / "standards").mkdir(parents=True)
    with city.locked():
        city.found()
    assert city.founded()


def test_what_a_killed_first_import_left_is_no_hindrance(city: City) -> None:
    city.path.mkdir()
    for name in ("lock", "CURRENT", ".tmp-0123"):
        (city.path / name).write_text("{}")
    with city.locked():
        city.found()
    assert city.founded() and not (city.path / ".tmp-0123").exists()


def test_a_file_is_not_a_city_folder(city: City) -> None:
    city.path.write_text("x")
    assert "不是文件夹" in refusal(city.ready) and "不是文件夹" in refusal(city.current)


def test_a_path_below_a_file_is_not_a_city_folder(city: City) -> None:
    city.path.write_text("x")
    below = City(city.path / "deeper" / "city")
    assert "不是文件夹" in refusal(below.ready) and "不是文件夹" in refusal(lock, below)


def test_a_folder_one_may_not_write_to_is_refused_in_words(
        nobody: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUNHENG_KEY_FILE", "/usr/junheng-test.key")
    closed = City(Path("/usr/junheng-test-city"))
    assert "没有读写权限" in refusal(closed.ready) and "没有读写权限" in refusal(lock, closed)


def test_who_waits_for_the_lock_is_told_who_holds_it(founded: City) -> None:
    with founded.locked():
        said = refusal(lock, founded, 0.2)
    assert f"进程 {os.getpid()}" in said and "重试" in said


def test_the_lock_is_free_again_after_an_error_inside(founded: City) -> None:
    with pytest.raises(ZeroDivisionError), founded.locked():
        _ = 1 / 0
    lock(founded)


def test_the_lock_of_a_killed_process_is_free(founded: City) -> None:
    script = ("import sys, time; from pathlib import Path; from junheng.register.holding.city import City\n"
              "with City(Path(sys.argv[1])).locked(): print('held', flush=True); time.sleep(60)")
    command = [sys.executable, "-c", script, str(founded.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        assert f"进程 {holder.pid}" in refusal(lock, founded)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    lock(founded)


def test_the_key_is_made_outside_the_folder_and_for_its_owner_only(founded: City, tmp_path: Path) -> None:
    file = tmp_path / "city.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(bytes.fromhex(file.read_text())) == 32
    assert not [path for path in founded.path.rglob("*") if path.is_file()
                and file.read_text().strip() in path.read_text()]


def test_without_a_named_file_the_key_lies_in_the_users_configuration(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JUNHENG_KEY_FILE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    city = City(tmp_path / "city")
    with city.locked():
        city.found()
    card = json.loads((city.path / "city.json").read_text())
    assert [file.name for file in (tmp_path / "config" / "junheng").iterdir()] == [f"{card['city']}.key"]
    assert city.key().fingerprint == card["key"]


def test_a_key_that_is_there_already_is_taken(city: City, tmp_path: Path) -> None:
    (tmp_path / "city.key").write_text("ab" * 32 + "\n")
    with city.locked():
        city.found()
    assert city.key().secret == b"\xab" * 32


def test_a_key_file_inside_the_city_folder_is_refused_before_anything_is_made(
        city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUNHENG_KEY_FILE", str(city.path / "sub" / "key"))
    assert "城市目录之内" in refusal(city.ready)
    assert not city.path.exists()


def test_a_missing_key_is_not_made_anew(founded: City, tmp_path: Path) -> None:
    (tmp_path / "city.key").unlink()
    said = refusal(founded.ready)
    assert "找不到密钥文件" in said and "JUNHENG_KEY_FILE" in said
    assert not (tmp_path / "city.key").exists()


def test_a_key_file_one_may_not_read_is_refused_in_words(
        founded: City, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    (tmp_path / "city.key").chmod(0)
    request.getfixturevalue("nobody")
    assert "没有读写权限" in refusal(founded.key)


def test_another_key_is_refused_by_its_fingerprint(founded: City, tmp_path: Path) -> None:
    mine = founded.key()
    (tmp_path / "city.key").write_text("cd" * 32)
    said = refusal(founded.key)
    assert "另一个密钥" in said and mine.fingerprint in said and "cdcd" not in said


@pytest.mark.parametrize("content", [b"", b"ab" * 31, b"no key at all", b"\xff\xfe", b"zz" * 32])
def test_a_file_that_is_no_key_is_refused_in_words(city: City, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "city.key").write_bytes(content)
    assert "不是密钥" in refusal(city.ready)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"now": "2025-v1-x"}', "\0\0"])
def test_a_damaged_current_is_said_in_words(founded: City, content: str) -> None:
    (founded.path / "CURRENT").write_text(content)
    assert "CURRENT" in refusal(founded.current)


def test_a_lost_current_is_not_taken_for_an_empty_city(founded: City) -> None:
    (founded.path / "CURRENT").unlink()
    assert "CURRENT" in refusal(founded.current)


@pytest.mark.parametrize("content", ["", "{", "{}", "3"])
def test_a_damaged_card_is_said_in_words(founded: City, content: str) -> None:
    (founded.path / "city.json").write_text(content)
    assert "city.json" in refusal(founded.key)


@pytest.mark.parametrize("days", ["0", "-1", '"five years"', "true", "null", "1.5"])
def test_days_of_retention_that_are_no_number_are_refused(founded: City, days: str) -> None:
    card = json.loads((founded.path / "city.json").read_text()) | {"retention_days": json.loads(days)}
    (founded.path / "city.json").write_text(json.dumps(card))
    with pytest.raises(JunhengError, match="retention_days"):
        _ = founded.retention_days
