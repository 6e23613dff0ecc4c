"""费用: what a plan costs by kind, by county and by channel, each in every year. Yuan of the year, in 万元."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from junheng.paper.sheets import Cell, Column, Row, Sheet
from junheng.planning.codes import Channel, MeasureKind, MoneyKind
from junheng.planning.forms.conclusions import remainders
from junheng.planning.forms.facts import PlanFacts, exact
from junheng.planning.forms.layout import sheet
from junheng.planning.forms.words import WAN, wan
from junheng.planning.plan import Measure, Payment

Of = Callable[[Measure, Payment], str]
Spent = dict[tuple[str, int], Decimal]
NOTE = "单位：万元。各数分别四舍五入，合计不一定等于各项之和；单元格里是未舍入的数。"


def by_kind(measure: Measure, payment: Payment) -> str:
    return measure.kind


def by_county(measure: Measure, payment: Payment) -> str:
    return measure.county


def by_channel(measure: Measure, payment: Payment) -> str:
    return payment.channel


def by_money(measure: Measure, payment: Payment) -> str:
    return payment.money


def spent_by(measures: Iterable[Measure], of: Of) -> Spent:
    """Yuan by what a payment belongs to and its year."""
    found: Spent = {}
    for measure in measures:
        for payment in measure.payments:
            key = of(measure, payment), payment.year
            found[key] = found.get(key, Decimal(0)) + exact(payment.yuan)
    return found


def cost_sheets(facts: PlanFacts) -> list[Sheet]:
    """Four tables of the same money; their totals agree to the cent."""
    done = {measure.kind for measure in facts.measures}
    return [
        _table(facts, "措施", {each.name: each.zh for each in MeasureKind if each.name in done}, by_kind),
        _table(facts, "县区", facts.counties, by_county),
        _table(facts, "资金来源", _paid({each.name: each.zh for each in Channel}, facts, by_channel), by_channel),
        _table(facts, "经费类别", _paid({each.name: each.zh for each in MoneyKind}, facts, by_money), by_money),
    ]


def _paid(named: Mapping[str, str], facts: PlanFacts, of: Of) -> dict[str, str]:
    """Those of a closed list that anything is paid of."""
    used = {key for key, _ in spent_by(facts.measures, of)}
    return {key: zh for key, zh in named.items() if key in used}


def _table(facts: PlanFacts, head: str, named: Mapping[str, str], of: Of) -> Sheet:
    found = spent_by(facts.measures, of)
    whole = sum(found.values(), Decimal(0))
    rows = [
        _row(facts, zh, {year: found.get((key, year), Decimal(0)) for year in facts.years}, whole) for key, zh in named.items()
    ]
    sums = {year: sum((yuan for (_, when), yuan in found.items() if when == year), Decimal(0)) for year in facts.years}
    columns = (
        Column((head,), 40, "left"),
        *(Column((f"{year}年",), 14) for year in facts.years),
        Column(("合计",), 15),
        Column(("占比",), 9),
    )
    total = _row(facts, "合计", sums, whole)
    return sheet(
        facts, f"费用·{head}", f"费用：按{head}和年度", columns, rows, totals=(total,), fixed=1, notes=(NOTE, *remainders(facts))
    )


def _row(facts: PlanFacts, name: str, of_year: Mapping[int, Decimal], whole: Decimal) -> Row:
    own = sum(of_year.values(), Decimal(0))
    share = Cell(Fraction(100 * own) / Fraction(whole), places=1, mark="%") if whole else Cell("—")
    return (Cell(name), *(wan(of_year[year]) for year in facts.years), wan(own), share)


def in_wan(yuan: Decimal | None) -> float:
    """For a bar alone: what is printed elsewhere stays exact."""
    return float(round((yuan or Decimal(0)) / WAN, 2))
