"""The command line: one thin command a verb. Results to stdout, progress to stderr, exit codes of DESIGN 11."""

from junheng.cli.commands import app
from junheng.cli.refusals import main

__all__ = ["app", "main"]
