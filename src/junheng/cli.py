"""The command line: one thin command a verb. Results to stdout, progress to stderr, exit codes of DESIGN 11."""

from __future__ import annotations

import errno
import json
import re
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from junheng import screens
from junheng.engines import Duck
from junheng.indicators.explain import explain as explain_figure
from junheng.indicators.forms.book import write_forms
from junheng.indicators.forms.papers.context import form_context
from junheng.indicators.forms.papers.writing import FORMS, known_form, new_paper, write_form
from junheng.indicators.measure import known_standard
from junheng.indicators.registry import INDICATORS
from junheng.indicators.results import book_of, results, results_of
from junheng.indicators.school_rows import school_rows
from junheng.indicators.series import series
from junheng.indicators.variation_table import spread_of_file
from junheng.kernel.codes import Level, Severity, Stage, plain
from junheng.kernel.faults import DataFaults, Exit, Fault, JunhengError
from junheng.kernel.findings import Finding
from junheng.paper.screen import progress, say, tell
from junheng.paper.whole_file import write_whole
from junheng.register.checks import check as check_submission
from junheng.register.holding import City, compare, import_all, open_snapshot, snapshot_named
from junheng.register.intake import guess_year, load_mapping, take_in, years_of
from junheng.register.lineage import history, lineage_of
from junheng.register.submission import Submission
from junheng.register.template import COUNTY_TABLES, SCHOOL_SHEETS, write_template
from junheng.samples import make_sample
from junheng.standards import law, law_book, looser_values

FIRST_YEAR = 1990  # of the school years a register can hold

app = typer.Typer(name="junheng", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
                  help="均衡：县域义务教育均衡的登记、测算与说明。")

AsJson = Annotated[bool, typer.Option("--json", help="输出机器可读的 JSON。")]
CityFolder = Annotated[Path, typer.Option("--city", help="城市目录。")]
Inputs = Annotated[list[Path], typer.Argument(help="文件或文件夹。")]
MappingFile = Annotated[Path | None, typer.Option("--mapping", help="别人的名单如何对应到登记表的 TOML。")]
LevelName = Literal["school", "township", "county", "city", "province"]
Dimension = Literal["urban_rural", "ownership", "kind"]
Engine = Literal["duckdb", "spark"]
Variant = Literal["passing", "narrow", "failing"]


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="写到哪个文件夹。")],
    size: Annotated[Literal["county", "city"], typer.Option(help="规模：一个县，或十一个县的市。")] = "county",
    seed: Annotated[int, typer.Option(help="随机种子；同一种子得到同样的字节。")] = 7,
    variant: Annotated[Variant, typer.Option(help="达标、差一点、不达标。")] = "passing",
    defects: Annotated[bool, typer.Option("--defects", help="埋入已知错误，并列在 golden.json。")] = False,
) -> None:
    """生成一个虚构的县或市：工作簿或数据文件、往年数据和标准答案。"""
    with progress() as on_progress:
        made = make_sample(folder, size=size, seed=seed, variant=variant, defects=defects, on_progress=on_progress)
    say(f"已生成 {made} -> 下一步：junheng import {made} --city 城市目录 --year 2025")


@app.command()
def template(
    file: Annotated[Path, typer.Argument(help="要写的 .xlsx 文件。")],
    county: Annotated[bool, typer.Option("--county", help="县教育局填的表：区划、人口、沿革、编制、经费、佐证等。")] = False,
) -> None:
    """写一份可供学校填报的空白工作簿。"""
    if file.exists():
        raise JunhengError(f"{file}：文件已存在，不覆盖 -> 换一个文件名")
    write_template(file, tables=COUNTY_TABLES if county else SCHOOL_SHEETS)
    say(f"已写出 {file} -> 填好后：junheng check {file}")


