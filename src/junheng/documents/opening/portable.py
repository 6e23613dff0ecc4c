"""A .pdf with a text layer in, its lines out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import byref, c_double
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from junheng.documents.opening.refusing import damaged, encrypted, scanned, too_large

_MOST_PAGES = 2_000
_FEWEST = 10  # characters a page with text has on the average
_FEWEST_OF_A_PAGE = 60  # characters below which it may be a scan that something is printed on
_COVERED = 0.5
_NUMBER = re.compile("\\s*[（(]?[0-9一二三四五六七八九十]{1,3}[.、．）)]\\s*")
_APART = 1.2  # characters between two cells of a row
_SHOWN = 10
_NOTHING = ("", "\r", "\0", "\ufffe", "\x02")  # among them the marks of a hyphen at the end of a line
_LAST_CODE = 0x10FFFF


class _Sign(NamedTuple):
    """A character of a page with its edges; `added`: a blank or break that stands nowhere."""

    text: str
    left: float
    right: float
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
        lines = "\n".join(_lines(rows)).strip("\n")
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
    return _Sign(shown, edges[0].value, edges[1].value, raw.FPDFText_IsGenerated(text, place) == 1)


def _lines(rows: list[list[_Sign]]) -> Iterator[str]:
    """The rows as they are read; of a table the cells of a row are parted by tabs."""
    far = _APART * median([sign.right - sign.left for row in rows for sign in row if sign.text > "\u4e00"] or [0])
    for together, block in groupby([_cells(row, far) for row in rows], key=lambda cells: len(cells) > 1):
        cut = list(block)
        yield from _block(cut) if together else ("".join(map(_row, cells)) for cells in cut)


def _block(rows: list[list[list[_Sign]]]) -> Iterator[str]:
    """Rows that follow each other and all have gaps: a table, where two are as wide as its widest. What of another row stands
    under none of the columns leaves it as it is."""
    most = max(map(len, rows))
    full = [row for row in rows if len(row) == most]
    columns = [(min(_left(cell) for cell in cells), max(_right(cell) for cell in cells)) for cells in zip(*full, strict=True)]
    for row in rows:
        at = [_column(cell, columns) for cell in row] if len(full) > 1 else []
        if at and -1 not in at and all(one < two for one, two in pairwise(at)):
            named = dict(zip(at, row, strict=True))
            yield "\t".join(_row(named.get(column, [])).strip() for column in range(most)).rstrip("\t")
        else:
            yield "".join(map(_row, row))


def _is_drawn(sign: _Sign) -> bool:
    return not sign.added and not sign.text.isspace()


def _left(cell: list[_Sign]) -> float:
    return min(sign.left for sign in cell if _is_drawn(sign))


def _right(cell: list[_Sign]) -> float:
    return max(sign.right for sign in cell if _is_drawn(sign))


def _column(cell: list[_Sign], columns: list[tuple[float, float]]) -> int:
    """The only column that the cell stands under, -1 where there is none or several."""
    under = [at for at, (left, right) in enumerate(columns) if _left(cell) < right and left < _right(cell)]
    return under[0] if len(under) == 1 else -1


def _cells(row: list[_Sign], far: float) -> list[list[_Sign]]:
    """The row cut where its signs stand far apart, but for the number of a point; one that is out of order is whole."""
    drawn = [at for at, sign in enumerate(row) if _is_drawn(sign)]
    if not far or any(row[one].left > row[two].left for one, two in pairwise(drawn)):
        return [row]
    cuts = [two for one, two in pairwise(drawn) if row[two].left - row[one].right > far]
    if cuts and _NUMBER.fullmatch("".join(sign.text for sign in row[:cuts[0]])):
        cuts = cuts[1:]
    return [row[start:end] for start, end in pairwise([0, *cuts, len(row)])]


def _row(signs: list[_Sign]) -> str:
    """The line as it is read. Marks of another font may come late in the file: then the signs are ordered by their places."""
    drawn = [sign for sign in signs if not sign.added]
    if all(sign.left <= next_.left for sign, next_ in pairwise(drawn)):
        return "".join(sign.text for sign in signs)
    return "".join(sign.text for sign in sorted(drawn, key=lambda sign: sign.left))
