"""A problem solved by its aims in order: what can be met is met, or else fails least; then cost; then as little is turned
over as can be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.kernel.faults import Exit, JunhengError
from junheng.planning.balance.model.problem import Problem
from junheng.planning.balance.solver.clerk import by_hand
from junheng.planning.balance.solver.conflict import rules_alone
from junheng.planning.balance.solver.easing import Eased, eased, open_in_whole, open_items
from junheng.planning.balance.solver.exact import broken_rules, failures, is_sound, out_of_bounds
from junheng.planning.balance.solver.limits import Limits, gap
from junheng.planning.balance.solver.search import Found, Search
from junheng.planning.balance.solver.settling import Amounts
from junheng.planning.balance.solver.tidying import pruned, tidied
from junheng.planning.codes import Status

LAST_WORK = 20_000  # iterations for a plan that keeps what is demanded, when time is up
ATTEMPTS = 4  # at finding which items cannot be met in whole numbers
TIDY_GAP, TIDY_NODES = 0.02, 200  # of the search for the plan that turns over least
OnBest = Callable[[Amounts, Fraction, float], None]


@dataclass(frozen=True)
class Solution:
    """The plan found, what no plan that meets as much costs less than, and how the run ended.

    `failures`   stages of schools, coefficients and rooms that fail; `fewest` no plan has fewer
    `searched`   the problem whose cost was minimised: the demands that are met, or what is reached of them
    """

    amounts: Amounts
    cost: Fraction
    bound: float
    status: Status
    searched: Problem
    failures: int = 0
    fewest: int = 0
    is_smallest: bool = True

    @property
    def gap(self) -> float:
        return gap(self.cost, self.bound)


def solve(problem: Problem, limits: Limits, seed: int = 0, on_best: OnBest | None = None) -> Solution:
    """The aims in order, on one problem."""
    return _Solving(problem, limits, seed, on_best).run()


@dataclass(frozen=True)
class State:
    """The fewest failures that can be reached whatever it costs, those of them that are stages of schools, and what there
    cannot be fewer than."""

    failures: int
    schools: int
    fewest: int


def best_state(problem: Problem, limits: Limits, seed: int = 0) -> State:
    """How far a county can get at all."""
    where = open_items(problem, limits, seed)
    if where is not None and not where:
        return State(0, 0, 0)
    found = eased(problem, where, limits, seed)
    units = {(reading.school, reading.stage) for reading in problem.readings}
    if found is None:
        return State(len(units), len(units), 0)
    return State(found.failures, len(found.failing & units), found.fewest)


@dataclass
class _Solving:
    problem: Problem
    limits: Limits
    seed: int
    on_best: OnBest | None

    def run(self) -> Solution:
        first = self._search(self.problem)
        if first.amounts is not None:
            return self._solution(first, self.problem)
        if first.feasible:  # cut off before a plan was found that meets everything
            return self._by_hand(first)
        return self._eased()

    def _search(self, problem: Problem, first: Amounts | None = None) -> Found:
        return Search(problem, self.limits, self.seed, self.on_best).run(first)

    def _solution(self, found: Found, searched: Problem, easing: Eased | None = None) -> Solution:
        if found.status in (Status.optimal, Status.gap_reached):
            found = self._tidied(found, searched)
        assert found.amounts is not None
        amounts = pruned(searched, found.amounts)
        many = len(failures(self.problem, amounts))
        fewest, is_smallest = (min(easing.fewest, many), easing.proven) if easing else (0, True)
        return Solution(amounts, searched.cost(amounts), found.bound, found.status, searched, many, fewest, is_smallest)

    def _tidied(self, found: Found, searched: Problem) -> Found:
        assert found.amounts is not None
        amounts = tidied(searched, found.amounts, self.seed, self.limits.stop(TIDY_GAP, TIDY_NODES))
        return replace(found, amounts=amounts, cost=searched.cost(amounts))

    def _eased(self) -> Solution:
        where = open_items(self.problem, self.limits, self.seed)
        for _ in range(ATTEMPTS):
            easing = eased(self.problem, where, self.limits, self.seed)
            if easing is None:
                break
            found = self._search(easing.problem, easing.amounts)
            if found.amounts is not None:
                return self._solution(found, easing.problem, easing)
            if found.feasible:
                return self._by_hand(found)
            more = open_in_whole(easing.problem, self.limits, self.seed)
            where = None if where is None or more is None or more <= where else where | more
        return self._by_hand(Found(None, None, 0.0, self.limits.cut_off()))

    def _by_hand(self, found: Found) -> Solution:
        """The clerk's plan, where the search was cut off before it had one; what breaks a rule is left undone."""
        amounts = by_hand(self.problem)
        while amounts and not is_sound(self.problem, amounts):  # without its land a ground cannot stay either
            broken = {column for rule in broken_rules(self.problem, amounts) for column in (*rule.terms, *rule.switches)}
            left = (broken | set(out_of_bounds(self.problem, amounts))) & set(amounts) or set(amounts)
            amounts = {column: amount for column, amount in amounts.items() if column not in left}
        if not is_sound(self.problem, amounts):  # something is demanded that a clerk would not do
            last = Limits(work=LAST_WORK, wished=self.limits.wished)  # whatever the clock says: nothing else keeps the demands
            found_sound = Search(rules_alone(self.problem), last, self.seed).run().amounts
            if found_sound is None:
                raise JunhengError("在限定的时间内没有找到满足指定要求（--fix）的方案 -> 多给些时间，或放宽要求", Exit.breach)
            amounts = found_sound
        many = len(failures(self.problem, amounts))
        return Solution(amounts, self.problem.cost(amounts), 0.0, found.status, self.problem, many, is_smallest=False)
