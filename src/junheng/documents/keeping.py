"""What stays of a document in the city folder: the file as it came, and each reading of it that somebody made.

    CITY/documents/<sha256 of the file>/
        original                      its bytes
        <digest12>/reading.json       the answer of `read --json` without what the register says; its digest names the folder, so
                                      an equal reading is held once
        <digest12>/raw.txt            the text that its spans lie in
        <digest12>/run.json           when, by whom, with which version, from which file, after which reading
        CURRENT                       the reading made last: what a person decided on its repairs holds for the next one

Nothing is written over: a reading by other choices, or by a later version, stands beside the first.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from junheng.documents.as_json import as_json, encoded
from junheng.documents.deciding import Decision
from junheng.documents.shapes import Raw, Reading
from junheng.kernel.faults import Exit, JunhengError
from junheng.register.holding import City, disk
from junheng.register.holding.runs import run_story

_PRIVATE = 0o600  # a document may name people
_DIGITS = 12


@dataclass(frozen=True)
class Before:
    """What is held of a document already: the reading made last, and what a person decided on its repairs."""

    reading: str | None = None
    decisions: frozenset[Decision] = frozenset()


@dataclass(frozen=True)
class Kept:
    """Where a reading stands. Not `new`: an equal one was held already."""

    folder: Path
    new: bool


def founded(city: Path) -> City:
    """The city folder. Errors: JunhengError where there is none: a slip of the name must not pass for a city without data."""
    found = City(city)
    if not found.founded():
        raise disk.storage_error(city, "不是城市目录", "已导入过数据的城市目录",
                                 "核对目录名；还没有的，先运行 junheng import 文件... --city 目录 --year 学年")
    return found


def before(city: City, source: Raw) -> Before:
    """What the city folder holds of this file. Errors: JunhengError where that is damaged."""
    folder = city.documents / source.sha256
    reading = _in_force(folder)
    if reading is None:
        return Before()
    repairs = _read(folder / reading)["repairs"]
    return Before(reading, frozenset(Decision(each["kind"], (each["span"][0], each["span"][1]), each["now"], each["done"])
                                     for each in repairs if each["decided"]))


def keep(city: City, file: Path, reading: Reading, since: Before) -> Kept:
    """Keep the file and what was read in it; what an earlier reading held stays beside it.

    Errors: JunhengError when the file or what is held of it was changed since they were read, or the disk refuses.
    """
    content = disk.as_json(as_json(reading))
    digest = sha256(content).hexdigest()[:_DIGITS]
    folder = city.documents / reading.source.sha256
    with city.locked(), disk.in_words(city.documents):
        city.documents.mkdir(exist_ok=True)
        _keep_original(folder, file, reading.source.sha256)
        disk.sweep(folder)
        if _in_force(folder) != since.reading:
            raise disk.storage_error(folder, "刚被另一条命令重读过", "读的过程中没有变动", "重新运行，沿用那一次的选择")
        new = not (folder / digest).exists()
        if new:
            story = run_story(file=str(file), before=since.reading)
            _place(folder / digest, {"reading.json": content, "raw.txt": encoded(reading.source.text),
                                     "run.json": disk.as_json(story)})
        else:
            _read(folder / digest)
        if digest != since.reading:
            disk.replace_file(folder / "CURRENT", disk.as_json({"reading": digest}))
    return Kept(folder / digest, new)


def receive(city: City, file: Path, digest: str) -> Path:
    """Keep a file as it came, before anybody reads it; where it stands. Errors: JunhengError as of `keep`."""
    folder = city.documents / digest
    with city.locked(), disk.in_words(city.documents):
        city.documents.mkdir(exist_ok=True)
        _keep_original(folder, file, digest)
    return folder / "original"


def raw_text(city: City, digest: str, reading: str) -> str:
    """The text that the spans of a reading lie in."""
    file = city.documents / digest / reading / "raw.txt"
    with disk.in_words(file):
        return file.read_bytes().decode("utf-8", "surrogatepass")


def is_writable(city: City) -> bool:
    return os.access(city.path, os.W_OK | os.X_OK, effective_ids=True)


def _keep_original(folder: Path, file: Path, digest: str) -> None:
    if folder.exists():
        _hold_against(folder / "original", digest)
        return
    content = file.read_bytes()
    if sha256(content).hexdigest() != digest:
        raise JunhengError(f"{file}：文件在读的过程中被改动 -> 保存并关闭后重新运行", Exit.faults)
    _place(folder, {"original": content})


def _place(folder: Path, files: Mapping[str, bytes]) -> None:
    """A folder that takes its name when all in it is on the disk."""
    def fill(draft: Path) -> str:
        for name, content in files.items():
            disk.write_synced(draft / name, content, _PRIVATE)
        return folder.name

    disk.whole_folder(folder.parent, fill)


def _in_force(folder: Path) -> str | None:
    """The reading made last; None where none was finished."""
    file = folder / "CURRENT"
    with disk.in_words(file):
        if not file.exists():
            return None
        content = file.read_bytes()
    try:
        return str(json.loads(content)["reading"])
    except (ValueError, KeyError, TypeError) as refusal:
        raise _damaged(file) from refusal


def _read(folder: Path) -> dict[str, Any]:
    """A reading that is held, once it is sure that nothing in it was changed."""
    file = folder / "reading.json"
    with disk.in_words(file):
        content = file.read_bytes()
    if sha256(content).hexdigest()[:_DIGITS] != folder.name:
        raise _damaged(file)
    reading: dict[str, Any] = json.loads(content)
    _hold_against(folder / "raw.txt", reading["document"]["text_sha256"])
    return reading


def _hold_against(file: Path, digest: str) -> None:
    if not disk.is_whole(file, digest):
        raise _damaged(file)


def _damaged(file: Path) -> JunhengError:
    return disk.storage_error(file, "内容损坏或被改动", "读文稿时写下的内容", "从备份恢复该文稿的文件夹；没有备份的，移走后再读")
