"""Writing that survives a kill, whole or not at all; and what a disk refuses, said in words."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path

from junheng.kernel.faults import Exit, JunhengError

UNFINISHED = ".tmp-"  # what a killed command leaves behind starts so; the next that writes sweeps it away

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_FOLDER = (errno.ENOTDIR, errno.EEXIST)


def storage_error(where: Path, found: str, wanted: str, do: str) -> JunhengError:
    """A refusal of the city folder or its disk: where, what, wanted, do."""
    return JunhengError(f"{where}：{found}；应为{wanted} -> {do}", Exit.storage)


@contextmanager
def in_words(where: Path) -> Iterator[None]:
    """Inside, what the disk refuses about `where` becomes an error that a user can read."""
    try:
        yield
    except OSError as refusal:
        raise _worded(Path(refusal.filename or where), refusal) from refusal


def _worded(where: Path, refusal: OSError) -> JunhengError:
    if refusal.errno in _FULL:
        return storage_error(where, "磁盘已满或超出配额", "有足够空间的磁盘",
                             "腾出空间或换一个目录后重试；已有内容未受影响")
    if refusal.errno in _FORBIDDEN:
        return storage_error(where, "没有读写权限", "当前用户可读写的位置", "改正权限或换一个目录后重试")
    if refusal.errno in _NO_FOLDER:
        return storage_error(where, "不是文件夹", "一个文件夹", "换一个目录名后重试")
    return storage_error(where, f"磁盘读写失败（{refusal.strerror}）", "可正常读写的磁盘",
                         "检查磁盘后重试；已有内容未受影响")


def unfinished(folder: Path) -> Path:
    """A name in `folder` for something not yet whole."""
    return folder / f"{UNFINISHED}{secrets.token_hex(8)}"


def as_json(value: object) -> bytes:
    """How the city folder writes its small files: a person can read them."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def write_synced(path: Path, content: bytes, mode: int = 0o644) -> None:
    """A new file on the disk itself, not only in its cache."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` as lasting as the files they stand for."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(path: Path, content: bytes, mode: int = 0o644) -> None:
    """`content` under the name `path`, in one step: a reader finds the old file or the new one."""
    draft = unfinished(path.parent)
    try:
        write_synced(draft, content, mode)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def whole_folder(parent: Path, fill: Callable[[Path], str]) -> Path:
    """The folder of `parent` that `fill` writes and names: it takes its name when all in it is on the disk, else it is gone."""
    draft = unfinished(parent)
    try:
        draft.mkdir()
        folder = parent / fill(draft)
        sync_folder(draft)
        os.rename(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    sync_folder(parent)
    return folder


def is_whole(file: Path, digest: str) -> bool:
    """Whether a file that was written before still has the content that the digest is of."""
    with in_words(file), open(file, "rb") as content:
        return file_digest(content, "sha256").hexdigest() == digest


def link(source: Path, target: Path) -> None:
    """The same file under a second name; a copy on a disk without hard links."""
    try:
        os.link(source, target)
    except OSError:
        write_synced(target, source.read_bytes())


def sweep(folder: Path) -> None:
    """Remove what killed imports left behind in `folder`; only under the city's lock."""
    for left in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
