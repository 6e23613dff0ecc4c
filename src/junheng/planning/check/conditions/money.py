"""What measures cost by the plan's own prices, who pays, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.conditions.rows import is_number
from junheng.planning.check.county import County, Row, words
from junheng.planning.codes import TERMS, Channel, MeasureKind, MoneyKind, Status
from junheng.planning.not_allowed import sentence
from junheng.planning.plan import Plan
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
LONG_WORKS = (MeasureKind.build, MeasureKind.hall, MeasureKind.shed)  # what takes over a year is paid in halves
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
    halves = [row.of.year, row.of.year + 1] if row.kind in LONG_WORKS and row.of.counted - row.of.year > 1 else [row.of.year]
    for year in halves:
        found[year, terms.money] = found.get((year, terms.money), Fraction(0)) + once_paid / len(halves)
    for year in range(row.of.counted, county.target + 1):
        found[year, terms.running] = found.get((year, terms.running), Fraction(0)) + running(county, row) * row.amount
    return {key: yuan for key, yuan in found.items() if yuan}


def cost(county: County, row: Row) -> Fraction:
    """What a measure costs in the plan's terms: later years count less where the task discounts."""
    rate = 1 + Fraction(str(county.plan.task["discount"]))
    return sum((yuan / rate ** (year - county.first - 1) for (year, _), yuan in owed(county, row).items()), Fraction(0))


# --- by which prices --------------------------------------------------------------------------------------------

RENEW = "价目已更新的，按现行价目重新规划；规划时另有价目文件的，用 --prices 给出"


def prices(county: County) -> Iterator[Breach]:
    """The plan's prices and caps against the lists in force, what the user gave laid over them; and the channels of money."""
    for number, row, now in county.prices.differing():
        yield Breach(
            Condition.prices,
            f"{county.claimed.name} {row['zh']}",
            f"{words(Fraction(row['value']))}",
            "没有这一项" if now is None else words(now),
            RENEW,
            f"prices[{number}]",
        )
    for number, column, told, wanted in county.prices.mislabelled():
        yield Breach(
            Condition.prices, f"{county.claimed.name} prices[{number}]", f"{column} {told}", wanted, row=f"prices[{number}]"
        )
    told, wanted = ("、".join(map(_purse, each)) for each in (county.prices.purses, county.prices.book.purses))
    if told != wanted:
        yield Breach(
            Condition.prices, f"{county.claimed.name} 资金渠道", told or "没有", wanted, RENEW, f"task.channels.{county.code}"
        )


def superseded(county: County) -> Iterator[Breach]:
    """Prices that stand in a list, but of which another holds for these schools: known when all else was priced."""
    said = {row["name"] for _, row, _ in county.prices.differing()}
    for name, (told, now) in county.prices.superseded.items():
        if name not in said:
            zh = county.prices.book.zh(name)
            yield Breach(Condition.prices, f"{county.claimed.name} {zh}", words(told), words(now), RENEW, "prices")


def _purse(purse: Purse) -> str:
    return f"{purse.channel.zh}{'' if purse.a_year is None else f'每年 {purse.a_year:,} 元'}"


# --- measure by measure -----------------------------------------------------------------------------------------


def payments(county: County) -> Iterator[Breach]:
    for row in county.rows:
        wanted, paid = owed(county, row), Paid()
        many: dict[tuple[int, MoneyKind], int] = {}
        for each in row.of.payments:
            if not is_number(each.yuan) or each.yuan < 0 or each.money not in MoneyKind.__members__:
                yield county.at(
                    row, Condition.payments, f"{each.year}年 {each.money} {each.yuan}", "不小于0的元数和规定的资金用途"
                )
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
                yield county.at(row, Condition.channels, f"{each.year}年{_zh(each.money)}由 {each.channel} 支付", wrong)
        sums: dict[str, float] = {}
        for each in row.of.payments:
            sums[each.channel] = sums.get(each.channel, 0.0) + (each.yuan if is_number(each.yuan) else 0.0)
        if sums and sums.get(row.of.channel, 0.0) < max(sums.values()):
            yield county.at(row, Condition.channels, f"主要资金渠道写为 {row.of.channel}", max(sums, key=lambda name: sums[name]))
        elif row.of.channel not in Channel.__members__:
            yield county.at(row, Condition.channels, f"资金渠道 {row.of.channel}", "、".join(Channel.__members__))


def _zh(money: str) -> str:
    return MoneyKind[money].zh if money in MoneyKind.__members__ else money


