"""What the API answers with: a class a kind of row. A name that is not listed here leaves the desk by no call."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Schema
from pydantic import PlainSerializer

# the closed lists of docs/reference/contract.md; a test holds them against the codes
Level = Literal["school", "township", "county", "city", "province"]
Stage = Literal["preschool", "primary", "junior", "senior", "all"]
Verdict = Literal["met", "not_met", "unknown", "needs_evidence"]
Evidence = Literal["read", "believed"]
Change = Literal["added", "removed", "changed"]


class Finding(Schema):
    """A figure measured and judged. Null is unknown: `unknown` of its `rows` rows were. Exact numbers are strings."""

    id: int
    snapshot: str
    year: int
    standard: str
    item: str
    level: str
    group: str
    name: str
    stage: str
    county_code: str
    township_code: str
    school_id: str
    part: str | None
    whole: str | None
    value: str | None
    lower: str | None
    upper: str | None
    unknown: int
    rows: int
    limit: str | None
    gap: str | None
    gap_unit: str
    split: str | None
    splits: dict[str, dict[str, str | None]]
    verdict: str
    within_rounding: bool
    evidence: str


class CountyVerdict(Schema):
    """What a standard says of a county and stage; the items that decide it."""

    id: int
    snapshot: str
    year: int
    standard: str
    county_code: str
    name: str
    stage: str
    verdict: str
    failed: list[str]
    unknown: list[str]
    needs_evidence: list[str]
    depends_on_split: bool
    evidence: str


class School(Schema):
    """A school on 1 September of a year; `failing` and `unknown` count items. Null is unknown."""

    id: int
    year: int
    school_id: str
    name: str
    kind: str
    run_by: str
    urban_rural: str
    county_code: str
    county: str
    township_code: str
    township: str
    longitude: float | None
    latitude: float | None
    pupils: int | None
    classes: int | None
    stages: dict[str, dict[str, int | None]]
    failing: int
    unknown: int


class Snapshot(Schema):
    """The version of a school year in force; `findings` names the rules it was measured by."""

    year: int
    snapshot: str
    version: int
    city_name: str
    schools: int
    findings: str
    reason: str
    indexed: datetime | None


class Version(Schema):
    """A version of a school year, and the one it was made from."""

    snapshot: str
    version: int
    previous: str | None
    reason: str | None
    in_force: bool


class Cell(Schema):
    """A cell that differs; personal ones are masked. `snapshot`: the version that made it so."""

    column: str
    before: str | None
    after: str | None
    snapshot: str | None


class Place(Schema):
    """Where a row stood in what was handed in."""

    file: str | None
    sheet: str | None
    row: int | None


class Row(Schema):
    """A row that is not the same in two versions."""

    change: Change
    key: dict[str, str | None]
    cells: list[Cell]
    before: Place | None
    after: Place | None


class Difference(Schema):
    """The rows of a table that differ between two versions, of the schools in reach; `shown` of `count`."""

    before: str
    after: str
    table: str
    zh: str
    count: int
    shown: int
    rows: list[Row]


Yuan = Annotated[Decimal, PlainSerializer(lambda yuan: f"{yuan:f}", return_type=str)]


class PlanCounty(Schema):
    """How far a county gets by a plan. One that was not `begun` when the run was stopped tells nothing else."""

    county_code: str
    name: str
    begun: bool
    verdict_before: str
    verdict_after: str
    failing_before: int
    failing_after: int
    cost: Yuan
    bound: Yuan
    status: str


class Plan(Schema):
    """A plan: cost and bound in yuan as strings; `sound` where it was checked and everything agreed."""

    digest: str
    title: str
    state: str
    standard: str
    snapshot: str
    year: int
    years: int
    target_year: int
    budget: Yuan | None
    cost: Yuan
    bound: Yuan
    gap: float
    status: str
    seed: int
    parent: str
    made: datetime | None
    sound: bool
    counties: list[PlanCounty]


class Measure(Schema):
    """What is done at a school in a year; of the whole county where it names none."""

    id: int
    county_code: str
    township_code: str
    school_id: str
    name: str
    stage: str
    year: int
    kind: str
    kind_zh: str
    amount: Yuan
    unit: str
    cost: Yuan
    closes: list[str]
    sentence: str


class Home(Schema):
    """Where everything is, and who asks."""

    name: str
    version: str
    person: str
    roles: list[str]
    openapi: str
    addresses: list[str]
