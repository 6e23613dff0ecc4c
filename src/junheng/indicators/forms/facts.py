"""What the forms are made from: one county's findings, verdicts and schools, ready to look up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from junheng.kernel.codes import Level
from junheng.kernel.findings import CountyVerdict, Finding


class Title(Protocol):
    """What a form prints of an item; an `Indicator` is one."""

    @property
    def zh(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def places(self) -> int: ...


STANDARDS = ("quality_balance_2017", "basic_balance_2012", "class_size", "school_size")  # as a reader asks for them


@dataclass(frozen=True)
class StageRow:
    """One stage of a school on 1 September; None is unknown."""

    pupils: int | None
    classes: int | None
    largest_class: int | None = None


@dataclass(frozen=True)
class SchoolRow:
    """One school as every form prints it; kind, runner and urban-rural class by their Chinese words."""

    school_id: str
    name: str
    kind: str
    run_by: str
    urban_rural: str
    township_code: str
    township: str
    county_code: str
    county: str
    stages: Mapping[str, StageRow] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, str]:
        """The order of schools in every table: by township, then by code."""
        return (self.township_code, self.school_id)


class Unconfirmed(Finding):
    """A finding without the limit and the verdict it has: they rest on a value that nobody has confirmed yet."""


@dataclass(frozen=True)
class CountyFacts:
    """One county's year. Findings are looked up by item and stage; `earlier` holds earlier years, by year."""

    code: str
    name: str
    year: int
    snapshot: str
    schools: tuple[SchoolRow, ...]
    verdicts: tuple[CountyVerdict, ...]
    of_school: Mapping[tuple[str, str, str], Finding]
    of_county: Mapping[tuple[str, str], Finding]
    earlier: Mapping[int, Mapping[tuple[str, str], Finding]]
    titles: Mapping[str, Title]
    standards: Mapping[str, str]

    def school(self, item: str, stage: str, school_id: str) -> Finding | None:
        return self.of_school.get((item, stage, school_id))

    def county(self, item: str, stage: str) -> Finding | None:
        return self.of_county.get((item, stage))

    def of_item(self, item: str, stage: str) -> list[Finding]:
        """The school findings of one item and stage."""
        return [one for (its, at, _), one in self.of_school.items() if (its, at) == (item, stage)]

    def judged(self, items: Iterable[str], stage: str) -> list[SchoolRow]:
        """The schools that have a finding of any of the items for the stage, in the order of every table."""
        return [row for row in self.schools if any(self.school(item, stage, row.school_id) for item in items)]


def by_county(
    findings: Iterable[Finding],
    verdicts: Iterable[CountyVerdict],
    schools: Iterable[SchoolRow],
    titles: Mapping[str, Title],
    standards: Mapping[str, str],
    earlier: Mapping[int, Iterable[Finding]],
) -> list[CountyFacts]:
    """The facts of each county that has a school or a verdict, by county code."""
    rows = sorted(schools, key=lambda row: row.order)
    found, judged = list(findings), sorted(verdicts, key=_rank)
    past = {year: list(before) for year, before in earlier.items()}
    names = {row.county_code: row.county for row in rows} | {one.county: one.name for one in judged}
    return [
        _county(
            code,
            name,
            found,
            [one for one in judged if one.county == code],
            tuple(row for row in rows if row.county_code == code),
            titles,
            standards,
            past,
        )
        for code, name in sorted(names.items())
    ]


def _county(
    code: str,
    name: str,
    findings: list[Finding],
    verdicts: list[CountyVerdict],
    schools: tuple[SchoolRow, ...],
    titles: Mapping[str, Title],
    standards: Mapping[str, str],
    earlier: Mapping[int, list[Finding]],
) -> CountyFacts:
    ids = {row.school_id for row in schools}
    year = max((*(one.year for one in verdicts), *(one.year for one in findings)), default=0)
    now = [one for one in findings if one.year == year]
    return CountyFacts(
        code=code,
        name=name,
        year=year,
        snapshot=next((each for each in (*(one.snapshot for one in verdicts), *(one.snapshot for one in now)) if each), ""),
        schools=schools,
        verdicts=tuple(verdicts),
        titles=titles,
        standards=standards,
        of_county=_of_county(now, code),
        of_school={(one.item, one.stage, one.group): one for one in now if one.level is Level.school and one.group in ids},
        earlier={before: _of_county(past, code) for before, past in sorted(earlier.items()) if before < year},
    )


def _rank(verdict: CountyVerdict) -> int:
    return STANDARDS.index(verdict.standard) if verdict.standard in STANDARDS else len(STANDARDS)


def _of_county(findings: Iterable[Finding], code: str) -> dict[tuple[str, str], Finding]:
    return {(one.item, one.stage): one for one in findings if one.level is Level.county and one.group == code}