def _wrong_channel(county: County, row: Row, channel: str, money: str, purses: Mapping[str, Purse]) -> str:
    """What is wanted, where a channel may not pay; nothing where it may."""
    if channel not in Channel.__members__ or money not in MoneyKind.__members__:
        return "规定的渠道和资金用途"
    if county.is_private(row.of.school):
        return "" if channel == Channel.sponsor.name else "民办学校由举办者负担"
    if channel not in purses:
        return f"本县区的渠道：{'、'.join(purses)}"
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
                Condition.channels, f"{year}年 {Channel[channel].zh} {words(sum(parts, Fraction(0)))} 元", f"不超过 {limit:,} 元"
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


# --- sums -------------------------------------------------------------------------------------------------------


def totals(county: County) -> Iterator[Breach]:
    claimed = county.claimed
    if not all(map(is_number, (claimed.cost, claimed.bound, claimed.gap, claimed.running_after))):
        yield county.whole(Condition.totals, f"费用 {claimed.cost}、下界 {claimed.bound}、差距 {claimed.gap}", "有限的数")
        return
    wanted = sum((cost(county, row) for row in county.rows), Fraction(0))
    if abs(Fraction(str(claimed.cost)) - wanted) > HALF_A_CENT:
        yield county.whole(Condition.totals, f"费用合计 {claimed.cost:,} 元", f"{words(wanted)} 元")
    after = sum((running(county, row) * row.amount for row in county.rows), Fraction(0))
    if abs(Fraction(str(claimed.running_after)) - after) > HALF_A_CENT:
        yield county.whole(Condition.totals, f"期满后每年 {claimed.running_after:,} 元", f"{words(after)} 元")
    moved = sum(int(row.amount) for row in county.of(MeasureKind.move_intake)) + sum(
        county.merged_pupils(row.of.source) for row in county.of(MeasureKind.merge)
    )
    if claimed.pupils_moved != moved:
        yield county.whole(Condition.totals, f"调整就学的学生 {claimed.pupils_moved} 人", f"{moved} 人")
    yield from _gap(claimed.name, claimed.cost, claimed.bound, claimed.gap, claimed.status, float(county.plan.task["gap"]))


ROUNDED = 1e-6  # of a gap, by which the printed cost and bound leave it open


def _gap(where: str, cost: float, bound: float, gap: float, status: str, asked: float) -> Iterator[Breach]:
    """The gap is what cost and bound say, and the run may only call itself proven where it is small enough."""
    if bound > cost * (1 + ROUNDED) + 0.01:
        yield Breach(Condition.totals, where, f"下界 {bound:,} 元高于费用 {cost:,} 元", "不高于费用")
    wanted = max(0.0, (cost - bound) / cost) if cost else 0.0
    if abs(gap - wanted) > ROUNDED + (0.01 / cost if cost else 0.0):
        yield Breach(Condition.totals, where, f"差距 {gap:.6%}", f"{wanted:.6%}")
    most = {Status.optimal.name: ROUNDED, Status.gap_reached.name: asked + ROUNDED}
    if status not in Status.__members__:
        yield Breach(Condition.status, where, f"结束状态 {status}", "、".join(Status.__members__))
    elif wanted > most.get(status, 1.0) + (0.01 / cost if cost else 0.0):
        yield Breach(Condition.status, where, f"差距 {wanted:.4%} 却写为“{Status[status].zh}”", f"差距不超过 {most[status]:.4%}")


WORST = (Status.optimal, Status.gap_reached, Status.work_limit, Status.time_limit, Status.cancelled)


def together(plan: Plan) -> Iterator[Breach]:
    """The plan as a whole is the sum of its counties, and ended as the worst of them."""
    where = "全部县区"
    if not all(
        map(
            is_number,
            (plan.cost, plan.bound, plan.gap, *(row.cost for row in plan.counties), *(row.bound for row in plan.counties)),
        )
    ):
        yield Breach(Condition.totals, where, f"费用 {plan.cost}、下界 {plan.bound}、差距 {plan.gap}", "有限的数")
        return
    for name in ("cost", "bound"):
        claimed, wanted = getattr(plan, name), sum(Fraction(str(getattr(row, name))) for row in plan.counties)
        if abs(Fraction(str(claimed)) - wanted) > 2 * HALF_A_CENT:
            yield Breach(
                Condition.totals,
                where,
                f"{'费用' if name == 'cost' else '下界'}合计 {claimed:,} 元",
                f"{words(Fraction(wanted))} 元",
            )
    ends = [row.status for row in plan.counties] + ([Status.cancelled.name] if plan.task["not_begun"] else [])
    known = [Status[end] for end in ends if end in Status.__members__]
    worst = max(known, key=WORST.index, default=Status.optimal)
    if plan.status != worst.name:
        yield Breach(Condition.status, where, f"结束状态 {plan.status}", worst.name)
    elif len(known) == len(ends):
        yield from (
            each for each in _gap(where, plan.cost, plan.bound, plan.gap, plan.status, 1.0) if each.condition is Condition.totals
        )