@app.command()
def check(
    paths: Inputs, mapping: MappingFile = None,
    year: Annotated[int | None, typer.Option(help="按哪个学年检查；缺省看文件夹名、学年列，再按今天。")] = None,
    as_json: AsJson = False,
) -> None:
    """检查文件，一次列出所有问题；不写入任何数据。"""
    asked = _school_year(year) if year is not None else guess_year(paths)
    faults = _check(paths, mapping, asked)
    if as_json:
        _print_json({"faults": [fault.as_json() for fault in faults]})
    else:
        screens.faults(faults)
        say(f"按 {asked} 学年检查（换一个学年用 --year）")
    if any(fault.severity is not Severity.note for fault in faults):
        raise typer.Exit(Exit.faults)


def _school_year(year: int) -> int:
    """A school year that has begun; the year of a slip of the finger would turn every day into a fault."""
    latest = guess_year([])
    if not FIRST_YEAR <= year <= latest:
        raise JunhengError(f"--year {year}：应为 {FIRST_YEAR} 至 {latest} 的学年起始年份，如 2025 -> 改正后重试")
    return year


def _check(paths: list[Path], mapping: Path | None, year: int) -> list[Fault]:
    rules = load_mapping(mapping) if mapping else None
    faults: list[Fault] = []
    before: Submission | None = None
    with progress() as on_progress:
        for of_year, files in sorted(years_of(paths, year).items()):
            submission = take_in(files, year=of_year, mapping=rules, on_progress=on_progress)
            last = before if before and before.year == of_year - 1 else None
            earlier = {name: rows.lazy() for name, rows in last.frames.items()} if last else None
            faults += [*submission.faults, *check_submission(submission, earlier=earlier)]
            before = submission
    return sorted(faults)


@app.command("import")
def import_(
    city: CityFolder, year: Annotated[int, typer.Option(help="学年起始年份，如 2025。")],
    paths: Annotated[list[Path] | None, typer.Argument(help="文件或文件夹；只撤回时可不写。")] = None,
    mapping: MappingFile = None,
    reason: Annotated[str | None, typer.Option(help="更正的理由，或保留警告的理由。")] = None,
    withdraw: Annotated[list[str] | None, typer.Option(
        help="撤回：学校标识码，或 表名/主键（如 区划/379901100）；可写多次，须有理由。")] = None,
) -> None:
    """检查并导入；有错误则全部拒收，什么也不写。"""
    asked = _school_year(year)
    if not paths and not withdraw:
        raise JunhengError("没有要导入的文件，也没有要撤回的内容；应为文件、文件夹或 --withdraw -> 改正后重试")
    with progress() as on_progress:
        rules = load_mapping(mapping) if mapping else None
        files = years_of(paths or [], asked)
        years = {asked: [], **files} if withdraw else files
        imported = import_all(years, city, rules, reason, on_progress, {asked: withdraw or []})
    for each in imported:
        screens.imported(each)
    say(f"下一步：junheng measure --city {city} --out out")


