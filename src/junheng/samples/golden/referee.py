"""The referee: every figure and verdict of a register, in plain Python, sharing nothing with the engine.

It follows docs/explanation/figures.md item by item; the limits stand in limits.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from junheng.samples.golden.facts import Absent, Facts, Rows, Unit, Whole
from junheng.samples.golden.judging import (
    attested,
    both_rooms,
    by_number,
    design_size,
    fits,
    funded,
    known_sum,
    of_seven,
    one_in_twelve,
    pupils_of,
    reaches,
    school_resources,
    variation_squared,
    weakest,
)
from junheng.samples.golden.limits import (
    BANDS,
    BASIC_DOCUMENTS,
    CLASS_SIZE,
    COMPOSITE,
    EIGHT,
    QUALITY_DOCUMENTS,
    ROOMS,
    ROTATION,
    SEVEN,
    VARIATION,
)
from junheng.samples.golden.numbers import mean_of_roots, root, written, written_root

Answer = dict[str, Any]
Group = tuple[str, str]  # level, code
QUALITY, BASIC, CLASSES, SIZE = "quality_balance_2017", "basic_balance_2012", "class_size", "school_size"
STAGES = ("primary", "junior")
ABOVE_SCHOOL = ("township", "county", "city")
LEVELS = ("school", *ABOVE_SCHOOL)


def golden(rows: Rows, year: int, absent: Absent | None = None) -> Answer:
    """Findings and verdicts of `rows`, the register of one school year; `absent` names sheets not handed in."""
    referee = Referee(Facts(rows, year, absent or set()), year)
    return {"findings": referee.findings(), "verdicts": referee.verdicts()}


class Referee:
    """Walks through the page of definitions from top to bottom."""

    def __init__(self, facts: Facts, year: int) -> None:
        self.facts, self.year, self.said = facts, year, list[Answer]()

    def findings(self) -> list[Answer]:
        if not self.said:
            self._resources()
            self._school_items()
            self._shares()
            self._documents(QUALITY, QUALITY_DOCUMENTS)
            self._basic()
            self._documents(BASIC, BASIC_DOCUMENTS)
            self._class_sizes()
            self._size(SIZE, "sj.size")
            self._small_schools()
        return self.said

    def verdicts(self) -> list[Answer]:
        found = []
        for county in sorted(row["place_code"] for row in self.facts.rows["places"] if row["level"] == "county"):
            stages = {(QUALITY, stage): [stage] for stage in STAGES} | {(BASIC, stage): [stage] for stage in STAGES}
            stages |= {(CLASSES, stage): [stage] for stage in STAGES}
            stages |= {(standard, "all"): [*STAGES, "all"] for standard in (QUALITY, BASIC, CLASSES, SIZE)}
            found += [self._county_verdict(county, *key, wanted) for key, wanted in stages.items()]
        return found

    def _county_verdict(self, county: str, standard: str, stage: str, stages: list[str]) -> Answer:
        asked = [each for each in self.findings() if each["standard"] == standard and each["level"] == "county"
                 and each["group"] == county and each["stage"] in stages and each["verdict"]]
        if standard == QUALITY and stage != "all":  # only the resources are a stage's own
            asked = [each for each in asked if each["item"] == "yz.1.S" or each["item"].endswith(".cv")]
        failed = sorted({each["item"] for each in asked if each["verdict"] == "not_met"}, key=by_number)
        return {"standard": standard, "county": county, "stage": stage, "year": self.year,
                "verdict": weakest(each["verdict"] for each in asked), "failed": failed}

    def _say(self, standard: str, item: str, group: Group, stage: str, part: Fraction | int | None, whole: Fraction | int | None,
             value: Fraction | int | Decimal | None, verdict: str | None, squared: Fraction | None = None) -> None:
        self.said.append({"item": item, "standard": standard, "level": group[0], "group": group[1], "stage": stage,
                          "year": self.year, "part": written(part), "whole": written(whole),
                          "value": written_root(value) if isinstance(value, Decimal) else written(value),
                          "value_squared": written(squared), "verdict": verdict})

    # quality balance, resources

    def _resources(self) -> None:
        for item, (per, part, limits) in SEVEN.items():
            for group, stage, units in self._units("resources", LEVELS):
                total = known_sum(part(unit) for unit in units)
                value = None if total is None else per * Fraction(total) / pupils_of(units)
                verdict = reaches(value, Fraction(limits[stage])) if group[0] == "school" else None
                self._say(QUALITY, item, group, stage, total, pupils_of(units), value, verdict)
        for group, stage, units in self._units("resources", LEVELS):
            self._six_of_seven(group, stage, units)
        for item, (per, part, _) in SEVEN.items():
            for group, stage, units in self._units("resources", ("county", "city")):
                self._variation(QUALITY, f"{item}.cv", group, stage, units, per, part, VARIATION[stage])

    def _six_of_seven(self, group: Group, stage: str, units: list[Unit]) -> None:
        if group[0] == "school":
            self._number(QUALITY, "yz.1.S", group, stage, of_seven(units[0]), 7, school_resources(units[0]))
        else:
            self._schools_met(QUALITY, "yz.1.S", group, stage, [school_resources(unit) for unit in units])

    def _variation(self, standard: str, item: str, group: Group, stage: str, units: list[Unit], per: int,
                   part: Callable[[Unit], Fraction | int | None], limit: Fraction | None) -> Decimal | None:
        asked = limit is not None and group[0] == "county"
        parts = [part(unit) for unit in units]
        total = known_sum(parts)
        if not total:
            self._say(standard, item, group, stage, None, None, None, "unknown" if asked else None)
            return None
        square = variation_squared([Fraction(each or 0) for each in parts], [unit.pupils for unit in units])
        verdict = ("met" if limit is not None and square <= limit**2 else "not_met") if asked else None
        self._say(standard, item, group, stage, total, pupils_of(units), root(square), verdict, square)
        return root(square)

    # quality balance, school by school

    def _school_items(self) -> None:
        for item, rooms in ROOMS.items():
            for group, wholes in self._wholes():
                if group[0] == "school":
                    count, classes = rooms(wholes[0]), wholes[0].classes
                    value = None if count is None or not classes else Fraction(12 * count, classes)
                    self._say(QUALITY, item, group, "all", count, classes, value, reaches(value, 1))
                else:
                    self._schools_met(QUALITY, item, group, "all", [one_in_twelve(rooms(each), each) for each in wholes])
        for group, wholes in self._wholes():
            if group[0] == "school":
                self._number(QUALITY, "yz.2.3", group, "all", both_rooms(wholes[0]), 2, weakest(both_rooms(wholes[0])))
            else:
                self._schools_met(QUALITY, "yz.2.3", group, "all", [weakest(both_rooms(each)) for each in wholes])
        self._size(QUALITY, "yz.2.4")
        self._funds()
        self._rotation()

    def _size(self, standard: str, item: str) -> None:
        for group, wholes in self._wholes():
            if group[0] == "school":
                pupils = wholes[0].pupils
                self._say(standard, item, group, "all", pupils, None, pupils, fits(wholes[0]))
            else:
                self._schools_met(standard, item, group, "all", [fits(each) for each in wholes])

    def _funds(self) -> None:
        for group, wholes in self._wholes(lambda whole: whole.pupils < 100):
            if group[0] == "school":
                counts = wholes[0].funded
                good = None if None in counts else sum(count is not None and count >= 100 for count in counts)
                value = None if good is None or not counts else Fraction(good, len(counts))
                self._say(QUALITY, "yz.2.6", group, "all", good, len(counts), value, funded(wholes[0]))
            else:
                self._schools_met(QUALITY, "yz.2.6", group, "all", [funded(each) for each in wholes])

    def _rotation(self) -> None:
        both: dict[Group, list[str]] = {}
        for item, (part, whole, limit) in ROTATION.items():
            for group, wholes in self._wholes():
                of, among = sum(part(each) for each in wholes), sum(whole(each) for each in wholes)
                value = Fraction(of, among) if among else None
                verdict = reaches(value, limit) if group[0] == "county" else None
                self._say(QUALITY, item, group, "all", of, among, value, verdict)
                if verdict:
                    both.setdefault(group, []).append(verdict)
        for group, answers in both.items():
            self._number(QUALITY, "yz.2.11", group, "all", answers, 2, weakest(answers))

    # shares of classes and of teachers

    def _shares(self) -> None:
        shares: dict[str, tuple[Callable[[Unit], int | None], Callable[[Unit], int]]] = {
            "yz.2.5": (lambda unit: sum(size <= CLASS_SIZE[unit.stage] for size in unit.sizes), lambda unit: len(unit.sizes)),
            "yz.2.9": (lambda unit: unit.trained, lambda unit: unit.full_time),
            "yz.2.12": (lambda unit: unit.certified, lambda unit: unit.full_time)}
        for item, (part, whole) in shares.items():
            self._everybody(QUALITY, item, part, whole)

    def _everybody(self, standard: str, item: str, part: Callable[[Unit], int | None], whole: Callable[[Unit], int]) -> None:
        """All must be among the part: one known to be missing fails the group, whatever is not known beside it."""
        for group, stage, units in self._units("compulsory", LEVELS):
            of, among = known_sum(part(unit) for unit in units), sum(whole(unit) for unit in units)
            value = None if of is None or not among else Fraction(of) / among
            short = any(found is not None and found < whole(unit) for unit in units for found in (part(unit),))
            verdict = None if group[0] == "city" else "not_met" if short else reaches(value, 1)
            self._say(standard, item, group, stage, of, among, value, verdict)

    def _share(self, standard: str, item: str, part: Callable[[Unit], int | None], whole: Callable[[Unit], int],
               judged: tuple[str, ...], judge: Callable[[Fraction | None], str | None]) -> None:
        for group, stage, units in self._units("compulsory", LEVELS):
            of, among = known_sum(part(unit) for unit in units), sum(whole(unit) for unit in units)
            value = None if of is None or not among else Fraction(of) / among
            self._say(standard, item, group, stage, of, among, value, judge(value) if group[0] in judged else None)

    def _class_sizes(self) -> None:
        def classes(unit: Unit) -> int:
            return len(unit.sizes)
        self._everybody(CLASSES, "sj.class", lambda unit: sum(size <= design_size(unit) for size in unit.sizes), classes)
        self._share(CLASSES, "st.big", lambda unit: sum(size >= 56 for size in unit.sizes), classes, ("county",),
                    lambda value: None if value is None else "met" if value <= Fraction("0.05") else "not_met")
        self._share(CLASSES, "st.xbig", lambda unit: sum(size >= 66 for size in unit.sizes), classes, ("county",),
                    lambda value: None if value is None else "met" if value <= 0 else "not_met")
        for number, (least, most) in enumerate(BANDS, start=1):
            self._share(CLASSES, f"st.bands.{number}",
                        lambda unit, least=least, most=most: sum(least <= size <= most for size in unit.sizes),  # type: ignore[misc]
                        classes, (), lambda _: None)

    def _small_schools(self) -> None:
        for group, wholes in self._wholes():
            if group[0] != "school":
                small = sum(each.pupils < 100 for each in wholes)
                self._say(SIZE, "bj.27", group, "all", small, len(wholes), Fraction(small, len(wholes)), None)

    # basic balance

    def _basic(self) -> None:
        for item, (per, part) in EIGHT.items():
            for group, stage, units in self._units("basic", LEVELS):
                total = known_sum(part(unit) for unit in units)
                value = None if total is None else per * Fraction(total) / pupils_of(units)
                self._say(BASIC, item, group, stage, total, pupils_of(units), value, None)
        roots: dict[tuple[Group, str], list[Decimal | None]] = {}
        for item, (per, part) in EIGHT.items():
            for group, stage, units in self._units("basic", ("county", "city")):
                found = self._variation(BASIC, f"{item}.cv", group, stage, units, per, part, None)
                roots.setdefault((group, stage), []).append(found)
        for (group, stage), eight in roots.items():
            self._composite(group, stage, eight)

    def _composite(self, group: Group, stage: str, eight: list[Decimal | None]) -> None:
        known = [each for each in eight if each is not None]
        mean = mean_of_roots(known) if len(known) == len(eight) else None
        verdict = "unknown" if mean is None else "met" if mean <= COMPOSITE[stage] else "not_met"
        self._say(BASIC, "jb.cv", group, stage, None, None, mean, verdict if group[0] == "county" else None)

    # documents

    def _documents(self, standard: str, items: dict[str, int | None]) -> None:
        for county in sorted(row["place_code"] for row in self.facts.rows["places"] if row["level"] == "county"):
            for item, limit in items.items():
                rows = [row for row in self.facts.rows["evidence"] if row["item"] == item and row["place_code"] == county]
                dated = sorted((row for row in rows if row["value"] is not None), key=lambda row: (row["day"], row["document"]))
                value = Fraction(dated[-1]["value"]) if dated else None
                self._say(standard, item, ("county", county), "all", None, None, value, attested(rows, limit))

    # groups

    def _units(self, scope: str, levels: tuple[str, ...]) -> Iterable[tuple[Group, str, list[Unit]]]:
        for level in levels:
            for stage in STAGES:
                groups: dict[str, list[Unit]] = {}
                for unit in self.facts.units:
                    if unit.stage == stage and unit.is_in(scope):
                        groups.setdefault(unit.groups[level], []).append(unit)
                yield from (((level, code), stage, groups[code]) for code in sorted(groups))

    def _wholes(self, also: Callable[[Whole], bool] = lambda _: True) -> Iterable[tuple[Group, list[Whole]]]:
        for level in LEVELS:
            groups: dict[str, list[Whole]] = {}
            for whole in self.facts.wholes:
                if whole.counts and also(whole):
                    groups.setdefault(whole.groups[level], []).append(whole)
            yield from (((level, code), groups[code]) for code in sorted(groups))

    def _number(self, standard: str, item: str, group: Group, stage: str, answers: list[str], of: int, verdict: str) -> None:
        """How many of a few items are met; not known while one of them is not."""
        met = None if "unknown" in answers else answers.count("met")
        self._say(standard, item, group, stage, met, of, met, verdict)

    def _schools_met(self, standard: str, item: str, group: Group, stage: str, answers: list[str]) -> None:
        """How many of the schools meet it; all must, where it is asked."""
        met = None if "unknown" in answers else answers.count("met")
        value = None if met is None else Fraction(met, len(answers))
        self._say(standard, item, group, stage, met, len(answers), value, weakest(answers) if group[0] != "city" else None)
