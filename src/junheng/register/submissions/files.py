"""A workbook on its way in: its name made safe, its size held against the limit, kept in the inbox, taken out again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.utils.translation import gettext as _

from junheng.kernel.faults import JunhengError
from junheng.people.language import joined
from junheng.register.holding import City, inbox
from junheng.register.intake.reading import SUFFIXES
from junheng.register.submission import HandedIn

LONGEST_NAME = 60
LOCK_WAIT_S = 60.0  # behind an import that writes its snapshot


@dataclass(frozen=True)
class Given:
    """A file as it came, its plain copy in a folder that nobody else can open."""

    path: Path
    sha256: str
    size: int

    @property
    def name(self) -> str:
        return self.path.name


def safe_name(name: str) -> str:
    """The last part of the name given, without what a path or a terminal could read into it; of a kind that is read."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] not in "CZ")
    stem, dot, suffix = plain.lstrip(".").rpartition(".")
    if f".{suffix.lower()}" not in SUFFIXES or not dot:
        raise JunhengError(
            _("%(file)s：不是可读的表格文件；应为 %(kinds)s -> 用模板填写，另存为 .xlsx 后上传")
            % {"file": plain[:LONGEST_NAME] or _("文件"), "kinds": joined(SUFFIXES)}
        )
    return f"{stem[:LONGEST_NAME] or '工作簿'}.{suffix.lower()}"


@contextmanager
def received(file: BinaryIO, name: str, size: int, limit: int) -> Iterator[Given]:
    """The upload on the disk while it is read; refused where it is too large."""
    called = safe_name(name)
    if size > limit:
        raise JunhengError(
            _("%(file)s：文件有 %(size)s MB；应不超过 %(limit)s MB -> 删去图片和无关的表，或分开上传")
            % {"file": called, "size": f"{size / 1e6:.1f}", "limit": f"{limit / 1e6:.0f}"}
        )
    content = file.read()
    with plain_copy(called, content) as path:
        yield Given(path, sha256(content).hexdigest(), len(content))


@contextmanager
def plain_copy(name: str, content: bytes) -> Iterator[Path]:
    with TemporaryDirectory(prefix="junheng-") as folder:  # of mode 0700
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def keep(city: City, given: Given, today: date, *, holds_identities: bool) -> None:
    """Put it into the inbox, sealed where it holds identities. Under the lock: imports sweep what is unfinished."""
    with city.locked(LOCK_WAIT_S):
        inbox.keep(city, [HandedIn(given.path, given.name, given.sha256, holds_identities)], city.key(), today)
