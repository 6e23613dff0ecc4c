"""A web page in, the text it shows out: one line a block, the cells of a table parted by tabs."""

from __future__ import annotations

import re
from typing import cast

from lxml import etree
from lxml import html as lxml_html

from junheng.documents.opening.plain import read_text
from junheng.documents.opening.refusing import damaged, empty

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_EDGES = re.compile("(?<! ) *\t *")
_HEAD_BYTES = 4_096
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_BLANKS = re.compile("[ \t\r\n\f]+")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "select", "button", "textarea", "iframe", "object"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tbody", "tfoot", "thead", "tr", "ul"})
_CELLS = frozenset({"td", "th"})
_SHORT = 100  # characters and elements of a cell
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text with the notes on it."""
    source, notes = _source(data)
    parser = lxml_html.HTMLParser(huge_tree=True)
    try:
        root = lxml_html.document_fromstring(_DECLARATION.sub("", source.replace("\0", "")), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise empty() from error
    if parser.error_log.filter_types(etree.ErrorTypes.ERR_RESOURCE_LIMIT):
        raise damaged("网页的层次深得反常，读不全")
    return _text(root), notes


def _source(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The page decoded as it declares, where that is possible."""
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    if declared and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        name = declared[1].decode("ascii").lower()
        try:
            return data.decode("gb18030" if name.startswith("gb") else name), ()
        except (UnicodeError, LookupError):
            pass  # what it declares is not so
    return read_text(data)


def _text(root: etree._Element) -> str:
    pieces: list[str] = []
    numbers: dict[etree._Element, int] = {}
    unseen, cell = 0, None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            unseen += _is_unseen(element, tag)
            cell = element if cell is None and tag in _CELLS and _is_short(element) else cell
            if not unseen:
                pieces.append(" " if cell is not None and tag in _BLOCKS else _before(element, tag, numbers))
                pieces.append(_shown(element.text, tag))
            continue
        if event == "end":
            if not unseen:
                pieces.append(_after(tag, alone=cell is not None))
            cell = None if element is cell else cell
            unseen -= _is_unseen(element, tag)
        if not unseen:
            parent = element.getparent()
            pieces.append(_shown(element.tail, cast(str, parent.tag) if parent is not None else ""))
    return _tidy("".join(pieces))


def _is_short(cell: etree._Element) -> bool:
    """A cell of a few words is one cell, however many blocks they stand in; a page may also be laid out in cells."""
    length = 0
    for element in cell.iter():
        length += len((element.text or "").strip()) + len((element.tail or "").strip()) + 1
        if length > _SHORT or element.tag == "table":
            return False
    return True


def _after(tag: object, *, alone: bool) -> str:
    """What ends an element; blocks that are `alone` in a cell end no line."""
    if tag in _CELLS:
        return "\t"
    return "" if tag not in _BLOCKS else " " if alone else "\n"


def _is_unseen(element: etree._Element, tag: str) -> bool:
    return tag in _UNSEEN or bool(_HIDDEN.search(element.get("style", "")))


def _before(element: etree._Element, tag: str, numbers: dict[etree._Element, int]) -> str:
    """The line a block begins, and the number a browser puts before a point of a list."""
    of = element.getparent()
    if of is not None and of.tag == "li" and tag in ("p", "div") and of[0] is element and not (of.text or "").strip():
        return ""  # the number stands before it
    if tag != "li" or of is None or of.tag != "ol":
        return "\n" if tag in _BLOCKS else ""
    first = of.get("start", "1")
    start = int(first) if first.isascii() and first.isdigit() and len(first) < 6 else 1
    numbers[of] = numbers.get(of, start - 1) + 1
    return f"\n{numbers[of]}. "


def _shown(text: str | None, tag: str) -> str:
    return "" if not text else text if tag == "pre" else _BLANKS.sub(" ", text)


def _tidy(text: str) -> str:
    """No blank lines, no blanks at the ends of lines; lines within a cell stay as they are broken."""
    rows = (_EDGES.sub("\t", row).strip(" \t") for row in text.split("\n"))
    return "\n".join(row for row in rows if row)
