"""A .pdf with a text layer in, its lines out."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from junheng.documents.opening.refusing import damaged, encrypted, scanned, too_large

_MOST_PAGES = 2_000
_FEWEST = 10  # characters a page with text has on the average
_FEWEST_OF_A_PAGE = 60  # characters below which it may be a scan that something is printed on
_COVERED = 0.5
_SHOWN = 10
_NOTHING = ("", "\r", "\0", "\ufffe", "\x02")  # among them the marks of a hyphen at the end of a line
_LAST_CODE = 0x10FFFF


class _Sign(NamedTuple):
    """A character of a page with its left edge; `added`: a blank or break that stands nowhere."""

    text: str
    left: float
    added: bool


class _Page(NamedTuple):
    """The lines of a page; `scanned`: a picture covers it, and what text it has is that of a stamp or a scanner."""

    text: str
    scanned: bool = False


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
    whole = [page.text for page in pages if page.text.strip() and not page.scanned]
    if sum(map(len, whole)) < _FEWEST * max(len(whole), 1):
        raise scanned(f"{len(pages)} 页没有文字层（是扫描件或图片）")
    return "\n".join(page.text for page in pages), tuple(_notes(pages))


def _notes(pages: list[_Page]) -> Iterator[str]:
    """Which pages have not been read, or hardly."""
    bare = [number for number, page in enumerate(pages, 1) if not page.text.strip()]
    stamped = [number for number, page in enumerate(pages, 1) if page.text.strip() and page.scanned]
    if bare:
        yield f"第 {_listed(bare)} 页没有文字层（是图片或空白页），没有读"
    if stamped:
        yield f"第 {_listed(stamped)} 页是图片，只有零星文字，图中的文字没有读"


def _listed(numbers: list[int]) -> str:
    return "、".join(map(str, numbers[:_SHOWN])) + ("等" if numbers[_SHOWN:] else "")


def _page(document: pypdfium2.PdfDocument, number: int) -> _Page:
    """One that is broken is as good as empty."""
    try:
        page = document[number]
        text = page.get_textpage()
        signs = [_sign(text, place) for place in range(text.count_chars())]
        rows: list[list[_Sign]] = [[]]
        for sign in signs:
            if sign.text == "\n":
                rows.append([])
            elif sign.text not in _NOTHING:
                rows[-1].append(sign)
        lines = "\n".join(map(_row, rows)).strip("\n")
        return _Page(lines, len(lines) < _FEWEST_OF_A_PAGE and _is_picture(page))
    except pypdfium2.PdfiumError:
        return _Page("")


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether one picture covers most of the page."""
    width, height = page.get_size()
    return any((right - left) * (top - bottom) > _COVERED * width * height for left, bottom, right, top in (
        picture.get_bounds() for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])))


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
