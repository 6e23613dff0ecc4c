"""`junheng restore`: the desk of a backup in an empty folder, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from junheng.kernel.faults import Exit, JunhengError, OnProgress
from junheng.register.holding import City, disk
from junheng.register.holding.keys import NAMED_BY, key_file, read_key
from junheng.register.holding.snapshots import read_snapshot
from junheng.web.keeping import rows
from junheng.web.keeping.archive import Manifest, Member, read_manifest, read_through
from junheng.web.starting import start

OWNER_MAY = 0o755


def restore(file: Path, city: Path, on_progress: OnProgress) -> Manifest:
    """Put a backup into a folder that is empty or not there. It takes its name when all in it is written and checked.

    Errors: JunhengError for a folder or a database that holds something, a damaged file, another key: then nothing is
    left; for an audit log that was broken when it was backed up: then it is there to be looked at.
    """
    _refuse_occupied(city)
    manifest = read_manifest(file)
    rows.refuse_other_place(manifest.database)
    with disk.in_words(city.parent):
        city.parent.mkdir(parents=True, exist_ok=True)
        _refuse_other_key(manifest, city)
        draft = disk.unfinished(city.parent)
        try:
            draft.mkdir(mode=0o700)
            on_progress(0.0, "读出并核对摘要")
            read_through(file, lambda member, chunks: _write(draft / member.name, member, chunks))
            _check_snapshots(draft)
            on_progress(0.7, "恢复工作台数据")
            if manifest.database:
                rows.load(draft / rows.MEMBER[manifest.database], manifest.database, draft)
                shutil.rmtree(draft / "rows")
            draft.chmod(OWNER_MAY)
            os.rename(draft, city)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        disk.sync_folder(city.parent)
    if manifest.database:
        on_progress(0.9, "核对操作记录")
        _check_rows(city, file, manifest)
    on_progress(1.0, "已恢复")
    return manifest


def _refuse_occupied(city: Path) -> None:
    if city.exists() and (not city.is_dir() or any(city.iterdir())):
        raise disk.storage_error(city, "已有内容", "空文件夹，或还没有的文件夹", "换一个目录名；不会覆盖任何内容")


def _refuse_other_key(manifest: Manifest, city: Path) -> None:
    if not manifest.key:
        return
    file = key_file(city, manifest.city)
    held = read_key(file)
    if held is None or held.fingerprint != manifest.key:
        found = "找不到密钥文件" if held is None else f"是另一个密钥（指纹 {held.fingerprint}）"
        raise disk.storage_error(file, found, f"该城市的密钥（指纹 {manifest.key}）；备份里从不含密钥",
                                 f"放回另行保存的密钥文件，或让环境变量 {NAMED_BY} 指向它，再恢复")


def _write(path: Path, member: Member, chunks: Iterator[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, member.mode & OWNER_MAY), "wb") as out:
        for chunk in chunks:
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())


def _check_snapshots(city: Path) -> None:
    """Each is what its name says, and what is in force is there."""
    held = {read_snapshot(folder).id for folder in City(city).snapshots.glob("*-v*")}
    gone = [name for name in City(city).current().values() if name not in held]
    if gone:
        raise JunhengError(f"备份里缺少在用的快照：{'、'.join(gone)} -> 换另一份备份", Exit.breach)


def _check_rows(city: Path, file: Path, manifest: Manifest) -> None:
    start(city)
    from junheng.people import audit

    if broken := audit.verify():
        found = f"操作记录第 {broken.number} 条：{broken.why}，备份之前就已如此"
        raise JunhengError(f"{city}：已恢复，但{found} -> 保全这份备份，查明改动的人", Exit.breach)
    audit.record(None, "backup.restore", file.name, detail={"made": manifest.made})
