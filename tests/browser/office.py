"""The system's own LibreOffice opens a workbook or a document and says what it sees in it."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdfium2 import PdfDocument

NAMES = ("soffice", "libreoffice")
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"  # UTF-8, as shown
PLAIN_TEXT = "txt:Text (encoded):UTF8"
SECONDS = 180

Cells = list[list[str]]


def sheets_of(workbook: Path) -> dict[str, Cells]:
    """The cells of each sheet as LibreOffice shows them, after it has computed what it computes."""
    with TemporaryDirectory(prefix="office-") as folder:
        _convert(workbook, EVERY_SHEET, folder)
        return {made.stem.removeprefix(f"{workbook.stem}-"): _cells(made) for made in sorted(Path(folder).glob("*.csv"))}


def text_of(document: Path) -> str:
    """The text of a Word document as LibreOffice reads it."""
    with TemporaryDirectory(prefix="office-") as folder:
        _convert(document, PLAIN_TEXT, folder)
        return next(Path(folder).glob("*.txt")).read_text(encoding="utf-8-sig")


def pages_of(document: Path) -> int:
    """How many pages a document prints on."""
    with TemporaryDirectory(prefix="office-") as folder:
        _convert(document, "pdf", folder)
        return len(PdfDocument(next(Path(folder).glob("*.pdf"))))


def _convert(file: Path, to: str, folder: str) -> None:
    program = next(found for name in NAMES if (found := shutil.which(name)))
    command = [program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--convert-to", to]
    subprocess.run([*command, "--outdir", folder, str(file.resolve())], capture_output=True, timeout=SECONDS, check=True)


def _cells(made: Path) -> Cells:
    with made.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))
