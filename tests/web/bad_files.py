"""Over two hundred kinds of bad file, each made here from a sound one or by hand: one thing is wrong with each."""

from __future__ import annotations

import gzip
import io
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import msoffcrypto.format.ooxml
import polars as pl
import xlsxwriter
import xlwt

from tests.unit.documents.pdf_files import write_pdf

SCRIPT = "<script>alert(7)</script>"
STARTS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x.cn","看")', "=cmd|' /C calc'!A0")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BIG = 45_000_000  # inflated bytes of a bomb: past every limit, and small enough to be made in a moment


@dataclass(frozen=True)
class Bad:
    """A file as it is sent. `harmless`: it may come in, if it does no harm there; any other is refused or full of faults."""

    what: str
    name: str
    content: bytes
    harmless: bool = False


# --- containers and what is none: nothing of them is kept at any door ------------------------------------------


def no_tables(book: bytes) -> Iterator[Bad]:
    """What is refused wherever a table or a document is wanted."""
    for part in (
        nothing,
        cut_short,
        of_another_type,
        misnamed,
        bombs,
        odd_zips,
        declarations,
        broken_xml,
        locked,
        active,
        far_apart,
        no_text_tables,
        no_parquet,
        no_documents,
    ):
        yield from part(book)


def nothing(book: bytes) -> Iterator[Bad]:
    for name, content in {
        "0 bytes": b"",
        "blanks": b" \r\n\t" * 9,
        "a mark of order": b"\xef\xbb\xbf",
        "zeros": b"\0" * 4096,
    }.items():
        for suffix in ("xlsx", "csv"):
            yield Bad(f"{name} named {suffix}", f"空.{suffix}", content)


