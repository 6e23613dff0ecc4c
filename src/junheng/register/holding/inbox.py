"""Every file handed in, byte for byte, under the plain file's digest; sealed where it holds identities."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from junheng.kernel.faults import Exit, JunhengError
from junheng.register.holding import disk
from junheng.register.holding.city import City
from junheng.register.holding.keys import Key
from junheng.register.submission import HandedIn

# A sealed original: the mark, a header line in the clear, then nonce and AES-256-GCM text.
_MARK = b"junheng sealed 1\n"
_NONCE_BYTES = 12
_HEADER_MOST = 4096

WRITERS = 4  # waiting for the disk together takes a third of the time of waiting one after the other


def keep(city: City, files: list[HandedIn], key: Key, today: date) -> None:
    """Keep every file that is not there yet. All of them are on the disk before any takes its name."""
    until = today + timedelta(days=city.retention_days)
    with disk.in_words(city.inbox):
        city.inbox.mkdir(exist_ok=True)
        by_place = {city.inbox / file.sha256: file for file in files}
        drafts = {kept: disk.unfinished(city.inbox) for kept, file in by_place.items()
                  if not _is_kept(kept, file.holds_identities)}
        try:
            with ThreadPoolExecutor(WRITERS) as writers:
                list(writers.map(lambda kept: _write(drafts[kept], by_place[kept], key, until), drafts))
            for kept, draft in drafts.items():
                os.replace(draft, kept)
        finally:
            for draft in drafts.values():
                draft.unlink(missing_ok=True)
        disk.sync_folder(city.inbox)


def read_original(city: City, digest: str, key: Key) -> bytes:
    """The file handed in whose SHA-256 is `digest`, as it came."""
    path = city.inbox / digest
    if not path.exists():
        raise disk.storage_error(path, "原件不在", "导入时保存的原件",
                                 "含身份信息的原件到期即删除；其余从备份恢复")
    with disk.in_words(path):
        content = path.read_bytes()
    if sha256(content).hexdigest() == digest:
        return content
    plain = _opened(path, content, key)
    if sha256(plain).hexdigest() != digest:
        raise _damaged(path)
    return plain


def drop_expired(city: City, today: date) -> list[str]:
    """Remove the sealed originals whose day has passed; their digests."""
    with disk.in_words(city.inbox):
        sealed = {path: _sealed_until(path) for path in sorted(city.inbox.glob("*"))}
        expired = [path for path, until in sealed.items() if until and until < today]
        for path in expired:
            path.unlink()
    return [path.name for path in expired]


def _is_kept(path: Path, holds_identities: bool) -> bool:
    """A file first taken for harmless is sealed once it is known to hold identities."""
    return path.exists() and not (holds_identities and _sealed_until(path) is None)


def _write(draft: Path, file: HandedIn, key: Key, until: date) -> None:
    plain = file.path.read_bytes()
    if sha256(plain).hexdigest() != file.sha256:
        raise JunhengError(f"{file.name}：文件在导入途中被改动；应为核对时的内容 -> 保存并关闭后重新导入",
                           Exit.faults)
    disk.write_synced(draft, _seal(plain, key, until) if file.holds_identities else plain, 0o600)


def _seal(plain: bytes, key: Key, until: date) -> bytes:
    header = json.dumps({"until": until.isoformat()}).encode() + b"\n"
    nonce = os.urandom(_NONCE_BYTES)
    return _MARK + header + nonce + AESGCM(key.subkey("originals")).encrypt(nonce, plain, header)


def _opened(path: Path, content: bytes, key: Key) -> bytes:
    header, _, body = content.removeprefix(_MARK).partition(b"\n")
    nonce, text = body[:_NONCE_BYTES], body[_NONCE_BYTES:]
    try:
        return AESGCM(key.subkey("originals")).decrypt(nonce, text, header + b"\n")
    except (InvalidTag, ValueError) as refusal:
        raise _damaged(path) from refusal


def _sealed_until(path: Path) -> date | None:
    """The day until which a sealed original is kept; None of a plain one."""
    with open(path, "rb") as file:
        if file.read(len(_MARK)) != _MARK:
            return None
        header = file.readline(_HEADER_MOST)
    try:
        return date.fromisoformat(json.loads(header)["until"])
    except (ValueError, KeyError, TypeError) as refusal:
        raise _damaged(path) from refusal


def _damaged(path: Path) -> JunhengError:
    return disk.storage_error(path, "原件已损坏或密钥不符", "与文件名（SHA-256）一致的内容",
                              "从备份恢复该文件")
