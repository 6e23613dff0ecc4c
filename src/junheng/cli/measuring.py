"""What the register says of the counties: `measure`, of one year or over several."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.options import AsJson, CityFolder, Dimension, Engine, LevelName, print_json
from junheng.indicators.forms.book import write_forms
from junheng.indicators.forms.papers import known_county
from junheng.indicators.measure import Result, known_standard
from junheng.indicators.registry import INDICATORS
from junheng.indicators.results import book_of, results
from junheng.indicators.school_rows import counties, school_rows
from junheng.indicators.series import series
from junheng.indicators.slices import DIMENSIONS, part_names
from junheng.kernel.codes import Level
from junheng.kernel.faults import JunhengError, OnProgress
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.paper.screen import progress, tell
from junheng.paper.whole_file import write_whole
from junheng.register.codes import Tree
from junheng.register.holding import City, Snapshot, open_snapshot
from junheng.screens import registers
from junheng.screens.series import over_years
from junheng.screens.series import parts as show_parts
from junheng.screens.verdicts import figures as show_figures
from junheng.screens.verdicts import verdicts as show_verdicts
from junheng.standards import law, looser_values


@dataclass(frozen=True)
class Asked:
    """What was asked of a city: which standard, which county, by which parts, in which year's tree."""

    city: Path
    standard: str | None
    county: str | None
    by: Dimension | None
    restated_to: int | None
    engine: Engine

    def tree(self, snapshot: Snapshot) -> Snapshot:
        """The register whose schools and divisions the figures of a snapshot are of."""
        return snapshot if self.restated_to is None else open_snapshot(self.city, self.restated_to)

    def lies_in(self, snapshot: Snapshot) -> dict[tuple[Level, str], str]:
        """The county of every group: that of the tree, or for what has gone from it that of its own year."""
        return counties(snapshot) | counties(self.tree(snapshot))

    def found(self, snapshot: Snapshot, on_progress: OnProgress) -> Result:
        findings, verdicts = results(
            self.city, snapshot, on_progress, standards=[self.standard] if self.standard else None, engine=self.engine,
            by=self.by, to_year=self.restated_to)
        if self.county is None:
            return findings, verdicts
        lies_in = self.lies_in(snapshot)
        return ([each for each in findings if lies_in.get((each.level, each.group)) == self.county],
                [each for each in verdicts if each.county == self.county])

    def refuse_what_is_not_there(self, snapshot: Snapshot) -> None:
        tree = self.tree(snapshot)
        if self.county is not None:
            known_county(self.county, {row.county_code: row.county for row in school_rows(tree)})
        if self.by in Tree.__members__ and not tree.has("memberships"):
            others = "、".join(each for each in DIMENSIONS if each not in Tree.__members__)
            raise JunhengError(f"--by {self.by}：{tree.year}学年没有报送“组织归属”表 -> 补报后导入，或改用 {others}")


def measure(
    city: CityFolder, year: Annotated[int | None, typer.Option(help="学年；缺省为最近一年。")] = None,
    standard: Annotated[str | None, typer.Option(help="只看一个标准，如 quality_balance_2017。")] = None,
    county: Annotated[str | None, typer.Option(help="只看一个县区，如 990101。")] = None,
    level: Annotated[LevelName | None, typer.Option(help="只看一个层级的结果。")] = None,
    out: Annotated[Path | None, typer.Option(help="把表格、网页和 JSON 写到这个文件夹。")] = None,
    by: Annotated[Dimension | None, typer.Option(
        help="看各部分的数：按城乡、公办民办、办学类型，或学区、联盟、集团、责任区。")] = None,
    years: Annotated[str | None, typer.Option(help="看历年，如 2021:2025：变化、走向、差异系数是否反弹。")] = None,
    restated_to: Annotated[int | None, typer.Option(help="按哪个学年的学校和区划重述。")] = None,
    engine: Annotated[Engine, typer.Option(help="计算引擎；结果相同。")] = "duckdb",
    as_json: AsJson = False,
) -> None:
    """测算：县是否达标，哪所学校差什么、差多少，谁拉大了差异系数。"""
    if standard is not None:
        known_standard(standard)
    _refuse_together(out, county, level, years, restated_to)
    asked = Asked(city, standard, county, by, restated_to, engine)
    if years is not None:
        _over_years(asked, years, level, as_json)
    else:
        _of_a_year(asked, open_snapshot(city, year), level, out, as_json)


def _refuse_together(out: Path | None, county: str | None, level: LevelName | None, years: str | None,
                     restated_to: int | None) -> None:
    if years is not None and out:
        raise JunhengError("--out 不能与 --years 同用：历年结果用 --json 输出 -> 去掉其中一个")
    if out and restated_to:
        raise JunhengError("--out 不能与 --restated-to 同用：报表按当年的学校填列 -> 去掉其中一个")
    if county is not None and level in ("city", "province"):
        raise JunhengError(f"--county 不能与 --level {level} 同用：一个县区里没有这一级的结果 -> 去掉其中一个")


