"""The verbs of the command line, in the order in which help lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

VERBS = {  # each with the module that holds it
    "sample": "registering", "template": "registering", "check": "registering", "import": "registering", "measure": "measuring",
    "explain": "answers", "diff": "answers", "lineage": "answers", "forms": "printing", "standards": "answers", "cv": "answers",
    "read": "documents", "promises": "documents", "serve": "desk", "worker": "desk", "backup": "desk", "restore": "desk",
    "plan": "planning", "admin": "desk", "people": "desk", "audit": "desk"}
PLAIN: dict[str, Any] = {"add_completion": False, "pretty_exceptions_enable": False}


class Commands(Mapping[str, Any]):
    """Each is imported when it is asked for: whoever asks what a standard says does not wait for the solver."""

    def __getitem__(self, name: str) -> Any:
        return _command(name, VERBS[name])

    def __iter__(self) -> Iterator[str]:
        return iter(VERBS)

    def __len__(self) -> int:
        return len(VERBS)


@cache
def _command(name: str, module: str) -> Any:
    found = getattr(import_module(f"junheng.cli.{module}"), "import_" if name == "import" else name)
    if isinstance(found, typer.Typer):
        return typer.main.get_group(found)
    alone = typer.Typer(**PLAIN)
    alone.command(name)(found)
    return typer.main.get_command(alone)


class Verbs(TyperGroup):
    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = Commands()  # type: ignore[assignment]  # nobody adds to them


app = typer.Typer(name="junheng", cls=Verbs, no_args_is_help=True, **PLAIN,
                  help="均衡：县域义务教育均衡的登记、测算与说明。")
app.callback()(lambda: None)
