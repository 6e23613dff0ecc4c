"""Writes small .pdf files: by hand with a text layer, without one, with a password; scans as pictures of printed pages."""

from __future__ import annotations

from pathlib import Path

import pypdfium2


def write_pdf(path: Path, pages: list[list[str]], encrypt: bool = False) -> Path:
    """One page a list of lines; a page without lines has no text layer."""
    characters = sorted({character for page in pages for line in page for character in line})
    codes = {character: f"{place:04X}" for place, character in enumerate(characters, 1)}
    mapped = "\n".join(f"<{codes[each]}> <{ord(each):04X}>" for each in characters)
    shown = ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
             f"1 begincodespacerange <0000> <FFFF> endcodespacerange "
             f"{len(characters)} beginbfchar\n{mapped}\nendbfchar endcmap end end")
    kids = " ".join(f"{6 + 2 * place} 0 R" for place in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
               "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
               "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1000 /CIDSystemInfo "
               "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>", _stream(shown)]
    for place, page in enumerate(pages):
        coded = ("".join(codes[each] for each in line) for line in page)
        drawn = "".join(f"1 0 0 1 50 {800 - 20 * row} Tm <{line}> Tj\n" for row, line in enumerate(coded))
        objects += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents {7 + 2 * place} 0 R "
                    "/Resources << /Font << /F 3 0 R >> >> >>", _stream(f"BT /F 12 Tf\n{drawn}ET" if page else "")]
    locked = (f"/ID [<{'00' * 16}> <{'00' * 16}>] "
              f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>")
    return _write(path, objects, locked if encrypt else "")


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _write(path: Path, objects: list[str], trailer: str) -> Path:
    text = "%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    text += (f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n"
             f"startxref\n{len(text)}\n%%EOF\n")
    path.write_bytes(text.encode("ascii"))
    return path


def write_scan(path: Path, pages: list[Path | None]) -> Path:
    """A picture of a printed page for each None; over it, or instead of it where it is alone, the text of a file of one page.

    A path whose name begins with `stamp` is printed over a picture, any other is a page of its own.
    """
    made = pypdfium2.PdfDocument.new()
    for page in pages:
        if page is None or page.name.startswith("stamp"):
            made.import_pages(pypdfium2.PdfDocument(page or _printed(path.parent)))
            _cover(made, made[len(made) - 1], _photographed(path.parent))
        else:
            made.import_pages(pypdfium2.PdfDocument(page))
    made.save(path)
    return path


def _printed(folder: Path) -> Path:
    return write_pdf(folder / "blank.pdf", [[]])


def _photographed(folder: Path) -> pypdfium2.PdfBitmap:
    """A page of words of a font that every reader has, as a picture."""
    words = "BT /F 30 Tf 60 700 Td (2025: 12 new schools, 12000 pupils) Tj ET"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
               _stream(words), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    page = pypdfium2.PdfDocument(_write(folder / "printed.pdf", objects, ""))[0]
    return page.render(scale=1)


def _cover(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, bitmap: pypdfium2.PdfBitmap) -> None:
    picture = pypdfium2.PdfImage.new(document)
    picture.set_bitmap(bitmap)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(*page.get_size()))
    page.insert_obj(picture)
    page.gen_content()
