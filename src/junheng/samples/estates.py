"""What a school has: floor area and grounds, rooms one by one, equipment and books, leased grounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import ceil
from random import Random

from junheng.samples.county import COMPULSORY, YEAR, Row, School
from junheng.samples.variants import ACTIVITY_M2, EQUIPMENT_YUAN, NETWORK_ROOMS, PLAY_M2, SPORTS_M2, TEACHING_M2, Variant

CENT = Decimal("0.01")
MUSIC_M2, ART_M2 = 96, 90
NEW_FORM_SHARES = {"special_room_m2": 50, "library_m2": 15, "counselling_m2": 5, "other_teaching_m2": 30}
OLD_FORM_SHARES = {"laboratory_m2": 40, "library_m2": 25, "computer_room_m2": 25, "language_room_m2": 10}
BUILT = ("classroom_m2", "special_room_m2", "laboratory_m2", "library_m2", "computer_room_m2", "language_room_m2",
         "indoor_sport_m2", "counselling_m2", "other_teaching_m2", "office_m2", "living_m2", "activity_room_m2")
OF_KINDERGARTENS = ("activity_room_m2", "play_ground_m2")
EVERY_AREA = ("land_m2", "sports_ground_m2", "play_ground_m2", "floor_area_m2", *BUILT)
TEACHING = {"since_2021": ("classroom_m2", *NEW_FORM_SHARES), "before_2021": ("classroom_m2", *OLD_FORM_SHARES)}
USABLE = ("own", "sole_use")


def money(value: float) -> Decimal:
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)


@dataclass
class Estate:
    """The rows of one school, table by table."""

    rooms: list[Row]
    sites: list[Row]
    assets: list[Row]
    venues: list[Row]


def estate(school: School, classes: dict[str, int], variant: Variant, seed: int) -> Estate:
    rng = school.rng(seed, "estate")
    rooms = room_rows(school, classes, variant, rng)
    return Estate(rooms, site_rows(school, sum(classes.values()), rooms, variant, rng),
                  [asset_row(school, variant, rng)], venue_rows(school, rng))


def strictest(school: School, limits: dict[str, float]) -> float:
    """The limit of the strictest stage the school offers: whoever reaches it with all pupils passes by every split."""
    return max(limits[stage] for stage in school.pupils)


def room_rows(school: School, classes: dict[str, int], variant: Variant, rng: Random) -> list[Row]:
    share = school.compulsory / school.all_pupils
    compulsory = sum(count for stage, count in classes.items() if stage in COMPULSORY)
    pairs = ceil(compulsory / 12 / share) if compulsory else sum(classes.values()) // 24
    if rng.random() >= variant.arts_rooms:
        pairs //= 2
    low, high = variant.network[school.zone]
    network = school.all_pupils / 100 * strictest(school, NETWORK_ROOMS) * rng.uniform(low, high)
    # a declared split needs whole rooms for each part
    network_rooms = int(network) if low == 0 else ceil(network) + 2 * (len(school.pupils) > 1)
    kinds = [("music", MUSIC_M2)] * pairs + [("art", ART_M2)] * pairs + [("network", 54)] * network_rooms
    older = 0 if school.kind == "kindergarten" else school.all_pupils
    kinds += [("laboratory", 80)] * (older // 400) + [("computer", 80)] * (older // 600)
    rows = [_room(school, number, kind, least + rng.choice([0, 0, 0, 4, 12]), _since(school, rng))
            for number, (kind, least) in enumerate(kinds, start=1)]
    if rng.random() < 0.1:  # too small to count, and one that is not in use
        rows.append(_room(school, len(rows) + 1, "music", MUSIC_M2 - 1, _since(school, rng)))
        rows.append(_room(school, len(rows) + 1, "laboratory", 60, _since(school, rng)) | {"in_use": False})
    return rows


def _since(school: School, rng: Random) -> date:
    year = rng.choices([2012, 2016, 2019, 2021, 2023, 2024, 2025], [10, 20, 25, 20, 15, 6, 4])[0]
    return date(max(year, school.opened), 9, 1)


def _room(school: School, number: int, kind: str, area: int, since: date) -> Row:
    return {"year": YEAR, "school_id": school.school_id, "room_id": f"R{number:03d}", "kind": kind,
            "area_m2": Decimal(area), "since": since, "in_use": True}


def site_rows(school: School, classes: int, rooms: list[Row], variant: Variant, rng: Random) -> list[Row]:
    if school.kind == "kindergarten":
        return _finished([_kindergarten(school, variant, rng)])
    between = variant.resources[school.zone]
    version = "since_2021" if school.fixed or rng.random() < 0.85 else "before_2021"
    special = sum(row["area_m2"] for row in rooms if row["kind"] != "network")
    each = money(rng.uniform(38, 43) if school.zone == "rural" else rng.uniform(54, 62))
    classroom = classes * each + 54 * max(0, len(rooms) // 2 - classes)
    drawn = money(strictest(school, TEACHING_M2) * school.all_pupils * rng.uniform(*between) + 0.01)
    total = school.fixed.get("teaching_m2") or max(drawn, classroom + Decimal("1.4") * special + 40)
    areas = teaching_areas(version, total, classroom, Decimal("1.2") * special)
    sports = money(strictest(school, SPORTS_M2) * school.all_pupils * rng.uniform(*between) + 0.01)
    indoor = money(float(sports) * 0.12) if school.zone == "seat" and rng.random() < 0.6 else Decimal(0)
    outdoor = (school.fixed.get("sports_m2") or sports) - indoor
    own = _site(school, "own", version) | areas | {"indoor_sport_m2": indoor, "sports_ground_m2": outdoor}
    own |= {"office_m2": money(classes * 14.0), "living_m2": money(school.all_pupils * 0.4)}
    return _finished([own, *_other_standings(school, own, version, rng)])


def _kindergarten(school: School, variant: Variant, rng: Random) -> Row:
    """Rooms to play and sleep in, and a ground to play on; the uses of schools are few."""
    children, times = school.all_pupils, rng.uniform(*variant.play_ground)
    own = _site(school, "own", "since_2021")
    return own | {"activity_room_m2": money(children * ACTIVITY_M2 * (0.6 + 0.4 * times) + 0.01),
                  "play_ground_m2": money(children * PLAY_M2 * times + 0.01),
                  "other_teaching_m2": money(children * 1.5), "office_m2": money(children * 0.6),
                  "living_m2": money(children * 0.8)}


def teaching_areas(version: str, total: Decimal, classroom: Decimal, special: Decimal) -> Row:
    """`total` spread over the uses of the form: classrooms, at least `special` for special rooms, the rest by fixed shares."""
    first = {"classroom_m2": classroom, "special_room_m2" if version == "since_2021" else "laboratory_m2": special}
    rest = total - classroom - special
    shares = NEW_FORM_SHARES if version == "since_2021" else OLD_FORM_SHARES
    parts = {name: first.get(name, Decimal(0)) + (rest * share / 100).quantize(CENT) for name, share in shares.items()}
    return {**parts, "classroom_m2": total - sum(parts.values())}


def _site(school: School, standing: str, version: str) -> Row:
    """A row with nothing in it: zero where the form of that year asks, empty where it has no such column."""
    areas = {name: Decimal(0) for name in EVERY_AREA}
    absent = [name for shares in (NEW_FORM_SHARES, OLD_FORM_SHARES) for name in shares if name not in TEACHING[version]]
    absent += () if school.kind == "kindergarten" else OF_KINDERGARTENS
    return {"year": YEAR, "school_id": school.school_id, "standing": standing, "form_version": version, **areas,
            **dict.fromkeys(absent, None)}


def _other_standings(school: School, own: Row, version: str, rng: Random) -> list[Row]:
    """Part of the ground used alone but not owned; and areas that do not count: shared, unfinished, dangerous."""
    rows, chance = [], rng.random()
    if school.zone != "seat" and chance < 0.15:
        borrowed = money(float(own["sports_ground_m2"]) * 0.3)
        own["sports_ground_m2"] -= borrowed
        rows.append(_site(school, "sole_use", version) | {"sports_ground_m2": borrowed})
    elif chance < 0.25:
        rows.append(_site(school, "shared", version) | {"sports_ground_m2": Decimal(rng.randint(8, 40) * 100)})
    elif chance < 0.3:
        rows.append(_site(school, "under_construction", version) | {"classroom_m2": Decimal(rng.randint(3, 12) * 100)})
    elif chance < 0.33:
        rows.append(_site(school, "danger", version) | {"classroom_m2": Decimal(rng.randint(1, 3) * 100)})
    return rows


def _finished(rows: list[Row]) -> list[Row]:
    for row in rows:
        built = [row[name] or Decimal(0) for name in BUILT]
        row["floor_area_m2"] = sum(built, Decimal(0))
        outside = row["sports_ground_m2"] + (row["play_ground_m2"] or Decimal(0))
        row["land_m2"] = outside + (row["floor_area_m2"] / 2).quantize(CENT)
    return rows


def asset_row(school: School, variant: Variant, rng: Random) -> Row:
    pupils = school.all_pupils
    drawn = ceil(pupils * strictest(school, EQUIPMENT_YUAN) * rng.uniform(*variant.equipment[school.zone]) / 100)
    equipment = school.fixed.get("equipment_10k_yuan") or Decimal(drawn) / 100
    tenth = (equipment / 10).quantize(CENT)
    return {"year": YEAR, "school_id": school.school_id, "equipment_10k_yuan": equipment,
            "laboratory_equipment_10k_yuan": 2 * tenth, "added_10k_yuan": tenth,
            "written_off_10k_yuan": (tenth / 4).quantize(CENT),
            "books": ceil(pupils * rng.uniform(*variant.books[school.zone])),
            "terminals": ceil(pupils * rng.uniform(*variant.terminals[school.zone])) + 2,
            "beds": beds(school), "desks": pupils + rng.randint(0, 20),
            "bandwidth_mbps": rng.choice([100, 200, 500, 1000]), "campus_network": rng.random() < variant.arts_rooms + 0.2,
            **{f"{name}_gear_met": rng.random() < variant.arts_rooms + 0.2 for name in ("sports", "music", "art", "experiment")}}


def beds(school: School) -> int:
    """More than the boarders of any year: juniors outside the seat, and all of the senior and vocational schools."""
    if school.kind in ("senior", "vocational"):
        return school.all_pupils
    return school.all_pupils - school.pupils.get("primary", 0) if school.boards else 0


def venue_rows(school: School, rng: Random) -> list[Row]:
    """A few crowded schools of the county seat lease a ground nearby."""
    if school.zone != "seat" or rng.random() > 0.3:
        return []
    return [{"year": YEAR, "school_id": school.school_id, "number": 1, "name": "社区体育公园",
             "area_m2": Decimal(rng.randint(20, 60) * 100), "minutes_on_foot": rng.choice([6, 10, 12]),
             "contract_since": date(2024, 3, 1), "contract_until": date(2027, 2, 28)}]


def declare_split(stages: list[Row], sites: list[Row], rooms: list[Row], assets: Row) -> None:
    """Write into the rows of a school's stages what each of them claims; the claims add up to what the school has."""
    usable = [row for row in sites if row["standing"] in USABLE]
    uses = TEACHING[usable[0]["form_version"]]
    teaching = sum((row[name] for row in usable for name in uses), Decimal(0))
    sports = sum((row["sports_ground_m2"] + row["indoor_sport_m2"] for row in usable), Decimal(0))
    network = sum(row["kind"] == "network" and row["in_use"] for row in rooms)
    _claim(stages, "declared_teaching_area_m2", teaching, CENT, TEACHING_M2)
    _claim(stages, "declared_sports_area_m2", sports, CENT, SPORTS_M2)
    _claim(stages, "declared_equipment_10k_yuan", assets["equipment_10k_yuan"], CENT, EQUIPMENT_YUAN)
    _claim(stages, "declared_network_rooms", Decimal(network), Decimal(1), NETWORK_ROOMS)
    for name in ("terminals", "books"):
        _claim(stages, f"declared_{name}", Decimal(assets[name]), Decimal(1), dict.fromkeys(EQUIPMENT_YUAN, 1.0))


def _claim(stages: list[Row], column: str, total: Decimal, step: Decimal, weights: dict[str, float]) -> None:
    """In proportion to pupils and the limit of their stage; the first stage takes what rounding leaves."""
    scale = sum(row["pupils"] * weights[row["stage"]] for row in stages)
    for row in stages[1:]:
        share = Decimal(row["pupils"] * weights[row["stage"]] / scale)
        row[column] = (total * share).quantize(step)
    stages[0][column] = total - sum(row[column] for row in stages[1:])
    if step == 1:
        for row in stages:
            row[column] = int(row[column])
