"""What a breach calls things: the words of the register, of the standards and of planning, never their codes."""

from __future__ import annotations

from collections.abc import Iterable

from junheng.indicators.forms.cells import short
from junheng.indicators.registry import INDICATORS
from junheng.kernel.codes import Code, Stage
from junheng.register.codes import ALL_STAGES
from junheng.standards import law


def zh(codes: type[Code], name: object) -> str:
    """The word of a code; in quotes what stands there where it is none."""
    return codes[name].zh if isinstance(name, str) and name in codes.__members__ else f"“{name}”"


def listed(codes: type[Code], names: Iterable[object], none: str = "无") -> str:
    return "、".join(zh(codes, name) for name in names) or none


def stage_word(name: str) -> str:
    return "全校" if name == ALL_STAGES else zh(Stage, name)


def item_word(code: str) -> str:
    """An item by its number in the standard and its name."""
    return f"{short(code)} {INDICATORS[code].zh}".strip() if code in INDICATORS else f"“{code}”"


def items(codes: Iterable[str]) -> str:
    return "、".join(map(item_word, codes)) or "空"


def standard_word(name: str) -> str:
    return law.standards[name].zh if name in law.standards else f"“{name}”"
