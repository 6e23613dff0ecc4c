"""A made-up county with findings as the measure gives them; drawn numbers, exact arithmetic."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from junheng.indicators.forms import SchoolRow, StageRow
from junheng.kernel.codes import Evidence, Level, Verdict
from junheng.kernel.exact import root, within_rounding
from junheng.kernel.findings import CountyVerdict, Finding

YEAR, COUNTY, SNAPSHOT = 2025, "990101", "2025-v1-0123456789ab"
STANDARD = "quality_balance_2017"
SEVEN = (
    ("yz.1.1", "每百名学生拥有高于规定学历教师数", "人/百人", "人", 100, "4.2", "5.3"),
    ("yz.1.2", "每百名学生拥有县级以上骨干教师数", "人/百人", "人", 100, "1", "1"),
    ("yz.1.3", "每百名学生拥有体育、艺术（美术、音乐）专任教师数", "人/百人", "人", 100, "0.9", "0.9"),
    ("yz.1.4", "生均教学及辅助用房面积", "㎡/人", "㎡", 1, "4.5", "5.8"),
    ("yz.1.5", "生均体育运动场馆面积", "㎡/人", "㎡", 1, "7.5", "10.2"),
    ("yz.1.6", "生均教学仪器设备值", "元/人", "元", 1, "2000", "2500"),
    ("yz.1.7", "每百名学生拥有网络多媒体教室数", "间/百人", "间", 100, "2.3", "2.4"),
)
BANDS = (25, 30, 35, 40, 45, 50, 55, 60, 65, 999)
TOWNSHIPS = ("云溪镇", "青岗镇", "白石乡", "梅岭乡", "柳河镇", "双塘镇", "望湖乡", "枫林镇")
SPLITS = ("by_pupils", "declared", "weighted")


@dataclass(frozen=True)
class ItemTitle:
    zh: str
    unit: str
    places: int


STANDARDS = {
    STANDARD: "县域义务教育优质均衡（2017）",
    "class_size": "班额",
    "school_size": "学校规模",
    "basic_balance_2012": "县域义务教育基本均衡（2012）",
}
TITLES = {
    **{item: ItemTitle(zh, unit, 2) for item, zh, unit, *_ in SEVEN},
    "yz.1.S": ItemTitle("学校资源配置综合达标", "项", 0),
    **{f"{item}.cv": ItemTitle(f"{zh}：校际差异系数", "", 3) for item, zh, *_ in SEVEN},
    "yz.2.4": ItemTitle("学校规模", "人", 0),
    "yz.2.5": ItemTitle("标准班额", "班", 4),
    "yz.4.1": ItemTitle("社会认可度", "%", 2),
    "st.big": ItemTitle("大班额比例", "", 4),
    "st.xbig": ItemTitle("超大班额比例", "", 4),
}


def schools(many: int = 150, seed: int = 7) -> list[SchoolRow]:
    """Schools and points of all sizes; every tenth is a nine-year school, the last three are private."""
    draw = random.Random(seed)
    return [_school(draw, number, many) for number in range(many)]


def _school(draw: random.Random, number: int, many: int) -> SchoolRow:
    town = number % len(TOWNSHIPS)
    kind = (
        "九年一贯制学校" if number % 10 == 3 else "初级中学" if number % 10 == 6 else "小学教学点" if number % 10 == 9 else "小学"
    )
    parts = {"九年一贯制学校": ("primary", "junior"), "初级中学": ("junior",)}.get(kind, ("primary",))
    crowded = town == 0
    stages = {part: _stage(draw, kind, crowded) for part in parts}
    return SchoolRow(
        f"99{number:08d}",
        f"{TOWNSHIPS[town][:2]}{'第' if crowded else ''}{number + 1}{kind.replace('小学教学点', '教学点')}",
        kind,
        "民办" if number >= many - 3 else "县级教育部门",
        "镇中心区" if crowded else "村庄",
        f"{COUNTY}{town + 100}",
        TOWNSHIPS[town],
        COUNTY,
        "云溪县",
        stages,
    )


def _stage(draw: random.Random, kind: str, crowded: bool) -> StageRow:
    pupils = draw.randint(50, 90) if kind == "小学教学点" else draw.randint(900, 2300) if crowded else draw.randint(60, 520)
    classes = max(6 if pupils > 90 else 3, -(-pupils // (52 if crowded else 42)))
    return StageRow(pupils, classes, -(-pupils // classes) + draw.randint(0, 4))


def findings(rows: list[SchoolRow], seed: int = 7, year: int = YEAR) -> list[Finding]:
    """Findings of the seven items, their spreads, classes and sizes. The second school's item 1.7 is unknown."""
    draw = random.Random(seed * 10_000 + year)
    stages = [(stage, [row for row in rows if stage in row.stages]) for stage in ("primary", "junior")]
    made = [one for stage, units in stages if units for one in _stage_findings(draw, stage, units)]
    made += [_size(row) for row in rows]
    return [replace(one, year=year, snapshot=SNAPSHOT) for one in made]


