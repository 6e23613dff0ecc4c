"""A backup holds the desk as it stood, and only what may be in it; nothing that was changed comes back unseen."""

from __future__ import annotations

import random
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from junheng.kernel.faults import Exit, JunhengError
from junheng.register.holding import City
from junheng.web.keeping import back_up, restore
from junheng.web.keeping.archive import read_manifest, read_through
from junheng.web.keeping.backup import LEFT_OUT
from tests.structure.places import ROOT
from tests.unit.web.conftest import URL, Desk, new_database

FLIPS = 120


def silent(share: float, sentence: str) -> None:
    pass


def contents(city: Path) -> dict[str, bytes]:
    """All that must come back, byte for byte; rows are asked otherwise."""
    files = (path for path in city.rglob("*") if path.is_file())
    return {str(path.relative_to(city)): path.read_bytes() for path in files if path.relative_to(city).parts[0] not in LEFT_OUT}


@pytest.fixture
def files_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk before anybody opened it: no rows yet."""
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.setenv("JUNHENG_KEY_FILE", str(desk.key))
    for left in desk.city.glob("desk.*"):
        left.unlink()
    return replace(desk, database={})


@pytest.fixture
def backup(files_alone: Desk, tmp_path: Path) -> Path:
    back_up(files_alone.city, tmp_path / "b.tar", silent)
    return tmp_path / "b.tar"


def test_a_desk_comes_back_as_it_was_and_its_log_tells(desk: Desk, tmp_path: Path) -> None:
    done = desk.run("backup", tmp_path / "b.tar")
    assert done.returncode == 0, done.stderr
    other = replace(desk, city=tmp_path / "there" / "city", database=new_database())
    done = other.run("restore", tmp_path / "b.tar")
    assert done.returncode == 0, done.stderr
    assert contents(other.city) == contents(desk.city)
    assert "操作记录完整" in other.run("audit", "verify").stdout
    assert "已有此人" in other.run("admin", "create", "admin").stderr, "the people are there"
    assert oct((tmp_path / "b.tar").stat().st_mode)[-3:] == "600"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "city", "there"], "nothing is left beside it"


def test_neither_the_key_nor_the_secret_of_the_desk_is_in_it(desk: Desk, tmp_path: Path) -> None:
    assert desk.run("backup", tmp_path / "b.tar").returncode == 0
    content = (tmp_path / "b.tar").read_bytes()
    assert (desk.city / "desk.secret").exists()
    for secret in (desk.key.read_bytes().strip(), (desk.city / "desk.secret").read_bytes(), bytes.fromhex(desk.key.read_text())):
        assert secret not in content
    with tarfile.open(tmp_path / "b.tar") as tar:
        assert not {name.split("/")[0] for name in tar.getnames()} & LEFT_OUT


def test_whatever_byte_is_changed_or_lost_the_backup_is_refused(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    with tarfile.open(backup) as tar:
        held = [(member.offset_data, member.size) for member in tar.getmembers() if member.size]
    chance, damaged = random.Random(7), tmp_path / "damaged.tar"
    places = [start + chance.randrange(size) for start, size in chance.choices(held, k=FLIPS)]
    headers = [start - 512 + chance.randrange(100) for start, _ in chance.choices(held, k=FLIPS)]  # names of members
    for place in (*places, *headers):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1:])
        with pytest.raises(JunhengError) as refused:
            read_through(damaged)
        assert refused.value.code is Exit.faults
    for length in (0, 100, 512, *(chance.randrange(held[-1][0]) for _ in range(20))):
        damaged.write_bytes(whole[:length])
        with pytest.raises(JunhengError, match=" -> 换另一份备份"):
            read_through(damaged)


def test_a_restore_that_is_refused_leaves_nothing(files_alone: Desk, backup: Path, tmp_path: Path,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    city = tmp_path / "there" / "city"
    damaged = tmp_path / "damaged.tar"
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    with pytest.raises(JunhengError, match="摘要不符"):
        restore(damaged, city, silent)
    monkeypatch.setenv("JUNHENG_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(JunhengError, match="找不到密钥文件"):
        restore(backup, city, silent)
    (tmp_path / "none").write_text("ab" * 32)
    with pytest.raises(JunhengError, match="另一个密钥"):
        restore(backup, city, silent)
    assert not any((tmp_path / "there").iterdir())
    with pytest.raises(JunhengError, match="已有内容"):
        restore(backup, files_alone.city, silent)


def test_a_backup_is_a_new_file_outside_the_city(files_alone: Desk, backup: Path, tmp_path: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(JunhengError, match="已有这个文件"):
        back_up(files_alone.city, backup, silent)
    with pytest.raises(JunhengError, match="在城市目录之内"):
        back_up(files_alone.city, files_alone.city / "b.tar", silent)
    with pytest.raises(JunhengError, match="没有可以备份的内容"):
        back_up(tmp_path / "nothing", tmp_path / "c.tar", silent)
    assert backup.read_bytes() == before


def test_rows_of_one_kind_do_not_go_into_the_other_nor_into_a_database_that_holds_something(desk: Desk, tmp_path: Path) -> None:
    assert desk.run("backup", tmp_path / "b.tar").returncode == 0
    other = {} if desk.database else {URL: "postgresql:///nothing"}
    for database in (other, desk.database) if desk.database else (other,):
        done = replace(desk, city=tmp_path / "there", database=database).run("restore", tmp_path / "b.tar")
        assert done.returncode in (Exit.usage, Exit.storage), done.stderr
        assert URL in done.stderr
        assert not (tmp_path / "there").exists()


@contextmanager
def corrections(desk: Desk) -> Iterator[None]:
    """An office that hands in one correction after the other, and asks for the index each time."""
    command = [sys.executable, ROOT / "benchmarks/desk_offices.py", "corrections", desk.city.parent, "0"]
    with subprocess.Popen(command, env=desk.environment, stdout=subprocess.PIPE, text=True) as office:
        assert office.stdout and office.stdout.readline() == "ready\n"
        while len(list(City(desk.city).snapshots.glob("*-v*"))) < 3:
            assert office.poll() is None
        yield
        office.kill()


def test_while_corrections_come_in_what_the_rows_of_a_backup_speak_of_is_in_it(desk: Desk, tmp_path: Path) -> None:
    with corrections(desk):
        backups = [tmp_path / f"{number}.tar" for number in range(2)]
        for file in backups:
            done = desk.run("backup", file)
            assert done.returncode == 0, done.stderr
    for file in backups:
        there = replace(desk, city=tmp_path / file.stem, database=new_database())
        done = there.run("restore", file)  # which looks at every snapshot and at the log
        assert done.returncode == 0, done.stderr
        asked = subprocess.run([sys.executable, "-c", ASKED, there.city], env=there.environment, capture_output=True, text=True)
        spoken_of = set(asked.stdout.split())
        assert spoken_of
        assert spoken_of <= {path.name for path in City(there.city).snapshots.iterdir()}
        assert not list(there.city.rglob(".tmp-*"))
    assert read_manifest(backups[1]).members != read_manifest(backups[0]).members, "something came in between"


ASKED = """
import sys; from pathlib import Path; from junheng.web.starting import ready
ready(Path(sys.argv[1]))
from junheng.people.models import Job
print(*{name for job in Job.objects.all() for name in job.asked["snapshots"].values()})
"""
