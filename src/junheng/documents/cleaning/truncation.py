"""Says where a text ends in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.documents.cleaning.edits import Edit
from junheng.documents.cleaning.lines import Line

_GOING_ON = "，、,“（(《—"
_FINAL_CLOSE = "”’」』）)】》>|."
_FEWEST = 25  # characters: a shorter last line is a signature or a day
_SHOWN = 10


def find_truncation(rows: list[Line], titles: list[int]) -> Iterator[Edit]:
    """The last lines of the parts that begin at `titles`, and of the text, where they break off."""
    for place in [title - 1 for title in titles if title] + ([len(rows) - 1] if rows else []):
        row = rows[place]
        if _breaks_off(row):
            shown = row.text[-_SHOWN:]
            yield Edit(row.end - len(shown), row.end, shown, "truncated", f"到“{shown}”中断，后文缺失，请查原件", done=False)


def _breaks_off(row: Line) -> bool:
    last = row.text[-1]
    if last in _GOING_ON:
        return True
    sentence = len(row.text) >= _FEWEST and "\t" not in row.text and not row.is_heading
    return sentence and not row.is_finished and last not in _FINAL_CLOSE
