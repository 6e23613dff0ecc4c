"""A file appears whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from junheng.kernel.faults import Exit, JunhengError


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path` through a sibling that takes its name once complete.

    Errors: `JunhengError` with `Exit.storage` when the folder cannot be written; the old file then stays.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise _refused(path, error.strerror or "写不了") from error


def refuse_unwritable(path: Path) -> None:
    """Before long work: what could not be written anyway. Errors: as of `write_whole`."""
    there = next(each for each in path.absolute().parents if each.exists())
    if path.is_dir() or not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise _refused(path, "是文件夹" if path.is_dir() else f"{there} 不是可写的文件夹")


def _refused(path: Path, why: str) -> JunhengError:
    wanted = "应为可写且有空间的文件夹 -> 换一个输出文件夹，或关闭正打开此文件的程序后重试"
    return JunhengError(f"{path}：写不进去（{why}）；{wanted}", Exit.storage)
