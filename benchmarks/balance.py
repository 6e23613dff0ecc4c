"""The balance plan: how long it takes as counties grow, what it saves against the clerk's way, and SCIP on the same model.

Each county is made up, taken in and planned for three years by the commands, each a process of its own; then its problem is
solved by our search and, given whole with its cones, by SCIP to the same gap, in turn in this process.
Run: `python benchmarks/balance.py [seed] [schools ...]`. Writes its tables into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import gettempdir
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from city import ran
from counties import write_county
from results import write_section
from scip import Answered, solved

from junheng.planning.balance.model.problem import Problem
from junheng.planning.balance.planning import Planning
from junheng.planning.balance.solver.clerk import by_hand
from junheng.planning.balance.solver.exact import Reached, reached
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.solver.search import Found, Search
from junheng.planning.balance.task import Task

GROWTH = (50, 100, 150, 300, 1000)
COUNTIES = [("uneven", 50), *(("short", schools) for schools in GROWTH)]
COUNTY = "990101"
TO_SCIP = 300  # schools of the largest county that SCIP is given
PATIENCE, LEAST = 20, 3.0  # times our own seconds, but these at least, after which SCIP is stopped
GOAL = 5
TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class Run:
    """A county that was planned: by the command, by hand, by the search and by SCIP."""

    kind: str
    schools: int
    cpu: float
    seconds: float
    megabytes: float
    plan: dict[str, Any]
    columns: int
    by_hand: tuple[Fraction, int]  # its cost, and how much still fails: stages of schools and coefficients of variation
    search: tuple[float, Found]
    scip: Answered | None


def run(folder: Path, kind: str, schools: int, seed: int) -> Run:
    cpu, wall, megabytes = planned(folder, kind, schools, seed)
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    problem = Planning(Task(folder / "city")).problem(COUNTY, folder / "problem").problem
    amounts = by_hand(problem)
    search = Search(problem, Limits())
    begun = time.process_time()
    found = search.run()
    taken = time.process_time() - begun
    other = solved(problem, Limits().gap, PATIENCE * max(taken, LEAST)) if schools <= TO_SCIP else None
    filled = problem.cost(amounts), failing(problem, reached(problem, amounts))
    return Run(kind, schools, cpu, wall, megabytes, plan, len(problem.columns), filled, (taken, found), other)


def planned(folder: Path, kind: str, schools: int, seed: int) -> tuple[float, float, float]:
    write_county(folder / "tables", kind, schools, seed)
    ran(["import", f"{folder}/tables", "--city", f"{folder}/city", "--year", "2025", "--reason", "没有高中"], folder)
    return ran(["plan", "balance", "--city", f"{folder}/city", "--years", "3", "--out", f"{folder}/plan.json"], folder)


def failing(problem: Problem, state: Reached) -> int:
    stages = {(problem.readings[number].school, problem.readings[number].stage) for number in state.failing()}
    return len(stages) + len({(cone.stage, cone.item) for cone in problem.cones if not state.keeps(cone)})


def growth(runs: list[Run], command: str) -> None:
    rows = [[each.kind, f"{each.schools:,}", f"{each.columns:,}", f"{each.cpu:.0f}", f"{each.seconds:.0f}",
             f"{each.megabytes:.0f}", f"{each.search[0]:.1f}", f"{each.plan['gap']:.3%}", each.plan["status"],
             f"{_after(each.plan)}"] for each in runs]
    columns = ["county", "schools", "measures to choose from", "CPU seconds", "seconds", "peak MB", "of them search", "gap",
               "status", "schools failing after"]
    write_section("Balance plans as counties grow", command, columns, rows,
                  "`junheng plan balance --years 3` from the snapshot to the written plan, a process of its own; the search is "
                  "timed again by itself. Short: many schools just under many lines; uneven: nearly all pass, but the spread "
                  "between them is too large. Goals: 150 schools in 10 seconds, 300 in 30, to a gap of 0.1 %.")


def saved(runs: list[Run], command: str) -> None:
    rows = [[each.kind, f"{each.schools:,}", _yuan(each.by_hand[0]), f"{each.by_hand[1]}", _yuan(each.plan["cost"]),
             f"{_unmet(each.plan)}"] for each in runs]
    columns = ["county", "schools", "clerk's way, 10,000 yuan", "still failing", "plan, 10,000 yuan", "still failing"]
    write_section("Balance plans against the clerk's way", command, columns, rows,
                  "The clerk fills each gap of each school by what is cheapest there under the same rules, without moves between "
                  "schools and without an eye on the spread. Failing: stages of schools and coefficients of variation.")


def against(runs: list[Run], command: str) -> None:
    rows = [[each.kind, f"{each.schools:,}", f"{each.search[0]:.1f}", f"{each.search[1].gap:.3%}", f"{each.scip.seconds:.1f}",
             "none" if each.scip.gap is None else f"{each.scip.gap:.3%}", _yuan(each.search[1].cost), _yuan(each.scip.cost),
             f"{each.scip.seconds / each.search[0]:.1f}"] for each in runs if each.scip]
    columns = ["county", "schools", "ours, CPU s", "gap", "SCIP, CPU s", "gap", "ours, 10,000 yuan", "SCIP, 10,000 yuan",
               "SCIP / ours"]
    write_section("Balance plans against SCIP", command, columns, rows,
                  f"The same rows, columns and cones, once the models are built; one thread each; to a gap of 0.1 %. Ours "
                  f"counts a plan in the steps in which things are ordered, right in exact arithmetic; SCIP's amounts are of any "
                  f"size. SCIP is stopped after {PATIENCE} times our time, or a minute. Goal: {GOAL} times faster"
                  f"{_missed(runs)}.")


def _missed(runs: list[Run]) -> str:
    """The counties in which the goal is missed, named."""
    ratios = [(each, each.scip.seconds / each.search[0]) for each in runs if each.scip]
    missed = [f"{each.kind} {each.schools:,} ({ratio:.1f})" for each, ratio in ratios if ratio < GOAL]
    return f"; missed at {', '.join(missed)}" if missed else ""


def _after(plan: dict[str, Any]) -> int:
    return sum(int(each["schools_failing_after"]) for each in plan["counties"])


def _unmet(plan: dict[str, Any]) -> int:
    return len({(each.get("school") or each.get("county"), each["stage"], "" if each.get("school") else each["item"])
                for each in plan["unmet"]})


def _yuan(yuan: Fraction | float | None) -> str:
    return "none" if yuan is None else f"{float(yuan) / TEN_THOUSAND:,.1f}"


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    sizes = set(map(int, sys.argv[2:])) or set(GROWTH)
    folder = Path(gettempdir()) / "junheng-balance"
    runs = []
    for kind, schools in (each for each in COUNTIES if each[1] in sizes):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        runs.append(run(folder, kind, schools, seed))
        print(f"{kind}, {schools} schools: done", file=sys.stderr)
    command = f"python benchmarks/balance.py {seed}"
    growth(runs, command)
    saved(runs, command)
    against(runs, command)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
