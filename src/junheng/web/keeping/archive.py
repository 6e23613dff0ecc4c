"""The file of a backup: a tar whose last member is a manifest, named by its own digest, with the digest of every other member."""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from junheng.kernel.faults import Exit, JunhengError

FORMAT = 1
CHUNK = 1 << 20
PRIVATE = 0o600
MANIFEST = re.compile(r"manifest-([0-9a-f]{64})\.json")

Keep = Callable[["Member", Iterator[bytes]], None]


@dataclass(frozen=True)
class Member:
    """A file in a backup."""

    name: str
    size_bytes: int
    sha256: str
    mode: int


@dataclass(frozen=True)
class Manifest:
    """What a backup is of, and what is in it. `city` and `key` (a fingerprint) are empty before the first import."""

    format: int
    made: str
    software: str
    city: str
    key: str
    database: str  # of which engine the rows are: sqlite, postgresql, or nothing where the city has no desk
    members: tuple[Member, ...]

    @property
    def size_bytes(self) -> int:
        return sum(each.size_bytes for each in self.members)


class Writing:
    """A backup that is being written; `close` adds the manifest."""

    def __init__(self, out: IO[bytes]) -> None:
        self.tar = tarfile.TarFile(fileobj=out, mode="w", format=tarfile.PAX_FORMAT)
        self.members: list[Member] = []

    def add(self, name: str, content: IO[bytes], size_bytes: int, mode: int) -> None:
        digested = _Digested(content)
        self._put(name, digested, size_bytes, mode)
        self.members.append(Member(name, size_bytes, digested.digest.hexdigest(), mode))

    def close(self, **told: str) -> Manifest:
        manifest = Manifest(FORMAT, members=tuple(self.members), **told)
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        self._put(f"manifest-{sha256(text).hexdigest()}.json", BytesIO(text), len(text), PRIVATE)
        self.tar.close()
        return manifest

    def _put(self, name: str, content: Any, size_bytes: int, mode: int) -> None:
        header = tarfile.TarInfo(name)
        header.size, header.mode = size_bytes, mode
        self.tar.addfile(header, content)


class _Digested:
    """What is read from it is digested on the way."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content, self.digest = content, sha256()

    def read(self, size: int) -> bytes:
        chunk = self.content.read(size)
        self.digest.update(chunk)
        return chunk


def read_through(file: Path, keep: Keep | None = None) -> Manifest:
    """The manifest, once every member was read and found to be what it says; `keep` is handed each as it comes.

    Errors: JunhengError for a file that is no backup, not whole, changed, or of a later version.
    """
    manifest = read_manifest(file)
    try:
        with tarfile.open(file, "r:") as tar:
            for member in manifest.members:
                _read(file, tar, member, keep or _drain)
            if tar.next() is None or tar.next() is not None:  # the manifest, and nothing after it
                raise _damaged(file, "末尾不是清单")
    except (tarfile.TarError, EOFError, ValueError) as wrong:
        raise _damaged(file, "内容不完整") from wrong
    return manifest


def read_manifest(file: Path) -> Manifest:
    """What a backup says of itself. Errors: as of `read_through`."""
    if not file.is_file():
        raise JunhengError(f"{file}：没有这个文件；应为 junheng backup 写出的文件 -> 检查路径", Exit.usage)
    try:
        with tarfile.open(file, "r:") as tar:
            last = tar.getmembers()[-1]
            text = _content(tar, last).read()
    except (tarfile.TarError, EOFError, ValueError, IndexError) as wrong:
        raise _damaged(file, "不是备份文件，或不完整") from wrong
    named = MANIFEST.fullmatch(last.name)
    if not named or sha256(text).hexdigest() != named[1]:
        raise _damaged(file, "没有清单，或清单被改动")
    told = json.loads(text)
    if told["format"] != FORMAT:
        found = f"是版本 {told['software']} 的备份，本程序读不懂它的格式"
        raise JunhengError(f"{file}：{found}；应为格式 {FORMAT} -> 用该版本或更新的程序恢复", Exit.faults)
    return Manifest(**told | {"members": tuple(_member(file, each) for each in told["members"])})


def _member(file: Path, told: dict[str, Any]) -> Member:
    name = PurePosixPath(told["name"])
    if name.is_absolute() or ".." in name.parts or str(name) != told["name"]:
        raise _damaged(file, "清单里的文件名指向别处")
    return Member(**told)


def _read(file: Path, tar: tarfile.TarFile, member: Member, keep: Keep) -> None:
    header = tar.next()
    if header is None or not header.isreg() or (header.name, header.size) != (member.name, member.size_bytes):
        raise _damaged(file, f"缺少 {member.name}")
    digested = _Digested(_content(tar, header))
    keep(member, iter(lambda: digested.read(CHUNK), b""))
    if digested.digest.hexdigest() != member.sha256:
        raise _damaged(file, f"{member.name} 的内容与清单里的摘要不符")


def _content(tar: tarfile.TarFile, header: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(header)
    if content is None:
        raise tarfile.ReadError
    return content


def _drain(member: Member, chunks: Iterator[bytes]) -> None:
    for _ in chunks:
        pass


def _damaged(file: Path, found: str) -> JunhengError:
    return JunhengError(f"{file}：{found}；应为 junheng backup 写出时的内容 -> 换另一份备份", Exit.faults)
