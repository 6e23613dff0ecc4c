"""A .docx in, its text out: numbers of headings counted, tables as lines with tabs, notes after what they are on, what was
struck out left out."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from io import BytesIO
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from junheng.documents.codes import Unreadable
from junheng.documents.opening.leaving import MC, PICTURES, left_out
from junheng.documents.opening.numbering import Numbering, W, read_numbering
from junheng.documents.opening.refusing import SLIDES, TABLE, Refusal, damaged, encrypted, not_a_document, scanned
from junheng.register.intake import archive
from junheng.register.intake.sheets import Refused
from junheng.register.kinds import Kind

BODY = "word/document.xml"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRUCK_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}instrText", f"{W}delText", f"{W}rt"})
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_NO_DECLARATION = 2_000  # bytes at the beginning of a part in which a document type would stand
_KINDS = "[Content_Types].xml"
_PLAIN_KIND = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_KIND = re.compile(rb"application/vnd\.(?:ms-word|openxmlformats-officedocument\.wordprocessingml)\."
                         rb"(?:document\.macroEnabled|template\.macroEnabledTemplate|template)\.main\+xml")
_CONTENTS = re.compile(r"(?:toc|目录) ?\d", re.IGNORECASE)  # styles of the lines of a list of contents
_TYPED_NUMBER = re.compile(r"^(\S{1,8}[、.．)）])\t+")
_NOTES = {f"{W}footnoteReference": ("footnotes", "脚注"), f"{W}endnoteReference": ("endnotes", "尾注")}  # part, name
_OFF = ("0", "false", "none")


@dataclass
class _Word:
    """What the paragraphs of a document share: its lists, its notes, and the notes that wait for the end of their table."""

    numbering: Numbering
    notes: Mapping[str, Mapping[str, etree._Element]]  # kind of reference -> identifier -> note
    counts: Counter[str] = field(default_factory=Counter)
    waiting: list[etree._Element] = field(default_factory=list)
    tables: int = 0  # that are open


def read_docx(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text with the notes on it."""
    document = _opened(data)
    body = document.element.body
    parts = {reference: _root(document, part) for reference, (part, _) in _NOTES.items()}
    notes = {reference: _notes(root) for reference, root in parts.items()}
    word = _Word(read_numbering(_root(document, "numbering"), _root(document, "styles")), notes)
    text = "".join(_blocks(body, word))
    lines = "\n".join(line.rstrip() for line in text.split("\n") if line.strip())
    if not lines and next(body.iter(*PICTURES), None) is not None:
        raise scanned("只有图片，没有文字（是扫描件）")
    headers = [root for kind in ("header", "footer") for root in _roots(document, kind)]
    return lines, (*_read_notes(word), *left_out(body, [part for part in parts.values() if part is not None], headers))


def _read_notes(word: _Word) -> Iterator[str]:
    if read := [f"{name} {word.counts[reference]} 条" for reference, (_, name) in _NOTES.items() if word.counts[reference]]:
        yield f"有{'、'.join(read)}，各接在所注的一段之后读"


def _opened(data: bytes) -> docx.document.Document:
    """By a container that was measured before: nothing in it can blow up."""
    try:
        listed = archive.entries(data)
        if all(entry.name != BODY for entry in listed):
            raise not_a_document(_what(frozenset(entry.name.split("/")[0] for entry in listed)))
        parts = archive.inflate(data, (entry for entry in listed if not entry.name.endswith("/")))
    except Refused as refused:
        raise _in_our_words(refused) from refused
    written = (part.content for name, part in parts.items() if name.endswith((".xml", ".rels")))
    kinds = parts.get(_KINDS)
    if kinds:
        plain = _OTHER_KIND.sub(_PLAIN_KIND, kinds.content)
        parts[_KINDS] = archive.Part(plain, zlib.crc32(plain))
    if any(b"<!DOCTYPE" in content[:_NO_DECLARATION].upper() for content in written):
        raise damaged("XML 里有文档类型声明（DTD），正常的文稿没有")
    try:
        return docx.Document(BytesIO(archive.pack(parts)))
    except (OpcError, KeyError, ValueError, BadZipFile, AttributeError, etree.XMLSyntaxError) as error:
        raise damaged("文稿内部结构损坏") from error


