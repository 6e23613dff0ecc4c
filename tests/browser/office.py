"""The system's own LibreOffice opens a workbook and says what it sees in each sheet."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

NAMES = ("soffice", "libreoffice")
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"  # UTF-8, as shown
SECONDS = 180

Cells = list[list[str]]


def sheets_of(workbook: Path) -> dict[str, Cells]:
    """The cells of each sheet as LibreOffice shows them, after it has computed what it computes."""
    program = next(found for name in NAMES if (found := shutil.which(name)))
    with TemporaryDirectory(prefix="office-") as folder:
        subprocess.run([program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless",
                        "--convert-to", EVERY_SHEET, "--outdir", folder, str(workbook.resolve())],
                       capture_output=True, timeout=SECONDS, check=True)
        return {made.stem.removeprefix(f"{workbook.stem}-"): _cells(made) for made in sorted(Path(folder).glob("*.csv"))}


def _cells(made: Path) -> Cells:
    with made.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))