def _stage_findings(draw: random.Random, stage: str, units: list[SchoolRow]) -> Iterator[Finding]:
    of_school: dict[str, list[Finding]] = {row.school_id: [] for row in units}
    for place, item in enumerate(SEVEN):
        found = [_resource(draw, item, stage, row, unknown=place == 6 and number == 1) for number, row in enumerate(units)]
        found = _shared(found)
        for one in found:
            of_school[one.group].append(one)
        yield from found
        yield from _county_item(item, stage, found)
    whole = [_whole(row, stage, of_school[row.school_id]) for row in units]
    yield from whole
    met = sum(one.verdict is Verdict.met for one in whole)
    yield Finding(
        "yz.1.S",
        "school_resources",
        STANDARD,
        Level.county,
        COUNTY,
        "云溪县",
        stage,
        YEAR,
        Fraction(met),
        Fraction(len(whole)),
        Fraction(met, len(whole)),
        limit=Fraction(1),
        verdict=Verdict.not_met,
    )
    for row in units:
        yield from _classes(draw, row.school_id, row.name, Level.school, stage, [row])
    yield from _classes(draw, COUNTY, "云溪县", Level.county, stage, units)


def _resource(
    draw: random.Random,
    item: tuple[str, str, str, str, int, str, str],
    stage: str,
    row: SchoolRow,
    unknown: bool,
) -> Finding:
    code, _, _, unit, per, primary, junior = item
    limit, pupils = (
        Fraction(primary if stage == "primary" else junior),
        Fraction(row.stages[stage].pupils or 0),
    )
    small = float(limit) * float(pupils) / per * draw.choice((0.7, 0.95, 1.1, 1.3, 1.8)) * draw.uniform(0.85, 1.4)
    part = Fraction(round(small)) if unit in "人间" else Fraction(round(small * 100), 100)
    split = "by_pupils" if len(row.stages) > 1 and unit != "人" else None
    if split and unit == "间":
        part += Fraction(1, 3)
    value = per * part / pupils
    base = Finding(
        code,
        code,
        STANDARD,
        Level.school,
        row.school_id,
        row.name,
        stage,
        YEAR,
        whole=pupils,
        limit=limit,
        gap_unit=unit,
        split=split,
        evidence=Evidence.believed if code == "yz.1.2" else Evidence.read,
    )
    if unknown:
        return replace(base, unknown=1, verdict=Verdict.unknown)
    verdict = Verdict.met if value >= limit else Verdict.not_met
    other = Verdict.not_met if verdict is Verdict.met and split and value < limit * Fraction(21, 20) else verdict
    splits = {name: {"value": str(value), "verdict": (other if name == "weighted" else verdict).name} for name in SPLITS}
    return replace(
        base,
        part=part,
        value=value,
        verdict=verdict,
        gap=max(Fraction(0), limit * pupils / per - part),
        gap_per_pupil=max(Fraction(0), limit - value),
        splits=splits if split else {},
        within_rounding=within_rounding(value, limit, 2),
    )


def _shared(found: list[Finding]) -> list[Finding]:
    if any(one.value is None for one in found):
        return found
    mean = _mean(found)
    parts = [one.whole * (Fraction(one.value) - mean) ** 2 for one in found if one.whole and one.value is not None]
    return [replace(one, share=part / sum(parts)) for one, part in zip(found, parts, strict=True)]


def _mean(found: list[Finding]) -> Fraction:
    parts, pupils = sum(one.part or 0 for one in found), sum(one.whole or 0 for one in found)
    per = next(item[4] for item in SEVEN if item[0] == found[0].item)
    return Fraction(per * parts) / Fraction(pupils)


def _county_item(item: tuple[str, str, str, str, int, str, str], stage: str, found: list[Finding]) -> Iterator[Finding]:
    total = Finding(
        item[0],
        item[0],
        STANDARD,
        Level.county,
        COUNTY,
        "云溪县",
        stage,
        YEAR,
        whole=Fraction(sum(one.whole or 0 for one in found)),
    )
    limit = Fraction(1, 2) if stage == "primary" else Fraction(9, 20)
    spread = replace(total, item=f"{item[0]}.cv", limit=limit, verdict=Verdict.unknown)
    if any(one.value is None for one in found):
        yield from (total, spread)
        return
    mean = _mean(found)
    square = sum((one.whole or 0) * (Fraction(one.value or 0) - mean) ** 2 for one in found) / (total.whole or 1) / mean**2
    value: Decimal = root(Fraction(square))
    part = Fraction(sum(one.part or 0 for one in found))
    yield replace(total, part=part, value=mean)
    yield replace(
        spread,
        part=part,
        value=value,
        value_squared=Fraction(square),
        verdict=Verdict.met if square <= limit**2 else Verdict.not_met,
    )