def _in_our_words(refused: Refused) -> Refusal:
    if refused.kind is Kind.encrypted:
        return encrypted()
    if refused.kind is Kind.zip_bomb:
        return Refusal(Unreadable.zip_bomb, refused.found, refused.wanted, "不要使用来历不明的文件；从原稿另存为 .docx 后重交")
    return damaged(refused.found)


def _what(folders: frozenset[str]) -> str:
    if "xl" in folders:
        return TABLE
    return SLIDES if "ppt" in folders else "压缩包里没有 Word 文稿"


def _root(document: docx.document.Document, kind: str) -> etree._Element | None:
    """The root of the part of this kind, where the document has one."""
    return next(_roots(document, kind), None)


def _roots(document: docx.document.Document, kind: str) -> Iterator[etree._Element]:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            with suppress(etree.XMLSyntaxError):
                yield etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _notes(root: etree._Element | None) -> dict[str, etree._Element]:
    """The notes by their identifiers; the lines that part them from the text are none."""
    return {each.get(f"{W}id", ""): each for each in (root if root is not None else ())
            if isinstance(each.tag, str) and each.get(f"{W}type", "normal") == "normal"}


def _blocks(parent: etree._Element, word: _Word) -> Iterator[str]:
    """Paragraphs, each with its line break, and tables in their place."""
    for element in parent:
        if element.tag == f"{W}p":
            yield from _paragraph(element, word)
        elif element.tag == f"{W}tbl":
            yield from _table(element, word)
        elif element.tag not in _STRUCK_OUT and element.tag != f"{W}sectPr" and isinstance(element.tag, str):
            yield from _blocks(element, word)


def _paragraph(element: etree._Element, word: _Word) -> Iterator[str]:
    properties = element.find(f"{W}pPr")
    boxes: list[etree._Element] = []
    text = "".join(_inline(element, boxes, word.waiting))
    prefix = word.numbering.prefix(properties)
    if text.strip() and not _CONTENTS.match(word.numbering.style_name(properties)):
        yield prefix + _TYPED_NUMBER.sub(r"\1 ", text.lstrip(" \t"))
    if properties is None or properties.find(f"{W}rPr/{W}del") is None:  # else its end was struck out, and the next goes on
        yield "\n"
        yield from _noted(word)
    for box in boxes:
        yield from _blocks(box, word)


def _noted(word: _Word) -> Iterator[str]:
    """The notes on what was just read, a line each; within a table they wait for its end."""
    while word.waiting and not word.tables:
        reference = word.waiting.pop(0)
        note = word.notes[reference.tag].get(reference.get(f"{W}id", ""))
        if note is not None and (text := " ".join("".join(_blocks(note, replace(word, tables=1, waiting=[]))).split())):
            word.counts[reference.tag] += 1
            yield f"【{_NOTES[reference.tag][1]}{word.counts[reference.tag]}】{text}\n"


def _inline(parent: etree._Element, boxes: list[etree._Element], references: list[etree._Element]) -> Iterator[str]:
    """What is shown of the runs; text boxes and references to notes are put aside."""
    for element in parent:
        tag = element.tag
        if tag in (f"{W}t", f"{_MATH}t"):
            yield element.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == f"{W}txbxContent":
            boxes.append(element)
        elif tag in _NOTES:
            references.append(element)
        elif tag == f"{MC}AlternateContent":
            choice, fallback = element.find(f"{MC}Choice"), element.find(f"{MC}Fallback")
            chosen = fallback if choice is None else choice
            yield from _inline(chosen, boxes, references) if chosen is not None else ()
        elif tag not in _STRUCK_OUT and isinstance(tag, str) and not _is_hidden(element):
            yield from _inline(element, boxes, references)


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish") if run.tag == f"{W}r" else None
    return hidden is not None and hidden.get(f"{W}val") not in _OFF


def _table(table: etree._Element, word: _Word) -> Iterator[str]:
    """A line a row, a tab between cells; a paragraph break within a cell is a blank, one of a merged cell nothing."""
    word.tables += 1
    for row in _within(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        cells = (" ".join("".join(_blocks(cell, word)).split()) for cell in _within(row, f"{W}tc"))
        yield "\t".join(cells) + "\n"
    word.tables -= 1
    yield from _noted(word)


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of this kind, those within content controls too."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _within(element, tag)
