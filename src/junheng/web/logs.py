"""Log lines as JSON: when, how bad, where, what; never what a user typed or a row of the register."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime

OURS = "junheng"
TOLD = ("path", "method", "status", "ms", "kind", "person")  # what a line may say besides its message


class AsJson(logging.Formatter):
    """One line a record. Of an exception the places in the code, not its message: that may quote data."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if record.name.startswith(OURS) else _unfilled(record),
        }
        told |= {name: getattr(record, name) for name in TOLD if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])[-6:]
            told |= {
                "exception": record.exc_info[0].__name__,
                "frames": [f"{each.filename}:{each.lineno} {each.name}" for each in frames],
            }
        return json.dumps(told, ensure_ascii=False, default=str)


def _unfilled(record: logging.LogRecord) -> str:
    """The sentence of a library without what fills it: an address, a user name. Of one that is filled already, its place."""
    return str(record.msg) if record.args else f"{record.module}:{record.lineno}"
