"""Each measure by itself: whether it is one that may be, at a school that is there, of an amount that can be, in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from junheng.indicators.items.resources import ALL_SEVEN, SEVEN
from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.conditions.estate import SPECIAL
from junheng.planning.check.county import County, Row
from junheng.planning.check.measured import CLASS_SIZE, Key
from junheng.planning.check.names import items, listed, stage_word, zh
from junheng.planning.codes import PRICED_AS, TERMS, MeasureKind, TeacherType
from junheng.planning.not_allowed import REFUSED, sentence
from junheng.planning.plan import Measure
from junheng.register.codes import ALL_STAGES

CENSUS_MONTH = 8  # months from January to the census day
ALLOWED_BY = {MeasureKind.open_class: "classes", MeasureKind.move_intake: "intake", MeasureKind.merge: "merge"}
MOST = 10**13  # of anything
MOST_COUNTED = 10_000  # persons or rooms in one measure
YEARS = range(1990, 2101)
COUNTED_WHOLE = {"人", "间", "处", "所", "个班"}
FOR_A_STAGE = frozenset(
    {
        MeasureKind.recruit_arts,
        MeasureKind.recruit,
        MeasureKind.refill_arts,
        MeasureKind.recall,
        MeasureKind.retrain,
        MeasureKind.degree_study,
        MeasureKind.select_backbone,
        MeasureKind.move_teacher,
        MeasureKind.visit,
        MeasureKind.open_class,
        MeasureKind.move_intake,
    }
)
FOR_THE_SCHOOL = frozenset({MeasureKind.land, MeasureKind.music_room, MeasureKind.art_room, MeasureKind.merge})
MOVES = frozenset({MeasureKind.move_teacher, MeasureKind.move_equipment, MeasureKind.move_intake, MeasureKind.merge})
TYPED = frozenset({MeasureKind.move_teacher, MeasureKind.recall})
DETAILED = TYPED | {MeasureKind.degree_study, MeasureKind.move_equipment, MeasureKind.open_class}


def lead(county: County, row: Row) -> int:
    """Census days that pass before a measure counts, begun in January. Of pupils who move, the day they enter."""
    months = county.prices.number(f"{PRICED_AS.get(row.kind, row.kind.name)}_lead", county.facts_for(row))
    return max(0, ceil(Fraction(months - CENSUS_MONTH, 12)))


@dataclass
class Reading:
    """The measures of a county, those that can be read as rows, the others as breaches."""

    county: County
    rows: list[Row] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)

    def read(self, measures: Sequence[tuple[int, Measure]]) -> None:
        for number, of in measures:
            if found := list(self._wrong(number, of)):
                self.breaches += found
            else:
                self.rows.append(Row(number, of, MeasureKind[of.kind], Fraction(str(of.amount))))

    def _wrong(self, number: int, of: Measure) -> Iterator[Breach]:
        if of.kind not in MeasureKind.__members__:
            yield self._unknown_kind(number, of)
            return
        kind = MeasureKind[of.kind]
        if kind in ALLOWED_BY and ALLOWED_BY[kind] not in self.county.plan.task["allow"]:
            yield self._breach(
                number, of, Condition.kind, f"没有准许{kind.zh}", f"用 --allow {ALLOWED_BY[kind]} 准许后才用的措施"
            )
        if kind.name in self.county.plan.task["forbid"]:
            yield self._breach(number, of, Condition.kind, f"用户排除了{kind.zh}", "没有被排除的措施")
        yield from self._amount(number, of, kind)
        yield from self._place(number, of, kind)

    def _unknown_kind(self, number: int, of: Measure) -> Breach:
        if of.kind in REFUSED:
            return self._breach(
                number, of, Condition.not_allowed, f"{REFUSED[of.kind]['zh']}", f"允许的措施：{sentence(of.kind)}"
            )
        return self._breach(number, of, Condition.kind, f"没有措施“{of.kind}”", "规划里的一种措施")

    def _amount(self, number: int, of: Measure, kind: MeasureKind) -> Iterator[Breach]:
        unit = TERMS[kind].unit
        if of.unit != unit:
            yield self._breach(number, of, Condition.amount, f"单位 {of.unit}", unit)
        if not (is_number(of.amount) and of.amount > 0):
            yield self._breach(number, of, Condition.amount, f"数量 {of.amount}", "大于0的数")
        elif unit in COUNTED_WHOLE and (of.amount != int(of.amount) or of.amount > MOST_COUNTED):
            yield self._breach(number, of, Condition.amount, f"数量 {of.amount}{unit}", f"不大于 {MOST_COUNTED:,} 的整数")
        if of.year not in YEARS or of.counted not in YEARS:
            yield self._breach(number, of, Condition.dates, f"{of.year}年开始、{of.counted}年计入", "规划期内的年份")

    # --- where ------------------------------------------------------------------------------------------------

    def _place(self, number: int, of: Measure, kind: MeasureKind) -> Iterator[Breach]:
        there = {school for school, _ in self.county.facts} if kind is MeasureKind.merge else self.county.stages_of
        if of.school not in there:
            yield self._breach(number, of, Condition.place, f"学校 {of.school}", f"{self.county.claimed.name}受考核的学校")
            return
        if of.stage not in (stages := self._stages(of, kind)):
            yield self._breach(number, of, Condition.place, f"学段 {stage_word(of.stage)}", "、".join(map(stage_word, stages)))
        if (kind in MOVES) != bool(of.source):
            yield self._breach(number, of, Condition.place, f"来源学校{self._giver(of)}", "调配写明来源学校，其他措施不写")
        elif kind is MeasureKind.merge:
            return
        elif of.source and not self._can_give((of.source, of.stage), kind):
            yield self._breach(number, of, Condition.place, f"来源学校{self._giver(of)}", "本县区另一所有该学段的学校")
        elif of.source == of.school:
            yield self._breach(number, of, Condition.place, "来源学校与接收学校相同", "另一所学校")
        if kind is MeasureKind.move_equipment and of.detail not in self._givers(of.source):
            givers = "、".join(map(stage_word, self._givers(of.source)))
            yield self._breach(number, of, Condition.place, f"调出学段 {stage_word(of.detail)}", givers)
        if kind not in DETAILED and of.detail:
            yield self._breach(number, of, Condition.place, f"细项“{of.detail}”", "空")
        if kind in TYPED and of.detail not in TeacherType.__members__:
            told, types = zh(TeacherType, of.detail), listed(TeacherType, TeacherType.__members__)
            yield self._breach(number, of, Condition.place, f"教师类别 {told}", types)

    def _stages(self, of: Measure, kind: MeasureKind) -> list[str]:
        """The stages that a measure may name: people work at one, what a school has in common is for all, unless it declares."""
        own = self.county.stages_of.get(of.school, [])
        if kind in FOR_A_STAGE:
            return own
        return own if of.school in self.county.declares and kind not in FOR_THE_SCHOOL else [ALL_STAGES]

    def _givers(self, school: str) -> list[str]:
        """The stages that equipment may be taken from: each where the school declares, else all together."""
        return self.county.stages_of.get(school, []) if school in self.county.declares else [ALL_STAGES]

    def _giver(self, of: Measure) -> str:
        return f" {self.county.called(of.source, of.stage)}" if of.source else "没有写"

    def _can_give(self, giver: Key, kind: MeasureKind) -> bool:
        return giver[0] in self.county.stages_of if kind is MeasureKind.move_equipment else giver in self.county.asked

    def _breach(self, number: int, of: Measure, condition: Condition, found: str, wanted: str) -> Breach:
        where = f"{self.county.called(of.school, of.stage)} {of.year}年{zh(MeasureKind, of.kind)}"
        return Breach(condition, where, found, wanted, row=f"measures[{number}]")


def is_number(value: object) -> bool:
    """A number that a plan can hold: no NaN, no infinity, nothing that no county spends."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -MOST <= value <= MOST


