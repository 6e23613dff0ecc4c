"""The verbs of the command line, in the order in which help lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import typer

from junheng.cli.answers import cv, diff, explain, lineage, standards
from junheng.cli.desk import admin, audit, backup, people, restore, serve, worker
from junheng.cli.documents import promises, read
from junheng.cli.measuring import measure
from junheng.cli.planning import plan
from junheng.cli.printing import forms
from junheng.cli.registering import check, import_, sample, template

VERBS: Mapping[str, Callable[..., None]] = {
    "sample": sample, "template": template, "check": check, "import": import_, "measure": measure, "explain": explain,
    "diff": diff, "lineage": lineage, "forms": forms, "standards": standards, "cv": cv,
    "read": read, "promises": promises, "serve": serve, "worker": worker, "backup": backup, "restore": restore}

app = typer.Typer(name="junheng", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
                  help="均衡：县域义务教育均衡的登记、测算与说明。")
for name, verb in VERBS.items():
    app.command(name)(verb)
for group in (plan, admin, people, audit):
    app.add_typer(group)
