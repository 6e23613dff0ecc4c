"""The prices, caps and channels that a plan says it used, held against the lists in force."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.county import County, words
from junheng.planning.pricing import Purse

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
