"""What measures cost by the plan's own prices, and who pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.conditions.rows import is_number
from junheng.planning.check.county import County, Row, words
from junheng.planning.check.names import listed, zh
from junheng.planning.codes import BUILDINGS, TERMS, Channel, MeasureKind, MoneyKind
from junheng.planning.not_allowed import sentence
from junheng.planning.pricing import PAYS, Purse
from junheng.standards import law

ONCE = {
    kind: f"{kind.name}_price"
    for kind in (
        MeasureKind.retrain,
        MeasureKind.degree_study,
        MeasureKind.select_backbone,
        MeasureKind.recall,
        MeasureKind.convert,
        MeasureKind.build,
        MeasureKind.hall,
        MeasureKind.shed,
        MeasureKind.artificial_ground,
        MeasureKind.hard_court,
        MeasureKind.level_ground,
        MeasureKind.buy_equipment,
        MeasureKind.move_equipment,
        MeasureKind.network_room,
    )
}
ONCE |= {MeasureKind.refill_arts: "refill_price"}
RUNNING = {
    kind: f"{kind.name}_running"
    for kind in (
        MeasureKind.select_backbone,
        MeasureKind.move_teacher,
        MeasureKind.visit,
        MeasureKind.lease_venue,
        MeasureKind.buy_equipment,
        MeasureKind.network_room,
        MeasureKind.move_intake,
    )
}
RUNNING |= {MeasureKind.recruit: "recruit_running", MeasureKind.recruit_arts: "recruit_running"}
LENT = (MeasureKind.move_teacher, MeasureKind.move_equipment, MeasureKind.move_intake, MeasureKind.visit)
HALF_A_CENT = Fraction(1, 200)
M2_PER_MU = Fraction(2000, 3)
Paid = dict[tuple[int, MoneyKind], Fraction]  # yuan by year and kind of money


def once(county: County, row: Row) -> Fraction:
    """Yuan for one unit when it is made."""
    facts, price = county.facts_for(row), county.prices.value
    if row.kind is MeasureKind.land:
        return price("land_price", facts) / M2_PER_MU
    if row.kind in (MeasureKind.music_room, MeasureKind.art_room):
        area = county.book.entry(law[f"{row.kind.name}_area"], county.code, facts).value
        return price("special_room_price", facts) + Fraction(area) * price("special_room_refit_m2", facts)
    return price(ONCE[row.kind], facts) if row.kind in ONCE else Fraction(0)


def running(county: County, row: Row) -> Fraction:
    """Yuan for one unit in every school year in which it counts."""
    if row.kind is MeasureKind.merge:
        return county.prices.value("merge_running") * county.merged_pupils(row.of.source)
    return county.prices.value(RUNNING[row.kind], county.facts_for(row)) if row.kind in RUNNING else Fraction(0)


def owed(county: County, row: Row) -> Paid:
    """All that a measure costs to the end of the target year."""
    terms, found = TERMS[row.kind], Paid()
    once_paid = once(county, row) * row.amount
    halves = [row.of.year, row.of.year + 1] if row.kind in BUILDINGS and row.of.counted - row.of.year > 1 else [row.of.year]
    for year in halves:
        found[year, terms.money] = found.get((year, terms.money), Fraction(0)) + once_paid / len(halves)
    for year in range(row.of.counted, county.target + 1):
        found[year, terms.running] = found.get((year, terms.running), Fraction(0)) + running(county, row) * row.amount
    return {key: yuan for key, yuan in found.items() if yuan}


def cost(county: County, row: Row) -> Fraction:
    """What a measure costs in the plan's terms: later years count less where the task discounts."""
    rate = 1 + Fraction(str(county.plan.task["discount"]))
    return sum((yuan / rate ** (year - county.first - 1) for (year, _), yuan in owed(county, row).items()), Fraction(0))


# --- measure by measure -----------------------------------------------------------------------------------------


def payments(county: County) -> Iterator[Breach]:
    for row in county.rows:
        wanted, paid = owed(county, row), Paid()
        many: dict[tuple[int, MoneyKind], int] = {}
        for each in row.of.payments:
            if not is_number(each.yuan) or each.yuan < 0 or each.money not in MoneyKind.__members__:
                found = f"{each.year}年{zh(MoneyKind, each.money)} {each.yuan} 元"
                yield county.at(row, Condition.payments, found, "不小于0的元数和规定的资金用途")
                continue
            key = each.year, MoneyKind[each.money]
            paid[key] = paid.get(key, Fraction(0)) + Fraction(str(each.yuan))
            many[key] = many.get(key, 0) + 1
        for key in sorted({*wanted, *paid}, key=lambda each: (each[0], each[1].name)):
            if abs(paid.get(key, Fraction(0)) - wanted.get(key, Fraction(0))) > HALF_A_CENT * max(1, many.get(key, 0)):
                yield _wrongly_paid(county, row, key, paid.get(key, Fraction(0)), wanted.get(key, Fraction(0)))


