"""Tells by its first bytes what a file is, has it read, and says in words why it cannot be."""

from __future__ import annotations

import errno
import hashlib
import re
from pathlib import Path

from junheng.documents.codes import Unreadable
from junheng.documents.opening.office import converted
from junheng.documents.opening.plain import read_text, refuse_mojibake
from junheng.documents.opening.portable import read_pdf
from junheng.documents.opening.refusing import SLIDES, TABLE, Refusal, damaged, empty, encrypted, not_a_document, too_large
from junheng.documents.opening.web import read_html
from junheng.documents.opening.word import read_docx
from junheng.documents.shapes import Raw

_UNREADABLE = {
    **dict.fromkeys((errno.EACCES, errno.EPERM), ("没有读的权限", "请文件的主人改权限，或复制一份到自己的文件夹再读")),
    errno.ENAMETOOLONG: ("文件名太长", "改短文件名再读"), errno.EIO: ("磁盘读写出错", "换一份拷贝再读")}
_MOST_BYTES = 100_000_000
_MOST_TEXT_BYTES = 20_000_000
_MOST_CHARACTERS = 10_000_000
_ZIP, _OLE, _PDF, _RTF = b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf"
_PDF_WITHIN = 1_024
_BITMAP, _PROGRAM = b"BM", b"MZ"  # a text may begin so, too: BMI监测
_HEAD = 64  # bytes, of which in these some are zero
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_OTHER = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PAR1", b"\x7fELF", b"PK\5\6")
_TAGS = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)
_TAGS_WITHIN = 2_048
_SHOWN = re.compile(r"[^\s\x00-\x1f\x7f\ufeff\u200b-\u200f]")
_WEB, _MARKDOWN, _WPS = (".html", ".htm"), (".md", ".markdown"), (".wps", ".wpt")
_OFFICE = (".docx", ".docm", ".pdf", ".doc", ".dot", ".rtf", *_WPS)
_SUFFIXES = {"docx": (".docx", ".docm"), "pdf": (".pdf",), "doc": (".doc", ".dot", ".rtf"), "wps": _WPS,
             "html": _WEB, "md": _MARKDOWN, "txt": (".txt", ".text", "")}


def open_document(path: Path) -> Raw:
    """The text of a .txt, .md, .html, .docx, .pdf, .doc or .wps; the digest of the file's bytes; notes on what was not read.

    A file is known by its content, not by its name. Errors: `DataFaults` with one fault of a kind of `Unreadable`: no such file,
    empty, too large, encrypted, damaged, a zip bomb, a scan, mojibake, no document at all, or an old format without LibreOffice.
    """
    try:
        data = _bytes(path)
        format_ = _format(data, path.suffix.lower())
        text, notes = _read(data, format_, path.suffix.lower())
        _check(text)
    except Refusal as refusal:
        raise refusal.of(str(path)) from refusal
    misnamed = path.suffix.lower() not in _SUFFIXES[format_]
    also = (f"后缀是 {path.suffix or '空'}，内容是 {format_}，按内容读",) if misnamed else ()
    return Raw(path.name, hashlib.sha256(data).hexdigest(), format_, text, (*also, *notes))


def format_of(path: Path) -> str:
    """What a file is by its content, without reading it through. Errors: `DataFaults` for what is no document."""
    try:
        return _format(_bytes(path), path.suffix.lower())
    except Refusal as refusal:
        raise refusal.of(str(path)) from refusal


def _bytes(path: Path) -> bytes:
    try:
        size = _size(path)
        if size > _MOST_BYTES:
            raise too_large(f"{size / 1e6:.0f} MB", f"不超过 {_MOST_BYTES // 1_000_000} MB 的文稿")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        found, do = _UNREADABLE.get(getattr(error, "errno", None) or 0, ("读不出来", "核对文件名和所在的磁盘"))
        raise Refusal(Unreadable.not_found, found, "能读的文件", do) from error


def _size(path: Path) -> int:
    """In bytes, of a file that is one."""
    if not path.exists():
        raise Refusal(Unreadable.not_found, "没有这个文件", "一个文稿", "核对文件名和所在的文件夹")
    if path.is_dir():
        found = "这是当前文件夹，或没有写文件名" if path == Path() else "这是文件夹"
        raise Refusal(Unreadable.not_found, found, "一个文稿", "写出文件夹里文稿的名字，如 文件夹/计划.docx")
    if not path.is_file():
        raise Refusal(Unreadable.not_found, "这是设备或管道", "一个文稿", "先存成文件再读")
    return path.stat().st_size


def _format(data: bytes, suffix: str) -> str:
    if not data.strip():
        raise empty()
    if data.startswith(_ZIP):
        return "docx"
    if data.startswith(_OLE):
        return _old_format(data, suffix)
    if _PDF in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(_RTF):
        return "doc"
    binary = b"\0" in data[:_HEAD]
    if data.startswith(_PICTURES) or (binary and data.startswith(_BITMAP)):
        raise not_a_document("这是图片，不是文稿")
    if data.startswith(_OTHER) or (binary and data.startswith(_PROGRAM)):
        raise not_a_document("这是压缩包、表格或程序，不是文稿")
    if suffix in _WEB or _TAGS.search(data[:_TAGS_WITHIN].replace(b"\0", b"")):
        return "html"
    return "md" if suffix in _MARKDOWN else "txt"


def _old_format(data: bytes, suffix: str) -> str:
    """Compound files hold documents, tables, slides, and encrypted files of the new formats."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise encrypted()
    for stream, found in (("Workbook", TABLE), ("PowerPoint Document", SLIDES)):
        if stream.encode("utf-16-le") in data and "WordDocument".encode("utf-16-le") not in data:
            raise not_a_document(found)
    return "wps" if suffix in _WPS else "doc"


def _read(data: bytes, format_: str, suffix: str) -> tuple[str, tuple[str, ...]]:
    if format_ in ("doc", "wps"):
        known = suffix if suffix in (*_WPS, ".doc", ".rtf") else ".doc"
        text, notes = read_docx(converted(data, known))
        return text, (*notes, "旧格式由 LibreOffice 转换后读入，编号和表格请对照原件")
    if format_ == "docx":
        return read_docx(data)
    if format_ == "pdf":
        return read_pdf(data)
    if len(data) > _MOST_TEXT_BYTES:
        raise too_large(f"{len(data) / 1e6:.0f} MB 的文字", f"不超过 {_MOST_TEXT_BYTES // 1_000_000} MB 的文字")
    if format_ == "html":
        return read_html(data)
    try:
        return read_text(data)
    except Refusal as refusal:
        if suffix in _OFFICE:
            raise damaged(f"后缀是 {suffix}，内容却不是这种文稿") from refusal
        raise


def _check(text: str) -> None:
    if not _SHOWN.search(text):
        raise empty()
    if len(text) > _MOST_CHARACTERS:
        raise too_large(f"{len(text):,} 字", f"不超过 {_MOST_CHARACTERS:,} 字的文稿")
    refuse_mojibake(text)
