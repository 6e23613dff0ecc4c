"""The city folder: what is in force, who may write, and which key its pseudonyms hang on."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import secrets
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from junheng.kernel.faults import JunhengError
from junheng.register.holding import disk
from junheng.register.holding.keys import NAMED_BY, Key, key_file, make_key, read_key

RETENTION_DAYS = 1826  # five years; `retention_days` of city.json overrules it
# left by a killed first import; laid out by hand; made by a desk that was opened before the first import
BEFORE_A_CITY = ("lock", "CURRENT", "standards", "arriving",
                 "desk.secret", "desk.sqlite3", "desk.sqlite3-wal", "desk.sqlite3-shm")
LOCK_WAIT_S = 5.0
LOCK_TRY_S = 0.1


@dataclass(frozen=True)
class City:
    """A city folder, whether it is there yet or not; it is made by the first import that is accepted."""

    path: Path

    @property
    def inbox(self) -> Path:
        return self.path / "inbox"

    @property
    def snapshots(self) -> Path:
        return self.path / "snapshots"

    @property
    def documents(self) -> Path:
        return self.path / "documents"

    @property
    def retention_days(self) -> int:
        """How long an original that holds identities is kept."""
        days = self._card().get("retention_days", RETENTION_DAYS)
        if type(days) is not int or days < 1:
            raise disk.storage_error(self._card_file, "retention_days 不是正整数", "保存天数，如 1826",
                                     "改正后重试")
        return days

    @property
    def card(self) -> Mapping[str, Any]:
        """Who the city is: its number, the fingerprint of its key; nothing of one that is not there yet."""
        return self._card() if self.founded() else {}

    @property
    def _card_file(self) -> Path:
        return self.path / "city.json"

    def founded(self) -> bool:
        """Whether this is a city already; a folder that holds something else is refused."""
        with disk.in_words(self.path):
            if not self.path.exists():
                return False
            names = {entry.name for entry in self.path.iterdir()}
        if "city.json" in names:
            return True
        if any(name not in BEFORE_A_CITY and not name.startswith(disk.UNFINISHED) for name in names):
            raise disk.storage_error(self.path, "文件夹里有别的东西，却没有 city.json",
                                     "空文件夹或已有的城市目录", "换一个目录名，或先移走其中的文件")
        return False

    def ready(self) -> None:
        """Refuse at once what an import would otherwise meet at its end: folder or key cannot be used."""
        if self.founded():
            self.key()
        else:
            read_key(key_file(self.path, "new"))
        nearest = next(folder for folder in (self.path, *self.path.absolute().parents) if folder.exists())
        with disk.in_words(nearest):
            if not nearest.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "", str(nearest))
            if not os.access(nearest, os.W_OK | os.X_OK, effective_ids=True):
                raise PermissionError(errno.EACCES, "", str(nearest))

    def found(self) -> None:
        """Make the folder a city and its key, if they are not there yet; under the lock."""
        if self.founded():
            return
        city_id = secrets.token_hex(8)
        key = make_key(key_file(self.path, city_id))
        card = {"format": 1, "city": city_id, "key": key.fingerprint, "retention_days": RETENTION_DAYS}
        with disk.in_words(self.path):
            disk.replace_file(self.path / "CURRENT", b"{}\n")
            disk.replace_file(self._card_file, disk.as_json(card))  # last: with it the folder is a city

    def key(self) -> Key:
        """The key this city began with; any other, or none, is refused."""
        card = self._card()
        file, wanted = key_file(self.path, str(card["city"])), str(card["key"])
        first = f"本城市目录首次导入时的密钥（指纹 {wanted}）"
        do = f"放回备份的密钥文件，或让环境变量 {NAMED_BY} 指向它；换了密钥，同一个人会变成两个人"
        key = read_key(file)
        if key is None:
            raise disk.storage_error(file, "找不到密钥文件", first, do)
        if key.fingerprint != wanted:
            raise disk.storage_error(file, f"是另一个密钥（指纹 {key.fingerprint}）", first, do)
        return key

    def current(self) -> dict[int, str]:
        """The snapshot in force of each year, oldest year first."""
        if not self.founded():
            return {}
        file = self.path / "CURRENT"
        held = _read_object(file, "从备份恢复 CURRENT 后重试")
        if not all(year.isdecimal() for year in held):
            raise disk.storage_error(file, "内容损坏", "学年及其快照", "从备份恢复 CURRENT 后重试")
        return {int(year): str(held[year]) for year in sorted(held)}

    def put_in_force(self, ids: Mapping[int, str]) -> None:
        """All of `ids` in one step; under the lock."""
        after = {str(year): held for year, held in sorted({**self.current(), **ids}.items())}
        with disk.in_words(self.path):
            disk.replace_file(self.path / "CURRENT", disk.as_json(after))

    @contextmanager
    def locked(self, wait_s: float = LOCK_WAIT_S) -> Iterator[None]:
        """Inside, nobody else writes here; who waits longer than `wait_s` is told who does."""
        self.founded()
        with disk.in_words(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            lock = open(self.path / "lock", "a+")  # noqa: SIM115 - closed below, after whatever happens inside
        with lock:
            self._take(lock, time.monotonic() + wait_s)
            with disk.in_words(self.path):
                for folder in (self.path, self.inbox, self.snapshots, self.documents):
                    disk.sweep(folder)
            yield

    def _take(self, lock: IO[str], until: float) -> None:
        while not _taken(lock):
            if time.monotonic() >= until:
                raise self._occupied(lock)
            time.sleep(LOCK_TRY_S)
        with disk.in_words(self.path / "lock"):
            lock.truncate(0)
            now = datetime.now().isoformat(" ", "seconds")
            lock.write(f"进程 {os.getpid()}，主机 {socket.gethostname()}，自 {now} 起")
            lock.flush()

    def _occupied(self, lock: IO[str]) -> JunhengError:
        lock.seek(0)
        holder = lock.read().strip() or "另一进程"
        return disk.storage_error(self.path, f"正被另一条命令占用（{holder}）", "同一时间只有一条命令在写",
                                  "等它结束后重试")

    def _card(self) -> dict[str, Any]:
        card = _read_object(self._card_file, "从备份恢复 city.json 后重试")
        if not {"city", "key"} <= set(card):
            raise disk.storage_error(self._card_file, "缺少 city 或 key", "导入时写下的内容",
                                     "从备份恢复后重试")
        return card


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_object(file: Path, do: str) -> dict[str, Any]:
    with disk.in_words(file):
        text = file.read_bytes()
    try:
        read = json.loads(text)
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise disk.storage_error(file, "内容损坏，不是 JSON 对象", "导入时写下的内容", do)
    return read
