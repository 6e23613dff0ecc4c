"""The side conditions of a county's plan. The docstring of each is the sentence the chief reads when no plan keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import floor

from junheng.planning.balance.model.levers.equipment import EQUIPMENT_ITEM, IN, OUT
from junheng.planning.balance.model.levers.people import COUNTS, GRADUATES, SENT
from junheng.planning.balance.model.offers import Offers
from junheng.planning.balance.model.problem import Column, Rule
from junheng.planning.balance.model.staff import RETRAIN, Staff, Way
from junheng.planning.codes import BUILDINGS, GROUNDS, MeasureKind, MoneyKind, TeacherType
from junheng.planning.pricing import Purse

RECRUITS = (MeasureKind.recruit, MeasureKind.recruit_arts)
Found = list[int]
Make = Callable[["Book"], Iterator[Rule]]


@dataclass
class Book:
    """The columns of a county, found by what they are. `budget` is yuan a year for all that the county pays, `ways` what it pays
    by year already: for pupils who go farther.
    """

    offers: Offers
    columns: Sequence[Column]
    budget: Fraction | None = None
    free_posts: int | None = None
    ways: Mapping[int, Fraction] = field(default_factory=dict)

    @cached_property
    def _by_kind(self) -> dict[MeasureKind, Found]:
        found: dict[MeasureKind, Found] = {}
        for number, column in enumerate(self.columns):
            found.setdefault(column.kind, []).append(number)
        return found

    def of(self, *kinds: MeasureKind, public: bool = False) -> Found:
        return [
            number for kind in kinds for number in self._by_kind.get(kind, ()) if not (public and self.columns[number].private)
        ]

    def grouped(self, numbers: Iterable[int], *by: str) -> dict[tuple[object, ...], Found]:
        """Columns by some of their fields."""
        found: dict[tuple[object, ...], Found] = {}
        for number in numbers:
            found.setdefault(tuple(getattr(self.columns[number], name) for name in by), []).append(number)
        return found

    def detailed(self, numbers: Iterable[int], *details: str) -> Found:
        return [number for number in numbers if self.columns[number].detail in details]

    def staff(self, school: object, stage: object) -> Staff:
        return self.offers.scene.staff.get((str(school), str(stage)), Staff())

    def price(self, name: str) -> Fraction:
        return self.offers.scene.prices.value(name)


def ones(numbers: Iterable[int], weight: int = 1) -> dict[int, Fraction]:
    return dict.fromkeys(numbers, Fraction(weight))


def _rule(
    make: Make,
    terms: Mapping[int, Fraction],
    most: Fraction | int | None = None,
    *,
    least: Fraction | int | None = None,
    name: str = "",
    switches: Mapping[int, Fraction] | None = None,
) -> Rule:
    return Rule(
        name or make.__name__,
        (make.__doc__ or "").strip(),
        terms,
        None if most is None else Fraction(most),
        None if least is None else Fraction(least),
        switches or {},
    )


def no_more_than_there_is(book: Book) -> Iterator[Rule]:
    """同一措施各年合计，不超过该校可做的数量。"""
    own = [number for number, column in enumerate(book.columns) if column.kind is not MeasureKind.refill_arts]
    for several in book.grouped(own, "kind", "school", "stage", "detail", "source").values():
        if len(several) > 1:
            yield _rule(no_more_than_there_is, ones(several), book.columns[several[0]].most)


def posts(book: Book) -> Iterator[Rule]:
    """新增教师只用空编：各年新增在编教师合计，不超过全县义务教育公办学校的空余编制。"""
    if new := book.of(*RECRUITS, public=True):
        yield _rule(posts, ones(new), book.free_posts or 0)


def subject_need(book: Book) -> Iterator[Rule]:
    """不让任何学校缺课：调出、转岗和改补之后，各学科教师仍够开齐课程。"""
    losing: dict[tuple[str, str], dict[Way, Found]] = {}
    for number in book.of(MeasureKind.move_teacher, MeasureKind.retrain, MeasureKind.refill_arts):
        column = book.columns[number]
        losing.setdefault((column.source or column.school, column.stage), {}).setdefault(_way(column), []).append(number)
    for (school, stage), ways in losing.items():
        for several, most in _binding(book.staff(school, stage), list(ways)):
            yield _rule(subject_need, ones(number for way in several for number in ways[way]), most)


def _way(column: Column) -> Way:
    if column.kind is MeasureKind.move_teacher:
        return TeacherType[column.detail]
    return RETRAIN if column.kind is MeasureKind.retrain else column.counted


def _binding(staff: Staff, ways: Sequence[Way]) -> Iterator[tuple[tuple[Way, ...], int]]:
    """Sets of ways and how many can be lost in them together; those that follow from smaller ones are left out.

    Persons for all can be found exactly when every set keeps its bound (Hall): each subject gives what it can spare, and each
    person is lost in one way.
    """
    most: dict[tuple[Way, ...], int] = {(way,): staff.can_lose((way,)) for way in ways}
    yield from most.items()
    for size in range(2, len(ways) + 1):
        for several in combinations(ways, size):
            most[several] = staff.can_lose(several)
            if all(most[several] < most[tuple(each for each in several if each != way)] + most[way,] for way in several):
                yield several, most[several]


def one_person_once(book: Book) -> Iterator[Rule]:
    """一名教师只计一次：调出的不再选拔。"""
    moves = book.of(MeasureKind.move_teacher)
    untitled = book.grouped(book.detailed(moves, TeacherType.degree.name, TeacherType.arts.name), "source", "stage")
    for (school, stage), own in book.grouped(book.of(MeasureKind.select_backbone), "school", "stage").items():
        yield _rule(one_person_once, ones([*own, *untitled.get((school, stage), ())]), book.staff(school, stage).not_backbone)


def graduates(book: Book) -> Iterator[Rule]:
    """学历提升只按预计毕业比例计入。"""
    study = book.grouped(book.of(MeasureKind.degree_study), "school", "stage", "year")
    share = book.price("degree_study_completion")
    for own in study.values():
        yield _rule(graduates, ones(book.detailed(own, GRADUATES)) | dict.fromkeys(book.detailed(own, SENT), -share), 0)


def backbone_share(book: Book) -> Iterator[Rule]:
    """全县骨干教师不超过专任教师的规定比例。"""
    if chosen := book.of(MeasureKind.select_backbone):
        teachers = sum(each.teachers for each in book.offers.scene.staff.values())
        there = sum(each.backbone for each in book.offers.scene.staff.values())
        yield _rule(backbone_share, ones(chosen), max(0, floor(book.price("backbone_share") * teachers) - there))


def no_late_mass(book: Book) -> Iterator[Rule]:
    """骨干教师不突击认定：一年新认定的人数不超过规定比例，验收当年不认定。"""
    teachers = sum(each.teachers for each in book.offers.scene.staff.values())
    for own in book.grouped(book.of(MeasureKind.select_backbone), "year").values():
        yield _rule(no_late_mass, ones(own), floor(book.price("backbone_share_a_year") * teachers))


def gives_what_it_can_spare(book: Book) -> Iterator[Rule]:
    """调出学校自身仍须达标：调出的不超过其富余。"""
    moves = book.of(MeasureKind.move_teacher)
    for (school, stage), own in book.grouped(moves, "source", "stage").items():
        for item in range(3):
            counting = [number for number in own if item in COUNTS[TeacherType[book.columns[number].detail]]]
            if counting:
                yield _rule(gives_what_it_can_spare, ones(counting), book.offers.own_surplus(str(school), str(stage), item))


def gives_a_part(book: Book) -> Iterator[Rule]:
    """一所学校各学段合计调出的设备不超过规定比例，调出后各学段仍须达标。"""
    out = book.detailed(book.of(MeasureKind.move_equipment), OUT)
    for (school,), own in book.grouped(out, "school").items():
        if len({book.columns[number].stage for number in own}) == 1:
            continue  # what a school gives for all its stages is bounded by itself
        estate = book.offers.scene.estates[str(school)]
        share = book.offers.price("equipment_movable_share", book.offers.scene.facts(str(school)))
        yield _rule(gives_a_part, {number: book.columns[number].size for number in own}, share * (estate.equipment_yuan or 0))
        for reading in sorted({effect.reading for number in own for effect in book.columns[number].effects}):
            given = {
                number: -effect.times for number in own for effect in book.columns[number].effects if effect.reading == reading
            }
            yield _rule(gives_a_part, given, book.offers.surplus(reading, EQUIPMENT_ITEM))


def moved_is_moved(book: Book) -> Iterator[Rule]:
    """设备只在学校之间调配：调入多少，就有学校调出多少。"""
    for own in book.grouped(book.of(MeasureKind.move_equipment), "year").values():
        yield _rule(moved_is_moved, ones(book.detailed(own, IN)) | ones(book.detailed(own, OUT), -1), 0, least=0)


def rotation(book: Book) -> Iterator[Rule]:
    """一所学校一年调出的教师不超过规定比例。"""
    for (school, stage, _), own in book.grouped(book.of(MeasureKind.move_teacher), "source", "stage", "year").items():
        share = book.offers.price("rotation_share", book.offers.scene.units[str(school), str(stage)].facts)
        yield _rule(rotation, ones(own), floor(share * book.staff(school, stage).teachers))


def visitors(book: Book) -> Iterator[Rule]:
    """走教教师来自本县学校，一人只走教一所学校。"""
    for (stage,), own in book.grouped(book.of(MeasureKind.visit), "stage").items():
        arts = sum(each.arts for (_, of), each in book.offers.scene.staff.items() if of == stage)
        yield _rule(visitors, ones(own), arts)


def ground_on_land(book: Book) -> Iterator[Rule]:
    """场地铺在学校自有的空地或新征的土地上；土地到手之后才铺。"""
    land = book.grouped(book.of(MeasureKind.land), "school")
    for (school,), own in book.grouped(book.of(*GROUNDS), "school").items():
        free = book.offers.scene.estates[str(school)].free_land_m2 or Fraction(0)
        for year in sorted({book.columns[number].year for number in own}):
            laid = [number for number in own if book.columns[number].year <= year]
            bought = [number for number in land.get((school,), ()) if book.columns[number].counted <= year]
            yield _rule(ground_on_land, ones(laid) | ones(bought, -1), free)


def rooms_of_a_school(book: Book) -> Iterator[Rule]:
    """改造的用房和网络教室不超过学校现有的用房。"""
    for (school, kind), own in book.grouped(book.of(MeasureKind.convert, MeasureKind.network_room), "school", "kind").items():
        estate = book.offers.scene.estates[str(school)]
        most = (
            floor(estate.convertible_m2 or 0) if kind is MeasureKind.convert else max(book.columns[number].most for number in own)
        )
        if len(own) > 1:
            yield _rule(rooms_of_a_school, ones(own), most)


def class_needs_room(book: Book) -> Iterator[Rule]:
    """增开的班要有教室：现有教室不够的，改造或新建。"""
    area = book.price("class_room_m2")
    made = book.grouped(book.of(MeasureKind.convert, MeasureKind.build), "school")
    for (school,), own in book.grouped(book.of(MeasureKind.open_class), "school").items():
        estate = book.offers.scene.estates[str(school)]
        spare = max(Fraction(0), (estate.classroom_m2 or Fraction(0)) - area * (estate.classes or 0))
        terms = {**dict.fromkeys(own, area), **dict.fromkeys(made.get((school,), ()), Fraction(-1))}
        yield _rule(class_needs_room, terms, spare)


def class_needs_teachers(book: Book) -> Iterator[Rule]:
    """增开的班要有教师：每班按配备标准，现有富余不够的，新增或调入。"""
    moves = book.of(MeasureKind.move_teacher)
    more = book.grouped([*book.of(*RECRUITS), *moves], "school", "stage")
    less = book.grouped(moves, "source", "stage")
    for (school, stage), own in book.grouped(book.of(MeasureKind.open_class), "school", "stage").items():
        facts = book.offers.scene.units[str(school), str(stage)].facts
        each = book.offers.price("teachers_a_class", facts)
        spare = max(
            Fraction(0), book.staff(school, stage).teachers - each * book.offers.scene.classes_of_unit[str(school), str(stage)]
        )
        terms = {**dict.fromkeys(own, each), **ones(more.get((school, stage), ()), -1)}
        for number in less.get((school, stage), ()):
            terms[number] = terms.get(number, Fraction(0)) + 1
        yield _rule(class_needs_teachers, terms, spare)


def sites(book: Book) -> Iterator[Rule]:
    """一年开工的新建工程不超过全县管得过来的处数。"""
    for own in book.grouped(book.of(*BUILDINGS, public=True), "year").values():
        yield _rule(sites, {}, book.price("sites_a_year"), switches=ones(own))


def budget(book: Book) -> Iterator[Rule]:
    """每年的花费不超过当年预算（民办学校由举办者负担的除外）。"""
    if book.budget is None:
        return
    for year in book.offers.years:
        if terms := _spent(book, year, tuple(MoneyKind)):
            yield _rule(budget, terms, book.budget - book.ways.get(year, Fraction(0)), name=f"budget {year}")


def channels(book: Book) -> Iterator[Rule]:
    """每类花费只用准许支付它的资金：人员经费不能用建设资金支付，各渠道不超过当年额度。"""
    purses = book.offers.scene.prices.purses
    for size in range(1, len(MoneyKind) + 1):
        for kinds in combinations(MoneyKind, size):
            paying = [purse for purse in purses if any(purse.pays(kind) for kind in kinds)]
            if all(purse.a_year is not None for purse in paying):
                yield from _within(book, kinds, paying)


def _within(book: Book, kinds: tuple[MoneyKind, ...], paying: Sequence[Purse]) -> Iterator[Rule]:
    """What these kinds cost together is no more than all the channels that pay any of them have: then it can be shared out."""
    for year in book.offers.years:
        if terms := _spent(book, year, kinds):
            ways = book.ways.get(year, Fraction(0)) if MoneyKind.operating in kinds else 0
            yield _rule(channels, terms, sum(purse.a_year or 0 for purse in paying) - ways, name=f"channels {year}")


def _spent(book: Book, year: int, kinds: tuple[MoneyKind, ...]) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for number, column in enumerate(book.columns):
        yuan = sum((paid for when, kind, paid in column.payments if when == year and kind in kinds), Fraction(0))
        if yuan and not column.private:
            found[number] = yuan
    return found


RULES: tuple[Make, ...] = (
    no_more_than_there_is,
    posts,
    subject_need,
    one_person_once,
    graduates,
    backbone_share,
    no_late_mass,
    gives_what_it_can_spare,
    gives_a_part,
    moved_is_moved,
    rotation,
    visitors,
    ground_on_land,
    rooms_of_a_school,
    class_needs_room,
    class_needs_teachers,
    sites,
    budget,
    channels,
)


def rules(book: Book) -> tuple[Rule, ...]:
    """Every side condition of these columns."""
    return tuple(rule for make in RULES for rule in make(book))
