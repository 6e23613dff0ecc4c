"""The unit that stands behind a number, with its 万 or 亿 and its 余 or 多. Lists: `units.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

FAR = 16  # characters after a number that can belong to its unit


@dataclass(frozen=True)
class Unit:
    """What stands behind a number: `name` tidied with its scale (万元), `plain` without it, `end` where it ends in the text."""

    name: str
    plain: str
    kind: str
    scale: Decimal
    end: int
    more: bool  # 余, 多, 来 between the number and the unit


@dataclass(frozen=True)
class UnitTable:
    kinds: dict[str, str]
    tidy: dict[str, str]
    factors: dict[str, Decimal]
    scales: dict[str, Decimal]
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def unit_table() -> UnitTable:
    table = tomllib.loads(Path(__file__).with_name("units.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    tidy = {other: unit for unit, others in table["same"].items() for other in others}
    kinds = {unit: kind for kind, units in table["kinds"].items() for unit in units}
    kinds |= {other: kinds[unit] for other, unit in tidy.items()}
    factors = {unit: Decimal(base["scale"]) for unit, base in table["base"].items()}
    scales = {word: Decimal(scale) for word, scale in table["scales"].items()}
    return UnitTable(kinds, tidy, factors, scales, _pattern(kinds, scales, table["not_followed_by"]))


def _pattern(kinds: dict[str, str], scales: dict[str, Decimal], stops: dict[str, Any]) -> re.Pattern[str]:
    def one(unit: str) -> str:
        stop = stops.get(unit)
        return re.escape(unit) + (f"(?!{'|'.join(map(re.escape, stop))})" if stop else "")
    units = "|".join(one(unit) for unit in sorted(kinds, key=len, reverse=True))
    scale = "|".join(sorted(scales, key=len, reverse=True))
    return re.compile(rf"[ \u3000]?(?P<more>[余多来几]?)(?P<scale>(?:{scale})?)(?P<rest>[余多来]?)[ \u3000]?(?P<unit>{units}|)")


def unit_after(text: str, at: int, *, money: bool) -> Unit | None:
    """The unit behind the number that ends at `at`; None where none is known. `money`: a lone 万 or 亿 means yuan."""
    table = unit_table()
    match = table.pattern.match(text, at, at + FAR)
    if match is None or not (match["unit"] or match["scale"]):
        return None
    printed, scale = match["unit"], table.scales.get(match["scale"], Decimal(1))
    plain = table.tidy.get(printed, printed) or ("元" if money else "")
    return Unit(match["scale"] + plain, plain, table.kinds.get(plain, "count"), scale * table.factors.get(plain, Decimal(1)),
                match.end(), bool(match["more"] or match["rest"]))