def _whole(row: SchoolRow, stage: str, found: list[Finding]) -> Finding:
    met = sum(one.verdict is Verdict.met for one in found)
    low = any(one.value is not None and one.limit and one.value < one.limit * Fraction(17, 20) for one in found)
    known = all(one.value is not None for one in found)
    verdict = Verdict.not_met if low or (known and met < 6) else Verdict.met if met >= 6 and known else Verdict.unknown
    count = Fraction(met) if known else None
    return Finding(
        "yz.1.S",
        "school_resources",
        STANDARD,
        Level.school,
        row.school_id,
        row.name,
        stage,
        YEAR,
        count,
        Fraction(7),
        count,
        lower=None if known else Fraction(met),
        upper=None if known else Fraction(met + 1),
        limit=Fraction(6),
        verdict=verdict,
    )


def _classes(draw: random.Random, group: str, name: str, level: Level, stage: str, rows: list[SchoolRow]) -> Iterator[Finding]:
    sizes = [size for row in rows for size in _sizes(row.stages[stage])]
    norm = 45 if stage == "primary" else 50

    def share(item: str, standard: str, part: int, limit: str | None = None) -> Finding:
        value = Fraction(part, len(sizes))
        return Finding(
            item,
            item,
            standard,
            level,
            group,
            name,
            stage,
            YEAR,
            Fraction(part),
            Fraction(len(sizes)),
            value,
            limit=Fraction(limit) if limit else None,
        )

    for number, most in enumerate(BANDS, start=1):
        least = BANDS[number - 2] if number > 1 else -1
        yield share(f"st.bands.{number}", "class_size", sum(least < size <= most for size in sizes))
    yield share("st.big", "class_size", sum(size >= 56 for size in sizes), "0.05")
    yield share("st.xbig", "class_size", sum(size >= 66 for size in sizes), "0" if level is Level.county else None)
    within = sum(size <= norm for size in sizes)
    yield replace(
        share("yz.2.5", STANDARD, within, "1"),
        gap=Fraction(len(sizes) - within),
        gap_unit="个班",
        verdict=Verdict.met if within == len(sizes) else Verdict.not_met,
    )


def _sizes(at: StageRow) -> list[int]:
    """Classes of nearly equal size, the first of them the largest."""
    many, pupils, largest = at.classes or 1, at.pupils or 0, at.largest_class or 0
    return [largest] + [(pupils - largest) // max(many - 1, 1)] * (many - 1)


def _size(row: SchoolRow) -> Finding:
    pupils = Fraction(sum(at.pupils or 0 for at in row.stages.values()))
    limit = Fraction(2500 if row.kind == "九年一贯制学校" else 2000)
    return Finding(
        "yz.2.4",
        "school_size",
        STANDARD,
        Level.school,
        row.school_id,
        row.name,
        "all",
        YEAR,
        pupils,
        None,
        pupils,
        limit=limit,
        gap=max(Fraction(0), pupils - limit),
        gap_unit="人",
        verdict=Verdict.met if pupils <= limit else Verdict.not_met,
    )


def verdicts(found: list[Finding]) -> list[CountyVerdict]:
    """The verdicts that go with the findings."""

    def one(standard: str, stage: str, verdict: Verdict, **more: object) -> CountyVerdict:
        return replace(CountyVerdict(standard, COUNTY, "云溪县", stage, YEAR, verdict, snapshot=SNAPSHOT), **more)  # type: ignore[arg-type]

    made = []
    for stage in ("primary", "junior"):
        mine = [each for each in found if each.level is Level.county and each.stage == stage and each.standard == STANDARD]
        failed = tuple(each.item for each in mine if each.verdict is Verdict.not_met)
        unknown = tuple(each.item for each in mine if each.verdict is Verdict.unknown)
        made.append(
            one(
                STANDARD,
                stage,
                Verdict.not_met,
                failed=failed,
                unknown=unknown,
                evidence=Evidence.believed,
                splits={"by_pupils": "not_met", "weighted": "met" if stage == "junior" else "not_met"},
            )
        )
    made.append(one(STANDARD, "all", Verdict.not_met, failed=made[0].failed, needs_evidence=("yz.4.1",)))
    made += [one("class_size", stage, Verdict.met) for stage in ("primary", "junior", "all")]
    made.append(one("school_size", "all", Verdict.needs_evidence))
    return made
