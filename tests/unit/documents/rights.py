"""What another user may do, where a test runs as root."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def somebody_else() -> Iterator[None]:
    """The rights of a user who owns nothing; root may read and write anywhere."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(mine)


def open_to_all(folder: Path) -> None:
    """Let others in as far as this folder: a folder of tests is for its owner alone."""
    for each in (folder, *folder.parents):
        if each.stat().st_uid == os.geteuid():
            each.chmod(each.stat().st_mode | 0o055)