@app.command()
def measure(
    city: CityFolder, year: Annotated[int | None, typer.Option(help="学年；缺省为最近一年。")] = None,
    standard: Annotated[str | None, typer.Option(help="只看一个标准，如 quality_balance_2017。")] = None,
    level: Annotated[LevelName | None, typer.Option(help="只看一个层级的结果。")] = None,
    out: Annotated[Path | None, typer.Option(help="把表格、网页和 JSON 写到这个文件夹。")] = None,
    by: Annotated[Dimension | None, typer.Option(help="另按城乡、公办民办或办学类型分列。")] = None,
    years: Annotated[str | None, typer.Option(help="看历年，如 2021:2025：变化、走向、差异系数是否反弹。")] = None,
    restated_to: Annotated[int | None, typer.Option(help="按哪个学年的学校和区划重述。")] = None,
    engine: Annotated[Engine, typer.Option(help="计算引擎；结果相同。")] = "duckdb",
    as_json: AsJson = False,
) -> None:
    """测算：县是否达标，哪所学校差什么、差多少，谁拉大了差异系数。"""
    if standard is not None:
        known_standard(standard)
    if years is not None and out:
        raise JunhengError("--out 不能与 --years 同用：历年结果用 --json 输出 -> 去掉其中一个")
    if years is not None:
        _over_years(city, years, standard, level, restated_to, by, engine, as_json)
        return
    if out and restated_to:
        raise JunhengError("--out 不能与 --restated-to 同用：报表按当年的学校填列 -> 去掉其中一个")
    snapshot = open_snapshot(city, year)
    with progress() as on_progress:
        all_findings, all_verdicts = results_of(city, snapshot, on_progress, engine=engine, by=by, to_year=restated_to)
    own = [each for each in all_findings if standard in (None, each.standard)]
    findings = [each for each in own if level is None or each.level.name == level]
    verdicts = [each for each in all_verdicts if standard in (None, each.standard)]
    _in_force(standard, bool(own), snapshot.year)
    answer: dict[str, object] = {"findings": [each.as_json() for each in findings],
                                 "verdicts": [each.as_json() for each in verdicts]}
    whole = [each for each in all_findings if not each.slice]  # the parts are printed apart
    files = _write_out(city, out, snapshot, whole, verdicts, standard, answer) if out else []
    listed = school_rows(snapshot if restated_to is None else open_snapshot(city, restated_to))
    places = {code for row in listed for code in (row.county_code, row.township_code)}
    for sentence in looser_values(book_of(city, snapshot).overlays_of(places)):
        tell(f"警告 {sentence}")
    if as_json:
        _print_json(answer)
    else:
        county_of = {row.school_id: row.county_code for row in listed}
        screens.verdicts(verdicts, [each for each in own if not each.slice], own[0].snapshot if own else snapshot.id, county_of)
        if level:
            screens.figures([each for each in findings if not each.slice])
        if by:
            screens.parts(findings, Level[level or "county"])
        screens.files(files)


def _over_years(city: Path, years: str, standard: str | None, level: LevelName | None, restated_to: int | None,
                by: Dimension | None, engine: Engine, as_json: bool) -> None:
    """Figures above the schools over the years that were imported."""
    asked = _years(years)
    held = [year for year in asked if year in City(city).current()]
    if missing := [str(year) for year in asked if year not in held]:
        tell(f"没有导入 {'、'.join(missing)} 学年")
    if not held:
        raise JunhengError(f"--years {years}：没有一个学年有数据 -> 先用 junheng import 导入，或换一个范围")
    pinned = {each: open_snapshot(city, each) for each in held}  # a correction may come in while this runs
    with progress() as on_progress:
        found = {}
        for each, snapshot in pinned.items():  # of a whole city, the schools of all years would fill the memory
            findings, _ = results_of(city, snapshot, on_progress, engine=engine, by=by, to_year=restated_to)
            found[each] = [one for one in findings if one.level is not Level.school]
    rows = [each for each in series(found) if level in (None, each.level.name)
            and standard in (None, INDICATORS[each.item].standard)]
    if as_json:
        _print_json({"years": held, "restated_to": restated_to, "series": [each.as_json() for each in rows]})
    else:
        shown = level or "county"
        screens.over_years([each for each in rows if each.level.name == shown], held, restated_to)


def _years(text: str) -> list[int]:
    first, colon, last = text.partition(":")
    if not (first.isdecimal() and (last.isdecimal() or not colon)) or int(last or first) < int(first):
        raise JunhengError(f"--years {text}：应如 2021:2025 -> 改正后重试")
    return list(range(int(first), int(last or first) + 1))


def _in_force(standard: str | None, found: bool, year: int) -> None:
    if standard is not None and not found:
        raise JunhengError(f"{law.standards[standard].zh}：{year}学年没有可测算的单位或尚未施行 -> 换一个学年")


