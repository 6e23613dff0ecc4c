"""Pupils move: what a relaxation proposes is tried as given pupils, and the best of the plans found is kept, with the bound of
both.

Proven is the bound: no choice of moves and measures costs less. Which moves are best is searched, not proven, beyond that gap.
Where not everything can be met, only the number of failures is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from math import ceil

from junheng.engines.highs import Vector
from junheng.planning.balance.model.county import CLASS_SIZE, CountyProblem
from junheng.planning.balance.model.intake import Intake, Move
from junheng.planning.balance.model.levers import LEVERS
from junheng.planning.balance.model.offers import Key, Offers
from junheng.planning.balance.model.problem import Column, Demand, Problem
from junheng.planning.balance.model.rules import Book, rules
from junheng.planning.balance.solver.exact import missed_demands
from junheng.planning.balance.solver.limits import Limits, gap
from junheng.planning.balance.solver.moving import Moving, Shifts, moves_of
from junheng.planning.balance.solver.solving import Solution, solve
from junheng.planning.codes import WORST, MeasureKind, Status

ROUNDS = 4
CUTS = 12  # rounds of cuts of a linear program
GAP, NODES = 0.005, 2_000
ALL_SUBSETS = 4  # merges of which every subset is tried; of more, one after another

Remake = Callable[[tuple[Move, ...], tuple[tuple[str, str], ...]], CountyProblem]


@dataclass(frozen=True)
class Reshaped:
    """The best plan found with its moves and merges, and what is proven of it."""

    made: CountyProblem
    solution: Solution
    moves: tuple[Move, ...] = ()
    merges: tuple[tuple[str, str], ...] = ()
    proven: str = ""

    @property
    def rank(self) -> tuple[int, float]:
        return self.solution.failures, float(self.solution.cost) + self.extra

    @property
    def extra(self) -> float:
        """What moves and merges cost themselves."""
        return float(self.made.moves_cost)


def reshaped(
    made: CountyProblem,
    remake: Remake,
    limits: Limits,
    seed: int,
    merges: tuple[tuple[str, str], ...],
    say: Callable[[str], None],
) -> Reshaped:
    """The best plan of a county whose pupils may move: merges that the user permits, entrants who go to a neighbour."""
    best = Reshaped(made, solve(made.problem, limits, seed))
    best = _with_merges(best, remake, limits, seed, merges, say)
    if "intake" in made.task.allow and not limits.is_over:
        best = _Moves(best, remake, limits, seed, say, merges).run()
    return best


def _with_merges(
    best: Reshaped, remake: Remake, limits: Limits, seed: int, merges: tuple[tuple[str, str], ...], say: Callable[[str], None]
) -> Reshaped:
    if not merges:
        return best
    every, seen = len(merges) <= ALL_SUBSETS, [best]
    for size in range(1, len(merges) + 1) if every else (1,):
        for chosen in combinations(merges, size):
            if limits.is_over:
                return _unproven(best, merges, "时间用尽，没有试完", limits.cut_off())
            tried = chosen if every else (*best.merges, *chosen)
            say(f"试算布局调整 {len(tried)} 处")
            made = remake((), tried)
            if made.affords_the_ways:
                seen.append(Reshaped(made, solve(made.problem, limits, seed), merges=tried))
                best = min(best, seen[-1], key=lambda each: each.rank)
    if not every:
        return _unproven(best, merges, "逐个试算，未证明组合最优", Status.work_limit)
    return _over_all(best, seen, merges)


def _unproven(best: Reshaped, merges: tuple[tuple[str, str], ...], why: str, status: Status) -> Reshaped:
    """Of the best among some choices, where others were not tried: no bound holds for all."""
    solution = replace(best.solution, bound=0.0, fewest=0, status=max(status, best.solution.status, key=WORST.index))
    return replace(best, solution=solution, proven=f"布局调整从用户准许的 {len(merges)} 处中选择（{why}）")


def _over_all(best: Reshaped, seen: list[Reshaped], merges: tuple[tuple[str, str], ...]) -> Reshaped:
    """The least of the bounds of all choices, and the fewest failures that any cannot do without."""
    solution = best.solution
    fewest = min(each.solution.fewest for each in seen)
    if solution.failures == 0:
        bounds = [each.solution.bound + each.extra for each in seen if not each.solution.fewest]
        solution = replace(solution, bound=min(bounds) - best.extra)
    worst = max((each.solution.status for each in seen), key=WORST.index)
    solution = replace(solution, fewest=min(fewest, solution.failures), status=worst)
    return replace(best, solution=solution, proven=f"布局调整从用户准许的 {len(merges)} 处中选择（所有组合均已求解）")


def _crowded(problem: Problem, solution: Solution) -> set[Key]:
    """The stages of schools that would have to open more classes than they can."""
    missed = (problem.demands[number] for number, _ in missed_demands(problem, solution.amounts))
    return {(demand.school, demand.stage) for demand in missed if demand.item == CLASS_SIZE}


@dataclass
class _Moves:
    """The rounds of one county: relax, try, cut."""

    best: Reshaped
    remake: Remake
    limits: Limits
    seed: int
    say: Callable[[str], None]
    merges: tuple[tuple[str, str], ...]  # that the user permits: what is proven of moves is proven for those taken only
    tried: set[tuple[Move, ...]] = field(default_factory=set)

    def run(self) -> Reshaped:
        base = self.best
        problem, shifts = self._problem(base.made)
        if not shifts:
            return self.best
        fails = base.solution.failures > 0
        model = Moving(problem, shifts, soft=fails, seed=self.seed)
        if fails:
            model.model.costs(dict.fromkeys(model.failing.values(), 1.0))
        bound = 0.0
        for number in range(ROUNDS):
            self.say(f"招生调整第 {number + 1} 轮")
            answer = self._relaxed(model, fails)
            if answer is None:
                break
            bound = max(bound, answer[1])
            self._try(problem, model, shifts, answer[0])
            model.touch(answer[0], 0.0)
            if self._gap(bound) <= self.limits.gap or self.limits.is_over:
                break
        return self._told(bound, fails)

    def _relaxed(self, model: Moving, fails: bool) -> tuple[Vector, float] | None:
        stop = self.limits.stop(1e-6 if fails else GAP, NODES)
        for _ in range(CUTS):
            first = model.model.relaxed(stop)
            if first.values is None or not model.touch(first.values, 1e-4):
                break
        answer = model.model.solved(stop, within=0.99 if fails else 1e-6)
        return None if answer.values is None else (answer.values, answer.bound)

    def _try(self, problem: Problem, model: Moving, shifts: Shifts, values: Vector) -> None:
        moves = tuple(
            _move(problem.columns[column], amount) for column, amount in moves_of(problem, values, shifts, model).items()
        )
        while moves and moves not in self.tried:
            self.tried.add(moves)
            made = self.remake(moves, self.best.merges)
            if not made.affords_the_ways:
                return
            solution = solve(made.problem, self.limits, self.seed)
            crowded = _crowded(made.problem, solution)
            kept = tuple(move for move in moves if (move.school, move.stage) not in crowded)
            if kept == moves:
                self._keep(made, solution, moves)
                return
            moves = kept  # nobody is sent where there is no class for him

    def _keep(self, made: CountyProblem, solution: Solution, moves: tuple[Move, ...]) -> None:
        found = Reshaped(made, solution, moves, self.best.merges, self.best.proven)
        self.best = min(self.best, found, key=lambda each: each.rank)

    def _gap(self, bound: float) -> float:
        failures, cost = self.best.rank
        return 1.0 if failures or not cost else gap(cost, bound)

    def _told(self, bound: float, fails: bool) -> Reshaped:
        best, solution = self.best, self.best.solution
        if fails:
            fewest = min(solution.failures, ceil(bound - 1e-6))
            told = (
                f"任何招生调整都不少于 {fewest} 处未达到；采用的招生调整按未达到处最少试算，未证明最优，费用的差距只对此招生成立"
            )
            solution = replace(solution, fewest=fewest)
        else:
            told = "下界对任何招生调整都成立；采用的招生调整未单独证明最优"
            solution = replace(solution, bound=min(solution.bound, bound - best.extra))
            solution = replace(solution, status=self._status(solution))
        moved = replace(best, solution=solution, proven="；".join(filter(None, (best.proven, told))))
        if not self.merges:
            return moved
        found = _unproven(moved, self.merges, "与招生调整一起只试了选定的组合", Status.work_limit)
        return replace(found, proven=f"{found.proven}；{told}")

    def _status(self, solution: Solution) -> Status:
        if solution.status in (Status.cancelled, Status.time_limit):
            return solution.status
        return Status.gap_reached if solution.gap <= self.limits.gap else Status.work_limit

    # --- the problem with moves -------------------------------------------------------------------------------

    def _problem(self, made: CountyProblem) -> tuple[Problem, Shifts]:
        """All measures at the widest range of pupils, and the moves as columns after them."""
        intake = Intake(made.offers, made.told)
        offers = replace(made.offers, pupils=self._ranges(made, intake))
        measures = tuple(column for lever in LEVERS for column in lever(offers))
        opened = {
            (column.school, column.stage, column.detail): number
            for number, column in enumerate(measures)
            if column.kind is MeasureKind.open_class
        }
        intake = Intake(offers, made.told, opened)
        columns = (*measures, *intake.columns)
        book = Book(offers, columns, made.task.budget, made.free_posts, made.ways)
        kept = (*rules(book), *intake.rules(len(measures)))
        demands = tuple(self._demands(offers, columns, len(measures), opened)) if offers.classes else ()
        problem = Problem(made.scene.readings, columns, kept, made.problem.cones, demands, made.problem.weights)
        return problem, self._shifts(made, intake, len(measures))

    def _ranges(self, made: CountyProblem, intake: Intake) -> dict[Key, tuple[Fraction, Fraction]]:
        """To how many times their pupils units may shrink and grow."""
        found: dict[Key, list[Fraction]] = {}
        for column in intake.columns:
            found.setdefault((column.source, column.stage), [Fraction(0), Fraction(0)])[0] += column.most
            found.setdefault((column.school, column.stage), [Fraction(0), Fraction(0)])[1] += column.most
        pupils = {(reading.school, reading.stage): reading.pupils for reading in made.scene.readings}
        return {key: (max(Fraction(0), 1 - less / pupils[key]), 1 + more / pupils[key]) for key, (less, more) in found.items()}

    def _shifts(self, made: CountyProblem, intake: Intake, first: int) -> Shifts:
        of_unit = made.scene.of_unit
        return {
            number: (
                *((reading, -1) for reading in of_unit[column.source, column.stage]),
                *((reading, 1) for reading in of_unit[column.school, column.stage]),
            )
            for number, column in enumerate(intake.columns, first)
        }

    def _demands(
        self, offers: Offers, columns: tuple[Column, ...], first: int, opened: dict[tuple[str, str, str], int]
    ) -> Iterator[Demand]:
        """No class over the standard, with those who come and go counted."""
        for (school, stage, grade), (many, pupils) in offers.classrooms.by_grade.items():
            limit = offers.classrooms.limit(school, stage)
            least = Fraction(pupils, limit) - many
            if least <= 0:
                continue
            terms = {opened[school, stage, str(grade)]: Fraction(1)} if (school, stage, str(grade)) in opened else {}
            year = offers.scene.target - (grade - (1 if stage == "primary" else 7))
            for number, column in enumerate(columns[first:], first):
                if column.stage == stage and column.year == year and school in (column.school, column.source):
                    terms[number] = Fraction(1 if column.source == school else -1, limit)
            yield Demand(offers.scene.county, school, stage, CLASS_SIZE, terms, least)


def _move(column: Column, amount: Fraction) -> Move:
    return Move(column.source, column.school, column.stage, column.year, int(amount))
