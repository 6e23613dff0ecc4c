"""Measure a snapshot: the findings of every item at every level, and the verdict of each county."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import junheng.indicators.items  # noqa: F401  (to import is to declare)
from junheng.engines import Source
from junheng.indicators.figures import Figures
from junheng.indicators.measurement import Measurement, Readings, in_force
from junheng.indicators.registry import INDICATORS, Indicator
from junheng.indicators.slices import parts
from junheng.indicators.units import STAGES, Unit, load_units
from junheng.kernel.codes import Evidence, Level, Split, Verdict
from junheng.kernel.exact import within_rounding, written_or_none
from junheng.kernel.faults import JunhengError, OnProgress
from junheng.kernel.findings import CountyVerdict, Finding, weakest
from junheng.kernel.shapes import Attested, Spread
from junheng.register.census import Register
from junheng.register.codes import ALL_STAGES
from junheng.standards import Entry, LawBook, law
from junheng.standards.book import weakest_evidence

STAGED = ("quality_balance_2017", "basic_balance_2012", "class_size")  # these say something of each stage by itself
Result = tuple[list[Finding], list[CountyVerdict]]


def measure(register: Register, source: Source, book: LawBook, standards: Sequence[str] | None = None,
            on_progress: OnProgress | None = None, by: str | None = None, items: Collection[str] | None = None) -> Result:
    """All findings and county verdicts of a snapshot, for the named standards or all that are in force on its census day.

    `by`     a dimension of indicators/slices.py: the figures of each part of every group besides
    `items`  only these, with all that they are made of among them; verdicts then speak of these alone
    Errors: JunhengError for a standard that is not known, or not in force yet.
    """
    asked = [_in_force(each, book) for each in standards] if standards is not None else [
        name for name, standard in law.standards.items() if standard.day <= book.day]
    indicators = [each for name in asked for each in in_force(name, book, items)]
    figures = Figures(register, source, load_units(register, book), book, indicators)
    findings: list[Finding] = []
    verdicts: list[CountyVerdict] = []
    for number, standard in enumerate(asked):
        if on_progress:
            on_progress(number / len(asked), f"测算 {law.standards[standard].zh}")
        measured = Measurement(register, figures, standard, items)
        printer = _Printer(measured)
        own = [*printer.findings(), *(printer.slices(by) if by else ())]
        findings += own
        verdicts += _verdicts(own, standard, measured)
    return findings, verdicts


def known_standard(name: str) -> str:
    """The name of a standard, refused in words when there is none of that name."""
    if name not in law.standards:
        raise JunhengError(f"没有标准“{name}”；可用：{'、'.join(law.standards)} -> 改正 --standard")
    return name


def _in_force(name: str, book: LawBook) -> str:
    standard = known_standard(name)
    if law.standards[standard].day > book.day:
        raise JunhengError(f"{law.standards[standard].zh}：{book.day} 尚未施行 -> 换一个学年，或不指定 --standard")
    return standard


class _Printer:
    """Turns readings into findings: names, papers, evidence, splits, shares."""

    def __init__(self, measured: Measurement) -> None:
        self.measured, self.register = measured, measured.register
        self.shares = _shares(measured)
        self._entries: dict[tuple[str, Unit], list[Entry]] = {}

    def findings(self) -> Iterator[Finding]:
        for indicator in self.measured.indicators:
            if indicator.by in ("stage", "school", "whole") and Level.school in indicator.levels:
                yield from (self._of_unit(indicator, unit) for unit in self.measured.units_of(indicator))
            for level in (each for each in indicator.levels if each is not Level.school):
                for (group, stage), units in self.measured.ordered(indicator, level):
                    yield self._of_group(indicator, level, group, stage, units)

    def slices(self, by: str) -> Iterator[Finding]:
        """The figures of the parts of every group; no verdict, for a standard judges the whole."""
        for indicator in self.measured.indicators:
            for level in indicator.levels:
                for group, stage, part, units in parts(self.measured, indicator, level, by):
                    entries = self._shared_entries(indicator, units)
                    readings = self.measured.part(indicator, units)
                    made = self._finding(indicator, level, group, self._name(group), stage, readings, entries, None)
                    yield replace(made, slice=part)

    def _of_unit(self, indicator: Indicator, unit: Unit) -> Finding:
        entries = self._unit_entries(indicator, unit)
        share = self.shares.get((indicator.item, unit))
        return self._finding(indicator, Level.school, unit.school_id, unit.name, unit.stage,
                             self.measured.unit(indicator, unit), entries, share)

    def _of_group(self, indicator: Indicator, level: Level, group: str, stage: str, units: list[Unit]) -> Finding:
        entries = self._group_entries(indicator, level, group, stage, units)
        readings = self.measured.group(indicator, level, group, stage)
        return self._finding(indicator, level, group, self._name(group), stage, readings, entries, None)

    def _name(self, group: str) -> str:
        return self.measured.units.place_names.get(group, group)

    def _finding(self, indicator: Indicator, level: Level, group: str, name: str, stage: str, readings: Readings,
                 entries: Iterable[Entry], share: Fraction | None) -> Finding:
        reading = readings[Split.by_pupils]
        used = list(dict.fromkeys(entry.paper for entry in entries))
        close = reading.limit is not None and reading.value is not None and within_rounding(
            reading.value, reading.limit, indicator.places_at(level))
        return Finding(
            item=indicator.item, indicator=indicator.name, standard=indicator.standard, level=level, group=group, name=name,
            stage=stage, year=self.register.year, part=reading.part, whole=reading.whole, value=reading.value,
            value_squared=reading.value_squared, lower=reading.lower, upper=reading.upper, unknown=reading.unknown,
            rows=reading.rows, limit=reading.limit, gap=reading.gap, gap_unit=indicator.gap_unit_at(level),
            gap_per_pupil=reading.gap_per_pupil, share=share, split=Split.by_pupils.name if len(readings) > 1 else None,
            splits=_others(readings), verdict=reading.verdict, within_rounding=close,
            papers=tuple(used) or (law.standards[indicator.standard].paper,), evidence=weakest_evidence(entries),
            snapshot=self.register.id)

    def _unit_entries(self, indicator: Indicator, unit: Unit) -> list[Entry]:
        """The values of the law that a unit's reading rests on."""
        key = indicator.item, unit
        if key not in self._entries:
            self._entries[key] = self._found_entries(indicator, unit)
        return self._entries[key]

    def _found_entries(self, indicator: Indicator, unit: Unit) -> list[Entry]:
        shape = self.measured.figures.shapes[indicator.item][unit]
        of = getattr(shape, "of", ()) if isinstance(getattr(shape, "of", None), tuple) else ()
        own = [*self.measured.figures.entries[indicator.item, unit], self.measured.figures.limit(indicator, unit)]
        return [*(entry for entry in own if entry),
                *(entry for item in of for entry in self._unit_entries(INDICATORS[item], unit))]

    def _group_entries(self, indicator: Indicator, level: Level, group: str, stage: str, units: list[Unit]) -> list[Entry]:
        shape = self.measured.shape(indicator, units)
        if isinstance(shape, Attested):
            entries = []
        elif indicator.by == "group":
            entries = [entry for item in shape.of for entry in self._group_entries(  # type: ignore[union-attr]
                INDICATORS[item], level, group, stage, self.measured.groups_of(INDICATORS[item], level)[group, stage])]
        else:
            entries = self._shared_entries(indicator, units)
        limit = self.measured.group_limit(indicator, level, group, stage)
        enough = self.measured.enough(indicator, group)
        return list(dict.fromkeys([*entries, *self._left_out(indicator, level, group, stage),
                                   *(entry for entry in (enough, limit) if entry)]))

    def _shared_entries(self, indicator: Indicator, units: list[Unit]) -> list[Entry]:
        """What the figures of these units rest on, each once."""
        shape = self.measured.shape(indicator, units)
        item = INDICATORS[shape.of] if isinstance(shape, Spread) else indicator
        return list(dict.fromkeys(entry for unit in units for entry in self._unit_entries(item, unit)))

    def _left_out(self, indicator: Indicator, level: Level, group: str, stage: str) -> list[Entry]:
        """The rule on small teaching points, where it decided about a unit of this group and stage."""
        decided = self.measured.decided_by_small_points(indicator, level, group, stage)
        return [self.measured.book.entry(law["small_point"], unit.place, unit.facts) for unit in decided[:1]]


