"""Checks of the register: a submission in, every fault of every file out; `RULES` lists what is asked."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from junheng.kernel.faults import Fault
from junheng.register.checks import areas, counts, county, dates, keys, people, places, schools
from junheng.register.checks.rules import RULES, Given, Rule
from junheng.register.submission import Submission

__all__ = ["RULES", "Rule", "check"]

SUBJECTS = (keys, places, schools, counts, areas, people, dates, county)  # to import is to register


def check(submission: Submission, rules: Iterable[Rule] = RULES.values()) -> list[Fault]:
    """All faults of all rules over all files stacked, in the order of file, sheet and row."""
    given = Given.of(submission)
    return sorted({_fault(given, rule, row) for rule in rules if rule.applies(given)
                   for rows in pl.collect_all(list(rule.breaches(given))) for row in rows.iter_rows()})


def _fault(given: Given, rule: Rule, row: tuple[int, str, int, str, str, str, str]) -> Fault:
    file, sheet, number, column, found, wanted, do = row
    return Fault(given.names[file], sheet, number, column, found, wanted, do, rule.kind, rule.severity)