def _wrongly_paid(county: County, row: Row, key: tuple[int, MoneyKind], paid: Fraction, wanted: Fraction) -> Breach:
    """One that moves for less than the school years it is told to count is the one that is paid for too few."""
    is_short = row.kind in LENT and not paid and wanted and key[0] >= row.of.counted
    why = f"：{sentence('short_move')}" if is_short else ""
    return county.at(
        row,
        Condition.short_move if is_short else Condition.payments,
        f"{key[0]}年{key[1].zh}付 {words(paid)} 元",
        f"{words(wanted)} 元{why}",
    )


def costs(county: County) -> Iterator[Breach]:
    for row in county.rows:
        wanted = cost(county, row)
        if not is_number(row.of.cost) or abs(Fraction(str(row.of.cost)) - wanted) > HALF_A_CENT:
            yield county.at(row, Condition.cost, f"费用 {row.of.cost} 元", f"{words(wanted)} 元（数量 × 单价）")


def channels(county: County) -> Iterator[Breach]:
    """Each kind of money from a channel that may pay it; the owner of a private school pays for it himself."""
    purses = {purse.channel.name: purse for purse in county.prices.purses}
    for row in county.rows:
        for each in row.of.payments:
            if wrong := _wrong_channel(county, row, each.channel, each.money, purses):
                found = f"{each.year}年{zh(MoneyKind, each.money)}由{zh(Channel, each.channel)}支付"
                yield county.at(row, Condition.channels, found, wrong)
        sums: dict[str, float] = {}
        for each in row.of.payments:
            sums[each.channel] = sums.get(each.channel, 0.0) + (each.yuan if is_number(each.yuan) else 0.0)
        if sums and sums.get(row.of.channel, 0.0) < max(sums.values()):
            most = max(sums, key=lambda name: sums[name])
            yield county.at(row, Condition.channels, f"主要资金渠道写为{zh(Channel, row.of.channel)}", zh(Channel, most))
        elif row.of.channel not in Channel.__members__:
            known = listed(Channel, Channel.__members__)
            yield county.at(row, Condition.channels, f"资金渠道{zh(Channel, row.of.channel)}", known)


def _wrong_channel(county: County, row: Row, channel: str, money: str, purses: Mapping[str, Purse]) -> str:
    """What is wanted, where a channel may not pay; nothing where it may."""
    if channel not in Channel.__members__ or money not in MoneyKind.__members__:
        return "规定的渠道和资金用途"
    if county.is_private(row.of.school):
        return "" if channel == Channel.sponsor.name else "民办学校由举办者负担"
    if channel not in purses:
        return f"本县区的渠道：{listed(Channel, purses)}"
    return (
        ""
        if MoneyKind[money] in PAYS[Channel[channel]]
        else f"{Channel[channel].zh}只能支付 {'、'.join(kind.zh for kind in PAYS[Channel[channel]])}"
    )


# --- year by year -----------------------------------------------------------------------------------------------


def yearly(county: County) -> Iterator[Breach]:
    """What a channel gives in a year, and the budget of a year for all that is not private."""
    limits = {purse.channel.name: purse.a_year for purse in county.prices.purses}
    by_channel: dict[tuple[int, str], list[Fraction]] = {}
    for row in county.rows:
        for each in row.of.payments if not county.is_private(row.of.school) else ():
            if is_number(each.yuan):
                by_channel.setdefault((each.year, each.channel), []).append(Fraction(str(each.yuan)))
    for (year, channel), parts in sorted(by_channel.items()):
        limit = limits.get(channel)
        if limit is not None and sum(parts) > limit + HALF_A_CENT * (len(parts) + 2):
            yield county.whole(
                Condition.channels, f"{year}年 {zh(Channel, channel)} {words(sum(parts, Fraction(0)))} 元", f"不超过 {limit:,} 元"
            )
    budget = county.plan.task["budget"]
    if budget is not None:
        yield from _over_budget(county, Fraction(str(budget)))


def _over_budget(county: County, budget: Fraction) -> Iterator[Breach]:
    spent: dict[int, Fraction] = {}
    for row in county.rows:
        for (year, _), yuan in owed(county, row).items() if not county.is_private(row.of.school) else ():
            spent[year] = spent.get(year, Fraction(0)) + yuan
    for year, yuan in sorted(spent.items()):
        if yuan > budget:
            yield county.whole(Condition.budget, f"{year}年花费 {words(yuan)} 元", f"不超过预算 {words(budget)} 元")
