"""Files in, raw sheets out; a file is known by its first bytes, not by its name, and nothing in it can do harm."""

from __future__ import annotations

from pathlib import Path

from junheng.register.intake.archive import damaged
from junheng.register.intake.flat_files import read_csv, read_parquet
from junheng.register.intake.sheets import MOST_FILE_BYTES, Refused, Sheet, too_large
from junheng.register.intake.spreadsheets import Wanted, read_xls, read_xlsx
from junheng.register.kinds import Kind

SUFFIXES = (".xlsx", ".xls", ".csv", ".parquet")
_ZIP, _OLE, _PARQUET = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"


def read_bytes(path: Path) -> bytes:
    """All of a file that is not too large."""
    try:
        if not path.is_file():
            raise damaged("不是文件")
        if path.stat().st_size > MOST_FILE_BYTES:
            raise too_large(f"{path.stat().st_size / 1e6:.0f} MB")
        return path.read_bytes()
    except OSError as error:
        raise damaged(f"读不出来（{error.strerror or '系统错误'}）") from error


def read_sheets(data: bytes, suffix: str, wanted: Wanted) -> list[Sheet]:
    """The raw sheets of a file's bytes, or `Refused` with the reason in words."""
    if not data.strip():
        raise Refused(Kind.empty_file, "文件里没有内容", "有表头和数据的表格文件", "核对交来的文件，补交正确的一份")
    if data.startswith(_ZIP):
        return read_xlsx(data, wanted)
    if data.startswith(_OLE):
        return read_xls(data, wanted)
    if data.startswith(_PARQUET):
        return read_parquet(data)
    if suffix.lower() == ".csv":
        return read_csv(data)
    raise damaged("内容不是表格文件（可能是改了后缀的网页或文本）")
