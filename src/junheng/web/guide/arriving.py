"""Workbooks that were handed in on a desk without a register, until the job has taken them in or refused them."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Sequence
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from junheng.kernel.faults import JunhengError
from junheng.people.language import joined
from junheng.register.holding import City
from junheng.register.holding.disk import in_words, write_synced
from junheng.register.intake.reading import SUFFIXES

FOLDER = "arriving"
LONGEST_NAME = 60
MOST_TOLD = 5
MOST_BYTES = 512 * 2**20  # of one upload; the workbooks of a city's 2,000 schools are less than half of it


def receive(files: Sequence[UploadedFile]) -> str:
    """Put the files down where only the desk reads them; the digest of all of them, by which the job finds them.

    Errors: JunhengError in words for what is no workbook, too large, twice the same name; then nothing is kept.
    """
    named = _named(files)
    each = (name.encode() + b"\0" + file_digest(named[name].file, sha256).digest() for name in sorted(named))
    digest = sha256(b"".join(each)).hexdigest()
    folder = folder_of(digest)
    with in_words(folder):
        shutil.rmtree(folder, ignore_errors=True)  # half of it, left by a kill
        folder.mkdir(parents=True, mode=0o700)
        for name, file in named.items():
            file.seek(0)
            write_synced(folder / name, file.read(), 0o600)  # one at a time: all of a city's together are hundreds of megabytes
    return digest


def folder_of(digest: str) -> Path:
    return City(settings.CITY).path / FOLDER / digest


def forget(digest: str) -> None:
    """What was taken in lies in the inbox, what was refused is handed in anew: either way these copies go."""
    shutil.rmtree(folder_of(digest), ignore_errors=True)


def forget_all_but(digests: set[str]) -> None:
    """What nobody waits for any more: its job was cancelled before it began."""
    for left in folder_of("").glob("*"):
        if left.name not in digests:
            forget(left.name)


def _named(files: Sequence[UploadedFile]) -> dict[str, UploadedFile]:
    if not files:
        raise JunhengError(_("没有选文件；应为填好的工作簿 -> 选好文件后重新上传"))
    wrong, named = [], {}
    for file in files:
        name = safe_name(file.name or "")
        if Path(name).suffix.lower() not in SUFFIXES:
            told = {"file": name[:LONGEST_NAME], "kinds": joined(SUFFIXES)}
            wrong.append(_("%(file)s：不是可读的表格文件；应为 %(kinds)s") % told)
        elif not file.size:
            wrong.append(_("%(file)s：是空文件；应为填好的工作簿") % {"file": name})
        elif file.size > settings.UPLOAD_LIMIT_BYTES:
            most = settings.UPLOAD_LIMIT_BYTES // 1024 // 1024
            wrong.append(_("%(file)s：文件过大；应不超过 %(most)s MB") % {"file": name, "most": most})
        elif name in named:
            wrong.append(_("%(file)s：交了两个同名文件；每个文件应有自己的名字") % {"file": name})
        else:
            named[name] = file
    if sum(file.size or 0 for file in named.values()) > MOST_BYTES:
        too_much = {"many": len(named), "most": MOST_BYTES // 2**20}
        wrong.append(_("%(many)s 个文件合计过大；一次应不超过 %(most)s MB，可分县、分批上传") % too_much)
    if wrong:
        more = _("；等 %(many)s 处") % {"many": len(wrong)} if len(wrong) > MOST_TOLD else ""
        told = {"wrong": joined(wrong[:MOST_TOLD], "；") + more}
        raise JunhengError(_("%(wrong)s -> 改正后重新上传，本次没有保存任何文件") % told)
    return named


def safe_name(name: str) -> str:
    """The last part of a name, without what a path or a terminal could read into it."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] not in "CZ")
    stem, suffix = Path(plain.lstrip(".")).stem, Path(plain).suffix
    return f"{stem[:LONGEST_NAME]}{suffix}" or "无名文件"
