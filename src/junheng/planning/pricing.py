"""What measures cost and how far they may go: dated values with evidence, laid over by a county, read like the law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

from junheng.kernel.faults import JunhengError
from junheng.planning.codes import Channel, MoneyKind
from junheng.planning.refusals import Refusals
from junheng.standards.book import LawBook
from junheng.standards.law import Entry, Facts, Law, Overlay, overlaid, read_toml

FOLDER = Path(str(files("junheng.planning"))) / "prices"
PRICES = Law(FOLDER)
MOST_PRICE = 10**8  # of a person, a mu, a room: far over what any costs, and as far apart as a solver can tell prices
MOST: Mapping[str, int] = {  # by unit
    "share": 1,
    "yes or no": 1,
    "yuan a yuan of value": 100,
    "yuan a year a yuan of value": 100,
}
DIVISORS = ("storeys", "class_room_m2")

UNITS = {  # of the price list, in the words that people read
    "months": "月",
    "years": "年",
    "km": "公里",
    "m2": "㎡",
    "schools": "所",
    "sites": "处",
    "storeys": "层",
    "times": "倍",
    "persons a class": "人/班",
    "yuan": "元",
    "yuan a m2": "元/㎡",
    "yuan a mu": "元/亩",
    "yuan a person": "元/人",
    "yuan a person-year": "元/人·年",
    "yuan a pupil-year": "元/生·年",
    "yuan a room": "元/间",
    "yuan a room-year": "元/间·年",
    "yuan a year": "元/年",
    "yuan a yuan of value": "元/元资产值",
    "yuan a year a yuan of value": "元/元资产值·年",
    "share": "",
    "yes or no": "",
}


@dataclass(frozen=True)
class Purse:
    """A channel of money: what it may pay, and how much of it there is a year; None is without limit."""

    channel: Channel
    a_year: int | None = None

    def pays(self, money: MoneyKind) -> bool:
        return money in PAYS[self.channel]


# pay comes from no money for works; funds for improvement and bonds pay no training
_THINGS = (MoneyKind.works, MoneyKind.equipment)
PAYS: Mapping[Channel, tuple[MoneyKind, ...]] = {
    Channel.central: _THINGS,
    Channel.province: (*_THINGS, MoneyKind.training),
    Channel.bond: (MoneyKind.works,),
    Channel.surcharge: (*_THINGS, MoneyKind.training),
    Channel.donation: _THINGS,
    Channel.county: tuple(MoneyKind),
    Channel.sponsor: tuple(MoneyKind),
}


@dataclass
class PriceBook:
    """The prices in force on a day for the schools of a county; remembers which it was asked for."""

    book: LawBook
    county: str
    purses: tuple[Purse, ...] = (Purse(Channel.county),)
    used: dict[tuple[str, str], Entry] = field(default_factory=dict)

    times: Mapping[str, Fraction] = field(default_factory=dict)  # what is asked about at so many times its value
    values: Mapping[str, Fraction] = field(default_factory=dict)  # or at another value
    plus: Mapping[str, Fraction] = field(default_factory=dict)  # or at so much more

    def value(self, name: str, facts: Facts | None = None) -> Fraction:
        entry = self.book.entry(PRICES[name], self.county, facts or {})
        self.used[name, str(sorted(entry.where.items()))] = entry
        return self.told(name, entry)

    def told(self, name: str, entry: Entry) -> Fraction:
        """What an entry comes to here."""
        own = self.values.get(name)
        value = own if own is not None else Fraction(entry.value)
        return self.times.get(name, Fraction(1)) * value + self.plus.get(name, Fraction(0))

    def zh(self, name: str) -> str:
        return str(PRICES[name].zh)

    def unit(self, name: str) -> str:
        return str(PRICES[name].unit)

    def number(self, name: str, facts: Facts | None = None) -> int:
        return int(self.value(name, facts))


def price_day(year: int) -> date:
    """The day whose prices are asked of the data of a school year: a plan's first, and a policy is priced alike."""
    return date(year + 1, 1, 1)


def price_book(
    day: date, county: str, folders: Iterable[Path] = (), own: Path | None = None, times: Mapping[str, Fraction] | None = None
) -> PriceBook:
    """The shipped prices with the standing lists of `folders` and the list `own` laid over them.

    Errors: JunhengError with all that is wrong in a list: an unknown name, a price under 0, a channel that is not known.
    """
    paths = [path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.toml"))]
    overlays: list[Overlay] = []
    purses: tuple[Purse, ...] = (Purse(Channel.county),)
    for path in [*paths, *([own] if own else [])]:
        overlay, told = _read(path, county)
        overlays.append(overlay)
        purses = told or purses
    return PriceBook(LawBook(day, overlays), county, purses, times=times or {})


def refuse_wrong_list(path: Path) -> None:
    """Errors: JunhengError with all that is wrong in a list of prices, whichever county it is for."""
    _read(path, "")


def _meant(name: str) -> str:
    """What to write instead: the names nearest to it, else all there are."""
    near = get_close_matches(name, PRICES.limits, 3, 0.5)
    return f"改为 {'、'.join(near or PRICES.limits)} 之一（docs/reference/prices.md）"


def _read(path: Path, county: str) -> tuple[Overlay, tuple[Purse, ...]]:
    if not path.is_file():
        raise JunhengError(f"{path}：没有这个价格文件 -> 检查路径")
    sheet = read_toml(path)
    code, zh, rows = str(sheet.pop("jurisdiction", county)), str(sheet.pop("zh", path.stem)), sheet.pop("channel", [])
    refusals, purses, entries = Refusals(), list[Purse](), dict[str, tuple[Entry, ...]]()
    for row in rows if isinstance(rows, list) else [rows]:
        with refusals.heard():
            purses.append(_purse(path, row))
    for name, body in sheet.items():
        with refusals.heard():
            entries[name] = _priced(path, code, name, body)
    refusals.tell()
    return Overlay(code, zh, entries, path.name), tuple(purses)


def _priced(path: Path, code: str, name: str, body: Any) -> tuple[Entry, ...]:
    if name not in PRICES.limits:
        raise JunhengError(f"{path.name} [{name}]：没有这个价格或上限 -> {_meant(name)}")
    entries = overlaid(path, code, "", {name: body}).entries[name]
    if wrong := next(filter(None, (wrong_value(name, entry.value) for entry in entries)), ""):
        raise JunhengError(f"{path.name} [{name}]：value {wrong} -> 改正后重试")
    return entries


def wrong_value(name: str, value: object) -> str:
    """What is wrong with a value of a price or cap; nothing where nothing is."""
    if name in DIVISORS and value == 0:
        return "应大于0：要按它折算"
    return wrong_number(value, MOST.get(PRICES[name].unit, MOST_PRICE))


def wrong_number(value: object, most: int) -> str:
    """What is wrong with a number of a file; nothing where it is one from 0 to `most`."""
    is_known = (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, Decimal) and value.is_finite())
    return "" if is_known and 0 <= value <= most else f"应为 0 至 {most:,} 的数"  # type: ignore[operator]


def _purse(path: Path, row: Any) -> Purse:
    name, a_year = (str(row.get("name")), row.get("a_year")) if isinstance(row, dict) else ("", None)
    if name not in Channel.__members__ or not (a_year is None or (isinstance(a_year, int) and a_year >= 0)):
        known = "、".join(f"{each.name}（{each.zh}）" for each in Channel)
        raise JunhengError(
            f"{path.name} [[channel]]：应为 name = 渠道，a_year = 每年元数（整数，不小于0）；渠道有 {known} -> 改正后重试"
        )
    return Purse(Channel[name], a_year)
