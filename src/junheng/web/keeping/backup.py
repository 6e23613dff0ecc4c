"""`junheng backup`: everything that cannot be computed again, in one file, while the desk goes on working."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from stat import S_IMODE
from tempfile import TemporaryDirectory
from typing import IO

from junheng import __version__
from junheng.kernel.faults import JunhengError, OnProgress
from junheng.register.holding import City, disk
from junheng.web.databases import FILE as SQLITE_FILE
from junheng.web.keeping import rows
from junheng.web.keeping.archive import PRIVATE, Manifest, Writing, read_through
from junheng.web.secret import FILE as SECRET
from junheng.web.starting import ready

LEFT_OUT = {"lock", SECRET, SQLITE_FILE, f"{SQLITE_FILE}-wal", f"{SQLITE_FILE}-shm", "findings"}  # findings are computed again
UNFINISHED = (disk.UNFINISHED, ".draft-")
ADDED_ONLY = {"inbox", "snapshots", "plans", "documents"}  # where what bears its name stays as it is; but a CURRENT moves
MOVES = "CURRENT"
LOCK_WAIT_S = 300.0  # for an import that is being written
DUMPED, WRITTEN = 0.2, 0.8  # shares of the work


@dataclass(frozen=True)
class _Found:
    """The files of the city folder at one moment: those that may change, with their content, and those that only come."""

    at_once: list[tuple[str, bytes, int]]
    later: list[str]


def back_up(city: Path, file: Path, on_progress: OnProgress) -> Manifest:
    """Write the desk of a city to a new file, and read it back before it takes its name.

    First the rows, then the files: rows speak of snapshots, originals and plans, which come before them and stay, so
    whatever the rows of a backup speak of is in it. What moves (CURRENT, values laid over) is read under the city's lock,
    with the names of all that stands at that moment, so there is no half snapshot in it.
    Errors: JunhengError where there is nothing to back up, the file is there already, or the disk refuses.
    """
    _refuse(city, file)
    with disk.in_words(file.parent), TemporaryDirectory(dir=file.parent, prefix=f".{file.name}-") as folder:
        engine, dumped, draft = rows.engine_of(city), Path(folder) / "rows", Path(folder) / file.name
        if engine:
            on_progress(0.0, "导出工作台数据")
            rows.dump(city, engine, dumped)
        on_progress(DUMPED, "写入文件")
        with _synced(draft) as out:
            writing = Writing(out)
            if engine:
                _add(writing, rows.MEMBER[engine], dumped)
            _add_city(writing, city, on_progress)
            card, now = City(city).card, datetime.now().astimezone().isoformat(timespec="seconds")
            writing.close(made=now, software=__version__, city=card.get("city", ""), key=card.get("key", ""), database=engine)
        on_progress(WRITTEN, "读回核对摘要")
        manifest = read_through(draft)
        draft.rename(file)
        disk.sync_folder(file.parent)
    if engine:
        _audit(city, file, manifest)
    on_progress(1.0, "已备份")
    return manifest


def _refuse(city: Path, file: Path) -> None:
    if not city.is_dir() or not (City(city).founded() or rows.engine_of(city)):
        raise disk.storage_error(city, "没有可以备份的内容", "已有数据的城市目录", "核对目录名")
    if file.exists():
        raise disk.storage_error(file, "已有这个文件", "一个新文件", "换一个文件名，如带上日期")
    if file.resolve().is_relative_to(city.resolve()):
        raise disk.storage_error(file, "在城市目录之内", "城市目录之外的文件，最好在另一块磁盘上", "换一个位置")
    if not file.parent.is_dir():
        raise disk.storage_error(file.parent, "没有这个文件夹", "已有的文件夹", "建好后重试，或换一个位置")


@contextmanager
def _synced(draft: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner may read; afterwards it is on the disk, and will be read from there."""
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())
        os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _add_city(writing: Writing, city: Path, on_progress: OnProgress) -> None:
    found = _found(city)
    for name, content, mode in found.at_once:
        writing.add(name, BytesIO(content), len(content), mode)
    for done, name in enumerate(found.later):
        if (city / name).exists() or not name.startswith("inbox/"):  # an original whose day has passed may go meanwhile
            _add(writing, name, city / name)
        on_progress(DUMPED + (WRITTEN - DUMPED) * done / len(found.later), "写入文件")


def _add(writing: Writing, name: str, file: Path) -> None:
    with open(file, "rb") as content:
        held = os.fstat(content.fileno())
        writing.add(name, content, held.st_size, S_IMODE(held.st_mode))


def _found(city: Path) -> _Found:
    found = _Found([], [])
    with City(city).locked(LOCK_WAIT_S):
        for path in _files(city):
            name = path.relative_to(city).as_posix()
            if path.relative_to(city).parts[0] in ADDED_ONLY and path.name != MOVES:
                found.later.append(name)
            else:
                found.at_once.append((name, path.read_bytes(), S_IMODE(path.stat().st_mode)))
    return found


def _files(folder: Path, left_out: set[str] = LEFT_OUT) -> Iterator[Path]:
    """All files below, but not those left out at the top, and nothing half done."""
    for path in sorted(folder.iterdir()):
        if path.name in left_out or path.name.startswith(UNFINISHED):
            continue
        if path.is_symlink():
            raise JunhengError(f"{path}：是链接，备份不跟随链接；应为文件或文件夹 -> 把内容放到城市目录里，或用挂载代替链接")
        if path.is_dir():
            yield from _files(path, set())
        else:
            yield path


def _audit(city: Path, file: Path, manifest: Manifest) -> None:
    """Who takes a copy of the rows is told by them; a desk of an older version is left as it is."""
    ready(city)
    from django.db import connection

    from junheng.people import audit
    from junheng.people.models import AuditEntry

    if AuditEntry._meta.db_table in connection.introspection.table_names():
        audit.record(None, "backup.make", file.name, detail={"files": len(manifest.members), "bytes": manifest.size_bytes})
