"""kill -9 and a full disk: afterwards the city holds the old snapshot or the new one, whole."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

import polars as pl
import pytest
from tiny_county import LI, NORTH, SOUTH, WANG, county, hand_in, no_faults, school

from junheng.kernel.faults import Exit, JunhengError
from junheng.register.holding.accept import accept
from junheng.register.holding.city import City
from junheng.register.holding.inbox import read_original
from junheng.register.holding.snapshots import open_snapshot, read_snapshot
from junheng.register.submission import Submission

KILLS = 15

IMPORTING = """
import os, sys, signal
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_import_killed import generation, take
city, work, first, last = Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])

def fatal(real):
    def stepping(source, target):
        if sys.argv[6:7] and sys.argv[6] in str(target):
            sys.argv[7] == "after" and real(source, target)
            os.kill(os.getpid(), signal.SIGKILL)
        real(source, target)
    return stepping

os.replace, os.rename = fatal(os.replace), fatal(os.rename)
print("ready", flush=True)
for number in range(first, last + 1):
    take(city, work, number)
    print(number, flush=True)
"""


def generation(work: Path, number: int, rows: int = 1) -> Submission:
    """A county in which every table says `number`."""
    places = county(*(f"{number:06d}{row:03d}" for row in range(rows)))
    return hand_in(work / str(number), {"county.xlsx": places, "north.xlsx": school(NORTH, number, [LI]),
                                        "south.xlsx": school(SOUTH, number, [WANG])})


def take(city: Path, work: Path, number: int) -> None:
    accept(generation(work, number), City(city), reason=f"第{number}次", check=no_faults)


def importing(city: City, work: Path, first: int, last: int, *kill: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", IMPORTING, str(Path(__file__).parent), str(city.path), str(work),
               str(first), str(last), *kill]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def in_force(city: City) -> int:
    """The generation in force, with every table and every original of it read and found to agree."""
    snapshot = open_snapshot(city.path)
    numbers = set(snapshot.table("school_stages")["pupils"])
    newest = snapshot.table("places")["place_code"].str.head(6).cast(pl.Int64).max()
    assert numbers == {newest} and snapshot.manifest["reason"] == f"第{newest}次"
    assert all(snapshot.table(name).height for name in snapshot.tables) and snapshot.handed_in.height
    for file in snapshot.files:
        assert read_original(city, file["sha256"], city.key())
    return int(str(newest))


def all_whole(city: City) -> None:
    """Whatever bears a snapshot's name is one, in force or not."""
    for folder in city.snapshots.glob("2*"):
        snapshot = read_snapshot(folder)
        assert all(snapshot.table(name) is not None for name in snapshot.tables)


def test_killed_at_random_moments_the_city_holds_the_old_or_the_new(city: City, tmp_path: Path) -> None:
    """Each process is let finish one import, which tells how long the next will take, and killed within that."""
    take(city.path, tmp_path, 1)
    chance, held = random.Random(7), 1
    for _ in range(KILLS):
        with importing(city, tmp_path, held + 1, held + 1000) as running:
            assert running.stdout and running.stdout.readline() == "ready\n"
            started = perf_counter()
            done = int(running.stdout.readline())
            sleep(chance.uniform(0, perf_counter() - started))
            running.send_signal(signal.SIGKILL)
            done = max([done, *map(int, running.stdout.read().split())])
        assert running.returncode == -signal.SIGKILL
        held = in_force(city)
        assert held in (done, done + 1)
        all_whole(city)
    take(city.path, tmp_path, held + 1)
    assert in_force(city) == held + 1 and not list(city.path.rglob(".tmp-*"))


@pytest.mark.parametrize(("step", "when", "held"), [
    ("/inbox/", "before", 1), ("/inbox/", "after", 1), ("/snapshots/2025-v2", "before", 1),
    ("/snapshots/2025-v2", "after", 1), ("/CURRENT", "before", 1), ("/CURRENT", "after", 2)])
def test_killed_at_a_step_the_city_is_on_one_side_of_it(
        city: City, tmp_path: Path, step: str, when: str, held: int) -> None:
    take(city.path, tmp_path, 1)
    with importing(city, tmp_path, 2, 2, step, when) as running:
        assert running.wait() == -signal.SIGKILL
    assert in_force(city) == held
    take(city.path, tmp_path, 3)
    assert in_force(city) == 3 and not list(city.path.rglob(".tmp-*"))


@pytest.mark.parametrize("step", ["/CURRENT", "/city.json", "/inbox/", "/snapshots/2025-v1"])
def test_a_first_import_killed_at_any_step_can_be_run_again(city: City, tmp_path: Path, step: str) -> None:
    with importing(city, tmp_path, 1, 1, step, "after") as running:
        assert running.wait() == -signal.SIGKILL
    assert city.current() == {}
    take(city.path, tmp_path, 1)
    assert in_force(city) == 1


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of half a megabyte where one may be mounted, else files that may not grow beyond 32 KiB."""
    if os.geteuid() == 0 and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=512k", "none", folder], capture_output=True).returncode:
        try:
            yield
        finally:
            subprocess.run(["umount", folder], check=True)
        return
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (32 * 1024, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def contents(city: City) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in city.path.rglob("*")
            if path.is_file() and path.name != "lock"}


def test_a_full_disk_is_said_in_words_and_changes_nothing(city: City, tmp_path: Path) -> None:
    large = generation(tmp_path, 2, rows=60_000)
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk):
        city = City(disk / "city")
        take(city.path, tmp_path, 1)
        before = contents(city)
        with pytest.raises(JunhengError, match="磁盘已满") as caught:
            accept(large, city, reason="更大", check=no_faults)
        assert caught.value.code is Exit.storage
        assert contents(city) == before and in_force(city) == 1
        take(city.path, tmp_path, 3)
        assert in_force(city) == 3


def test_a_disk_that_fills_up_while_the_snapshot_is_written_changes_nothing(
        city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time one file later: every file that a correction writes meets the full disk once."""
    take(city.path, tmp_path, 1)
    before, sync, met = contents(city), os.fsync, 0
    for room in range(100):
        left = iter(range(room))

        def fsync(handle: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise OSError(28, "No space left on device")
            sync(handle)

        monkeypatch.setattr(os, "fsync", fsync)
        try:
            take(city.path, tmp_path, 2)
        except JunhengError as refusal:
            assert refusal.code is Exit.storage and "磁盘已满" in str(refusal)
        else:
            break
        finally:
            monkeypatch.setattr(os, "fsync", sync)
        if in_force(city) == 1:  # the last sync comes after the replacement itself
            assert contents(city) == before
        met += 1
    assert met >= 10 and in_force(city) == 2
