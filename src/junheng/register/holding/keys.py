"""The city's key: kept in a file outside the city folder; pseudonyms and sealed originals hang on it."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from junheng.register.holding.disk import in_words, storage_error, sync_folder, write_synced

KEY_BYTES = 32
NAMED_BY = "JUNHENG_KEY_FILE"


@dataclass(frozen=True)
class Key:
    """32 secret bytes; never printed. Each use takes a subkey of its own."""

    secret: bytes = field(repr=False)

    def subkey(self, purpose: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"junheng {purpose}".encode()).derive(self.secret)

    @property
    def fingerprint(self) -> str:
        """Tells keys apart without telling anything of them."""
        return self.subkey("fingerprint").hex()[:16]


def key_file(city: Path, city_id: str) -> Path:
    """Where the city's key is: the file JUNHENG_KEY_FILE names, else one in the user's configuration."""
    named = os.environ.get(NAMED_BY)
    file = Path(named).expanduser() if named else _configuration() / "junheng" / f"{city_id}.key"
    if file.resolve().is_relative_to(city.resolve()):
        raise storage_error(file, "密钥文件放在了城市目录之内", "城市目录之外的文件",
                            f"把 {NAMED_BY} 指向别处：目录与密钥一同泄露时，假名即可还原")
    return file


def _configuration() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


def make_key(file: Path) -> Key:
    """The key in `file`, made if there is none yet; only its owner may read it."""
    if there := read_key(file):
        return there
    made = Key(secrets.token_bytes(KEY_BYTES))
    with in_words(file):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_synced(file, made.secret.hex().encode() + b"\n", 0o600)
        sync_folder(file.parent)
    return made


def read_key(file: Path) -> Key | None:
    """The key that stands in `file`; None when there is no such file."""
    with in_words(file):
        if not file.exists():
            return None
        text = file.read_bytes()
    try:
        secret = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise storage_error(file, "内容不是密钥", "首次导入时生成的64位十六进制字符",
                            "放回备份的密钥文件后重试")
    return Key(secret)
