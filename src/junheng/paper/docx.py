"""An official paper as a Word document: one section a sheet, lying pages, heads repeated, pages numbered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from junheng.paper.sheets import ROOM, Cell, Head, Paper, Role, Row, Sheet, fitted, header

MADE = datetime(2000, 1, 1)  # a fixed day: equal papers give equal bytes
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # that a zip file can write
PAGES = {"A4": (297, 210), "A3": (420, 297)}  # mm, lying
MARGIN_MM = 12
TWIPS_A_MM = 56.6929
LARGEST, SMALLEST = 10.5, 6.5  # points of a table's letters
TITLE_FONT, HEAD_FONT, FACT_FONT, BODY_FONT = "黑体", "黑体", "仿宋", "宋体"  # named, not embedded
LATIN = "Times New Roman"  # its figures are all of one width

SHADES = {
    Role.bad: '<w:shd w:val="clear" w:color="auto" w:fill="F9D5D1"/>',
    Role.unknown: '<w:shd w:val="thinDiagStripe" w:color="B9C1CC" w:fill="EEF0F3"/>',
    Role.waiting: '<w:shd w:val="clear" w:color="auto" w:fill="FFF0D6"/>',
}
TOTAL_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
MARGINS = '<w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
PAGE_NUMBER = (("第 ", ""), ("", "PAGE"), (" 页 共 ", ""), ("", "NUMPAGES"), (" 页", ""))


def paper_bytes(paper: Paper) -> bytes:
    """The bytes of an official paper as a Word document; equal papers give equal bytes."""
    document = Document()
    _name(document, paper)
    for number, sheet in enumerate(paper.sheets):
        section = document.sections[0] if number == 0 else document.add_section(WD_SECTION.NEW_PAGE)
        _lay(section, sheet)
        _write(document, sheet, paper.sheets[-1])
    if paper.signatures:
        _line(document, paper.signatures, FACT_FONT, 10.5, before=14)
    _around(document.sections[0], paper)
    return _same_bytes(document)


def _name(document: Any, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author, about.language = paper.title, "", "zh-CN"
    about.created = about.modified = MADE
    _font(document.styles["Normal"], BODY_FONT)


def _font(styled: Any, chinese: str) -> None:
    styled.font.name = LATIN
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(_w("eastAsia"), chinese)


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _lay(section: Any, sheet: Sheet) -> None:
    wide, high = PAGES[sheet.paper]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.left_margin = section.right_margin = section.top_margin = Mm(MARGIN_MM)
    section.bottom_margin = Mm(MARGIN_MM + 3)
    section.header_distance = section.footer_distance = Mm(6)


def _write(document: Any, sheet: Sheet, last: Sheet) -> None:
    """Title, facts, sentences, table and notes of one sheet."""
    _line(document, sheet.title, TITLE_FONT, 18, WD_ALIGN_PARAGRAPH.CENTER, after=4)
    for fact in sheet.facts:
        _line(document, fact, FACT_FONT, 10.5)
    for sentence in sheet.text:
        _line(document, sentence, FACT_FONT, 12, indent=24, after=3)
    if sheet.unit:
        _line(document, f"单位：{sheet.unit}", FACT_FONT, 10.5, WD_ALIGN_PARAGRAPH.RIGHT)
    document.element.body.insert(-1, parse_xml(_table(sheet)))  # before the section's own properties
    for number, note in enumerate(sheet.notes):
        _line(document, note, FACT_FONT, 10, before=0 if number else 4).paragraph_format.keep_with_next = sheet is last


def _line(document: Any, text: str, font: str, points: float, align: Any = WD_ALIGN_PARAGRAPH.LEFT, *,
          before: float = 0, after: float = 0, indent: float = 0) -> Any:
    line = document.add_paragraph()
    line.alignment = align
    shape = line.paragraph_format
    shape.space_before, shape.space_after, shape.first_line_indent = Pt(before), Pt(after), Pt(indent)
    run = line.add_run(text)
    run.font.size = Pt(points)
    _font(run, font)
    return line


def _around(section: Any, paper: Paper) -> None:
    """The marking above every page; below it the caveat and the page's number. Later sections take over the first's."""
    if paper.marking:
        _put(section.header.paragraphs[0], paper.marking, HEAD_FONT, 10.5)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _put(foot, f"{paper.caveat}　　　　", FACT_FONT, 9)
    for text, field in PAGE_NUMBER:
        _put(foot, text, FACT_FONT, 9, field)


def _put(paragraph: Any, text: str, font: str, points: float, field: str = "") -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(points)
    _font(run, font)
    if field:
        shown = f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(shown))


# --- the table, as text: python-docx looks through all of a table for each cell it is asked for ------------------


def _table(sheet: Sheet) -> str:
    grid = [round(width * (_page_twips(sheet) / _span(sheet))) for width in fitted(sheet)]
    body = "".join(_head_row(sheet, row, grid) for row in range(sheet.header_rows))
    rows = [(row, False) for row in sheet.rows] + [(row, True) for row in sheet.totals]
    body += "".join(_row(sheet, row, grid, total, row is rows[-1][0]) for row, total in rows)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return (f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{MARGINS}</w:tblCellMar>'
            f'</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>')


def _page_twips(sheet: Sheet) -> float:
    return (PAGES[sheet.paper][0] - 2 * MARGIN_MM) * TWIPS_A_MM


def _span(sheet: Sheet) -> float:
    """What the page's width is in column widths: as wide as the page, or as the table where that is wider."""
    return max(sum(fitted(sheet)), ROOM[sheet.paper])