# --- rows beside each other --------------------------------------------------------------------------------------


def once_told(county: County) -> Iterator[Breach]:
    """A measure stands in one row: the same again would be counted twice."""
    seen: dict[tuple[object, ...], Row] = {}
    for row in county.rows:
        of = row.of
        key = (of.school, of.stage, of.year, of.kind, of.source, "" if row.kind is MeasureKind.degree_study else of.detail)
        if first := seen.get(key):
            yield county.at(row, Condition.once_told, f"与 measures[{first.number}] 相同", f"只写一次：{sentence('count_twice')}")
        seen.setdefault(key, row)


def dates(county: County) -> Iterator[Breach]:
    """Begun after the snapshot's census day, and done by that of the target year."""
    for row in county.rows:
        wanted = row.of.year + (0 if row.kind is MeasureKind.move_intake else lead(county, row))
        if not county.first < row.of.year <= county.target:
            yield county.at(row, Condition.dates, f"{row.of.year}年开始", f"{county.first + 1} 至 {county.target} 年")
        elif row.of.counted != wanted:
            yield county.at(row, Condition.dates, f"从{row.of.counted}年起计入", f"{wanted}年：按所需时间完成之后")
        elif row.of.counted > county.target:
            yield county.at(row, Condition.dates, f"{row.of.counted}年才完成", f"{county.target}年9月1日前完成的")


def closes(county: County) -> Iterator[Breach]:
    """What a measure says it closes: the items it adds to, by name where the school is short of them, else their coefficient."""
    for row in county.rows:
        allowed = set(wanted_items(county, row))
        if set(row.of.closes) != allowed:
            yield county.at(row, Condition.closes, items(row.of.closes), items(sorted(allowed)))


def wanted_items(county: County, row: Row) -> Iterator[str]:
    if row.kind in (MeasureKind.move_intake, MeasureKind.merge):
        yield ALL_SEVEN
        return
    if row.kind is MeasureKind.open_class:
        yield CLASS_SIZE
        return
    if row.kind in SPECIAL:
        yield SPECIAL[row.kind]
    lines = county.lines(county.undone)
    stages = county.stages_of[row.of.school] if row.of.stage == ALL_STAGES else [row.of.stage]
    for number in _acted_on(county, row):
        item = SEVEN[number - 1]
        short = any(
            (has := county.undone.ratio(row.of.school, stage, item, split)) is not None
            and has < lines.wanted(row.of.school, stage, item)
            for stage in stages
            for split in lines.splits(row.of.school, stage)
        )
        yield item if short else f"{item}.cv"


def _acted_on(county: County, row: Row) -> tuple[int, ...]:
    if row.kind is MeasureKind.land:
        return (5,)
    if row.kind in TYPED:
        return OF_TYPE[TeacherType[row.of.detail]]
    brings_nothing = row.kind in VALUED and not county.prices.value(VALUED[row.kind], county.facts_of(row.of.school))
    return tuple(item for item in TERMS[row.kind].items if not (brings_nothing and item == EQUIPMENT))


EQUIPMENT = 6
VALUED = {  # rooms that bring equipment of so much value, where it is any
    MeasureKind.network_room: "network_room_value",
    MeasureKind.music_room: "special_room_value",
    MeasureKind.art_room: "special_room_value",
}
OF_TYPE = {TeacherType.plain: (), TeacherType.degree: (1,), TeacherType.backbone: (1, 2), TeacherType.arts: (1, 3)}
