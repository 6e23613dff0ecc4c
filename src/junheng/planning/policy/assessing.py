"""The rule of a file, and the assessment that goes with its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from junheng.kernel.faults import JunhengError
from junheng.planning.policy import classes, heads, points
from junheng.planning.policy.shapes import Assessment, Setting
from junheng.register.holding import open_snapshot
from junheng.standards.law import read_toml

KINDS: Mapping[str, Callable[[Setting, Mapping[str, Any]], Assessment]] = {
    "heads_rotate": heads.assess,
    "max_class": classes.assess,
    "small_points": points.assess,
}
ASKED: Mapping[str, Mapping[str, tuple[int, int]]] = {  # what each kind wants to be told, and between which numbers
    "heads_rotate": {"years": (1, 40)},
    "max_class": {"limit": (10, 100), "by": (1990, 2100)},
    "small_points": {"under": (1, 200)},
}


def assess(city: Path, rule: Path, year: int | None = None) -> Assessment:
    """What the policy of a file would do in a city. Errors: JunhengError with all that is wrong in the file."""
    if not rule.is_file():
        raise JunhengError(f"{rule}：没有这个文件 -> 检查路径")
    sheet = read_toml(rule)
    kind = str(sheet.get("kind", ""))
    if kind not in KINDS:
        raise JunhengError(f"{rule.name}：kind 应为 {'、'.join(KINDS)} 之一，而不是“{kind}” -> 改正后重试")
    wrong = [sentence for name, (least, most) in ASKED[kind].items() if (sentence := _wrong(rule.name, sheet, name, least, most))]
    unknown = set(sheet) - {"kind", "county", *ASKED[kind]}
    wrong += (
        [f"{rule.name}：没有 {'、'.join(sorted(unknown))} 这样的项；可用：kind、county、{'、'.join(ASKED[kind])} -> 改正后重试"]
        if unknown
        else []
    )
    if wrong:
        raise JunhengError("\n".join(wrong))
    return KINDS[kind](Setting.of(city, open_snapshot(city, year), str(sheet.get("county", ""))), sheet)


def _wrong(file: str, sheet: Mapping[str, Any], name: str, least: int, most: int) -> str:
    value = sheet.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return ""
    told = "没有写" if value is None else f"而不是“{value}”"
    return f"{file}：{name} 应为 {least} 至 {most} 的整数，{told} -> 改正后重试"
