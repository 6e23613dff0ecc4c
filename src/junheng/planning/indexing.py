"""The rows that pages read, made from a kept plan in one transaction: pages see all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from junheng.people import audit
from junheng.people.cases import open_case
from junheng.people.models import Person
from junheng.planning.forms import PlanFacts, plan_facts, words
from junheng.planning.forms.facts import exact
from junheng.planning.keeping import kept, read_kept, run_of
from junheng.planning.models import PlanCounty, PlanLevel, PlanMeasure, PlanRow, PlanStanding, PlanUnknown, PlanUnmet
from junheng.planning.plan import Level, Measure, Plan, Standing
from junheng.planning.transitions import APPROVAL
from junheng.register.models import School

BATCH = 2000
Row = Mapping[str, Any]


def not_indexed(city: Path) -> list[str]:
    """Kept plans that no page lists yet: what the command line made."""
    there = set(PlanRow.objects.values_list("digest", flat=True))
    return [each for each in kept(city) if each not in there]


def index(city: Path, digest: str, by: Person | None = None, parent: str = "") -> PlanRow:
    """The rows of a kept plan; one that is there stays, and gets a maker where it had none.

    Errors: JunhengError for a file that is not what was kept, or whose snapshot is gone.
    """
    there = PlanRow.objects.filter(pk=digest).first()
    if there is None:
        plan = read_kept(city, digest)
        try:
            return _Writing(digest, plan_facts(plan, city), run_of(city, digest), by, parent).written()
        except IntegrityError:  # another worker listed it meanwhile
            there = PlanRow.objects.get(pk=digest)
    if by and not there.by_id:
        PlanRow.objects.filter(pk=digest, by=None).update(by=by, parent=there.parent or parent)
        there.refresh_from_db()
    return there


@dataclass
class _Writing:
    digest: str
    facts: PlanFacts
    run: Row
    by: Person | None
    parent: str

    @property
    def plan(self) -> Plan:
        return self.facts.plan

    @property
    def title(self) -> str:
        return f"{self.facts.where}{self.facts.year}—{self.facts.target}年优质均衡达标方案"

    @transaction.atomic
    def written(self) -> PlanRow:
        self.row = self._plan()
        for model, rows in (
            (PlanCounty, self._counties()),
            (PlanMeasure, self._measures()),
            (PlanStanding, self._standings()),
            (PlanLevel, self._levels()),
            (PlanUnmet, self._unmet()),
            (PlanUnknown, self._unknown()),
        ):
            _add(model, rows)
        audit.record(self.by, "plan.index", self.digest, detail={"title": self.title, "parent": self.parent})
        return self.row

    def _plan(self) -> PlanRow:
        plan, task = self.plan, self.plan.task
        counties = [each.county for each in plan.counties]
        alone = counties[0] if counties and not self._is_wider else ""
        case = open_case(APPROVAL, self.digest, title=self.title, county_code=alone)
        return PlanRow.objects.create(
            digest=self.digest,
            title=self.title,
            case=case,
            standard=task["standard"],
            snapshot=task["snapshot"],
            year=self.facts.year,
            years=task["years"],
            target_year=self.facts.target,
            budget=None if task["budget"] is None else _yuan(task["budget"]),
            margin=task["margin"],
            cost=_yuan(plan.cost),
            bound=_yuan(plan.bound),
            gap=plan.gap,
            status=plan.status,
            seed=plan.seed,
            parent=self.parent,
            by=self.by,
            made=datetime.fromisoformat(self.run["made"]) if "made" in self.run else None,
            seconds=self.run.get("seconds"),
            task={name: told for name, told in task.items() if name != "channels"},
            spent=_spent(plan),
            prices=list(plan.prices),
            rules=list(plan.rules),
            assumptions=list(plan.assumptions),
            procedure=list(plan.procedure),
        )

    @property
    def _is_wider(self) -> bool:
        """Whether it goes beyond one county: then nobody of a county alone decides about it."""
        return len(self.plan.counties) + len(self.plan.task["not_begun"]) > 1

    def _counties(self) -> Iterator[PlanCounty]:
        for each in self.plan.counties:
            yield PlanCounty(
                plan=self.row,
                county_code=each.county,
                name=each.name,
                verdict_before=each.verdict_before,
                verdict_after=each.verdict_after,
                failing_before=each.schools_failing_before,
                failing_after=each.schools_failing_after,
                cost=_yuan(each.cost),
                bound=_yuan(each.bound),
                gap=each.gap,
                status=each.status,
                failures=each.failures,
                fewest_failures=each.fewest_failures,
                running_after=_yuan(each.running_after),
                pupils_moved=each.pupils_moved,
                proven=each.proven,
            )
        not_begun = self.plan.task["not_begun"]
        names = dict(School.objects.filter(year=self.facts.year, county_code__in=not_begun).values_list("county_code", "county"))
        for code in not_begun:
            yield PlanCounty(plan=self.row, county_code=code, name=names.get(code, code), begun=False)

    def _at(self, place: int, each: Any) -> dict[str, Any]:
        """The columns that say where a row lies."""
        found = self.facts.schools.get(each.school)
        return {
            "plan": self.row,
            "county_code": each.county,
            "township_code": found.township_code if found else "",
            "school_id": each.school,
            "name": self.facts.school(each.school) if each.school else self.facts.county(each.county),
            "stage": each.stage,
            "place": place,
        }

    def _measures(self) -> Iterator[PlanMeasure]:
        for place, each in enumerate(self.facts.measures):
            yield PlanMeasure(
                **self._at(place, each),
                year=each.year,
                kind=each.kind,
                kind_zh=words.kind_word(each),
                source=each.source,
                source_name=self.facts.school(each.source) if each.source else "",
                detail=each.detail,
                amount=exact(each.amount),
                unit=each.unit,
                cost=_yuan(each.cost),
                channels=words.channels(each.payments),
                counted=each.counted,
                closes=list(each.closes),
                about=words.about(self.facts, each)[:300],
                sentence=_sentence(self.facts, each),
                payments=[{"year": one.year, "channel": one.channel, "yuan": one.yuan} for one in each.payments],
            )

    def _standings(self) -> Iterator[PlanStanding]:
        for place, each in enumerate(self.facts.listed):
            east, north = self.facts.points.get(each.school, (None, None))
            found = self.facts.schools.get(each.school)
            yield PlanStanding(
                **self._at(place, each),
                **_when(each),
                township=found.township if found else "",
                pupils=each.pupils,
                longitude=east,
                latitude=north,
            )

    def _levels(self) -> Iterator[PlanLevel]:
        for place, each in enumerate(self.plan.levels):
            yield PlanLevel(
                **self._at(place, each),
                **_when(each),
                item=each.item,
                limit=each.limit,
                wanted=each.wanted,
                fails=list(each.fails),
            )

    def _unmet(self) -> Iterator[PlanUnmet]:
        for place, each in enumerate(self.plan.unmet):
            yield PlanUnmet(
                **self._at(place, each),
                item=each.item,
                has=each.has,
                wanted=each.wanted,
                short=each.short,
                unit=each.unit,
                meets_limit=each.meets_limit,
            )

    def _unknown(self) -> Iterator[PlanUnknown]:
        for place, each in enumerate(self.plan.unknown):
            yield PlanUnknown(**self._at(place, each), item=each.item, why=each.why)


def _add(model: type[Model], rows: Iterable[Model]) -> None:
    model._default_manager.bulk_create(rows, batch_size=BATCH)


def _when(each: Standing | Level) -> dict[str, Any]:
    return {name: getattr(each, name) for name in words.WHEN}


def _spent(plan: Plan) -> list[dict[str, Any]]:
    """What all measures cost by calendar year and channel."""
    sums: dict[tuple[int, str], Decimal] = {}
    for each in (payment for measure in plan.measures for payment in measure.payments):
        sums[each.year, each.channel] = sums.get((each.year, each.channel), Decimal(0)) + exact(each.yuan)
    return [{"year": year, "channel": channel, "yuan": str(yuan)} for (year, channel), yuan in sorted(sums.items())]


def _sentence(facts: PlanFacts, measure: Measure) -> str:
    (told,) = words.sentences(facts, [measure])
    return told[:400]


def _yuan(number: float) -> Decimal:
    return exact(number).quantize(Decimal("0.01"))
