"""Makes .docx files with what python-docx has no words for: numbering, struck-out text, text boxes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NS = nsdecls("w")
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def level(place: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    """One level of a list: its format (ST_NumberFormat) and what it shows, such as `%1、`."""
    return (f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
            f'<w:lvlText w:val="{text}"/></w:lvl>')


def abstract(name: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum {NS} w:abstractNumId="{name}">{more}{"".join(levels)}</w:abstractNum>'


def instance(number: int, name: int, more: str = "") -> str:
    return f'<w:num {NS} w:numId="{number}"><w:abstractNumId w:val="{name}"/>{more}</w:num>'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def note(name: int, *paragraphs: str, kind: str = "footnote", more: str = "") -> str:
    """A note with its own number before it, as Word writes it."""
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    inside = "".join(f"<w:p>{mark if not place else ''}{run(text)}</w:p>" for place, text in enumerate(paragraphs))
    return f'<w:{kind} w:id="{name}" {more}>{inside}</w:{kind}>'


def reference(name: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{name}"/></w:r>'


class WordFile:
    """A document that is put together paragraph by paragraph."""

    def __init__(self, *lists: str) -> None:
        self.document = docx.Document()
        root = self.document.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        for each in lists:
            root.append(parse_xml(each))

    def paragraph(self, text: str, number: int | None = None, place: int = 0, style: str | None = None) -> WordFile:
        added = self.document.add_paragraph(text, style)
        if number is not None:
            added._p.get_or_add_pPr().append(parse_xml(
                f'<w:numPr {NS}><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr>'))
        return self

    def xml(self, inside: str) -> WordFile:
        """A paragraph of raw XML."""
        self.document.element.body.insert(-1, parse_xml(inside))
        return self

    def part(self, kind: str, inside: str) -> WordFile:
        """A part beside the text: footnotes, endnotes, a header, a footer; `inside` is what its root holds."""
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        content = f'<w:{root} {NS} {MC}>{inside}</w:{root}>'.encode()
        about = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        made = Part(PackURI(f"/word/{kind}{len(self.document.part.rels)}.xml"), about, content, self.document.part.package)
        self.document.part.relate_to(made, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")
        return self

    def number_style(self, style: str, number: int, place: int | None = None) -> WordFile:
        at = "" if place is None else f'<w:ilvl w:val="{place}"/>'
        properties = self.document.styles[style].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {NS}>{at}<w:numId w:val="{number}"/></w:numPr>'))
        return self

    def save(self, folder: Path, name: str = "plan.docx") -> Path:
        self.document.save(str(folder / name))
        return folder / name


def repacked(path: Path, **replaced: bytes) -> Path:
    """The container with parts replaced; a part is named with _ for / and . (word_document_xml)."""
    with ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for name in parts:
        parts[name] = replaced.get(name.replace("/", "_").replace(".", "_"), parts[name])
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    path.write_bytes(made.getvalue())
    return path
