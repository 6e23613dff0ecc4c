"""What the findings page is asked for: one set of filters for the page, the saved view and the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from junheng.indicators.models import FindingRow
from junheng.indicators.registry import INDICATORS, numbered
from junheng.indicators.units import STAGE_ORDER
from junheng.kernel.codes import Level, Verdict
from junheng.kernel.findings import PRECEDENCE
from junheng.people.scope import Reach
from junheng.standards import law

WIDEST_FIRST = (Level.province, Level.city, Level.county, Level.township, Level.school)
SORTS = {  # the column that is sorted by, and the rows' field
    "name": "name", "item": "item", "stage": "stage", "value": "value_number", "gap": "gap_number", "share": "share_number",
    "verdict": "verdict"}
LAST = ("item", "level", "group", "stage")  # what decides between equals, so that pages never overlap


@dataclass(frozen=True)
class Filters:
    """The filters as the address carries them; a value that means nothing is as if it were not there."""

    year: str = ""
    standard: str = ""
    item: str = ""
    level: str = ""
    county: str = ""
    town: str = ""
    school: str = ""
    stage: str = ""
    verdict: str = ""
    unknown: str = ""
    q: str = ""
    sort: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        told = {each.name: str(asked.get(each.name, "")).replace("\0", "").strip()[:100] for each in fields(cls)}
        item = told["item"] if told["item"] in INDICATORS else ""
        return cls(**told | {
            "year": told["year"] if told["year"].isdecimal() else "",
            "item": item,
            "standard": INDICATORS[item].standard if item else _one_of(told["standard"], law.standards),
            "level": _one_of(told["level"], Level.__members__),
            "stage": _one_of(told["stage"], STAGE_ORDER),
            "verdict": _one_of(told["verdict"], Verdict.__members__),
            "unknown": "1" if told["unknown"] else "",
            "sort": told["sort"] if told["sort"].removeprefix("-") in SORTS else "",
        })

    @property
    def query(self) -> str:
        return urlencode(dict(self.told()))

    @property
    def href(self) -> str:
        return f"{reverse('findings')}?{self.query}"

    @property
    def is_narrow(self) -> bool:
        """Whether single findings are asked for, not the items of a standard."""
        return any((self.item, self.level, self.town, self.school, self.stage, self.verdict, self.unknown, self.q))

    def but(self, **changes: str) -> Filters:
        return replace(self, **changes)

    def told(self) -> Iterator[tuple[str, str]]:
        """The filters that are set, by name."""
        for each in fields(self):
            if value := getattr(self, each.name):
                yield each.name, value

    def rows(self, snapshot: str, reach: Reach) -> QuerySet[FindingRow]:
        """The findings asked for, of those that lie in `reach`."""
        equal = {column: value for column, value in (
            ("standard", self.standard), ("item", self.item), ("level", self.level), ("county_code", self.county),
            ("township_code", self.town), ("school_id", self.school), ("stage", self.stage), ("verdict", self.verdict)) if value}
        found = reach.narrow(FindingRow.objects.filter(snapshot=snapshot, **equal))
        if self.unknown:
            found = found.filter(Q(unknown__gt=0) | Q(verdict=Verdict.unknown.name))
        return found.filter(self._searched()) if self.q else found

    def _searched(self) -> Q:
        """A name, a code or an item, by any part of it."""
        items = [each.item for each in INDICATORS.values() if self.q in each.zh or each.item.startswith(self.q)]
        return Q(name__icontains=self.q) | Q(group__startswith=self.q) | Q(item__in=items)

    def sorted(self, rows: QuerySet[FindingRow]) -> QuerySet[FindingRow]:
        """In the order asked for, unknown numbers last either way; items by their numbers, of several standards by letters."""
        column, down = SORTS.get(self.sort.removeprefix("-"), ""), self.sort.startswith("-")
        places = {"verdict": [each.name for each in PRECEDENCE], "stage": STAGE_ORDER,
                  "item": ordered_items(self.standard) if not self.item and (self.standard or self.school) else ()}
        order = [column, *(name for name in LAST if name != column)] if column else list(LAST)
        keys: list[Any] = []
        for name in order:
            key = _place(name, places[name]) if places.get(name) else F(name)
            last = True if name.endswith("_number") else None  # asked of what is never empty it keeps an index from being used
            keys.append(key.desc(nulls_last=last) if down and name == column else key.asc(nulls_last=last))
        return rows.order_by(*keys)


def _one_of(told: str, known: object) -> str:
    return told if told in known else ""  # type: ignore[operator]


def _place(column: str, values: Sequence[str]) -> Case:
    """The place of a text in a list that is not that of its letters."""
    whens = [When(**{column: value}, then=Value(place)) for place, value in enumerate(values)]
    return Case(*whens, default=Value(len(values)), output_field=IntegerField())


def ordered_items(standard: str = "") -> list[str]:
    """The items of a standard, or of all in their order, as their numbers stand."""
    order = list(law.standards)
    own = [each for each in INDICATORS.values() if standard in ("", each.standard)]
    return [each.item for each in sorted(own, key=lambda each: (order.index(each.standard), numbered(each.item)))]
