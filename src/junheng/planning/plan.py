"""A balance plan as it is kept and printed: plain rows, money in yuan, JSON in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any

from junheng.planning.typed import EACH, typed

FORMAT = 1
ADVICE = "资金最省的可行方案（供研究）"
MARKING = "内部资料·征求意见稿"


@dataclass(frozen=True)
class Payment:
    """Yuan of one year, of one kind of money, from one channel."""

    year: int
    money: str
    channel: str
    yuan: float


@dataclass(frozen=True)
class Measure:
    """What is done at a school. `year` is the calendar year it begins in, `counted` the census day from which it counts.

    `source`  of what moves: the school it comes from
    `detail`  of teachers who move: what they count for; of study: how many finish in time; of equipment that moves: the stage
              that gives it, `all` where a school does not declare how what it has in common is split
    `closes`  the items it acts on: one the school is short of, or its coefficient of variation (`yz.1.4.cv`)
    """

    school: str
    stage: str
    year: int
    kind: str
    amount: float
    unit: str
    cost: float
    channel: str
    closes: tuple[str, ...]
    counted: int
    county: str
    source: str = ""
    detail: str = ""
    payments: tuple[Payment, ...] = ()


@dataclass(frozen=True)
class Unmet:
    """What stays short on the census day of the target year, against the planning line; a county for a coefficient of variation.

    `meets_limit` says that it is short of the margin only, and meets the standard itself.
    """

    county: str
    school: str
    stage: str
    year: int
    item: str
    has: float
    wanted: float
    short: float
    unit: str
    meets_limit: bool


@dataclass(frozen=True)
class Unknown:
    """What is not known, and so was neither planned for nor taken for zero."""

    county: str
    school: str
    stage: str
    item: str
    why: str


@dataclass(frozen=True)
class Level:
    """An item of a stage of a school, or the coefficient of variation of a county: today, then if nothing is done, then by plan.

    `fails`  in which of these, `now`, `undone` or `planned`, it misses `limit`; compared before the values were rounded
    """

    county: str
    school: str
    stage: str
    item: str
    now: float | None
    undone: float | None
    planned: float | None
    limit: float
    wanted: float
    fails: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """A stage of a school by the whole rule, without the margin: its verdict today, if nothing is done, by plan.

    `pupils`            of the target year, by whom its items are divided
    `undone`, `planned` empty where the target year does not ask it: a teaching point that has become too small, a stage that ends
    """

    county: str
    school: str
    stage: str
    now: str
    undone: str
    planned: str
    pupils: int | None


@dataclass(frozen=True)
class CountyPlan:
    """One county of a plan. `fewest_failures`: no plan leaves fewer stages of schools, rooms and coefficients short."""

    county: str
    name: str
    verdict_before: str
    verdict_after: str
    schools_failing_before: int
    schools_failing_after: int
    cost: float
    bound: float
    gap: float
    status: str
    failures: int = 0
    fewest_failures: int = 0
    running_after: float = 0.0
    pupils_moved: int = 0
    proven: str = ""


@dataclass(frozen=True)
class Plan:
    """A plan for the counties of a city, with all it rests on. Money in yuan; `gap` a fraction."""

    task: Mapping[str, Any]
    cost: float
    bound: float
    gap: float
    status: str
    seed: int
    counties: tuple[CountyPlan, ...]
    measures: tuple[Measure, ...]
    unmet: tuple[Unmet, ...]
    unknown: tuple[Unknown, ...] = ()
    levels: tuple[Level, ...] = ()
    standings: tuple[Standing, ...] = ()
    natural: tuple[Mapping[str, str], ...] = ()
    empty_later: tuple[Mapping[str, Any], ...] = ()
    pupils: tuple[Mapping[str, Any], ...] = ()
    prices: tuple[Mapping[str, Any], ...] = ()
    rules: tuple[Mapping[str, str], ...] = ()
    assumptions: tuple[str, ...] = ()
    procedure: tuple[str, ...] = ()
    format: int = FORMAT
    advice: str = field(default=f"{ADVICE}；{MARKING}")

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(told: Mapping[str, Any]) -> Plan:
        """The plan of a file. Errors: KeyError, TypeError or ValueError where it is none."""
        if told["format"] != FORMAT:
            raise ValueError(f"format {told['format']}")
        made: Plan = typed(Plan, told, "plan")
        for name, kind in {"task": TASK, **ROWS}.items():
            typed(kind, getattr(made, name), name)
        return made


# what a task tells, and the rows that are no classes of their own
TASK: Mapping[str, Any] = {
    "kind": str,
    "standard": str,
    "snapshot": str,
    "year": int,
    "years": int,
    "target_year": int,
    "counties": [str],
    "not_begun": [str],
    "budget": float | None,
    "margin": float,
    "discount": float,
    "allow": [str],
    "also": [str],
    "forbid": [str],
    "gap": float,
    "inputs": {EACH: {"name": str, "text": str}},
    "demands": [{"kind": str, "school": str, "stage": str, "year": int, "least": Fraction | None, "most": Fraction | None}],
    "times": {EACH: Fraction},
    "values": {EACH: Fraction},
    "merges": [[str]],
    "must_pass": bool,
    "channels": {EACH: [{"channel": str, "a_year": int | None}]},
}
ROWS: Mapping[str, Any] = {
    "pupils": [{"school": str, "stage": str, "year": int, "pupils": int | None}],
    "prices": [
        {
            "name": str,
            "zh": str,
            "value": Fraction,
            "where": Mapping,
            "county": str | None,
            **dict.fromkeys(("unit", "paper", "evidence"), str),
        }
    ],
    "natural": [{"county": str, "school": str, "stage": str}],
    "empty_later": [{"county": str, "school": str, "stage": str, "kind": str, "amount": float, "year": int, "later": int}],
}
