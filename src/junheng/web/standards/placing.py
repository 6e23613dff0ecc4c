"""A file of the city's own law, as the desk writes it: read by the desk and the command line alike."""

from __future__ import annotations

from pathlib import Path

from junheng.register.holding import disk


def place(file: Path, text: bytes) -> None:
    """Put it there, or take it away where it holds nothing: no file and an empty one are the same law, told by one digest."""
    with disk.in_words(file.parent):
        if text == (file.read_bytes() if file.is_file() else b""):
            return
        file.parent.mkdir(exist_ok=True)
        if text:
            disk.replace_file(file, text)
        else:
            file.unlink()
            disk.sync_folder(file.parent)
