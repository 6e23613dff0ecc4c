"""Random histories of a city's schools: whatever happens to them, no pupil is lost and no past day changes."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from told import Told, event, told

from junheng.register.census import census_day
from junheng.register.lineage import Lineage
from junheng.register.lineage.censuses import Standing

FIRST = 2021
PLACES = [f"3799{county:02}{township}" for county in (1, 2, 3) for township in (100, 101)]
TREES = ("district", "education_group")
GROUPS = ("甲", "乙", "丙")
place, pick, days = st.sampled_from(PLACES), st.randoms(use_true_random=False), st.integers(1, 120)


class SchoolsThroughTime(RuleBasedStateMachine):
    """The city as it is (`here`), what each day looked like, and what the yearly registers tell of it."""

    def __init__(self) -> None:
        super().__init__()
        self.day, self.year, self.number = census_day(FIRST), FIRST, 0
        self.here: dict[str, tuple[str, str]] = {}  # name and place
        self.gone: set[str] = set()
        self.group: dict[tuple[str, str], str] = {}  # of a tree and a school
        self.events: list[dict[str, Any]] = []
        self.memberships: list[dict[str, Any]] = []
        self.past: dict[date, dict[str, tuple[str, str]]] = {}
        self.past_groups: dict[date, dict[tuple[str, str], str]] = {}
        self.counted: dict[int, dict[str, int]] = {}
        self.heirs: dict[int, dict[str, str]] = {}  # of each year's schools, who carries them on now
        self.registers: list[Told] = []
        self.answers: dict[date, dict[str, Standing]] = {}
        for township in PLACES:
            self._begin(self._code(), township)
        self._take_census(FIRST)

    # What happens

    @rule(after=days, at=place)
    def open(self, after: int, at: str) -> None:
        self._pass(after)
        code = self._code()
        self._happens(code, "opened")
        self._begin(code, at)

    @precondition(lambda self: len(self.here) > 1)
    @rule(after=days, random=pick)
    def merge(self, after: int, random: Any) -> None:
        self._pass(after)
        one, other = random.sample(sorted(self.here), 2)
        self._merge(one, other)

    @precondition(lambda self: len(self.here) > 2)
    @rule(after=days, random=pick)
    def merge_in_a_row_on_one_day(self, after: int, random: Any) -> None:
        self._pass(after)
        one, other, third = random.sample(sorted(self.here), 3)
        self._merge(one, other)
        self._merge(other, third)

    @precondition(lambda self: self.here)
    @rule(after=days, random=pick, at=place)
    def split(self, after: int, random: Any, at: str) -> None:
        self._pass(after)
        new = self._code()
        self._happens(new, "split", random.choice(sorted(self.here)))
        self._begin(new, at)

    @precondition(lambda self: self.here)
    @rule(after=days, random=pick, to=place)
    def move(self, after: int, random: Any, to: str) -> None:
        self._pass(after)
        code = random.choice(sorted(self.here))
        name, was = self.here[code]
        self._happens(code, "moved", place_code=to, former_place_code=was)
        self.here[code] = name, to

    @precondition(lambda self: self.here)
    @rule(after=days, random=pick)
    def rename(self, after: int, random: Any) -> None:
        self._pass(after)
        code = random.choice(sorted(self.here))
        name, at = self.here[code]
        self._happens(code, "renamed", former_name=name)
        self.here[code] = f"{name}新", at

    @precondition(lambda self: self.here)
    @rule(after=days, random=pick)
    def recode(self, after: int, random: Any) -> None:
        self._pass(after)
        old, new = random.choice(sorted(self.here)), self._code()
        self._happens(new, "recoded", old)
        self._begin(new, self.here[old][1], self.here[old][0])
        self._end(old, new)

    @precondition(lambda self: self.here)
    @rule(after=days, random=pick)
    def close(self, after: int, random: Any) -> None:
        self._pass(after)
        code = random.choice(sorted(self.here))
        self._happens(code, "closed")
        self._end(code, code)

    @precondition(lambda self: self.gone)
    @rule(after=days, random=pick, at=place)
    def open_again(self, after: int, random: Any, at: str) -> None:
        self._pass(after)
        code = random.choice(sorted(self.gone))
        self._happens(code, "opened")
        self._begin(code, at)

    @precondition(lambda self: self.here)
    @rule(after=days, random=pick, tree=st.sampled_from(TREES), to=st.sampled_from(GROUPS))
    def change_group(self, after: int, random: Any, tree: str, to: str) -> None:
        self._pass(after)
        code = random.choice(sorted(self.here))
        self._leave(tree, code)
        self._join(tree, code, to)

    @rule(after=days)
    def nothing(self, after: int) -> None:
        self._pass(after)

    def teardown(self) -> None:
        """Once more, so that what happened last is told by a register too."""
        self._pass(366)

    # How the model keeps its books

    def _pass(self, after: int) -> None:
        """Days go by; on 1 September the census is taken first, and all that was ever answered is asked again."""
        self._remember()
        census = census_day(self.year + 1)
        if self.day + timedelta(after) <= census:
            self.day += timedelta(after)
            return
        self.day = census
        self._take_census(self.year + 1)
        self.day += timedelta(after)

    def _remember(self) -> None:
        self.past[self.day], self.past_groups[self.day] = dict(self.here), dict(self.group)

    def _code(self) -> str:
        self.number += 1
        return f"37990{self.number:05}"

    def _happens(self, code: str, kind: str, other: str | None = None, **more: str) -> None:
        self.events.append(event(code, kind, self.day.isoformat(), other, **more))

    def _begin(self, code: str, at: str, name: str = "") -> None:
        self.here[code] = name or f"{code}小学", at
        self.gone.discard(code)
        for tree in TREES:
            self._join(tree, code, GROUPS[self.number % 3])

    def _merge(self, one: str, into: str) -> None:
        self._happens(one, "merged", into)
        self._end(one, into)

    def _end(self, code: str, heir: str) -> None:
        del self.here[code]
        self.gone.add(code)
        for tree in TREES:
            self._leave(tree, code)
        for heirs in self.heirs.values():
            heirs |= {school: heir for school, now in heirs.items() if now == code}

    def _join(self, tree: str, code: str, to: str) -> None:
        self.group[tree, code] = to
        self.memberships.append({"tree": tree, "group_id": to, "group_name": to, "school_id": code, "from_day": self.day,
                                 "to_day": None})

    def _leave(self, tree: str, code: str) -> None:
        del self.group[tree, code]
        row = next(row for row in self.memberships if (row["tree"], row["school_id"], row["to_day"]) == (tree, code, None))
        row["to_day"] = self.day

    def _take_census(self, year: int) -> None:
        """The year's register tells the schools that are there, and what happened in the last two years."""
        self._remember()
        self.year = year
        self.counted[year] = {code: (year * int(code)) % 41 for code in self.here}
        self.heirs[year] = {code: code for code in self.here}
        since = census_day(year - 2)
        recent = [row for row in self.memberships if row["to_day"] is None or row["to_day"] > since]
        self.registers.append(told(
            year, schools={code: f"{at} {name}" for code, (name, at) in self.here.items()},
            events=[each for each in self.events if each["event_day"] > since], memberships=recent))
        self._look(Lineage.of(self.registers))

    # What must hold

    def _look(self, lineage: Lineage) -> None:
        assert lineage.flaws == []
        self._every_day_is_as_it_was(lineage)
        self._every_pupil_is_in_one_group_of_each_tree(lineage)
        for year in self.counted:
            self._restated_sums_are_equal(lineage, year)

    def _every_day_is_as_it_was(self, lineage: Lineage) -> None:
        for day, following in pairwise([*sorted(self.past), self.day + timedelta(1)]):
            for asked in {day, following - timedelta(1)}:
                found = lineage.as_of(asked)
                assert found.keys() == self.past[day].keys()
                for code, (name, at) in self.past[day].items():
                    assert found[code].name in (name, None) and found[code].place_code in (at, None)
                assert self.answers.setdefault(asked, found) == found
        for year, pupils_of in self.counted.items():
            standing = lineage.as_of(census_day(year))
            assert {code: (each.name, each.place_code) for code, each in standing.items()} == self.past[census_day(year)]
            assert sum(pupils_of[code] for code in standing) == sum(pupils_of.values())

    def _every_pupil_is_in_one_group_of_each_tree(self, lineage: Lineage) -> None:
        for day, groups in self.past_groups.items():
            held = [(each.tree, each.school_id, each.group_id) for each in lineage.groups.on(day)]
            assert sorted(held) == sorted((tree, code, group) for (tree, code), group in groups.items())
            assert sorted((tree, code) for tree, code, _ in held) == sorted(product(TREES, self.past[day]))

    def _restated_sums_are_equal(self, lineage: Lineage, year: int) -> None:
        listed, pupils_of = lineage.censuses.schools[year], self.counted[year]
        found = lineage.restated(year, self.year)
        assert {code: each.school_id for code, each in found.items()} == self.heirs[year]
        by_school, by_place = Counter[str](), Counter[str | None]()
        for code, each in found.items():
            by_school[each.school_id] += pupils_of[code]
            by_place[each.place_code] += pupils_of[code]
            assert (each.school_id in self.here) == (each.closed is None)
            assert each.place_code == self.here.get(each.school_id, ("", each.place_code))[1]
        assert by_school.total() == by_place.total() == sum(pupils_of.values())
        if all(each.place_code and each.place_code[:6] == (listed[code].place_code or "")[:6] for code, each in found.items()):
            assert self._by_county({code: each.place_code for code, each in found.items()}, year) == self._by_county(
                {code: each.place_code for code, each in listed.items()}, year)

    def _by_county(self, place_of: dict[str, str | None], year: int) -> Counter[str]:
        counted = Counter[str]()
        for code, at in place_of.items():
            counted[(at or "")[:6]] += self.counted[year][code]
        return counted


SchoolsThroughTime.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestSchoolsThroughTime = SchoolsThroughTime.TestCase
