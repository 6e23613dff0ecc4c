"""Demands that cannot be kept together are told by a smallest set of rules: enumeration says that it is one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from junheng.kernel.faults import Exit
from junheng.planning.balance.model.problem import Demand, Problem, Rule
from junheng.planning.balance.solver.conflict import DEMANDED, conflict, is_possible
from junheng.planning.codes import MeasureKind
from tests.unit.planning.commands.running import Officer
from tests.unit.planning.short_county import POOR
from tests.unit.planning.tiny import drawn, enumerated

CASES = 36


def demanding(seed: int) -> Problem:
    """A tiny county whose user demands at least so much of some measures and at most so much of others."""
    draw = Random(f"demands {seed}")
    problem = drawn(seed, with_budget=seed % 2 == 0, binding=seed % 4 >= 2)
    whole = [number for number, column in enumerate(problem.columns) if column.whole]
    wishes = []
    for number in draw.sample(whole, min(3, len(whole))):
        amount, at_least = Fraction(draw.randint(0, int(problem.columns[number].most))), draw.random() < 0.6
        told = f"用户要求：{problem.columns[number].school} {number} {'不少于' if at_least else '不多于'} {amount}"
        wishes.append(Rule(told, told, {number: Fraction(1)}, None if at_least else amount, amount if at_least else None))
    return replace(problem, rules=(*problem.rules, *wishes))


def possible(problem: Problem, kept: Collection[str]) -> bool:
    """Whether any combination of amounts keeps the rules of these sentences; the referee knows upper bounds only."""
    rules = [rule for rule in problem.rules if rule.sentence in kept]
    upper = [rule if rule.least is None else _turned(rule) for rule in rules]
    readings = tuple(
        reading
        if DEMANDED["schools"] in kept
        else replace(reading, floor=Fraction(0), need=0, lines=tuple(map(_nothing, reading.lines)))
        for reading in problem.readings
    )
    cones = problem.cones if DEMANDED["spreads"] in kept else ()
    return enumerated(replace(problem, rules=tuple(upper), readings=readings, cones=cones)).cost is not None


def _turned(rule: Rule) -> Rule:
    assert rule.least is not None
    return replace(rule, terms={column: -weight for column, weight in rule.terms.items()}, most=-rule.least, least=None)


def _nothing(line: object) -> object:
    return replace(line, wanted=Fraction(0), limit=Fraction(0))  # type: ignore[type-var]


@pytest.mark.parametrize("seed", range(CASES))
def test_the_set_is_one_of_which_every_rule_is_needed(seed: int) -> None:
    problem = demanding(seed)
    every = {rule.sentence for rule in problem.rules} | {DEMANDED["schools"], DEMANDED["spreads"]}
    found = conflict(problem, demands=True)
    assert (found is None) == possible(problem, every)
    if found is not None:
        assert not possible(problem, found.sentences)
        assert [each for each in found.sentences if not possible(problem, set(found.sentences) - {each})] == []


def test_the_drawn_demands_clash_in_many_ways() -> None:
    told = [conflict(demanding(seed), demands=True) for seed in range(CASES)]
    sizes = [len(each.sentences) for each in told if each]
    assert None in told and {1, 2, 3} <= set(sizes)
    assert any(DEMANDED["spreads"] in each.sentences for each in told if each)
    assert any("用户要求" in sentence for each in told if each for sentence in each.sentences)


@pytest.mark.parametrize("seed", range(20))
def test_rules_alone_are_possible_as_enumeration_says(seed: int) -> None:
    problem = demanding(seed)
    assert is_possible(problem) == possible(problem, {rule.sentence for rule in problem.rules})


def test_rooms_that_were_asked_for_clash_with_a_demand_for_none() -> None:
    """Neither schools nor coefficients have to do with it, and neither is named."""
    problem = drawn(0)
    number = next(number for number, column in enumerate(problem.columns) if column.whole)
    none = Rule("用户要求：不建", "用户要求：不建", {number: Fraction(1)}, Fraction(0))
    rooms = Demand("c", "s0", "all", "yz.2.3.music", {number: Fraction(1)}, Fraction(1))
    found = conflict(replace(problem, rules=(none,), demands=(rooms,), readings=(), cones=()), demands=True)
    assert found is not None and set(found.sentences) == {"用户要求：不建", DEMANDED["rooms"]}


CLASH = f"""
[[fix]]
kind = "build"
school = "{POOR}"
least = 200
[[fix]]
kind = "network_room"
least = 0
"""


def test_an_officer_reads_which_demands_clash_and_nothing_is_written(officer: Officer) -> None:
    told = officer.plans("--budget", "1000", "--fix", officer.file("指定.toml", CLASH))
    assert (told.code, told.wrote_nothing) == (Exit.breach, True)
    lines = [line for line in told.said.splitlines() if line.startswith("  ") and ". " in line]
    assert [
        words in told.said
        for words in (
            "以下 2 条",
            "每年的花费不超过当年预算",
            f"{POOR} {MeasureKind.build.zh}不少于 200",
            "-> 放宽其中一条后重试",
        )
    ] == [True] * 4
    assert len(lines) == 2


def test_without_one_of_the_two_there_is_a_plan(officer: Officer) -> None:
    clash = officer.file("指定.toml", CLASH)
    assert officer.plans("--fix", clash).code == Exit.fine
    built = [row for row in officer.plans("--fix", clash).plan["measures"] if row["kind"] == "build" and row["school"] == POOR]
    assert sum(row["amount"] for row in built) >= 200
    assert officer.plans("--budget", "1000").code == Exit.fine


def test_a_county_that_must_pass_and_cannot_hears_which_rules_stand_in_the_way(officer: Officer) -> None:
    told = officer.plans("--fix", officer.file("指定.toml", "must_pass = true\n"), "--forbid", "network_room")
    assert (told.code, told.wrote_nothing) == (Exit.breach, True)
    assert "没有方案能满足这一条" in told.said and DEMANDED["spreads"] in told.said
