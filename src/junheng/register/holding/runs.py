"""How something came into the city folder: when, where, by whom, with what. It stands beside the facts, in no digest."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from junheng import __version__

_ASKED_BY: ContextVar[str] = ContextVar("asked_by", default="")


@contextmanager
def asked_by(name: str) -> Iterator[None]:
    """What is taken in meanwhile is so by this person, not by the account that the server runs under."""
    before = _ASKED_BY.set(name)
    try:
        yield
    finally:
        _ASKED_BY.reset(before)


def run_story(software: Mapping[str, str] | None = None, **more: object) -> dict[str, object]:
    """What `run.json` tells of this run; `software` are versions besides our own."""
    return {"taken_in": datetime.now().astimezone().isoformat(timespec="seconds"), "host": socket.gethostname(), "user": user(),
            **more, "software": {"junheng": __version__, **(software or {})}}


def user() -> str:
    if _ASKED_BY.get():
        return _ASKED_BY.get()
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return ""