def _write_out(city: Path, out: Path, snapshot: Any, findings: list[Finding], verdicts: list[Any], standard: str | None,
               answer: dict[str, object]) -> list[Path]:
    with progress() as on_progress:
        earlier = _earlier(city, snapshot.year)
        on_progress(0.95, "写出表格和网页")
        own = [each for each in findings if standard in (None, each.standard)]
        names = {name: each.zh for name, each in law.standards.items()}
        files = write_forms(out, own, verdicts, school_rows(snapshot), titles=INDICATORS, standards=names, earlier=earlier)
    path = out / f"junheng-{snapshot.year}.json"
    write_whole(path, json.dumps(answer, ensure_ascii=False).encode())
    return [*files, path]


def _earlier(city: Path, year: int) -> dict[int, list[Finding]]:
    """The spreads of up to two earlier years that have a snapshot in force."""
    held = [each for each in City(city).current() if year - 3 < each < year]
    found = {each: results(city, open_snapshot(city, each))[0] for each in held}
    return {each: [one for one in findings if one.item.endswith(".cv")] for each, findings in found.items()}


@app.command()
def explain(
    item: Annotated[str, typer.Argument(help="指标编号，如 yz.1.4。")],
    group: Annotated[str, typer.Argument(help="学校标识码或区划代码。")],
    city: CityFolder, stage: Annotated[str | None, typer.Option(help="学段，如 小学 或 primary。")] = None,
    year: Annotated[int | None, typer.Option(help="学年。")] = None, as_json: AsJson = False,
) -> None:
    """一个数字从哪里来：分子分母、登记行、文件与行号、依据文件。"""
    snapshot = open_snapshot(city, year)
    with progress() as on_progress:
        findings, _ = results(city, snapshot, on_progress)
        found = explain_figure(snapshot, Duck(snapshot.path), book_of(city, snapshot), findings, item, group, _stage(stage))
    if as_json:
        _print_json(found.as_json())
    else:
        screens.explanation(found, INDICATORS[found.finding.item])


def _stage(word: str | None) -> str | None:
    known = Stage.spellings() | {"all": "all", "总体": "all"}
    if word is not None and plain(word) not in known:
        named = "、".join(f"{stage.zh}（{stage.name}）" for stage in Stage)
        raise JunhengError(f"--stage {word}：应为 {named} 或 总体（all） -> 改正后重试")
    return known[plain(word)] if word else None


@app.command()
def diff(
    before: Annotated[str, typer.Argument(help="版本，如 2025-v1；只写学年即在用的版本。")],
    after: Annotated[str, typer.Argument(help="版本，如 2025-v2。")],
    city: CityFolder, tables: Annotated[list[str] | None, typer.Option("--table", help="只比较这张表；可写多次。")] = None,
    as_json: AsJson = False,
) -> None:
    """两个版本或两个学年之间逐行的不同：新增、删去、改动，出自哪个文件，哪一版改的。"""
    found = compare(snapshot_named(city, before), snapshot_named(city, after), tables)
    if as_json:
        _print_json(found.as_json())
    else:
        screens.difference(found)


@app.command()
def lineage(
    school: Annotated[str, typer.Argument(help="学校标识码或校名。")],
    city: CityFolder, as_of: Annotated[str | None, typer.Option("--as-of", help="哪一天的情形，如 2023-09-01。")] = None,
    as_json: AsJson = False,
) -> None:
    """一所学校的沿革：历次事项及文号，校名，由谁承接，承接了谁，属于哪些组织。"""
    told = lineage_of(city)
    found = history(told, school, _day(as_of, "--as-of") if as_of is not None else None)
    if as_json:
        _print_json(found.as_json())
    else:
        screens.history(found, told.flaws)


@app.command()
def forms(
    city: CityFolder, county: Annotated[str, typer.Option(help="县区代码，如 990101。")],
    form: Annotated[str, typer.Option(help=f"报表名称：{'、'.join(FORMS)}。")],
    out: Annotated[Path, typer.Option(help="要写的 .xlsx 或 .docx 文件。")],
    year: Annotated[int | None, typer.Option(help="学年；缺省为最近一年。")] = None,
) -> None:
    """按惯用格式打印一份报表，Word 或 Excel。"""
    known_form(form)
    new_paper(out)
    with progress() as on_progress:
        write_form(form, form_context(city, county, year, on_progress), out)
    say(f"已写出 {out}（{FORMS[form].zh}） -> 打印前核对；本表依据现有数据测算")


