"""Which files are meant by the paths on a command line, what they are called, and of which school year they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from junheng.kernel.faults import JunhengError
from junheng.register.intake.headers import Headers, is_table, table_named
from junheng.register.intake.reading import SUFFIXES, read_bytes, read_sheets
from junheng.register.intake.sheets import Refused, Sheet

HISTORY = "history"
IGNORED = frozenset({"golden.json"})
SCHOOL_YEAR_STARTS = 9  # September
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LOOKED_AT = 3  # files without a year before the calendar decides


@dataclass(frozen=True)
class Input:
    """A file to be read, and its name in every message; `known` says whether it is of a kind that is read."""

    path: Path
    name: str
    known: bool = True


def find_inputs(paths: Sequence[Path]) -> list[Input]:
    """The files that `paths` mean, in sorted order: a file is itself, a folder all that is in it, at any depth."""
    found: dict[Path, Input] = {}
    for path in paths:
        if not path.exists():
            raise JunhengError(f"{path}：找不到；应为文件或文件夹 -> 核对路径")
        if path.is_dir():
            for file in _files_in(path):
                known = file.suffix.lower() in SUFFIXES
                found.setdefault(file.absolute(), Input(file, _name(file, path), known))
        else:
            found.setdefault(path.absolute(), Input(path, _printable(path.name)))
    return list(found.values())


def years_of(paths: Sequence[Path], year: int) -> dict[int, list[Path]]:
    """School year -> its paths. A folder that holds a folder of that year, or `history`, is taken apart by year."""
    years: dict[int, list[Path]] = {}
    for path in paths:
        for of_year, part in _years_in(path, year):
            years.setdefault(of_year, []).append(part)
    return years


def guess_year(paths: Sequence[Path], today: date | None = None) -> int:
    """The school year meant: by folders named by years, by the path itself or the folder it is in, by the files, else today's."""
    folders = [int(child.name) for path in paths for child in _year_folders(path)]
    named = [int(name) for path in paths for name in (path.absolute().name, path.absolute().parent.name) if _YEAR.fullmatch(name)]
    if folders or named:
        return max(folders or named)
    day = today or date.today()
    return _year_in(paths) or day.year - (day.month < SCHOOL_YEAR_STARTS)


def _files_in(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)
        if not hidden and file.is_file() and file.name not in IGNORED:
            yield file


def _name(file: Path, folder: Path) -> str:
    """Relative to the folder given, or to what holds it where that is one of a set of years."""
    home = folder.absolute()
    if _YEAR.fullmatch(home.name):
        home = home.parent.parent if home.parent.name == HISTORY else home.parent
    return _printable(file.absolute().relative_to(home).as_posix())


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def _year_folders(path: Path) -> list[Path]:
    return [child for child in path.iterdir() if child.is_dir() and _YEAR.fullmatch(child.name)] if path.is_dir() else []


def _years_in(path: Path, year: int) -> Iterator[tuple[int, Path]]:
    current, history = path / str(year), path / HISTORY
    if not current.is_dir() and not history.is_dir():
        yield year, path
        return
    if current.is_dir():
        yield year, current
    else:
        apart = {history, *_year_folders(path)}
        yield from ((year, child) for child in sorted(path.iterdir()) if child not in apart and child.name not in IGNORED)
    yield from ((int(folder.name), folder) for folder in sorted(_year_folders(history)))


def _year_in(paths: Sequence[Path]) -> int | None:
    headers = Headers()
    for file in [file for file in find_inputs(paths) if file.known][:_LOOKED_AT]:
        try:
            sheets = read_sheets(read_bytes(file.path), file.path.suffix, is_table)
        except Refused:
            continue
        for sheet in sheets:
            if (year := _first_year(sheet, headers)):
                return year
    return None


def _first_year(sheet: Sheet, headers: Headers) -> int | None:
    found = headers.find(sheet, table_named(sheet.title))
    if found is None or "year" not in found[1].positions or len(sheet.rows) <= found[0] + 1:
        return None
    cell = str(sheet.rows[found[0] + 1][found[1].positions["year"]]).strip().removesuffix(".0")
    return int(cell) if _YEAR.fullmatch(cell) else None
