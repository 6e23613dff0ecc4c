"""How something came into the city folder: when, where, by whom, with what. It stands beside the facts, in no digest."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Mapping
from datetime import datetime

from junheng import __version__


def run_story(software: Mapping[str, str] | None = None, **more: object) -> dict[str, object]:
    """What `run.json` tells of this run; `software` are versions besides our own."""
    return {"taken_in": datetime.now().astimezone().isoformat(timespec="seconds"), "host": socket.gethostname(), "user": user(),
            **more, "software": {"junheng": __version__, **(software or {})}}


def user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return ""
