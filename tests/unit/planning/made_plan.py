"""A plan written by hand: a county with a primary, a nine-year, a small and an unknown school, for its papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from junheng.indicators.forms.facts import SchoolRow, StageRow
from junheng.paper.sheets import Cell, Sheet
from junheng.planning.forms import PlanFacts
from junheng.planning.forms.facts import Town
from junheng.planning.plan import CountyPlan, Level, Measure, Payment, Plan, Standing, Unknown, Unmet

COUNTY, OTHER = "990101", "990102"
PRIMARY, NINE, SMALL, DARK = "2199010001", "3199010002", "2199010003", "2199010004"
NAMES = {PRIMARY: "白石小学", NINE: "青岗学校", SMALL: "红旗教学点", DARK: "无名小学"}
TARGET = 2028


def paid(yuan: float, year: int = 2026, channel: str = "county", money: str = "works") -> Payment:
    return Payment(year, money, channel, yuan)


def measure(kind: str, *payments: Payment, school: str = PRIMARY, stage: str = "all", closes: Sequence[str] = ("yz.1.4",),
            amount: float = 10, unit: str = "㎡", year: int = 2026, **more: Any) -> Measure:
    cost = round(sum(each.yuan for each in payments), 2)
    return Measure(school, stage, year, kind, amount, unit, cost, payments[0].channel if payments else "county", tuple(closes),
                   more.pop("counted", year), more.pop("county", COUNTY), payments=payments, **more)


def level(item: str, now: float | None, undone: float | None, planned: float | None, limit: float = 4.5, wanted: float = 4.635, *,
          school: str = PRIMARY, stage: str = "primary", fails: Sequence[str] | None = None) -> Level:
    worse = (lambda value: value > limit) if item.endswith(".cv") else (lambda value: value < limit)
    told = {"now": now, "undone": undone, "planned": planned}
    missed = [when for when, value in told.items() if value is not None and worse(value)] if fails is None else fails
    return Level(COUNTY, school, stage, item, now, undone, planned, limit, wanted, tuple(missed))


MEASURES = (
    measure("build", paid(1_000_000.5), paid(500_000.25, 2027, "central"), amount=500, counted=2028),
    measure("move_equipment", paid(30, 2028, money="operating"), closes=("yz.1.6",), amount=1000, unit="元", year=2028,
            source=NINE, detail="in"),
    measure("move_equipment", paid(60, 2028, money="operating"), closes=("yz.1.6",), amount=2000, unit="元", year=2028,
            source=SMALL, detail="in"),
    measure("recruit_arts", paid(120_000, 2028, money="pay"), stage="primary", closes=("yz.1.1", "yz.1.3"), amount=1, unit="人",
            year=2028),
    measure("recall", school=NINE, stage="junior", closes=("yz.1.1.cv",), amount=1, unit="人", year=2028, detail="degree"),
    measure("network_room", paid(28_000, 2028, money="equipment"), paid(1_000, 2028, money="operating"), school=NINE,
            closes=("yz.1.6.cv", "yz.1.7"), amount=1, unit="间", year=2028))
LEVELS = (
    level("yz.1.1", 4.0, 4.1, 4.4, 4.2, 4.326), level("yz.1.3", 0.9, 0.8, 0.95, 0.9, 0.927), level("yz.1.4", 2.5, 2.6, 4.2),
    level("yz.1.6", 1500, 1600, 2100, 2000, 2060), level("yz.1.7", 1.0, 2.5, 2.5, 2.3, 2.369),
    level("yz.1.7", 1.9, 2.0, 2.4, 2.3, 2.369, school=NINE),
    level("yz.1.7", 2.5, 2.5, 2.6, 2.4, 2.472, school=NINE, stage="junior"),
    level("yz.1.1", 6.0, 6.0, 6.1, 5.3, 5.459, school=NINE, stage="junior"), level("yz.1.4", None, None, None, school=DARK),
    level("yz.1.1.cv", 0.2, 0.2, 0.2, 0.45, 0.43, school="", stage="junior"),
    level("yz.1.4.cv", 0.7, 0.71, 0.55, 0.5, 0.48, school=""))
STANDINGS = (
    Standing(COUNTY, PRIMARY, "primary", "not_met", "not_met", "not_met", 300),
    Standing(COUNTY, NINE, "primary", "not_met", "not_met", "met", 200),
    Standing(COUNTY, NINE, "junior", "met", "met", "met", 100), Standing(COUNTY, SMALL, "primary", "not_met", "", "", None),
    Standing(COUNTY, DARK, "primary", "unknown", "unknown", "unknown", 80))
UNMET = (Unmet(COUNTY, PRIMARY, "primary", TARGET, "yz.1.4", 1260, 1390.5, 130.5, "㎡", False),
         Unmet(COUNTY, "", "primary", TARGET, "yz.1.4.cv", 0.55, 0.48, 0.07, "", False))
UNKNOWN = (Unknown(COUNTY, DARK, "primary", "yz.1.4", "缺数据"),)
TASK = {"kind": "balance", "standard": "quality_balance_2017", "snapshot": "2025-v1-abc", "year": 2025, "years": 3,
        "target_year": TARGET, "counties": [COUNTY], "not_begun": [], "budget": None, "margin": 0.03, "discount": 0.0,
        "allow": [], "also": [], "forbid": [], "fixes": [], "gap": 0.001, "inputs": {},
        "demands": [], "times": {}, "values": {}, "must_pass": False, "merges": [], "channels": {}}
PRICE = {"name": "build_price", "zh": "新建教学用房", "value": "3800", "unit": "yuan a m2", "where": {}, "county": None,
         "paper": "业内估计", "evidence": "believed"}
EMPTY_LATER = {"county": COUNTY, "school": NINE, "stage": "all", "kind": "network_room", "amount": 1, "year": 2028,
               "later": 2031}
PUPILS = tuple({"school": school, "stage": "primary", "year": year, "pupils": pupils} for school, pupils in (
    (PRIMARY, 300), (NINE, 200), (DARK, None)) for year in range(2025, TARGET + 1))


def county_plan(measures: Iterable[Measure] = MEASURES, **more: Any) -> CountyPlan:
    cost = round(sum(each.cost for each in measures), 2)
    return replace(CountyPlan(COUNTY, "某县", "not_met", "not_met", 3, 1, cost, cost, 0.0, "optimal", 2, 2, 1000.0,
                              proven="未达到 2 处（已证明不能更少）"), **more)


def plan(measures: Sequence[Measure] = MEASURES, **more: Any) -> Plan:
    counties = more.pop("counties", (county_plan(measures),))
    cost = round(sum(each.cost for each in counties), 2)
    given = {"levels": LEVELS, "standings": STANDINGS, "unmet": UNMET, "unknown": UNKNOWN, "prices": (PRICE,), "pupils": PUPILS,
             "rules": ({"family": "posts", "sentence": "新增教师只用空编。"},), "assumptions": ("退休教师照常补员",),
             "natural": (), "empty_later": (EMPTY_LATER,)} | more
    return Plan(TASK, cost, cost, 0.0, "optimal", 0, counties, tuple(measures), **given)


def facts(made: Plan | None = None) -> PlanFacts:
    """The facts of a plan; the school of which nothing is known has no coordinates."""
    where = ("乡村", "990101001", "某镇", COUNTY, "某县")
    rows = {code: SchoolRow(code, name, "小学", "县级", *where, {"primary": StageRow(300, 8)}) for code, name in NAMES.items()}
    points = {PRIMARY: (100.0, 39.0), NINE: (100.1, 39.0), SMALL: (100.0, 39.1)}
    return PlanFacts(made or plan(), rows, points, (Town("990101001", "某镇", (100.05, 39.05)),))


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


def column(sheet: Sheet, *heads: str) -> list[Cell]:
    """The cells below these heads."""
    place = [each.heads for each in sheet.columns].index(heads)
    return [row[place] for row in sheet.rows]


def total(sheet: Sheet, *heads: str) -> Any:
    """The number in the last line below these heads."""
    place = [each.heads for each in sheet.columns].index(heads)
    return sheet.totals[0][place].number
