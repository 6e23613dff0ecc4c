"""Every transition table leads from every state to an end, and nobody verifies his own work."""

from __future__ import annotations

import pytest

from junheng.people.permissions import PERMISSIONS
from junheng.people.transitions import Transitions
from junheng.planning.transitions import APPROVAL
from junheng.register.transitions import SUBMISSION

TABLES = pytest.mark.parametrize("table", (SUBMISSION, APPROVAL), ids=lambda each: each.kind)


def reached(table: Transitions, start: str) -> set[str]:
    found, new = {start}, {start}
    while new:
        new = {step.after for step in table.steps if new & set(step.before)} - found
        found |= new
    return found


@TABLES
def test_every_state_is_declared_and_reached_from_the_first(table: Transitions) -> None:
    named = {table.first, *(state for step in table.steps for state in (*step.before, step.after))}
    assert named == set(table.states) == reached(table, table.first)


@TABLES
def test_from_every_state_a_case_can_come_to_rest(table: Transitions) -> None:
    """An end is a state that only a new demand leaves: one that nobody who did the work leaves without writing why."""
    ends = {state for state in table.states if all(step.needs_note for step in table.steps if state in step.before)}
    assert ends
    assert [state for state in table.states if not reached(table, state) & ends] == []


@TABLES
def test_steps_have_names_of_their_own_and_name_steps_that_are(table: Transitions) -> None:
    actions = [step.action for step in table.steps]
    assert len(actions) == len(set(actions))
    assert {each for step in table.steps for each in step.not_by} <= set(actions)
    assert all(PERMISSIONS[step.permission] for step in table.steps)
