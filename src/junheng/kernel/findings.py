"""The finding: a figure, its judgement, and all that is needed to walk back from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from fractions import Fraction

from junheng.kernel.codes import Code, Evidence, Level, Verdict
from junheng.kernel.exact import written

Exact = Fraction | Decimal  # Decimal only for roots


def _plain(value: object) -> object:
    if isinstance(value, Fraction | Decimal):
        return written(value)
    if isinstance(value, Code):
        return value.name
    return list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value


@dataclass(frozen=True)
class Finding:
    """One figure of one group in one year, judged by one item of one standard.

    `part`, `whole`  the two totals the value comes from; of a spread, those of the county's mean; exact
    `value`          None when unknown; then `lower`/`upper` may bound it. A coefficient of variation is a root
                     (Decimal) and carries its exact square in `value_squared`
    `unknown`,`rows` rows that could not be counted; rows looked at
    `gap`            how much is missing in the item's own unit (`gap_unit`), `gap_per_pupil` the same per pupil; 0 when met
    `share`          this school's share of the spread between the schools of its county
    `split`          how resources held in common were split, when that was needed; `splits` the figure under the others
    `verdict`        None where the standard asks nothing at this level
    `slice`          the part of the group it is of, as `urban_rural=rural`; empty for the whole group
    """

    item: str
    indicator: str
    standard: str
    level: Level
    group: str
    name: str
    stage: str
    year: int
    part: Fraction | None = None
    whole: Fraction | None = None
    value: Exact | None = None
    value_squared: Fraction | None = None
    lower: Fraction | None = None
    upper: Fraction | None = None
    unknown: int = 0
    rows: int = 0
    limit: Fraction | None = None
    gap: Exact | None = None
    gap_unit: str = ""
    gap_per_pupil: Fraction | None = None
    share: Fraction | None = None
    split: str | None = None
    splits: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    verdict: Verdict | None = None
    within_rounding: bool = False
    papers: tuple[str, ...] = ()
    evidence: Evidence = Evidence.read
    snapshot: str = ""
    slice: str = ""

    def as_json(self) -> dict[str, object]:
        """The finding as the machine-readable answer prints it; exact numbers are strings."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}


PRECEDENCE = (Verdict.not_met, Verdict.unknown, Verdict.needs_evidence, Verdict.met)


def weakest(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of a whole: the first of not_met, unknown, needs_evidence, met that any of its parts has."""
    present = set(verdicts)
    return next((verdict for verdict in PRECEDENCE if verdict in present), Verdict.unknown)


@dataclass(frozen=True)
class CountyVerdict:
    """What one standard says of one county and stage (`primary`, `junior`, `all`)."""

    standard: str
    county: str
    name: str
    stage: str
    year: int
    verdict: Verdict
    failed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    needs_evidence: tuple[str, ...] = ()
    splits: Mapping[str, str] = field(default_factory=dict)
    evidence: Evidence = Evidence.read
    snapshot: str = ""

    @property
    def depends_on_split(self) -> bool:
        return len(set(self.splits.values())) > 1

    def as_json(self) -> dict[str, object]:
        own = {each.name: _plain(getattr(self, each.name)) for each in fields(self)}
        return own | {"depends_on_split": self.depends_on_split}