@app.command()
def standards(
    on: Annotated[str | None, typer.Option(help="哪一天，如 2025-09-01；缺省为今天。")] = None,
    place: Annotated[str, typer.Option(help="区划代码；其省市县的补充规定一并列出。")] = "",
    city: Annotated[Path | None, typer.Option(help="城市目录，其 standards/ 里的补充规定一并列出。")] = None,
    unconfirmed: Annotated[bool, typer.Option("--unconfirmed", help="只列待确认的值。")] = False,
    as_json: AsJson = False,
) -> None:
    """列出某天某地在施行的标准值、依据文件，以及哪些待确认。"""
    book = law_book(_day(on), city / "standards" if city else None)
    if place and not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", place):
        raise JunhengError(f"--place {place}：不是区划代码；应为2、4、6、9或12位数字 -> 改正后重试")
    rows = [(limit, entry) for limit in law.limits.values() for entry in book.entries(limit, place)
            if not unconfirmed or entry.evidence.name == "believed"]
    for sentence in looser_values(book.overlays_of({place})):
        tell(f"警告 {sentence}")
    if as_json:
        _print_json({"on": book.day.isoformat(), "place": place or None,
                     "values": [screens.value_in_force(limit, entry) for limit, entry in rows]})
    else:
        screens.values_in_force(rows, book.day)


def _day(text: str | None, option: str = "--on") -> date:
    try:
        return date.fromisoformat(text) if text is not None else date.today()
    except ValueError as wrong:
        raise JunhengError(f"{option} {text}：不是日期；应如 2025-09-01 -> 改正后重试") from wrong


@app.command()
def cv(
    file: Annotated[Path, typer.Argument(help="CSV 或 Excel 文件。")],
    value: Annotated[str, typer.Option(help="总量所在列（不是生均值）。")],
    pupils: Annotated[str, typer.Option(help="学生数所在列。")],
    leave_out: Annotated[list[str] | None, typer.Option(help="去掉任一单元格等于此文字的行，如合计行；可写多次。")] = None,
    as_json: AsJson = False,
) -> None:
    """计算任意名单的（学生数加权）校际差异系数，以及每所学校的贡献。"""
    found = spread_of_file(file, value=value, pupils=pupils, leave_out=leave_out or ())
    if as_json:
        _print_json(found.as_json())
    else:
        screens.spreading(found)


def _print_json(answer: object) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def main() -> None:
    """Run a command and turn every way it can end into its exit code, in words."""
    sys.exit(_run())


def _run() -> int:
    try:
        code = app(standalone_mode=False)
        return int(code or 0)
    except typer.Abort:
        tell("已中断，什么也没有改变")
        return Exit.usage
    except typer.TyperException as wrong:
        tell(f"{wrong.format_message()} -> 用 junheng --help 或 junheng 命令 --help 查看用法")
        return Exit.usage
    except DataFaults as refused:
        screens.refused(refused)
        return refused.code
    except JunhengError as refused:
        tell(str(refused))
        return refused.code
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.fine
    except OSError as refused:
        tell(_storage(refused))
        return Exit.storage
    except Exception as bug:  # the last door: never a user's data in the message
        tell(f"程序出错（{type(bug).__name__}），数据没有改变 -> 请把以下位置报告给维护者")
        frames = traceback.extract_tb(bug.__traceback__)[-5:]
        tell("\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames))
        return Exit.bug


def _storage(refused: OSError) -> str:
    full = refused.errno in (errno.ENOSPC, errno.EDQUOT)
    what, do = ("空间不足", "腾出空间") if full else (refused.strerror or "读写失败", "检查路径与权限")
    return f"{refused.filename or '磁盘'}：{what} -> {do}后重试"