def _of_a_year(asked: Asked, snapshot: Snapshot, level: LevelName | None, out: Path | None, as_json: bool) -> None:
    asked.refuse_what_is_not_there(snapshot)
    with progress() as on_progress:
        own, verdicts = asked.found(snapshot, on_progress)
    if asked.standard is not None and not own:
        raise JunhengError(f"{law.standards[asked.standard].zh}：{snapshot.year}学年没有可测算的单位或尚未施行 -> 换一个学年")
    shown = [each for each in own if level is None or each.level.name == level]
    whole = [each for each in own if not each.slice]  # the parts are printed apart
    files = _write_out(asked, out, snapshot, (whole, verdicts), _answer(shown, verdicts)) if out else []
    _tell_looser_values(asked, snapshot)
    if as_json:
        print_json(_answer(shown, verdicts))
        return
    tree, name = asked.tree(snapshot), own[0].snapshot if own else snapshot.id
    if asked.by:
        show_parts([each for each in own if each.slice], Level[level or "county"], name, part_names(tree))
    else:
        show_verdicts(verdicts, whole, name, asked.lies_in(snapshot))
        show_figures([each for each in shown if level])
    registers.files(files)


def _answer(findings: Sequence[Finding], verdicts: Sequence[CountyVerdict]) -> dict[str, object]:
    return {"findings": [each.as_json() for each in findings], "verdicts": [each.as_json() for each in verdicts]}


def _tell_looser_values(asked: Asked, snapshot: Snapshot) -> None:
    rows = school_rows(asked.tree(snapshot))
    places = {code for row in rows if asked.county in (None, row.county_code) for code in (row.county_code, row.township_code)}
    for sentence in looser_values(book_of(asked.city, snapshot).overlays_of(places)):
        tell(f"警告 {sentence}")


def _write_out(asked: Asked, out: Path, snapshot: Snapshot, found: Result, answer: dict[str, object]) -> list[Path]:
    with progress() as on_progress:
        earlier = _earlier(asked, snapshot.year, on_progress)
        on_progress(0.95, "写出表格和网页")
        names = {name: each.zh for name, each in law.standards.items()}
        rows = [row for row in school_rows(snapshot) if asked.county in (None, row.county_code)]
        files = write_forms(out, *found, rows, titles=INDICATORS, standards=names, earlier=earlier)
    path = out / f"{'-'.join(filter(None, ('junheng', str(snapshot.year), asked.county)))}.json"
    write_whole(path, json.dumps(answer, ensure_ascii=False).encode())
    return [*files, path]


def _earlier(asked: Asked, year: int, on_progress: OnProgress) -> dict[int, list[Finding]]:
    """The spreads of up to two earlier years that have a snapshot in force."""
    spreads = {each.standard for each in INDICATORS.values() if each.item.endswith(".cv")}
    standards = [each for each in spreads if asked.standard in (None, each)]
    held = [each for each in City(asked.city).current() if standards and year - 3 < each < year]
    found = {each: results(asked.city, open_snapshot(asked.city, each), on_progress, standards=standards)[0] for each in held}
    return {each: [one for one in findings if one.item.endswith(".cv")] for each, findings in found.items()}


def _over_years(asked: Asked, years: str, level: LevelName | None, as_json: bool) -> None:
    """Figures above the schools over the years that were imported."""
    wanted = _years(years)
    held = [year for year in wanted if year in City(asked.city).current()]
    if missing := [str(year) for year in wanted if year not in held]:
        tell(f"没有导入 {'、'.join(missing)} 学年")
    if not held:
        raise JunhengError(f"--years {years}：没有一个学年有数据 -> 先用 junheng import 导入，或换一个范围")
    pinned = {each: open_snapshot(asked.city, each) for each in held}  # a correction may come in while this runs
    asked.refuse_what_is_not_there(pinned[held[-1]])
    with progress() as on_progress:
        found = {}
        for each, snapshot in pinned.items():  # of a whole city, the schools of all years would fill the memory
            findings, _ = asked.found(snapshot, on_progress)
            found[each] = [one for one in findings if one.level is not Level.school]
    rows = [each for each in series(found) if level in (None, each.level.name)]
    if as_json:
        print_json({"years": held, "restated_to": asked.restated_to, "series": [each.as_json() for each in rows]})
    else:
        names = {part: name for snapshot in pinned.values() for part, name in part_names(asked.tree(snapshot)).items()}
        over_years([each for each in rows if each.level.name == (level or "county")], held, asked.restated_to, names)


def _years(text: str) -> list[int]:
    first, colon, last = text.partition(":")
    if not (first.isdecimal() and (last.isdecimal() or not colon)) or int(last or first) < int(first):
        raise JunhengError(f"--years {text}：应如 2021:2025 -> 改正后重试")
    return list(range(int(first), int(last or first) + 1))