def _others(readings: Readings) -> Mapping[str, Mapping[str, str | None]]:
    return {split.name: {"part": written_or_none(reading.part), "value": written_or_none(reading.value),
                         "verdict": reading.verdict.name if reading.verdict else None}
            for split, reading in readings.items() if split is not Split.by_pupils}


def _shares(measured: Measurement) -> dict[tuple[str, Unit], Fraction]:
    """Each school's share of the spread of its county, by the item the spread is of."""
    found: dict[tuple[str, Unit], Fraction] = {}
    for indicator in (each for each in measured.indicators if each.item.endswith(".cv")):
        for (group, stage), units in measured.groups_of(indicator, Level.county).items():
            shape = measured.shape(indicator, units)
            if isinstance(shape, Spread):
                shares = measured.group(indicator, Level.county, group, stage)[Split.by_pupils].shares
                found |= {(shape.of, unit): share for unit, share in zip(units, shares, strict=False)}
    return found


def _verdicts(findings: Sequence[Finding], standard: str, measured: Measurement) -> list[CountyVerdict]:
    judged = [each for each in findings if each.level is Level.county and each.verdict is not None and not each.slice]
    of_stage = {each.item for each in measured.indicators if each.scope == "resources"}
    counties = dict.fromkeys((each.group, each.name) for each in judged)
    made = []
    for county, name in counties:
        own = [each for each in judged if each.group == county]
        for stage in STAGES if standard in STAGED else ():
            staged = [each for each in own if each.stage == stage and (not of_stage or each.item in of_stage)]
            made += [_verdict(staged, standard, county, name, stage, measured)] if staged else []
        made.append(_verdict(own, standard, county, name, ALL_STAGES, measured))
    return made


def _verdict(findings: Sequence[Finding], standard: str, county: str, name: str, stage: str,
             measured: Measurement) -> CountyVerdict:
    def items(verdict: Verdict) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.item for each in findings if each.verdict is verdict))
    believed = any(each.evidence is Evidence.believed for each in findings)
    return CountyVerdict(
        standard, county, name, stage, measured.register.year, weakest(each.verdict for each in findings if each.verdict),
        items(Verdict.not_met), items(Verdict.unknown), items(Verdict.needs_evidence),
        {split.name: weakest(_verdict_under(each, split) for each in findings).name for split in Split},
        Evidence.believed if believed else Evidence.read, measured.register.id)


def _verdict_under(finding: Finding, split: Split) -> Verdict:
    other = finding.splits.get(split.name, {}).get("verdict")
    return Verdict[other] if other else finding.verdict or Verdict.unknown
