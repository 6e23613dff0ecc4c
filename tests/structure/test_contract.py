"""The page that scripts rely on says what the code says."""

from __future__ import annotations

import re

import pytest

from junheng.cli import app
from junheng.kernel.codes import Code, Evidence, Level, Privacy, Severity, Split, Stage, Verdict
from junheng.kernel.faults import Exit
from junheng.standards import law
from tests.structure.places import REFERENCE

CONTRACT = (REFERENCE / "contract.md").read_text(encoding="utf-8")


def row(name: str) -> str:
    """The line of the contract's tables that begins with `name`."""
    return next(line for line in CONTRACT.splitlines() if line.startswith(f"| {name} |"))


def words(line: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", line))


@pytest.mark.parametrize("codes", (Level, Stage, Verdict, Evidence, Severity, Split, Privacy),
                         ids=lambda codes: codes.__name__)
def test_a_closed_list_of_the_contract_is_that_of_the_code(codes: type[Code]) -> None:
    assert words(row(codes.__name__)) - {"all", "null", "school_id"} == set(codes.__members__)


def test_the_contract_names_every_standard() -> None:
    assert words(row("Standard")) == set(law.standards)


@pytest.mark.parametrize("code", Exit, ids=lambda code: code.name)
def test_the_contract_says_when_each_exit_code_is_given(code: Exit) -> None:
    assert row(str(int(code))).split("|")[2].strip() == code.name


def test_the_contract_names_every_command() -> None:
    promised = set(re.findall(r"^junheng (\w+)", CONTRACT, re.M))
    assert promised == {command.name or command.callback.__name__ for command in app.registered_commands}
