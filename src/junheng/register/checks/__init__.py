"""Checks of the register: a submission in, every fault of every file out; `RULES` lists what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from junheng.kernel.faults import Fault
from junheng.register.checks import (
    admissions,
    areas,
    children,
    coordinates,
    counts,
    county,
    dates,
    events,
    flows,
    heaping,
    keys,
    last_year,
    money,
    peers,
    people,
    places,
    population,
    posts,
    schools,
    staff,
    trees,
    visits,
)
from junheng.register.checks.rules import RULES, Given, Rule
from junheng.register.submission import Submission

__all__ = ["RULES", "Rule", "check"]

SUBJECTS = (keys, places, coordinates, trees, population, schools, events, counts, flows, areas, peers, heaping, people, staff,
            posts, children, admissions, dates, money, county, visits, last_year)  # to import is to register


def check(submission: Submission, rules: Iterable[Rule] = RULES.values(),
          earlier: Mapping[str, pl.LazyFrame] | None = None) -> list[Fault]:
    """All faults of all rules over all files stacked, in the order of file, sheet and row.

    `earlier`  the tables in force of the school year before; without them nothing is asked about last year
    """
    given = Given.of(submission, earlier)
    return sorted({_fault(given, rule, row) for rule in rules if rule.applies(given)
                   for rows in pl.collect_all(list(rule.breaches(given))) for row in rows.iter_rows()})


def _fault(given: Given, rule: Rule, row: tuple[int | None, str, int, str, str, str, str]) -> Fault:
    file, sheet, number, column, found, wanted, do = row
    name = "" if file is None else given.names[file]
    return Fault(name, sheet, number, column, found, wanted, do, rule.kind, rule.severity)
