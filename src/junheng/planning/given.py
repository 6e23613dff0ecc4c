"""Pupils that the user gives instead of the forecast: a CSV of school, stage, year, pupils."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

from junheng.kernel.codes import Severity, Stage, plain
from junheng.kernel.faults import DataFaults, Fault
from junheng.planning.forecast import GRADES, Forecast, Key, Rolls, apportioned
from junheng.register.intake.flat_files import decoded
from junheng.register.intake.sheets import Refused

COLUMNS = {
    "school": ("school", "school_id", "学校标识码", "标识码"),
    "stage": ("stage", "学段"),
    "year": ("year", "学年", "年份"),
    "pupils": ("pupils", "在校生数", "学生数"),
}
MOST = 20_000


def with_given(told: Forecast, path: Path, first: int, stages: Collection[Key]) -> Forecast:
    """The forecast with the numbers of the file in place of its own; grades are scaled to them. `stages` are those that schools
    have.

    Errors: DataFaults with every fault of the file.
    """
    faults: list[Fault] = []
    rolls, rows = {year: dict(each) for year, each in told.rolls.items()}, dict[tuple[Key, int], int]()
    for row, school, stage, year, pupils in _rows(path, faults):
        wrong = _wrong(told, first, stages, school, stage, year)
        if before := rows.get(((school, stage), year)):
            wrong.append(("", f"与第{before}行是同一学校、学段和年份", "每校每学段每年一行"))
        rows[(school, stage), year] = row
        faults += [
            Fault(path.name, "", row, column, found, wanted, "改正后重试", "unknown_code", Severity.error)
            for column, found, wanted in wrong
        ]
        if not wrong:
            rolls[year][school, stage] = _scaled(told.rolls[year], (school, stage), pupils)
    if faults:
        raise DataFaults(faults, f"{path.name}：有 {len(faults)} 处错误，没有规划 -> 改正后重试")
    return replace(told, rolls=rolls, notes=(*told.notes, f"在校生数以 {path.name} 为准，其余按推算"))


def _scaled(rolls: Rolls, key: tuple[str, str], pupils: int) -> dict[int, int]:
    weights = rolls.get(key) or {}
    return apportioned(pupils, weights if any(weights.values()) else dict.fromkeys(GRADES[key[1]], 1))


def _wrong(
    told: Forecast, first: int, stages: Collection[Key], school: str, stage: str, year: int
) -> list[tuple[str, str, str]]:
    found = []
    if school not in {each for each, _ in stages}:
        found.append(("school", f"没有学校 {school}", "登记里的学校标识码"))
    if stage not in GRADES:
        found.append(("stage", f"没有学段 {stage}", "小学、初中或高中"))
    elif not found and (school, stage) not in stages:
        found.append(("stage", f"学校 {school} 没有{Stage[stage].zh}", "该校已有的学段"))
    if year not in told.rolls or year == first:
        years = sorted(told.rolls)[1:]
        found.append(("year", f"{year} 年", f"{years[0]} 至 {years[-1]} 年"))
    return found


def _rows(path: Path, faults: list[Fault]) -> Iterator[tuple[int, str, str, int, int]]:
    """The rows of the file that can be read; the others are faults."""

    def fault(row: int, column: str, found: str, wanted: str) -> None:
        faults.append(Fault(path.name, "", row, column, found, wanted, "改正后重试", "not_a_number", Severity.error))

    text = text_of(path)
    lines = list(csv.reader(StringIO(text)))
    heads = [plain(each) for each in lines[0]] if lines else []
    places = {
        name: next((heads.index(plain(word)) for word in words if plain(word) in heads), -1) for name, words in COLUMNS.items()
    }
    if missing := [name for name, place in places.items() if place < 0]:
        fault(1, "", f"没有列 {'、'.join(missing)}", "school, stage, year, pupils 四列")
        return
    stages = Stage.spellings()
    for number, line in enumerate(lines[1:], 2):
        if not any(line):
            continue
        cells = {name: line[place].strip() if place < len(line) else "" for name, place in places.items()}
        year, pupils = cells["year"], cells["pupils"]
        if not (year.isdecimal() and pupils.isdecimal() and int(pupils) <= MOST):
            fault(number, "pupils" if year.isdecimal() else "year", f"{year} {pupils}", f"整数年份和不大于 {MOST} 的人数")
            continue
        yield number, cells["school"], stages.get(plain(cells["stage"]), cells["stage"]), int(year), int(pupils)


def text_of(path: Path) -> str:
    """What the file says, in either encoding. Errors: DataFaults for one that cannot be read, or is no text."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataFaults(
            [
                Fault(
                    path.name, "", 0, "", "读不到文件", "可读的 CSV 文件", "检查 --pupils 的路径", "unknown_file", Severity.error
                )
            ],
            f"{path}：读不到（{error.strerror}） -> 检查 --pupils 的路径",
        ) from error
    try:
        return decoded(content)
    except Refused as refused:
        fault = Fault(
            path.name, "", refused.row, "", refused.found, refused.wanted, refused.do, refused.kind.name, Severity.error
        )
        raise DataFaults([fault], f"{path.name}：{refused.found} -> {refused.do}") from refused
