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

    def agrees_with(self, where: Mapping[str, Any]) -> bool:
        """Whether some unit can meet these conditions and those of the entry at once, as far as their words tell."""
        return all(_words(wanted) & _words(where[key]) for key, wanted in self.where.items() if key in where)


def _words(value: Any) -> set[Any]:
    return set(value) if isinstance(value, list) else {value}


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
    """A body of rules that gives a verdict, in force since `day`; `order` is where people look for it."""

    id: str
    zh: str
    paper: str
    day: date
    evidence: str
    order: int


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
        self.standards = dict(sorted(self.standards.items(), key=lambda item: item[1].order))

    def _read(self, path: Path) -> None:
        sheet = read_toml(path)
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


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file, its numbers exact. Errors: JunhengError for one that is none."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise JunhengError(f"{path.name}：不是有效的 TOML（{error}） -> 改正后重试") from error


FACTS = ("stage", "kind", "run_by", "urban_rural", "area", "built_year", "pupils", "largest_class", "migrant_share", "province",
         "region", "boarding", "inclusive")
WORDS = ("drop", "merge", "east", "midwest")  # the values that are not numbers
DIVISORS = ("class_size_limit", "classes_per_special_room")  # that numbers of pupils or classes are divided by


def _wrong(row: Any) -> str:
    """What is wrong with one dated entry, or nothing."""
    if not isinstance(row, dict):
        return "每条应为 {day = ..., value = ..., paper = ..., evidence = ...}"
    if missing := [word for word in ("day", "value", "paper", "evidence") if word not in row]:
        return f"缺少 {'、'.join(missing)}"
    if type(row["day"]) is not date:
        return f"day 应为日期，如 2017-04-19，而不是 {row['day']}"
    if row["evidence"] not in Evidence.__members__:
        return f"evidence 应为 read 或 believed，而不是 {row['evidence']}"
    if type(row["value"]) not in (int, Decimal) and row["value"] not in WORDS:
        return f"value 应为数，或 {'、'.join(WORDS)}，而不是 {row['value']}"
    return _wrong_where(row.get("where", {}))


def _wrong_where(where: Any) -> str:
    if not isinstance(where, dict):
        return "where 应为 {条件 = 值}"
    unknown = [key for key in where if fact_name(key) not in FACTS]
    if unknown:
        return f"where 没有条件 {'、'.join(unknown)}；可用：{'、'.join(FACTS)}（数值可加 _from、_until、_below、_above）"
    bounds = [key for key, bound in where.items() if key != fact_name(key) and type(bound) not in (int, Decimal)]
    return f"where 的 {'、'.join(bounds)} 应为数" if bounds else ""


def _entries(source: str, name: str, rows: Iterable[Mapping[str, Any]], jurisdiction: str = "") -> tuple[Entry, ...]:
    made = []
    for row in rows:
        if wrong := _wrong(row):
            raise JunhengError(f"{source} [{name}]：{wrong} -> 改正后重试")
        made.append(Entry(row["day"], row["value"], row["paper"], Evidence[row["evidence"]],
                          row.get("where", {}), jurisdiction))
    return tuple(made)


def read_overlay(path: Path) -> Overlay:
    """A file of the same shape as the national ones, with `jurisdiction`, the code of the place it is in force for."""
    sheet = read_toml(path)
    code, zh = str(sheet.pop("jurisdiction", "")), str(sheet.pop("zh", path.stem))
    if not code:
        raise JunhengError(f"{path.name}：没有写 jurisdiction（适用区划代码） -> 补上后重试")
    unknown = [name for name in sheet if name not in law.limits]
    if unknown:
        raise JunhengError(f"{path.name}：没有名为 {'、'.join(unknown)} 的标准值 -> 用 junheng standards 查看可用的名称")
    return overlaid(path, code, zh, sheet)


def overlaid(path: Path, code: str, zh: str, sheet: Mapping[str, Any]) -> Overlay:
    """The values of a sheet as an overlay for a place. Errors: JunhengError where one has not the shape of a dated value."""
    shapeless = [name for name, body in sheet.items() if not isinstance(body, dict) or not isinstance(body.get("since"), list)]
    if shapeless:
        raise JunhengError(f"{path.name} [{'、'.join(shapeless)}]：应有 since = [{{day = ..., value = ...}}, ...] -> 改正后重试")
    entries = {name: _entries(path.name, name, body["since"], code) for name, body in sheet.items()}
    if zero := [name for name in DIVISORS if any(entry.value == 0 for entry in entries.get(name, ()))]:
        raise JunhengError(f"{path.name} [{'、'.join(zero)}]：应大于0：要按它折算 -> 改正后重试")
    return Overlay(code, zh, entries, path.name)


def shipped_overlays() -> list[Overlay]:
    """The example overlays that come with Junheng; each binds only the places of its own jurisdiction."""
    return [read_overlay(path) for path in sorted((FOLDER / "overlays").glob("*.toml"))]


FOLDER = Path(str(files("junheng.standards")))
law = Law(FOLDER)
