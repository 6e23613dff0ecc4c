"""The whole register of the made-up county for the current school year, table by table, as plain rows."""

from __future__ import annotations

from random import Random

from junheng.samples.county import YEAR, County, Row, Rows, School
from junheng.samples.estates import declare_split, estate
from junheng.samples.papers import evidence_rows, money_rows
from junheng.samples.people import Staff
from junheng.samples.postings import posting_rows
from junheng.samples.rolls import GRADES, POINT_GRADES, class_rows
from junheng.samples.variants import Variant

TABLES = ("places", "schools", "school_stages", "sites", "rooms", "assets", "classes", "teachers", "recognitions", "postings",
          "training", "venues", "money", "evidence")
DECLARED = ("declared_teaching_area_m2", "declared_sports_area_m2", "declared_equipment_10k_yuan", "declared_network_rooms",
            "declared_terminals", "declared_books")
BACKBONE_TITLES = ("backbone", "subject_leader", "special_grade", "master_teacher")


def fill(county: County, variant: Variant, seed: int) -> Rows:
    """Rows of every table; counts of record are those of the lists."""
    rows: Rows = {name: [] for name in TABLES}
    rows["places"] = county.places
    staff = Staff(seed, variant)
    for school in county.schools:
        rng = school.rng(seed, "school")
        rows["schools"].append(school_row(school, rng))
        _one_school(school, rows, staff, variant, seed)
    rows["postings"] = posting_rows(county.schools, staff, variant, Random(f"{seed} postings"))
    rows["teachers"], rows["recognitions"], rows["training"] = staff.teachers, staff.recognitions, staff.training
    rows["evidence"] = evidence_rows(county, variant)
    count_records(rows)
    return rows


def _one_school(school: School, rows: Rows, staff: Staff, variant: Variant, seed: int) -> None:
    listed = class_rows(school, YEAR, variant, school.rng(seed, "classes"))
    classes = {stage: sum(row["stage"] == stage for row in listed) for stage in school.pupils}
    rows["classes"] += listed
    rows["school_stages"] += [stage_row(school, stage, school.rng(seed, stage)) for stage in school.pupils]
    staff.engage(school, classes)
    has = estate(school, classes, variant, seed)
    rows["rooms"] += has.rooms
    rows["sites"] += has.sites
    rows["assets"] += has.assets
    rows["venues"] += has.venues
    rows["money"] += money_rows(school, variant, school.rng(seed, "money"))


def school_row(school: School, rng: Random) -> Row:
    return {"year": YEAR, "school_id": school.school_id, "name": school.name, "kind": school.kind, "run_by": school.run_by,
            "place_code": school.place_code, "urban_rural": school.urban_rural, "built_year": rng.randint(1986, 2021),
            "managing_school_id": school.managing, "boarding": "junior" in school.pupils and school.zone != "seat",
            "design_classes": None, "split": school.split,
            "split_paper": f"{school.name}关于共用资源拆分的说明" if school.split == "declared" else None,
            "longitude": None, "latitude": None, "coordinates": None}


def stage_row(school: School, stage: str, rng: Random) -> Row:
    """Counts that no other list gives; those that a list gives are filled in by `count_records`."""
    pupils = school.pupils[stage]
    grades = len(POINT_GRADES if school.kind == "teaching_point" else GRADES[stage])
    boarding = "junior" in school.pupils and school.zone != "seat" and stage != "primary"
    rural = school.zone != "seat"
    return {"year": YEAR, "school_id": school.school_id, "stage": stage, "pupils": pupils, "classes": 0,
            "full_time_teachers": 0, "backbone_teachers": 0, "entrants": 0, "graduates": pupils // grades,
            "boarders": int(pupils * rng.uniform(0.3, 0.7)) if boarding else 0,
            "migrant_pupils": int(pupils * rng.uniform(0.0, 0.04 if rural else 0.18)),
            "left_behind_pupils": int(pupils * rng.uniform(0.05, 0.3 if rural else 0.08)), **dict.fromkeys(DECLARED, None)}


def count_records(rows: Rows) -> None:
    """Fill in what the lists say: classes, entrants, full-time and backbone teachers, and the claims of declared splits."""
    lists = {name: by_school(rows[name]) for name in ("classes", "teachers", "recognitions", "sites", "rooms", "assets",
                                                      "school_stages")}
    for row in rows["school_stages"]:
        _count_stage(row, {name: found.get(row["school_id"], []) for name, found in lists.items()})
    for school in rows["schools"]:
        code = school["school_id"]
        if school["split"] == "declared":
            declare_split(lists["school_stages"][code], lists["sites"][code], lists["rooms"].get(code, []),
                          lists["assets"][code][0])


def by_school(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["school_id"], []).append(row)
    return found


def _count_stage(row: Row, of_school: Rows) -> None:
    stage, census = row["stage"], f"{row['year']}-09-01"
    classes = [each for each in of_school["classes"] if each["stage"] == stage]
    first = min((each["grade"] for each in classes), default=0)
    staff = {each["teacher_id"] for each in of_school["teachers"]
             if each["stage"] == stage and each["full_time"] and each["state"] == "serving"}
    titled = {each["teacher_id"] for each in of_school["recognitions"]
              if each["title"] in BACKBONE_TITLES and each["level"] != "school" and str(each["since"]) <= census
              and (each["until"] is None or str(each["until"]) >= census)}
    row["classes"], row["full_time_teachers"], row["backbone_teachers"] = len(classes), len(staff), len(staff & titled)
    row["entrants"] = sum(each["pupils"] for each in classes if each["grade"] == first)