def cut_short(book: bytes) -> Iterator[Bad]:
    for share in (1, 3, 10, 25, 40, 50, 60, 75, 90, 97, 99):
        yield Bad(f"cut at {share}%", "断.xlsx", book[: len(book) * share // 100])
    for left in (1, 21, 22, 50):
        yield Bad(f"cut {left} before the end", "断.xlsx", book[:-left])
    yield Bad("its beginning gone", "断.xlsx", book[100:])
    yield Bad("a hole in it", "断.xlsx", book[:200] + b"\0" * 400 + book[600:])


BEGINNINGS = {
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff\xe0",
    "gif": b"GIF89a",
    "bmp": b"BM\x36\0\0\0",
    "tiff": b"II*\0",
    "exe": b"MZ\x90\0",
    "elf": b"\x7fELF\2\1",
    "rar": b"Rar!\x1a\7\1\0",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "mp3": b"ID3\3\0",
    "mp4": b"\0\0\0\x20ftypisom",
    "sqlite": b"SQLite format 3\0",
    "class": b"\xca\xfe\xba\xbe",
    "wasm": b"\0asm\1\0\0\0",
    "ole": OLE,
    "pcap": b"\xd4\xc3\xb2\xa1",
}
WRITTEN = {
    "html": f"<html><body>{SCRIPT}<table><tr><td>x</td></tr></table></body></html>",
    "svg": f"<svg xmlns='x'>{SCRIPT}</svg>",
    "rtf": r"{\rtf1 \b x}",
    "json": '{"a": [1, 2]}',
    "php": "<?php system($_GET['c']); ?>",
    "shell": "#!/bin/sh\nrm -rf /\n",
    "mhtml": "MIME-Version: 1.0\nContent-Type: multipart/related\n\n",
    "xml of 2003": f'<?xml version="1.0"?><Workbook>{SCRIPT}</Workbook>',
    "laughing xml": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>',
    "yaml": "!!python/object:os.system [x]",
}


def of_another_type(book: bytes) -> Iterator[Bad]:
    for kind, begin in BEGINNINGS.items():
        yield Bad(f"{kind} named xlsx", "数据.xlsx", begin + bytes(range(256)) * 8)
    for kind, text in WRITTEN.items():
        yield Bad(f"{kind} named xlsx", "数据.xlsx", text.encode())
    for suffix in ("xls", "csv", "parquet"):
        for kind in ("png", "exe", "ole", "sqlite"):
            yield Bad(f"{kind} named {suffix}", f"数据.{suffix}", BEGINNINGS[kind] + b"\0\xff" * 400)
    yield Bad("gzip named xlsx", "数据.xlsx", gzip.compress(book))
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("../../etc/cron.d/x"), BytesIO())
    yield Bad("tar named xlsx", "数据.xlsx", packed.getvalue())
    for kind, inside in {
        "docx": "word/document.xml",
        "pptx": "ppt/presentation.xml",
        "ods": "content.xml",
        "jar": "META-INF/MANIFEST.MF",
        "apk": "AndroidManifest.xml",
    }.items():
        yield Bad(f"{kind} named xlsx", "数据.xlsx", zipped({inside: b"<x/>"}))


def misnamed(book: bytes) -> Iterator[Bad]:
    for name in (
        "a.xlsm",
        "a.xlsb",
        "a.xltx",
        "a.zip",
        "a.xlsx.exe",
        "a.html",
        "a.svg",
        "a.js",
        "a.ods",
        "a.et",
        "a.lnk",
        "a",
        "a.xlsx/",
        "",
    ):
        yield Bad(f"a workbook called {name!r}", name, book)


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()


def parts_of(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(book)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def with_parts(book: bytes, **changed: bytes) -> bytes:
    """The container with parts replaced or added; a part is named by its path."""
    return zipped({**parts_of(book), **changed})


SHEET = "xl/worksheets/sheet1.xml"


def bombs(book: bytes) -> Iterator[Bad]:
    blown = b" " * BIG
    loud = with_parts(book, **{SHEET: blown})
    yield Bad("a sheet that blows up", "炸.xlsx", loud)
    yield Bad("one that lies about its size", "炸.xlsx", loud.replace(struct.pack("<I", BIG), struct.pack("<I", 600)))
    for part in ("xl/sharedStrings.xml", "xl/styles.xml", "xl/media/image1.png", "docProps/core.xml", "x"):
        yield Bad(f"{part} that blows up", "炸.xlsx", with_parts(book, **{part: blown}))
    yield Bad("three thousand parts", "炸.xlsx", with_parts(book, **{f"xl/{number}.xml": b"" for number in range(3000)}))
    yield Bad("parts upon parts of the same bytes", "炸.xlsx", overlapping())
    nested = zipped({"0.zip": blown})
    for depth in range(6):
        nested = zipped({f"{depth}.zip": nested})
    yield Bad("archives in archives", "炸.xlsx", nested)
    yield Bad("a workbook in an archive", "炸.xlsx", zipped({"本校.xlsx": book}))
    yield Bad("a document that blows up", "炸.docx", zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": blown}))


def overlapping() -> bytes:
    """A thousand entries of ten megabytes each, all of them the same few bytes."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(b" " * 10_000_000) + kernel.flush()
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(packed), 10_000_000, 1, 0) + b"a"
    sizes = struct.pack("<3I", zlib.crc32(b""), len(packed), 10_000_000)
    central = b"".join(
        struct.pack("<4s6H", b"PK\1\2", 20, 20, 0, 8, 0, 33)
        + sizes
        + struct.pack("<5H2I", 4, 0, 0, 0, 0, 0, 0)
        + f"{number:04d}".encode()
        for number in range(1000)
    )
    return (
        local + packed + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1000, 1000, len(central), len(local) + len(packed), 0)
    )


def odd_zips(book: bytes) -> Iterator[Bad]:
    end = book.rfind(b"PK\5\6")
    for what, at, value in (
        ("count", 10, struct.pack("<H", 60000)),
        ("place of its list", 16, struct.pack("<I", 1 << 31)),
        ("place of its list, beyond 4 GB", 16, b"\xff" * 4),
        ("list at its own end", 16, struct.pack("<I", end)),
    ):
        yield Bad(f"a wrong {what}", "包.xlsx", book[: end + at] + value + book[end + at + len(value) :])
    listed = [found.start() for found in re.finditer(b"PK\1\2", book)]
    for what, at, value in (
        ("way of packing", 10, b"\x63\0"),
        ("size", 20, b"\xff" * 4),
        ("place of each", 42, struct.pack("<I", 1 << 30)),
    ):
        wrong = bytearray(book)
        for start in listed:
            wrong[start + at : start + at + len(value)] = value
        yield Bad(f"a wrong {what}", "包.xlsx", bytes(wrong))
    for what, method in (("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)):
        yield Bad(f"packed by {what}", "包.xlsx", zipped(parts_of(book), method))
    kept = parts_of(book)
    for gone in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET):
        yield Bad(f"without {gone}", "包.xlsx", zipped({name: content for name, content in kept.items() if name != gone}))
    moved = kept["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"../../../../etc/passwd")
    yield Bad("a sheet that is a path out of it", "包.xlsx", zipped({**kept, "xl/_rels/workbook.xml.rels": moved}))


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "'
    + "a" * 1000
    + '">'
    + "".join(f'<!ENTITY {name} "{("&" + before + ";") * 10}">' for before, name in zip("abcdefg", "bcdefgh", strict=True))
    + "]>"
)
DECLARED = {
    "laughs": LAUGHS,
    "a file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "a parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://169.254.169.254/x">%p;]>',
    "small letters": '<!doctype x SYSTEM "x.dtd">',
}


def declarations(book: bytes) -> Iterator[Bad]:
    """A document type in each part that is read."""
    kept = parts_of(book)
    for part in (
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        SHEET,
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "[Content_Types].xml",
    ):
        head, _, body = kept[part].decode().partition("?>")
        for what, declared in DECLARED.items():
            yield Bad(f"{what} declared in {part}", "体.xlsx", zipped({**kept, part: f"{head}?>{declared}{body}".encode()}))
        hidden = f"{LAUGHS}{body}".encode("utf-16")
        yield Bad(f"laughs in another encoding in {part}", "体.xlsx", zipped({**kept, part: hidden}))


def sheet_of(rows: str) -> bytes:
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def broken_xml(book: bytes) -> Iterator[Bad]:
    whole = {
        "not closed": b'<?xml version="1.0"?><worksheet><sheetData><row r="1"><c r="A1">',
        "no XML": b"\0\1\2\3" * 500,
        "empty": b"",
        "no text of any encoding": sheet_of(
            "<row r='1'><c r='A1'><v>\udcff</v></c></row>".encode("utf-8", "surrogateescape").decode("latin-1")
        ),
        "ten thousand deep": sheet_of("<x>" * 10_000),
        "a place that is none": sheet_of('<row r="1"><c r="1A1"><v>1</v></c></row>'),
        "rows counted down": sheet_of('<row r="-4"><c r="A-4"><v>1</v></c></row>'),
        "half a surrogate": sheet_of('<row r="1"><c r="A1" t="inlineStr"><is><t>&#xD800;</t></is></c></row>'),
        "a zero in a text": sheet_of('<row r="1"><c r="A1" t="inlineStr"><is><t>&#0;</t></is></c></row>'),
        "a shared text that is not there": sheet_of('<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>'),
    }
    for what, content in whole.items():
        yield Bad(f"a sheet: {what}", "坏.xlsx", with_parts(book, **{SHEET: content}))


def locked(book: bytes) -> Iterator[Bad]:
    sealed = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(book)).encrypt("secret", sealed)
    yield Bad("a password", "密.xlsx", sealed.getvalue())
    flagged = bytearray(book)
    for found in re.finditer(b"PK\1\2", book):
        flagged[found.start() + 8] |= 1
    yield Bad("a password on each part", "密.xlsx", bytes(flagged))
    old = bytearray(old_book())
    begin = old.index(b"\x09\x08\x10\x00") + 20
    old[begin : begin + 2] = struct.pack("<H", 0x2F)
    yield Bad("an old one with a password", "密.xls", bytes(old))


def old_book(*cells: tuple[int, int]) -> bytes:
    made, out = xlwt.Workbook(), BytesIO()
    sheet = made.add_sheet("班级")
    for row, column in ((0, 0), *cells):
        sheet.write(row, column, "x")
    made.save(out)
    return out.getvalue()


def active(book: bytes) -> Iterator[Bad]:
    """What does something when an officer opens it."""
    kinds = parts_of(book)["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main+xml", b"spreadsheetml.sheet.macroEnabled.main+xml"
    )
    yield Bad("macros", "宏.xlsx", with_parts(book, **{"xl/vbaProject.bin": OLE + b"\0" * 900, "[Content_Types].xml": kinds}))
    yield Bad("macros that hide their kind", "宏.xlsx", with_parts(book, **{"xl/vbaProject.bin": OLE}))
    yield Bad("macros of the old language", "宏.xlsx", with_parts(book, **{"xl/macrosheets/sheet1.xml": sheet_of("")}))
    yield Bad("controls", "宏.xlsx", with_parts(book, **{"xl/activeX/activeX1.bin": b"x"}))
    called = f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'.encode()
    yield Bad("a program called by a link", "链.xlsx", with_parts(book, **{"xl/externalLinks/externalLink1.xml": called}))
    yield Bad("an old one with macros", "宏.xls", old_book() + "_VBA_PROJECT".encode("utf-16-le"))


def far_apart(book: bytes) -> Iterator[Bad]:
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    rows = {
        "two corners": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "no such column": '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>',
        "no such row": '<row r="1"><c r="A99999999"><v>1</v></c></row>',
        "places not named": "<row/>" * 60_000 + "<row>" + "<c/>" * 16_000 + "<c><v>1</v></c></row>",
        "a hundred thousand blank rows": "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(2, 100_000)),
        "twenty thousand blank columns": "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(2, 200)),
    }
    for what, each in rows.items():
        yield Bad(what, "远.xlsx", with_parts(book, **{SHEET: sheet_of(first + each)}))
    yield Bad("old corners", "远.xls", old_book((65_535, 255)))


def no_text_tables(book: bytes) -> Iterator[Bad]:
    head = "学校标识码,学段,年级,班号,班级类别,在籍人数,到校人数\n"
    row = "1199010151,小学,1,1,普通班,40,40\n"
    texts = {
        "of sixteen bits": (head + row).encode("utf-16"),
        "of sixteen bits without a mark": (head + row).encode("utf-16-le"),
        "of 32 bits": (head + row).encode("utf-32"),
        "of two encodings": head.encode() + row.encode("gb18030"),
        "a mark of one encoding and text of another": b"\xef\xbb\xbf" + (head + row).encode("gb18030"),
        "of no encoding": head.encode() + b"\xff\xfe\xfd\n" * 9,
        "Latin": "Schülerzahl,Größe,été\n1,2,3\n".encode("latin-1"),
        "a quote not closed": (head + '"').encode() + b"x" * 200_000,
        "a cell of a megabyte": head.encode() + b"1" * 900_000 + b"\n",
        "zeros in it": (head + row).encode() + b"\0\0",
        "blank lines": head.encode() + b"\n" * 30_000,
        "lines of commas": head.encode() + b",,,,\n" * 30_000,
        "one column, no header": b"1\n2\n3\n",
        "words": "关于报送数据的说明\n请查收。\n".encode(),
        "a called program": b"=cmd|' /C calc'!A0,1\n",
        "a web page": WRITTEN["html"].encode(),
        "ten thousand columns": b"a," * 10_000 + b"\n1",
    }
    for what, content in texts.items():
        yield Bad(f"a text table: {what}", "表.csv", content)


def no_parquet(book: bytes) -> Iterator[Bad]:
    made = BytesIO()
    pl.DataFrame({"学校标识码": ["1199010151"], "学段": ["小学"]}).write_parquet(made)
    sound = made.getvalue()
    yield Bad("Parquet cut short", "表.parquet", sound[:-20])
    yield Bad("Parquet whose end lies", "表.parquet", sound[:-8] + struct.pack("<I", 1 << 31) + b"PAR1")
    yield Bad("Parquet with a hole", "表.parquet", sound[:8] + b"\xff" * 60 + sound[68:])
    many = BytesIO()
    pl.DataFrame({"学段": ["小学"]}).lazy().select(pl.col("学段").repeat_by(31_000_000).explode()).collect().write_parquet(many)
    yield Bad("Parquet of millions of rows in a few bytes", "表.parquet", many.getvalue())
    for what, column in {"lists": [[1, 2]], "structures": [{"a": {"b": 1}}], "bytes": [b"\xff\0"], "times": [10**9]}.items():
        odd = BytesIO()
        pl.DataFrame({"学段": column, "别的": column}).write_parquet(odd)
        yield Bad(f"Parquet of {what}", "表.parquet", odd.getvalue())


def word(**changed: bytes) -> bytes:
    made, out = docx.Document(), BytesIO()
    made.add_paragraph("全市新建学校3所。")
    made.save(out)
    return with_parts(out.getvalue(), **changed) if changed else out.getvalue()


def no_documents(book: bytes) -> Iterator[Bad]:
    sound = word()
    kept = parts_of(sound)
    for share in (5, 50, 95):
        yield Bad(f"a document cut at {share}%", "文.docx", sound[: len(sound) * share // 100])
    for part in (
        "word/document.xml",
        "word/styles.xml",
        "word/numbering.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
        "_rels/.rels",
    ):
        head, _, body = kept[part].decode().partition("?>")
        for what, declared in list(DECLARED.items())[:2]:
            yield Bad(f"{what} declared in {part}", "文.docx", zipped({**kept, part: f"{head}?>{declared}{body}".encode()}))
    deep = kept["word/document.xml"].replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 30_000)
    yield Bad("a document thirty thousand deep", "文.docx", word(**{"word/document.xml": deep}))
    yield Bad(
        "a document without its text",
        "文.docx",
        zipped({name: each for name, each in kept.items() if name != "word/document.xml"}),
    )
    with TemporaryDirectory() as folder:
        whole = write_pdf(Path(folder, "a.pdf"), [["全市新建学校"]]).read_bytes()
        yield Bad(
            "a page file with a password", "密.pdf", write_pdf(Path(folder, "b.pdf"), [["全市"]], encrypt=True).read_bytes()
        )
        yield Bad("a page file without text", "扫.pdf", write_pdf(Path(folder, "c.pdf"), [[]]).read_bytes())
    yield Bad("a page file cut short", "断.pdf", whole[:120])
    yield Bad("pages in a ring", "环.pdf", whole.replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]"))
    yield Bad("a web page deep as a well", "深.html", b"<html><body>" + b"<div>" * 60_000)
    yield Bad("a web page of a script alone", "脚.html", f"<html><body>{SCRIPT}</body></html>".encode())
    yield Bad("characters that were lost", "乱.txt", "锟斤拷烫烫烫屯屯屯".encode() * 20)


# --- documents that are read, whatever else is in them: nothing of it is carried out ---------------------------


def armed_documents() -> Iterator[Bad]:
    with TemporaryDirectory() as folder:
        whole = write_pdf(Path(folder, "a.pdf"), [["全市新建学校3所，投资200万元。"]]).read_bytes()
    actions = {
        "a script": "/S /JavaScript /JS (app.alert(7))",
        "a program": "/S /Launch /F (calc.exe)",
        "a form": "/S /SubmitForm /F (http://x)",
    }
    for what, action in actions.items():
        armed = whole.replace(b"/Type /Catalog", f"/Type /Catalog /OpenAction << {action} >>".encode())
        yield Bad(f"a page file with {what}", "案.pdf", armed, harmless=True)
    yield Bad(
        "a page file with a file in it",
        "案.pdf",
        whole.replace(b"/Type /Catalog", b"/Type /Catalog /Names << /EmbeddedFiles << /Names [(x.exe) 1 0 R] >> >>"),
        harmless=True,
    )
    yield Bad("a document with macros", "宏.docm", word(**{"word/vbaProject.bin": OLE}), harmless=True)
    outside = parts_of(word())["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rX" TargetMode="External" Target="http://169.254.169.254/t.dotm" Type="http://schemas.'
        b'openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>',
    )
    yield Bad("a document with a template elsewhere", "模.docx", word(**{"word/_rels/document.xml.rels": outside}), harmless=True)
    page = f"<html><body onload=alert(7)><p>全市新建学校3所。{SCRIPT}<iframe src=file:///etc/passwd></iframe></p></body></html>"
    yield Bad("a web page with scripts", "页.html", page.encode(), harmless=True)
    for what, text in {
        "markup": f"{SCRIPT}全市新建3所",
        "a template": "{{ 7191*7193 }}{% debug %}全市新建3所",
        "turned round": "全市\u202e新建3所\u2066",
        "formulas": "\n".join(STARTS),
    }.items():
        yield Bad(f"a text of {what}", "文.txt", text.encode(), harmless=True)


# --- workbooks that open, in which something is wrong ----------------------------------------------------------


Cells = list[list[object]]
CLASSES: list[object] = ["学校标识码", "学段", "年级", "班号", "班级类别", "在籍人数", "到校人数"]


def a_class(school: str, **other: object) -> list[object]:
    row = {"code": school, "stage": "小学", "grade": 1, "number": 1, "kind": "普通班", "pupils": 40, "present": 40, **other}
    return list(row.values())


def book_of(sheets: Mapping[str, Cells], after: Callable[[xlsxwriter.Workbook], None] | None = None) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "nan_inf_to_errors": True, "strings_to_formulas": False}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    write = sheet.write_string if isinstance(cell, str) else sheet.write
                    write(number, place, cell)
        if after:
            after(book)
    return made.getvalue()


def wrong_sheets(school: str) -> Iterator[Bad]:
    """Workbooks whose sheets, headers or rows are not those of the school."""
    one = a_class(school)
    books: dict[str, bytes] = {
        "no sheet of ours": book_of({"Sheet1": [["姓名", "电话"], ["甲", "1"]]}),
        "no rows and no header": book_of({"班级": []}),
        "a name of ours over another list": book_of({"班级": [["姓名", "电话"], ["甲", "1"]]}),
        "a header forty rows down": book_of({"班级": [[]] * 40 + [CLASSES, one]}),
        "a column twice": book_of({"班级": [[*CLASSES, "在籍人数"], [*one, 41]]}),
        "a column gone": book_of({"班级": [CLASSES[:5], one[:5]]}),
        "the same sheet twice": book_of({"班级": [CLASSES, one], "班级表": [CLASSES, one]}),
        "the same row twice": book_of({"班级": [CLASSES, one, one]}),
        "another school": book_of({"班级": [CLASSES, a_class("9999999999")]}),
        "no school": book_of({"班级": [CLASSES, a_class("")]}),
        "the codes as fractions": book_of({"班级": [CLASSES, a_class("1.199010151E9")]}),
        "a sheet of the county": book_of({"县区年度": [["区划代码", "年度"], ["119901", 2025]]}),
        "merged cells": book_of(
            {"班级": [CLASSES, [school, "小学", 1, 1, "普通班", 40, 40], ["", "", "", 2, "", 41, 41]]},
            lambda book: book.worksheets()[0].merge_range("A2:A3", school),
        ),
        "headers that are markup": book_of({"班级": [[f"{SCRIPT}{each}" for each in CLASSES], one]}),
        "sheets that are markup": book_of({"<b>7": [["x"], [SCRIPT]]}),
    }
    for what, content in books.items():
        yield Bad(f"a workbook: {what}", "班.xlsx", content)


def wrong_cells(school: str) -> Iterator[tuple[str, str, str, object]]:
    """Cells that no column of their kind may hold: what is wrong, sheet, header, value."""
    by_kind = {
        "integer": ("租用场地", "步行分钟"),
        "decimal": ("专用教室", "使用面积"),
        "choice": ("专用教室", "教室类别"),
        "day": ("专用教室", "启用日期"),
        "flag": ("专用教室", "是否在用"),
        "identity": ("培训", "身份证号"),
    }
    number = (
        "NaN",
        "inf",
        "-inf",
        "1e999",
        1e308,
        -1,
        "0x10",
        "一百二",
        "12人",
        "1,2,3",
        "12;",
        "²",
        10**30,
        "1/0",
        "--1",
        "∞",
        "99999999999999999999",
    )
    values: dict[str, tuple[object, ...]] = {
        "integer": (*number, 1.5),
        "decimal": number,
        "choice": ("不存在", 1, SCRIPT, "' OR '1'='1"),
        "flag": ("也许", 2, SCRIPT, "是否"),
        "day": ("2025-02-30", -1, 2958466, 1e10, "9999-99-99", "明天", "1800-01-01", "0000-00-00", "13/13/2025"),
        "identity": ("110105194912310021", "11010519491231002", "x" * 18, "0" * 18, "' OR '1'='1", SCRIPT),
    }
    for kind, (sheet, header) in by_kind.items():
        for value in (*values[kind], *STARTS):
            yield f"{value!r} where {kind} is wanted", sheet, header, value


# --- names ------------------------------------------------------------------------------------------------------


NAMES = (
    "../../../../etc/passwd.xlsx",
    "..\\..\\windows\\win.xlsx",
    "/etc/cron.d/x.xlsx",
    "C:\\x.xlsx",
    "\\\\server\\share\\x.xlsx",
    "a/../../b.xlsx",
    "%2e%2e%2fx.xlsx",
    "desk.sqlite3.xlsx",
    "CON.xlsx",
    "NUL.xlsx",
    "LPT1.xlsx",
    "a\0b.xlsx",
    "a\r\nX-Evil: 1.xlsx",
    "\u202exslx.exe.xlsx",
    "本校.xlsx" + " " * 40,
    ".xlsx",
    "..xlsx",
    "-rf.xlsx",
    "$(id).xlsx",
    "`id`.xlsx",
    "a;b|c.xlsx",
    "'a'.xlsx",
    "长" * 300 + ".xlsx",
    "x" * 3000 + ".xlsx",
    f"{SCRIPT}.xlsx",
    "<img src=x onerror=alert(7)>.xlsx",
    "{{ 7191*7193 }}.xlsx",
    "=cmd.xlsx",
    "' OR 1=1 --.xlsx",
    "e\u0301.xlsx",
    "👨‍👩‍👧.xlsx",
    "\ufeff本校.xlsx",
    "本校\u200b.xlsx",
    "\ud7ff.xlsx",
    "本校.XLSX",
)


def badly_named(book: bytes) -> Iterator[Bad]:
    for name in NAMES:
        yield Bad(f"a workbook called {name[:30]!r}", name, book, harmless=True)


# --- as a browser sends them -----------------------------------------------------------------------------------


MARK = "bad-files-4f1d"
KIND = f"multipart/form-data; boundary={MARK}"


def sent(field: str, files: list[Bad], **form: object) -> bytes:
    """A form with files, their names byte for byte as they are: the client of the tests would clean them."""
    out = io.BytesIO()
    for name, value in form.items():
        out.write(f'--{MARK}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for each in files:
        name = each.name.replace('"', "%22").encode("utf-8", "surrogatepass")
        out.write(f'--{MARK}\r\nContent-Disposition: form-data; name="{field}"; filename="'.encode() + name)
        out.write(b'"\r\nContent-Type: application/octet-stream\r\n\r\n' + each.content + b"\r\n")
    out.write(f"--{MARK}--\r\n".encode())
    return out.getvalue()


class Endless(io.RawIOBase):
    """A body that goes on for gigabytes and is made as it is read; it knows how much was."""

    def __init__(self, head: bytes, length: int) -> None:
        self.head, self.length, self.given = head, length, 0

    def read(self, size: int = -1) -> bytes:
        left = self.length - self.given
        size = left if size < 0 else min(size, left)
        piece = self.head[self.given : self.given + size]
        piece += b"x" * (size - len(piece))
        self.given += len(piece)
        return piece


def endless(field: str, length: int) -> Endless:
    head = f'--{MARK}\r\nContent-Disposition: form-data; name="{field}"; filename="大.xlsx"\r\n\r\n'.encode()
    return Endless(head, length)
