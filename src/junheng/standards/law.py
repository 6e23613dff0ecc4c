"""Dated values of the law: declared in TOML, named in formulas, resolved for a place and a day."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from junheng.kernel.codes import Evidence
from junheng.kernel.faults import JunhengError

Value = int | Decimal | str
Facts = Mapping[str, object]

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "_until": lambda fact, bound: fact <= bound,
    "_from": lambda fact, bound: fact >= bound,
    "_below": lambda fact, bound: fact < bound,
    "_above": lambda fact, bound: fact > bound,
}


@dataclass(frozen=True, eq=False)
class Entry:
    """One dated value: for whom (`where`), since when, by which paper, and how well it is known."""

    day: date
    value: Value
    paper: str
    evidence: Evidence
    where: Mapping[str, Any] = field(default_factory=dict)
    jurisdiction: str = ""

    def holds_for(self, facts: Facts) -> bool:
        """Whether every condition is known to be true; a relief that rests on a missing fact is not given."""
        return all(_holds(key, wanted, facts) for key, wanted in self.where.items())


def fact_name(key: str) -> str:
    return next((key.removesuffix(end) for end in COMPARISONS if key.endswith(end)), key)


def _holds(key: str, wanted: Any, facts: Facts) -> bool:
    fact: Any = facts.get(fact_name(key))
    if fact is None:
        return False
    compare = next((made for end, made in COMPARISONS.items() if key.endswith(end)), None)
    if compare:
        return compare(fact, wanted)
    return fact == wanted or (isinstance(wanted, list) and fact in wanted)


@dataclass(frozen=True)
class Limit:
    """A named value of the law. A formula holds the name; whoever evaluates it asks the law book for the value."""

    name: str
    zh: str
    unit: str
    stricter: str
    standard: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Standard:
    """A body of rules that gives a verdict, in force since `day`."""

    id: str
    zh: str
    paper: str
    day: date
    evidence: str


@dataclass(frozen=True)
class Overlay:
    """Values of a province, city or county, laid over the national ones."""

    jurisdiction: str
    zh: str
    entries: Mapping[str, tuple[Entry, ...]]
    source: str


class Law:
    """The national values shipped with Junheng. `law["name"]` fails at once for a name nobody declared."""

    def __init__(self, folder: Path) -> None:
        self.limits: dict[str, Limit] = {}
        self.standards: dict[str, Standard] = {}
        for path in sorted(folder.glob("*.toml")):
            self._read(path)
        self.standards = dict(sorted(self.standards.items(), key=lambda item: item[1].day, reverse=True))

    def _read(self, path: Path) -> None:
        sheet = _toml(path)
        about = sheet.pop("standard")
        self.standards[about["id"]] = Standard(**about)
        for name, body in sheet.items():
            if name in self.limits:
                raise ValueError(f"{path.name}: {name} is declared twice")
            entries = _entries(path.name, name, body["since"])
            self.limits[name] = Limit(name, body["zh"], body["unit"], body["stricter"], about["id"], entries)

    def __getitem__(self, name: str) -> Any:
        """The named limit. Typed Any because a formula that takes it as a default is called with its value."""
        if name not in self.limits:
            raise KeyError(f"no value of the law is called {name}; declare it in standards/*.toml")
        return self.limits[name]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise JunhengError(f"{path.name}：不是有效的 TOML（{error}） -> 改正后重试") from error


def _entries(source: str, name: str, rows: Iterable[Mapping[str, Any]], jurisdiction: str = "") -> tuple[Entry, ...]:
    made = []
    for row in rows:
        missing = [word for word in ("day", "value", "paper", "evidence") if word not in row]
        if missing or row["evidence"] not in Evidence.__members__ or not isinstance(row["day"], date):
            raise JunhengError(f"{source} [{name}]：缺少或写错 {'、'.join(missing) or 'day/evidence'}；"
                               "每个值要有 day、value、paper、evidence（read 或 believed） -> 补齐后重试")
        made.append(Entry(row["day"], row["value"], row["paper"], Evidence[row["evidence"]],
                          row.get("where", {}), jurisdiction))
    return tuple(made)


def read_overlay(path: Path) -> Overlay:
    """A file of the same shape as the national ones, with `jurisdiction`, the code of the place it is in force for."""
    sheet = _toml(path)
    code, zh = str(sheet.pop("jurisdiction", "")), str(sheet.pop("zh", path.stem))
    if not code:
        raise JunhengError(f"{path.name}：没有写 jurisdiction（适用区划代码） -> 补上后重试")
    unknown = [name for name in sheet if name not in law.limits]
    if unknown:
        raise JunhengError(f"{path.name}：没有名为 {'、'.join(unknown)} 的标准值 -> 用 junheng standards 查看可用的名称")
    entries = {name: _entries(path.name, name, body["since"], code) for name, body in sheet.items()}
    return Overlay(code, zh, entries, path.name)


def shipped_overlays() -> list[Overlay]:
    """The example overlays that come with Junheng; each binds only the places of its own jurisdiction."""
    return [read_overlay(path) for path in sorted((FOLDER / "overlays").glob("*.toml"))]


FOLDER = Path(str(files("junheng.standards")))
law = Law(FOLDER)
