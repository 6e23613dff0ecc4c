"""The prices, caps and channels that a plan says it used, held against the lists in force."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from junheng.kernel.codes import Evidence
from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.county import County, words
from junheng.planning.check.names import zh
from junheng.planning.pricing import UNITS, Purse

COLUMNS = {"zh": "名称", "unit": "单位", "paper": "依据", "evidence": "证据"}
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
    for number, column, said, right in county.prices.mislabelled():
        where = f"{county.claimed.name} {county.prices.book.zh(county.plan.prices[number]['name'])}"
        found, wanted = f"{COLUMNS[column]}“{_word(column, said)}”", f"“{_word(column, right)}”"
        yield Breach(Condition.prices, where, found, wanted, row=f"prices[{number}]")
    told, wanted = ("、".join(map(_purse, each)) or "没有" for each in (county.prices.purses, county.prices.book.purses))
    if told != wanted:
        yield Breach(Condition.prices, f"{county.claimed.name} 资金渠道", told, wanted, RENEW, f"task.channels.{county.code}")


def _word(column: str, told: str) -> str:
    return zh(Evidence, told) if column == "evidence" else UNITS.get(told, told) if column == "unit" else told


def superseded(county: County) -> Iterator[Breach]:
    """Prices that stand in a list, but of which another holds for these schools: known when all else was priced."""
    said = {row["name"] for _, row, _ in county.prices.differing()}
    for name, (told, now) in county.prices.superseded.items():
        if name not in said:
            zh = county.prices.book.zh(name)
            yield Breach(Condition.prices, f"{county.claimed.name} {zh}", words(told), words(now), RENEW, "prices")


def _purse(purse: Purse) -> str:
    return f"{purse.channel.zh}{'' if purse.a_year is None else f'每年 {purse.a_year:,} 元'}"
