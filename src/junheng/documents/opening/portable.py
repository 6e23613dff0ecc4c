"""A .pdf with a text layer in, its lines out."""

from __future__ import annotations

from ctypes import byref, c_double
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from junheng.documents.codes import Unreadable
from junheng.documents.opening.refusing import Refusal, damaged, encrypted, too_large

_MOST_PAGES = 2_000
_FEWEST = 10  # characters a page with text has on the average
_SHOWN = 10
_NOTHING = ("", "\r", "\0", "\ufffe", "\x02")  # among them the marks of a hyphen at the end of a line
_LAST_CODE = 0x10FFFF


class _Sign(NamedTuple):
    """A character of a page with its left edge; `added`: a blank or break that stands nowhere."""

    text: str
    left: float
    added: bool


def read_pdf(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text with the notes on it."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise encrypted() if "password" in str(error).lower() else damaged("PDF 内部结构损坏") from error
    try:
        if len(document) > _MOST_PAGES:
            raise too_large(f"{len(document)} 页", f"不超过 {_MOST_PAGES} 页的文稿")
        pages = [_page(document, number) for number in range(len(document))]
    finally:
        document.close()
    bare = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if sum(map(len, pages)) < _FEWEST * max(len(pages) - len(bare), 1):
        raise Refusal(Unreadable.scanned, f"{len(pages)} 页没有文字层（是扫描件或图片）", "有文字层的 PDF，或 Word 文稿",
                      "找文稿的 Word 原件；没有原件的，先用文字识别软件转成 .docx，校对后再交")
    shown = "、".join(map(str, bare[:_SHOWN])) + ("等" if len(bare) > _SHOWN else "")
    return "\n".join(pages), (f"第 {shown} 页没有文字层，没有读",) if bare else ()


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    """The lines of a page; one that is broken is as good as empty."""
    try:
        text = document[number].get_textpage()
        signs = [_sign(text, place) for place in range(text.count_chars())]
    except pypdfium2.PdfiumError:
        return ""
    rows: list[list[_Sign]] = [[]]
    for sign in signs:
        if sign.text == "\n":
            rows.append([])
        elif sign.text not in _NOTHING:
            rows[-1].append(sign)
    return "\n".join(map(_row, rows)).strip("\n")


def _sign(text: pypdfium2.PdfTextPage, place: int) -> _Sign:
    edges = [c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(text, place, *map(byref, edges))
    code = raw.FPDFText_GetUnicode(text, place)
    shown = chr(code) if code <= _LAST_CODE and not 0xD800 <= code < 0xE000 else ""
    return _Sign(shown, edges[0].value, raw.FPDFText_IsGenerated(text, place) == 1)


def _row(signs: list[_Sign]) -> str:
    """The line as it is read. Marks of another font may come late in the file: then the signs are ordered by their places."""
    drawn = [sign for sign in signs if not sign.added]
    if all(sign.left <= next_.left for sign, next_ in pairwise(drawn)):
        return "".join(sign.text for sign in signs)
    return "".join(sign.text for sign in sorted(drawn, key=lambda sign: sign.left))
