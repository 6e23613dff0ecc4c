"""What the standards ask, written down again from STANDARDS.md for the referee."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from junheng.samples.golden.facts import Unit, Whole

SEVEN: dict[str, tuple[int, Callable[[Unit], Fraction | int | None], dict[str, str]]] = {
    "yz.1.1": (100, lambda unit: unit.above, {"primary": "4.2", "junior": "5.3"}),
    "yz.1.2": (100, lambda unit: unit.backbone, {"primary": "1", "junior": "1"}),
    "yz.1.3": (100, lambda unit: unit.arts, {"primary": "0.9", "junior": "0.9"}),
    "yz.1.4": (1, lambda unit: unit.teaching_m2, {"primary": "4.5", "junior": "5.8"}),
    "yz.1.5": (1, lambda unit: unit.sports_m2, {"primary": "7.5", "junior": "10.2"}),
    "yz.1.6": (1, lambda unit: unit.equipment_yuan, {"primary": "2000", "junior": "2500"}),
    "yz.1.7": (100, lambda unit: unit.network, {"primary": "2.3", "junior": "2.4"}),
}
EIGHT: dict[str, tuple[int, Callable[[Unit], Fraction | int | None]]] = {
    "jb.1": (1, lambda unit: _plus(unit.teaching_m2, unit.indoor_m2)),
    "jb.2": (1, lambda unit: unit.sports_m2),
    "jb.3": (1, lambda unit: unit.equipment_yuan),
    "jb.4": (100, lambda unit: unit.terminals),
    "jb.5": (1, lambda unit: unit.books),
    "jb.6": (1, lambda unit: unit.full_time),
    "jb.7": (1, lambda unit: unit.above),
    "jb.8": (1, lambda unit: unit.middle),
}
ROOMS: dict[str, Callable[[Whole], int | None]] = {
    "yz.2.3.music": lambda whole: whole.music, "yz.2.3.art": lambda whole: whole.art}
ROTATION: dict[str, tuple[Callable[[Whole], int], Callable[[Whole], int], Fraction]] = {
    "yz.2.11.rotation": (lambda whole: whole.rotating, lambda whole: whole.due, Fraction("0.10")),
    "yz.2.11.backbone": (lambda whole: whole.rotating_backbone, lambda whole: whole.rotating, Fraction("0.20"))}
VARIATION = {"primary": Fraction("0.50"), "junior": Fraction("0.45")}
COMPOSITE = {"primary": Decimal("0.65"), "junior": Decimal("0.55")}
CLASS_SIZE = {"primary": 45, "junior": 50}
BANDS = ((0, 25), (26, 30), (31, 35), (36, 40), (41, 45), (46, 50), (51, 55), (56, 60), (61, 65), (66, 999))
QUALITY_DOCUMENTS = {
    "yz.0": None, "yz.2.1": None, "yz.2.2": None, "yz.2.7": 6000, "yz.2.8": None, "yz.2.10": None, "yz.2.13": None,
    "yz.2.14": 50, "yz.2.15": 85, "yz.3.1": 95, "yz.3.2": 95, "yz.3.3": None, "yz.3.4": 5, "yz.3.5": None, "yz.3.6": None,
    "yz.3.7": None, "yz.3.8": None, "yz.3.9": None, "yz.4.1": 85, "yz.V": None}
BASIC_DOCUMENTS = {"jb.gate": None, "jb.score": 85}


def _plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other
