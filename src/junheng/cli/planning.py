"""What to do to get there: `plan balance` and what is asked of a plan."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from fractions import Fraction
from functools import partial
from pathlib import Path
from threading import Event
from typing import Annotated, TypeVar

import typer

from junheng.cli.options import AsJson, CityFolder, print_json, writable
from junheng.cli.plan_papers import LedgerFile, PageFile, SchoolsFile, Workbook, papers_named, write_papers
from junheng.kernel.faults import Exit, JunhengError, OnProgress
from junheng.paper.screen import progress, tell
from junheng.planning.analyses.certain import certain as certain_measures
from junheng.planning.analyses.curve import curve as budget_curve
from junheng.planning.analyses.points import Row
from junheng.planning.analyses.price_swings import price_swings
from junheng.planning.analyses.rerun import Rerun
from junheng.planning.analyses.rule_costs import rule_costs
from junheng.planning.analyses.whatif import whatif as plan_under
from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.task import ALLOWED, ALSO, STANDARD, Task, Wishes, known_kinds, read_wishes
from junheng.planning.check import check as check_plan
from junheng.planning.forms.facts import plan_facts
from junheng.planning.keeping import copy_out, keep, read_plan
from junheng.planning.pages.curve import write_curve
from junheng.planning.plan import Plan
from junheng.planning.policy import assess
from junheng.planning.pricing import refuse_wrong_list
from junheng.planning.refusals import Refusals
from junheng.register.holding.runs import run_story
from junheng.screens import analyses, plans, registers

plan = typer.Typer(name="plan", no_args_is_help=True, help="规划：费用最省的达标方案及其核对、分析。")

PlanFile = Annotated[Path, typer.Option("--plan", help="plan balance 写出的方案文件。")]
Standard = Annotated[str, typer.Option(help="按哪个标准规划。")]
MOST_SECONDS = 7 * 24 * 3600
Found = TypeVar("Found")


@plan.command("balance")
def balance(
    city: CityFolder,
    out: Annotated[Path, typer.Option(help="把方案写到这个 .json 文件。")],
    county: Annotated[list[str] | None, typer.Option(help="只规划这个县区，如 990101；可写多次。")] = None,
    standard: Standard = STANDARD,
    year: Annotated[int | None, typer.Option(help="从哪个学年出发；缺省为最近一年。")] = None,
    years: Annotated[int, typer.Option(help="几年内达标，1 至 5。")] = 3,
    budget: Annotated[str | None, typer.Option(help="每个县区每年最多花多少元；缺省不限。")] = None,
    prices: Annotated[Path | None, typer.Option(help="本地价格与资金渠道的 TOML。")] = None,
    margin: Annotated[str, typer.Option(help="比标准高出多少作为规划线，如 0.03。")] = "0.03",
    discount: Annotated[str, typer.Option(help="年贴现率，如 0.03；缺省不贴现。")] = "0",
    allow: Annotated[str, typer.Option(help=f"还允许什么，逗号隔开：{'、'.join(ALLOWED)}；缺省都不允许。")] = "",
    also: Annotated[str, typer.Option(help=f"还要求什么，逗号隔开：{'、'.join(ALSO)}。")] = "",
    forbid: Annotated[list[str] | None, typer.Option(help="不用这种措施，如 build；可写多次。")] = None,
    fix: Annotated[Path | None, typer.Option(help="指定措施、改变价格或上限的 TOML。")] = None,
    pupils: Annotated[Path | None, typer.Option(help="自己的在校生预测：school,stage,year,pupils 的 CSV。")] = None,
    seed: Annotated[int, typer.Option(help="随机种子；同一输入和种子得到同样的方案。")] = 0,
    gap: Annotated[str, typer.Option(help="与最省方案的差距到多少即止，如 0.001。")] = "0.001",
    seconds: Annotated[float | None, typer.Option(help="最多算多少秒；缺省按计算量结束。")] = None,
    xlsx: Workbook = None,
    html: PageFile = None,
    docx: LedgerFile = None,
    schools: SchoolsFile = None,
    as_json: AsJson = False,
) -> None:
    """费用最省的达标方案：哪所学校、哪一年、做什么、花多少钱；钱或编制不够时，列出最好能到什么程度、还差什么。"""
    refusals, none = Refusals(), Fraction(0)  # what stands in for what was refused is never planned with
    refusals.of(writable, out, "--out", ".json")
    papers = refusals.of(papers_named, xlsx, html, docx, schools) or {}
    to_gap = refusals.of(gap_of, gap, seed, seconds) or 0.0
    if prices:
        refusals.of(refuse_wrong_list, prices)
    task = Task(
        city,
        tuple(county or ()),
        standard,
        year,
        years,
        None if budget is None else refusals.of(exact, "--budget", budget),
        prices,
        refusals.of(exact, "--margin", margin) or none,
        refusals.of(exact, "--discount", discount) or none,
        refusals.of(words, "--allow", allow, ALLOWED) or frozenset(),
        refusals.of(words, "--also", also, ALSO) or frozenset(),
        refusals.of(known_kinds, forbid or (), "--forbid") or frozenset(),
        (refusals.of(read_wishes, fix) if fix else None) or Wishes(),
        pupils,
        (fix,) if fix else (),
    )
    refusals.of(task.refuse_what_cannot_be)
    refusals.tell()
    made, spent = timed(lambda stopped, told: make_plan(task, Limits(to_gap, seconds=seconds, wished=stopped), seed, told))
    folder = keep(city, made, run_story(seconds=round(spent, 1)))
    copy_out(made, out)
    written = write_papers(papers, made, city)
    if as_json:
        print_json(made.as_json())
    else:
        plans.plan(made, plan_facts(made, city).school)
        registers.files([*written, out])
        tell(f"方案已存入 {folder}，用时 {spent:.1f} 秒")


@plan.command("print")
def print_(
    file: Annotated[Path, typer.Argument(metavar="PLAN_FILE", help="plan balance 写出的 plan.json。")],
    city: CityFolder,
    xlsx: Workbook = None,
    html: PageFile = None,
    docx: LedgerFile = None,
    schools: SchoolsFile = None,
) -> None:
    """把已有的方案写成表格、网页、整改台账、一校一策，不再求解。"""
    papers = papers_named(xlsx, html, docx, schools)
    if not papers:
        raise JunhengError("没有写要什么 -> 加 --xlsx、--html、--docx 或 --schools")
    registers.files(write_papers(papers, read_plan(file), city))


def exact(option: str, text: str) -> Fraction:
    """The number of an option, exact as it was typed."""
    try:
        return Fraction(text.replace(",", ""))
    except (ValueError, ZeroDivisionError) as wrong:
        raise JunhengError(f"{option} {text}：不是数字 -> 改正后重试") from wrong


def gap_of(gap: str, seed: int, seconds: float | None) -> float:
    """How near the cheapest a run is to end. Errors: JunhengError with all that is wrong with how it is to end."""
    refusals, found = Refusals(), Fraction(0)
    with refusals.heard():
        found = exact("--gap", gap)
    if not 0 <= found < 1:
        refusals.said.append(f"--gap {gap}：应为 0 至 1 的数，如 0.001 -> 改正后重试")
    if not 0 <= seed < 2**31:
        refusals.said.append(f"--seed {seed}：应为 0 至 {2**31 - 1} 的整数 -> 改正后重试")
    if seconds is not None and not 0 < seconds <= MOST_SECONDS:
        refusals.said.append(f"--seconds {seconds}：应为大于0、不大于 {MOST_SECONDS} 的秒数 -> 改正后重试")
    refusals.tell()
    return float(found)


def words(option: str, text: str, known: tuple[str, ...]) -> frozenset[str]:
    """Words of a closed list, by commas."""
    found = frozenset(filter(None, (word.strip() for word in text.replace("，", ",").split(","))))
    if unknown := sorted(found - set(known)):
        raise JunhengError(f"{option} {'、'.join(unknown)}：没有这一项；可用：{'、'.join(known)} -> 改正后重试")
    return found


def timed(run: Callable[[Callable[[], bool], OnProgress], Found]) -> tuple[Found, float]:
    """What a run found that an interrupt ends early, and the seconds it took."""
    with cancellable() as stopped, progress() as on_progress:
        began = time.monotonic()
        return run(stopped.is_set, on_progress), time.monotonic() - began


@contextmanager
def cancellable() -> Iterator[Event]:
    """The first interrupt asks the run to end with the best plan so far, the second ends the program."""
    stopped = Event()

    def first(number: int, frame: object) -> None:
        stopped.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        tell("正在中止：保留目前最好的方案；再按一次立即退出")

    before = signal.signal(signal.SIGINT, first)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


@plan.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="plan balance 写出的 plan.json。")],
    city: CityFolder,
    prices: Annotated[Path | None, typer.Option(help="规划时用的本地价格与资金渠道的 TOML：与方案写明的逐项核对。")] = None,
    pupils: Annotated[Path | None, typer.Option(help="规划时用的在校生预测：与方案写明的逐项核对。")] = None,
    as_json: AsJson = False,
) -> None:
    """核对方案：从数据版本重新算出每个数字和每条条件，与求解程序没有共用的代码；有一处不符即以 4 退出。"""
    made = read_plan(file)
    with progress() as on_progress:
        found = check_plan(made, city, prices, pupils, on_progress)
    if as_json:
        print_json({"plan": file.name, "snapshot": made.task["snapshot"], **found.as_json()})
    else:
        plans.checked(made, found)
    if found.breaches:
        raise typer.Exit(Exit.breach)


@plan.command("curve")
def curve(
    city: CityFolder,
    plan_file: PlanFile,
    points: Annotated[int, typer.Option(help="曲线取几个点。")] = 12,
    html: Annotated[Path | None, typer.Option("--html", help="把曲线写到这个 .html 文件。")] = None,
    as_json: AsJson = False,
) -> None:
    """预算曲线：每年给多少钱，多少学校、多少县区达标。可中止后接着算。"""
    writable(html, "--html", ".html")
    made = read_plan(plan_file)
    rows = asked(partial(budget_curve, points=points), made, city)
    if html:
        write_curve(html, rows, made)
    if as_json:
        print_json({"points": rows})
    else:
        analyses.curve(rows)
        analyses.moved_or_not(made)
        registers.files([html] if html else [])


@plan.command("rules")
def rules(city: CityFolder, plan_file: PlanFile, as_json: AsJson = False) -> None:
    """每条规则值多少钱：各放宽一步后重新求解，看费用和未达标处各少多少。"""
    made = read_plan(plan_file)
    rows = asked(rule_costs, made, city)
    if as_json:
        print_json({"rules": rows})
    else:
        analyses.rule_costs(rows)
        analyses.moved_as_planned(made)


@plan.command("certain")
def certain(city: CityFolder, plan_file: PlanFile, as_json: AsJson = False) -> None:
    """哪些措施非做不可：在所有不比最省方案贵 1% 的方案里都有的，逐项证明。"""
    made = read_plan(plan_file)
    rows = asked(certain_measures, made, city)
    if as_json:
        print_json({"measures": rows})
    else:
        analyses.certain(rows, plan_facts(made, city).school)
        analyses.moved_as_planned(made)


@plan.command("prices")
def prices(city: CityFolder, plan_file: PlanFile, as_json: AsJson = False) -> None:
    """价格高低 20% 时方案怎样变：费用和各类措施的数量。"""
    made = read_plan(plan_file)
    rows = asked(price_swings, made, city)
    if as_json:
        print_json({"prices": rows})
    else:
        analyses.price_swings(rows)
        analyses.moved_as_planned(made)


def asked(analysis: Callable[[Rerun], list[Row]], made: Plan, city: Path) -> list[Row]:
    """The rows of an analysis of a plan, which an interrupt ends."""
    return timed(lambda stopped, told: analysis(Rerun(made, city, told, stopped)))[0]


@plan.command("whatif")
def whatif(
    city: CityFolder,
    plan_file: PlanFile,
    fix: Annotated[Path, typer.Option(help="指定措施、改变价格或上限的 TOML。")],
    out: Annotated[Path | None, typer.Option(help="把新方案写到这个 .json 文件。")] = None,
    as_json: AsJson = False,
) -> None:
    """如果：加上这些要求重新规划，与原方案比较。"""
    writable(out, "--out", ".json")
    (made, changes), spent = timed(lambda stopped, told: plan_under(Rerun(read_plan(plan_file), city, told, stopped), fix))
    keep(city, made, run_story(seconds=round(spent, 1)))
    if out:
        copy_out(made, out)
    print_json(changes) if as_json else analyses.difference_of_plans(changes, plan_facts(made, city).school)
    registers.files([out] if out and not as_json else [])


@plan.command("policy")
def policy(
    rule: Annotated[Path, typer.Argument(metavar="RULE.toml", help="政策：heads_rotate、max_class 或 small_points。")],
    city: CityFolder,
    year: Annotated[int | None, typer.Option(help="学年；缺省为最近一年。")] = None,
    as_json: AsJson = False,
) -> None:
    """政策预评估：影响谁，打开或打破什么，花多少钱。"""
    found = assess(city, rule, year)
    print_json(asdict(found)) if as_json else analyses.assessment(found)