def _points(sheet: Sheet) -> float:
    """The size of a table's letters; smaller where the table asks for more than the page has."""
    asked = sum(column.width for column in sheet.columns)
    size = 9 * ROOM[sheet.paper] / asked
    return max(SMALLEST, min(LARGEST, int(size * 2) / 2))


def _head_row(sheet: Sheet, row: int, grid: list[int]) -> str:
    cells = "".join(_head_cells(sheet, row, grid))
    return f'<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>'


def _head_cells(sheet: Sheet, row: int, grid: list[int]) -> Iterator[str]:
    """The heads that begin on this row, and the lower parts of those that began above it."""
    covering = [head for head in header(sheet) if head.row <= row < head.row + head.rows]
    for head in sorted(covering, key=lambda head: head.column):
        yield _head_cell(head, row, grid, _points(sheet))


def _head_cell(head: Head, row: int, grid: list[int], points: float) -> str:
    width = sum(grid[head.column : head.column + head.columns])
    begins = ' w:val="restart"' if row == head.row else ""
    merged = f"<w:vMerge{begins}/>" if head.rows > 1 else ""
    words = head.text if row == head.row else ""
    spans = f'<w:gridSpan w:val="{head.columns}"/>' if head.columns > 1 else ""
    return _cell(width, spans + merged, _paragraph(words, "center", HEAD_FONT, points))


def _row(sheet: Sheet, cells: Row, grid: list[int], total: bool, last: bool) -> str:
    """The last row stays on the page of the notes and signatures below it."""
    points = _points(sheet)
    made = "".join(
        _body_cell(cell, column.align, width, points, total, last)
        for cell, column, width in zip(cells, sheet.columns, grid, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{made}</w:tr>"


def _body_cell(cell: Cell, align: str, width: int, points: float, total: bool, last: bool) -> str:
    shade = SHADES.get(cell.role, TOTAL_SHADE if total else "")
    bold = total or cell.role is Role.bad
    return _cell(width, shade, _paragraph(cell.text, align, BODY_FONT, points, bold, last))


def _cell(width: int, properties: str, content: str) -> str:
    return (f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}<w:vAlign w:val="center"/></w:tcPr>'
            f"{content}</w:tc>")


def _paragraph(text: str, align: str, font: str, points: float, bold: bool = False, keep: bool = False) -> str:
    weight, next_ = "<w:b/>" if bold else "", "<w:keepNext/>" if keep else ""
    return (f'<w:p><w:pPr>{next_}<w:spacing w:before="24" w:after="24" w:line="240" w:lineRule="auto"/>'
            f'<w:jc w:val="{align}"/></w:pPr>'
            f'<w:r><w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}"/>{weight}'
            f'<w:sz w:val="{round(points * 2)}"/></w:rPr>{_lines(text)}</w:r></w:p>')


def _lines(text: str) -> str:
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))


def _same_bytes(document: Any) -> bytes:
    """The document with no trace of the moment it was written."""
    written, kept = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as made, ZipFile(kept, "w", ZIP_DEFLATED) as again:
        for entry in made.infolist():
            again.writestr(ZipInfo(entry.filename, FIRST_DAY), made.read(entry), ZIP_DEFLATED)
    return kept.getvalue()
