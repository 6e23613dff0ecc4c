"""From what the text calls a figure to the item of the indicator catalogue. Lexicon: `aliases.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from junheng.kernel.codes import plain

_FILLER = re.compile("[的了等在“”‘’\"《》、，,（）()·\\s]|全[市县省区国]|我[市县省区]|各级各类|总体|平均|实际")
_STAGE_FIRST = re.compile("^(?:小学|初中|普通高中|高中|幼儿园|中小学|义务教育阶段|义务教育学校|义务教育|学前教育|中职)")
_UNITS = {"m²": "平方米", "名": "人"}


@lru_cache(maxsize=1)
def aliases() -> dict[str, tuple[str, str]]:
    """Every alias, tidied -> (item of the catalogue, unit that a figure of it must have)."""
    table = tomllib.loads(Path(__file__).with_name("aliases.toml").read_text(encoding="utf-8"))
    return {_tidied(alias): (entry["item"], entry["unit"]) for entry in table["alias"] for alias in entry["names"]}


def _tidied(name: str) -> str:
    return _FILLER.sub("", plain(name))


def link(name: str, unit: str) -> str | None:
    """The catalogue's item of a figure called `name` in `unit`; None where no alias fits or the unit is another."""
    tidied = _tidied(name)
    while (entry := aliases().get(tidied)) is None:
        shorter = _STAGE_FIRST.sub("", tidied)
        if shorter == tidied:
            return None
        tidied = shorter
    item, wanted = entry
    return item if _UNITS.get(unit, unit) == wanted else None
