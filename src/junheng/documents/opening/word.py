"""A .docx in, its text out: numbers of headings counted, tables as lines with tabs, what was struck out left out."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from junheng.documents.codes import Unreadable
from junheng.documents.opening.numbering import Numbering, W, read_numbering
from junheng.documents.opening.refusing import SLIDES, TABLE, Refusal, damaged, encrypted, not_a_document
from junheng.register.intake import archive
from junheng.register.intake.sheets import Refused
from junheng.register.kinds import Kind

BODY = "word/document.xml"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
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
_OFF = ("0", "false", "none")


def read_docx(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text with the notes on it."""
    document = _opened(data)
    body = document.element.body
    numbering = read_numbering(_root(document, "numbering"), _root(document, "styles"))
    text = "".join(_blocks(body, numbering))
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip()), tuple(_notes(body))


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
    """The root of a part that belongs to the document, where it has one."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            try:
                return etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            except etree.XMLSyntaxError:
                return None
    return None


def _blocks(parent: etree._Element, numbering: Numbering) -> Iterator[str]:
    """Paragraphs, each with its line break, and tables in their place."""
    for element in parent:
        if element.tag == f"{W}p":
            yield from _paragraph(element, numbering)
        elif element.tag == f"{W}tbl":
            yield from _table(element, numbering)
        elif element.tag not in _STRUCK_OUT and element.tag != f"{W}sectPr" and isinstance(element.tag, str):
            yield from _blocks(element, numbering)


def _paragraph(element: etree._Element, numbering: Numbering) -> Iterator[str]:
    properties = element.find(f"{W}pPr")
    boxes: list[etree._Element] = []
    text = "".join(_inline(element, boxes))
    prefix = numbering.prefix(properties)
    if text.strip() and not _CONTENTS.match(numbering.style_name(properties)):
        yield prefix + _TYPED_NUMBER.sub(r"\1 ", text.lstrip(" \t"))
    if properties is None or properties.find(f"{W}rPr/{W}del") is None:  # else its end was struck out, and the next goes on
        yield "\n"
    for box in boxes:
        yield from _blocks(box, numbering)


def _inline(parent: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """What is shown of the runs; text boxes are put aside."""
    for element in parent:
        tag = element.tag
        if tag in (f"{W}t", f"{_MATH}t"):
            yield element.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == f"{W}txbxContent":
            boxes.append(element)
        elif tag == f"{_MC}AlternateContent":
            chosen = element.find(f"{_MC}Choice")
            yield from _inline(element.find(f"{_MC}Fallback") if chosen is None else chosen, boxes) if len(element) else ()
        elif tag not in _STRUCK_OUT and isinstance(tag, str) and not _is_hidden(element):
            yield from _inline(element, boxes)


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish") if run.tag == f"{W}r" else None
    return hidden is not None and hidden.get(f"{W}val") not in _OFF


def _table(table: etree._Element, numbering: Numbering) -> Iterator[str]:
    """A line a row, a tab between cells; a paragraph break within a cell is a blank, one of a merged cell nothing."""
    for row in _within(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        cells = (" ".join("".join(_blocks(cell, numbering)).split()) for cell in _within(row, f"{W}tc"))
        yield "\t".join(cells) + "\n"


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of this kind, those within content controls too."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _within(element, tag)


def _notes(body: etree._Element) -> Iterator[str]:
    """What stands in the file and is not in the text."""
    pictures = sum(1 for _ in body.iter(f"{W}drawing", f"{W}pict") if _.find(f".//{W}txbxContent") is None)
    notes = sum(1 for _ in body.iter(f"{W}footnoteReference", f"{W}endnoteReference"))
    struck = sum(1 for _ in body.iter(f"{W}delText"))
    if pictures:
        yield f"有 {pictures} 张图片，图中的文字没有读"
    if notes:
        yield f"有 {notes} 条脚注或尾注没有读"
    if struck:
        yield "文稿带有修订痕迹：按接受全部修订读，删去的文字不读"
