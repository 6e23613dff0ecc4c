"""The secret that signs sessions: made on first start, kept beside the city's key and outside its folder's backups."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FILE = "desk.secret"


def secret(city: Path) -> str:
    """What is in the file; one that is not there is made. Two processes that start at once read the same."""
    file = city / FILE
    city.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    made = secrets.token_urlsafe(64)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(made)
    return made
