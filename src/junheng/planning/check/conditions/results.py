"""What the plan says will come of it, held against what the indicators room measures in the register with the plan carried
out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from junheng.indicators.items.resources import SEVEN
from junheng.indicators.registry import INDICATORS
from junheng.indicators.units import STAGES
from junheng.kernel.codes import Split, Verdict
from junheng.kernel.findings import Exact
from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.conditions.classes import short_classes
from junheng.planning.check.conditions.estate import SPECIAL, lacking_rooms
from junheng.planning.check.conditions.rows import is_number
from junheng.planning.check.county import County, words
from junheng.planning.check.measured import CLASS_SIZE, Lines, Measured, per
from junheng.planning.check.names import item_word, zh
from junheng.planning.plan import Level, Unmet
from junheng.register.codes import ALL_STAGES

CLOSE = 2e-6  # printed to six places
WHEN = {"now": "现在", "undone": "不做", "planned": "按方案"}


def verdicts(county: County, planned: Measured) -> Iterator[Breach]:
    claimed = county.claimed
    if [claimed.name] != (names := sorted({each.name for each in county.today.verdicts})):
        yield county.whole(Condition.task, f"县区名写为{claimed.name}", "、".join(names))
    for name, told, found in (("现在", claimed.verdict_before, county.today), ("按方案", claimed.verdict_after, planned)):
        if told != found.verdict().name:
            yield county.whole(Condition.verdict, f"{name}写为{zh(Verdict, told)}", found.verdict().zh)
    for name, many, found in (
        ("现在", claimed.schools_failing_before, county.today),
        ("按方案", claimed.schools_failing_after, planned),
    ):
        if many != len(found.failing_schools()):
            yield county.whole(Condition.schools, f"{name}未达标学校 {many} 所", f"{len(found.failing_schools())} 所")


# --- levels -----------------------------------------------------------------------------------------------------


def levels(county: County, planned: Measured) -> Iterator[Breach]:
    """Every item of every stage, and every coefficient that is known: today, undone, by plan, the limit and the planning line."""
    told = {
        (row.school, row.stage, row.item): (number, row)
        for number, row in enumerate(county.plan.levels)
        if row.county == county.code
    }
    wanted = [*_item_levels(county, planned), *_spread_levels(county, planned)]
    for row in wanted:
        number, own = told.pop((row.school, row.stage, row.item), (-1, None))
        if own is None:
            yield _level_breach(county, row, number, "没有列出", "逐校逐项列出")
        else:
            yield from _level(county, number, own, row)
    for number, own in told.values():
        if (own.now, own.undone, own.planned) != (None, None, None):
            yield _level_breach(county, own, number, "多列的项目", "受考核且有数据的项目")


def _level(county: County, number: int, own: Level, row: Level) -> Iterator[Breach]:
    for name, told in {**WHEN, "limit": "标准", "wanted": "规划线"}.items():
        said, found = getattr(own, name), getattr(row, name)
        if not _same(said, found):
            yield _level_breach(county, own, number, f"{told} {_or_unknown(said)}", _or_unknown(found))
    if tuple(own.fails) != row.fails:
        yield _level_breach(county, own, number, f"达不到标准之处写为 {_when(own.fails)}", _when(row.fails))


def _or_unknown(number: object) -> str:
    return "未知" if number is None else _plain(number) if isinstance(number, int | float) else f"“{number}”"


def _when(fails: Sequence[str]) -> str:
    return "、".join(WHEN.get(name, f"“{name}”") for name in fails) or "无"


def _plain(number: float) -> str:
    return words(Fraction(number)) if abs(number) >= 10 else f"{number:.6g}"


def _same(said: object, found: float | None) -> bool:
    if said is None or found is None:
        return said is found
    return is_number(said) and abs(float(str(said)) - found) <= CLOSE


def _level_breach(county: County, row: Level, number: int, found: str, wanted: str) -> Breach:
    return Breach(Condition.levels, _where(county, row), found, wanted, row=f"levels[{number}]" if number >= 0 else "")


def _item_levels(county: County, planned: Measured) -> Iterator[Level]:
    lines = county.lines(planned)
    for school, stage in planned.units:
        for item in SEVEN if planned.pupils(school, stage) is not None else ():
            values = [county.undone.ratio(school, stage, item), planned.ratio(school, stage, item)]
            today, limit = county.today.finding(school, stage, item), planned.limit(school, stage, item)
            fails = _fails(
                today is not None and today.verdict is Verdict.not_met, *(value is not None and value < limit for value in values)
            )
            yield Level(
                county.code,
                school,
                stage,
                item,
                _float(today.value if today else None),
                _float(values[0]),
                _float(values[1]),
                float(limit),
                float(lines.wanted(school, stage, item)),
                fails,
            )


def _spread_levels(county: County, planned: Measured) -> Iterator[Level]:
    lines = county.lines(planned)
    for stage in STAGES:
        for item in SEVEN:
            found = [each.spread(stage, item) for each in (county.today, county.undone, planned)]
            if (
                found[2] is not None and not found[2].unknown
            ):  # known of every school; without a mean it has no value all the same
                fails = _fails(*(each is not None and each.verdict is Verdict.not_met for each in found))
                now, undone, then = (_float(each.value if each else None) for each in found)
                yield Level(
                    county.code,
                    "",
                    stage,
                    f"{item}.cv",
                    now,
                    undone,
                    then,
                    float(lines.spread_limit(stage)),
                    float(lines.spread_line(stage)),
                    fails,
                )


def _fails(now: bool, undone: bool, planned: bool) -> tuple[str, ...]:
    return tuple(name for name, fails in (("now", now), ("undone", undone), ("planned", planned)) if fails)


def _float(value: Exact | None) -> float | None:
    return None if value is None else float(value)


def standings(county: County, planned: Measured) -> Iterator[Breach]:
    """The whole rule at every stage: today, undone, by plan."""
    told = {
        (row.school, row.stage): (number, row) for number, row in enumerate(county.plan.standings) if row.county == county.code
    }
    for key in sorted({*county.today.units, *planned.units}):
        number, own = told.pop(key, (-1, None))
        now = county.today.standing(*key) or Verdict.unknown
        then = [found.standing(*key) if key in county.asked else None for found in (county.undone, planned)]
        undone, by_plan = (each.name if each else "" for each in then)
        wanted = (now.name, undone, by_plan, planned.pupils(*key))
        if own is None or (own.now, own.undone, own.planned, own.pupils) != wanted:
            said = "没有列出" if own is None else _standing(own.now, own.undone, own.planned, own.pupils)
            where = county.called(*key)
            yield Breach(Condition.levels, where, f"整体结论 {said}", _standing(*wanted), row=f"standings[{number}]")
    for key, (number, _) in told.items():
        yield Breach(Condition.levels, county.called(*key), "多列的学段", "受考核的学段", row=f"standings[{number}]")


def _standing(now: str, undone: str, planned: str, pupils: int | None) -> str:
    verdicts = zip(WHEN.values(), (now, undone, planned), strict=True)
    told = (f"{word}{zh(Verdict, name) if name else '不单列'}" for word, name in verdicts)
    return f"{'，'.join(told)}，学生 {'未知' if pupils is None else pupils}"


# --- what stays short -------------------------------------------------------------------------------------------


def unmet(county: County, planned: Measured) -> Iterator[Breach]:
    """Every line that stays short is told, and none that does not."""
    wanted = list(expected(county, planned))
    told = [(number, row) for number, row in enumerate(county.plan.unmet) if row.county == county.code]
    for row in wanted:
        match = next((each for each in told if _is_same(each[1], row)), None)
        if match is None:
            yield Breach(
                Condition.unmet,
                _where(county, row),
                "没有列出，或数目不符",
                f"有 {_plain(row.has)}、应有 {_plain(row.wanted)}、还差 {_plain(row.short)} {row.unit}",
            )
        else:
            told.remove(match)
    for number, row in told:
        yield Breach(
            Condition.unmet,
            _where(county, row),
            f"列为还差 {row.short} {row.unit}",
            "只列真正达不到规划线的",
            row=f"unmet[{number}]",
        )
    yield from _counted(county, planned)


def _where(county: County, row: Level | Unmet) -> str:
    return f"{county.called(row.school, row.stage)} {item_word(row.item)}"


def _is_same(own: Unmet, row: Unmet) -> bool:
    named = ("school", "stage", "year", "item", "unit", "meets_limit")
    return all(getattr(own, name) == getattr(row, name) for name in named) and all(
        is_number(getattr(own, name))
        and abs(getattr(own, name) - getattr(row, name)) <= CLOSE * max(1.0, abs(getattr(row, name)) * 1e-6)
        for name in ("has", "wanted", "short")
    )


def expected(county: County, planned: Measured) -> Iterator[Unmet]:
    lines = county.lines(planned)
    yield from _schools_short(county, lines)
    yield from _rooms_short(county)
    yield from _classes_short(county)
    for stage, item, value in lines.too_wide():
        line = lines.spread_line(stage)
        yield Unmet(
            county.code,
            "",
            stage,
            county.target,
            f"{item}.cv",
            float(value),
            float(line),
            float(Fraction(value) - line),
            "",
            Fraction(value) <= lines.spread_limit(stage),
        )


def _schools_short(county: County, lines: Lines) -> Iterator[Unmet]:
    """What is declared is told of where the record itself passes."""
    for school, stage, split in lines.failing():
        if split is Split.by_pupils or lines.passes(school, stage, Split.by_pupils):
            meets, pupils = lines.passes(school, stage, split, with_margin=False), lines.measured.pupils(school, stage) or 0
            for short in lines.short(school, stage, split):
                times = Fraction(pupils, per(short.item))
                yield Unmet(
                    county.code,
                    school,
                    stage,
                    county.target,
                    short.item,
                    float(short.has * times),
                    float(short.wanted * times),
                    float((short.wanted - short.has) * times),
                    INDICATORS[short.item].gap_unit,
                    meets,
                )


def _rooms_short(county: County) -> Iterator[Unmet]:
    if "special_rooms" not in county.plan.task["also"]:
        return
    for school in county.stages_of:
        for kind, item in SPECIAL.items():
            wanted = lacking_rooms(county, school, item)
            has = sum(int(row.amount) for row in county.of(kind) if row.of.school == school)
            if has < wanted:
                yield Unmet(county.code, school, ALL_STAGES, county.target, item, has, wanted, wanted - has, "间", False)


def _classes_short(county: County) -> Iterator[Unmet]:
    for school, stage, _, has, wanted in short_classes(county):
        yield Unmet(county.code, school, stage, county.target, CLASS_SIZE, has, wanted, wanted - has, "个班", False)


def _counted(county: County, planned: Measured) -> Iterator[Breach]:
    """How many stages, coefficients, rooms and classes fail; and no plan is said to have fewer than it has."""
    lines = county.lines(planned)
    found = (
        len({(school, stage) for school, stage, _ in lines.failing()})
        + len(list(lines.too_wide()))
        + len([*_rooms_short(county), *_classes_short(county)])
    )
    if county.claimed.failures != found:
        yield county.whole(Condition.unmet, f"未达到 {county.claimed.failures} 处", f"{found} 处")
    if not 0 <= county.claimed.fewest_failures <= found:
        yield county.whole(Condition.unmet, f"任何方案至少 {county.claimed.fewest_failures} 处", f"0 至 {found} 处")
