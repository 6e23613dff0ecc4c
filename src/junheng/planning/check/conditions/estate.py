"""The conditions of measures on rooms, grounds and equipment, each from the register itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from junheng.indicators.items.guarantee import SPECIAL_ROOMS
from junheng.indicators.items.resources import SEVEN
from junheng.indicators.registry import INDICATORS
from junheng.indicators.units import STAGES
from junheng.kernel.codes import Level, Split
from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.county import County, Row, grouped, total, words
from junheng.planning.check.measured import per
from junheng.planning.check.staff import ordinary_classes
from junheng.planning.codes import BUILDINGS, GROUNDS, SPECIAL_ROOM, MeasureKind
from junheng.planning.not_allowed import sentence
from junheng.register.codes import ALL_STAGES, USABLE
from junheng.standards import law

EQUIPMENT, NETWORK = SEVEN[5], SEVEN[6]
BUYS = (MeasureKind.buy_equipment,)
SPECIAL = {SPECIAL_ROOM[kind]: item for kind, item in SPECIAL_ROOMS.items()}
YUAN_STEP = 100  # equipment is bought by the hundred yuan


class Estate:
    """What the schools of a county have in the target year if nothing is done."""

    def __init__(self, county: County) -> None:
        self.county = county

    @cached_property
    def _sites(self) -> dict[str, list[Mapping[str, Decimal | None]]]:
        found: dict[str, list[Mapping[str, Decimal | None]]] = {}
        if self.county.then.has("sites"):
            for row in self.county.then.table("sites").iter_rows(named=True):
                if row["standing"] in USABLE:
                    found.setdefault(row["school_id"], []).append(row)
        return found

    def area(self, school: str, *columns: str) -> Fraction | None:
        """Square metres of own property and sole use; None where a part is not known, or no row was handed in."""
        parts = [row[column] for row in self._sites.get(school, ()) for column in columns]
        return None if not parts or None in parts else sum((Fraction(part or 0) for part in parts), Fraction(0))

    def convertible(self, school: str) -> Fraction:
        rooms = self.area(school, "office_m2", "living_m2")
        return Fraction(0) if rooms is None else rooms * self._price("convertible_share", school)

    def free_land(self, school: str) -> Fraction:
        """The usable part of the land, without what buildings stand on and the grounds there are."""
        land, ground, floor_area = (self.area(school, column) for column in ("land_m2", "sports_ground_m2", "floor_area_m2"))
        if land is None or ground is None or floor_area is None:
            return Fraction(0)
        built = floor_area / self._price("storeys", school)
        return max(Fraction(0), land * self._price("usable_land_share", school) - built - ground)

    def _price(self, name: str, school: str) -> Fraction:
        return self.county.prices.value(name, self.county.facts_of(school))

    @cached_property
    def equipment(self) -> dict[str, Fraction]:
        """Yuan at original value."""
        if not self.county.then.has("assets"):
            return {}
        rows = self.county.then.table("assets").select("school_id", "equipment_10k_yuan").iter_rows()
        return {school: 10_000 * Fraction(value) for school, value in rows if value is not None}

    @cached_property
    def classes(self) -> dict[str, int]:
        """Ordinary classes of primary and junior together."""
        found: Counter[str] = Counter()
        for (school, stage), many in ordinary_classes(self.county.then).items():
            found[school] += many if stage in STAGES else 0
        return found


def convertible(county: County, estate: Estate) -> Iterator[Breach]:
    for (school,), rows in grouped(county.of(MeasureKind.convert), "school").items():
        most = floor(estate.convertible(school))
        if total(rows) > most:
            yield county.at(rows[0], Condition.convertible, f"改造 {words(total(rows))} ㎡", f"不超过 {most} ㎡")


def free_land(county: County, estate: Estate) -> Iterator[Breach]:
    """Year by year: what is laid by then, against what is free and what was bought and is there."""
    land = grouped(county.of(MeasureKind.land), "school")
    for (school,), rows in grouped(county.of(*GROUNDS), "school").items():
        for year in sorted({row.of.year for row in rows}):
            laid = total(row for row in rows if row.of.year <= year)
            bought = total(row for row in land.get((school,), ()) if row.of.counted <= year)
            free = estate.free_land(school)
            if laid > free + bought:
                first = next(row for row in rows if row.of.year == year)
                yield county.at(
                    first,
                    Condition.free_land,
                    f"到{year}年铺设 {words(laid)} ㎡",
                    f"不超过空地 {words(free)} ㎡ 和到手的征地 {words(bought)} ㎡",
                )


def bare_earth(county: County) -> Iterator[Breach]:
    for row in county.of(MeasureKind.level_ground):
        if not county.prices.value("level_ground_allowed", county.facts_of(row.of.school)):
            yield county.at(row, Condition.bare_earth, "平整土质场地", "当地准许使用土质场地的学校")


def least_site(county: County) -> Iterator[Breach]:
    for row in county.of(*BUILDINGS):
        least = county.prices.value("build_least_m2", county.facts_of(row.of.school))
        if row.amount < least:
            yield county.at(row, Condition.least_site, f"{words(row.amount)} ㎡", f"不小于 {words(least)} ㎡")


def sites(county: County) -> Iterator[Breach]:
    most = county.prices.value("sites_a_year")
    for (year,), rows in grouped(county.public(*BUILDINGS), "year").items():
        if len(rows) > most:
            yield county.whole(Condition.sites, f"{year}年开工 {len(rows)} 处", f"不超过 {words(most)} 处", rows)


def leased(county: County) -> Iterator[Breach]:
    for row in county.of(MeasureKind.lease_venue):
        if not county.book.entry(law["leased_venues_counted"], county.code, county.facts_of(row.of.school)).value:
            yield county.at(row, Condition.leased, "租用场地计入体育场馆面积", "当地文件准许计入的学校")
    for (school, stage), rows in grouped(county.of(MeasureKind.lease_venue), "school", "stage").items():
        if total(rows) > 1:
            yield county.school(school, stage, Condition.leased, f"租用 {words(total(rows))} 处", "一处")


# --- equipment and rooms ----------------------------------------------------------------------------------------


def network_rooms(county: County, estate: Estate) -> Iterator[Breach]:
    """No more of them than so many for each class, those there are counted."""
    for (school,), rows in grouped(county.of(MeasureKind.network_room), "school").items():
        there = sum((county.undone.has(school, stage, NETWORK) or Fraction(0) for stage in county.stages_of[school]), Fraction(0))
        each = county.prices.value("network_rooms_a_class", county.facts_of(school))
        most = max(0, floor(each * estate.classes.get(school, 0) - there))
        if total(rows) > most:
            yield county.at(
                rows[0],
                Condition.need,
                f"新建网络多媒体教室 {words(total(rows))} 间",
                f"不超过 {most} 间：{sentence('buy_without_need')}",
            )


def special_rooms(county: County) -> Iterator[Breach]:
    """As many as the school lacks, and none where nobody asked for them."""
    for (school, kind), rows in grouped(county.of(*SPECIAL), "school", "kind").items():
        lacking = lacking_rooms(county, school, SPECIAL[MeasureKind[kind]]) if "special_rooms" in county.plan.task["also"] else 0
        if total(rows) > lacking:
            yield county.at(
                rows[0],
                Condition.need,
                f"新建 {words(total(rows))} 间",
                f"不超过所缺 {lacking} 间：{sentence('buy_without_need')}",
            )


def lacking_rooms(county: County, school: str, item: str) -> int:
    """Rooms of the required area that a school lacks for its classes; where that is not known, none is said to be."""
    found = next(
        (each for each in county.undone.findings if (each.level, each.group, each.item) == (Level.school, school, item)), None
    )
    if found is None or found.limit is None or found.whole is None:
        return 0
    there = (
        found.part if found.part is not None else (found.lower or Fraction(0)) * found.whole / _rooms_per(county, school, item)
    )
    return max(0, ceil(found.limit * found.whole / _rooms_per(county, school, item)) - int(there))


def _rooms_per(county: County, school: str, item: str) -> Fraction:
    """One room for so many classes."""
    limit = INDICATORS[item].asks["per"]
    return Fraction(county.book.entry(limit, county.code, county.facts_of(school)).value)


def need(county: County) -> Iterator[Breach]:
    """Equipment that is bought brings no stage of a school beyond what teaching needs: its line, or so many times the mean."""
    for (school, stage), rows in grouped(county.of(*BUYS), "school", "stage").items():
        most = max((_need(county, school, each, split) for each, split in acted_on(county, school, stage)), default=Fraction(0))
        if total(rows) >= most + YUAN_STEP:
            yield county.at(
                rows[0],
                Condition.need,
                f"购置设备 {words(total(rows))} 元",
                f"不超过所需 {words(most)} 元：{sentence('buy_without_need')}",
            )


def acted_on(county: County, school: str, stage: str) -> Iterator[tuple[str, Split]]:
    """The stages and splits that a measure on a school moves: what a school has in common acts on all its stages by pupils,
    and as declared on the stage it is meant for.
    """
    for each in county.stages_of[school]:
        yield each, Split.by_pupils
        if each == stage and school in county.declares:
            yield each, Split.declared


def _need(county: County, school: str, stage: str, split: Split) -> Fraction:
    """Yuan that the school must buy until this stage has what it may have."""
    has, pupils = county.undone.has(school, stage, EQUIPMENT, split), county.undone.pupils(school, stage)
    if has is None or pupils is None:
        return Fraction(0)
    wanted = county.lines(county.undone).wanted(school, stage, EQUIPMENT)
    factor = county.prices.value("need_factor")
    most = max(wanted, factor * _mean(county, stage)) * pupils
    return max(Fraction(0), most - has) / (county.share(school, stage) if split is Split.by_pupils else 1)


def _mean(county: County, stage: str) -> Fraction:
    """What a pupil of the county has once every school has reached its line."""
    lines, yuan, pupils = county.lines(county.undone), Fraction(0), 0
    for school, of in county.asked:
        ratio, many = county.undone.ratio(school, of, EQUIPMENT), county.undone.pupils(school, of)
        if of == stage and ratio is not None and many is not None:
            yuan += max(ratio, lines.wanted(school, of, EQUIPMENT)) * many
            pupils += many
    return yuan / pupils if pupils else Fraction(0)


def movable(county: County, estate: Estate) -> Iterator[Breach]:
    """Equipment moves between public schools, a part of a school's own at most, and its stages keep to their lines."""
    moved = county.of(MeasureKind.move_equipment)
    for row in moved:
        if county.is_private(row.of.school) or county.is_private(row.of.source):
            yield county.at(row, Condition.movable, "有民办学校", "公办学校之间调配")
    for (school,), rows in grouped(moved, "source").items():
        own = estate.equipment.get(school, Fraction(0))
        most = own * county.prices.value("equipment_movable_share", county.facts_of(school))
        if total(rows) > most:
            yield county.school(
                school,
                "",
                Condition.movable,
                f"调出设备 {words(total(rows))} 元",
                f"不超过 {words(most)} 元：{sentence('count_twice')}",
            )
        yield from _giver_keeps(county, school, rows)


def _giver_keeps(county: County, school: str, rows: list[Row]) -> Iterator[Breach]:
    lines = county.lines(county.undone)
    for stage in county.stages_of[school]:
        for split in lines.splits(school, stage):
            part = total(row for row in rows if split is Split.by_pupils or given_by(row) == stage)
            given = part * (county.share(school, stage) if split is Split.by_pupils else 1)
            has, pupils = county.undone.has(school, stage, EQUIPMENT, split), county.undone.pupils(school, stage)
            wanted = lines.wanted(school, stage, EQUIPMENT) * (pupils or 0) / per(EQUIPMENT)
            if given and (has is None or has - given < wanted):
                yield county.school(
                    school,
                    stage,
                    Condition.spare,
                    f"调出设备后为 {'未知' if has is None else words(has - given)} 元",
                    f"不少于 {words(wanted)} 元",
                )


def given_by(row: Row) -> str:
    """The stage that a school which declares its split takes moved equipment from; of the others it is all."""
    return row.of.detail or ALL_STAGES
