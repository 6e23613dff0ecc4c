"""The page that scripts rely on says what the code says."""

from __future__ import annotations

import re
from typing import Literal, get_args, get_origin

import pytest

from docs.build import every_command
from junheng.cli.options import Dimension, Engine
from junheng.documents import codes as documents
from junheng.indicators.forms.papers import FORMS
from junheng.indicators.series import Direction
from junheng.indicators.slices import DIMENSIONS, WORDS
from junheng.kernel.codes import Code, Evidence, Level, Privacy, Severity, Split, Stage, Verdict
from junheng.kernel.faults import Exit
from junheng.planning.check import Condition
from junheng.standards import law
from tests.structure.places import REFERENCE

CONTRACT = (REFERENCE / "contract.md").read_text(encoding="utf-8")
COMMANDS = every_command()
USAGES = {re.match(r"junheng ((?: ?[a-z]+)+)", usage)[1]: usage  # type: ignore[index]
          for usage in re.findall(r"^junheng .*(?:\n .*)*", CONTRACT, re.M)}


def row(name: str) -> str:
    """The line of the contract's tables that begins with `name`."""
    return next(line for line in CONTRACT.splitlines() if line.startswith(f"| {name} |"))


def words(line: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", line))


DOCUMENTS = (documents.Judgement, documents.FigureRole, documents.Exactness, documents.ComparisonKind, documents.Tense,
             documents.BodySource, documents.Agreement, documents.SuggestionKind, documents.Kept)


@pytest.mark.parametrize("codes", (Level, Stage, Verdict, Evidence, Severity, Split, Privacy, Direction, Condition,
                                   *DOCUMENTS),
                         ids=lambda codes: codes.__name__)
def test_a_closed_list_of_the_contract_is_that_of_the_code(codes: type[Code]) -> None:
    assert words(row(codes.__name__)) - {"all", "null", "school_id"} == set(codes.__members__)


def test_the_contract_names_every_standard() -> None:
    assert words(row("Standard")) == set(law.standards)


@pytest.mark.parametrize("code", Exit, ids=lambda code: code.name)
def test_the_contract_says_when_each_exit_code_is_given(code: Exit) -> None:
    assert row(str(int(code))).split("|")[2].strip() == code.name


def test_the_contract_names_every_command() -> None:
    assert set(USAGES) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_contract_names_every_option_of_a_command_and_what_it_may_be(command: str) -> None:
    parameters = COMMANDS[command].params
    options = {option for parameter in parameters for option in parameter.opts if option.startswith("--")}
    assert set(re.findall(r"--[\w-]+", USAGES[command])) == options
    kinds = [parameter.type_descriptor.annotation for parameter in parameters]
    choices = {"|".join(get_args(kind)) for kind in kinds if get_origin(kind) is Literal}
    assert set(re.findall(r"\w+(?:\|\w+)+", USAGES[command])) == choices


def test_the_contract_names_what_schools_are_divided_by_and_into() -> None:
    assert words(row("Dimension")) == set(DIMENSIONS) == set(get_args(Dimension))
    parts = re.search(r"^A `slice` is.*?\n\n", CONTRACT, re.M | re.S)
    told = {word for name, known in WORDS.items() if name != "kind" for word in known}
    assert parts and told | {"unknown"} <= words(parts[0])


def test_the_contract_names_every_address_of_the_api() -> None:
    described = set(re.findall(r"^### `([^`]+)`", (REFERENCE / "api.md").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"^\| `(/api/v1/[^`]*)`", CONTRACT, re.M)) == described | {"/api/v1/openapi.json"}


def test_the_contract_names_every_engine_and_every_form() -> None:
    assert words(row("Engine")) == set(get_args(Engine))
    assert words(row("Form")) == set(FORMS)
