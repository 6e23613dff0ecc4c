"""The whole register of the made-up county for a school year, table by table, as plain rows."""

from __future__ import annotations

from random import Random

from junheng.samples.children import Children
from junheng.samples.cohorts import CELLS, GRADES
from junheng.samples.county import YEAR, County, Row, Rows, School
from junheng.samples.estates import declare_split, estate
from junheng.samples.offices import office_rows
from junheng.samples.papers import evidence_rows, money_rows
from junheng.samples.people import Staff
from junheng.samples.postings import posting_rows
from junheng.samples.rolls import class_rows
from junheng.samples.variants import Variant

OF_SCHOOLS = ("schools", "school_stages", "sites", "rooms", "assets", "classes", "teachers", "recognitions", "postings",
              "training", "venues", "money")
DECLARED = ("declared_teaching_area_m2", "declared_sports_area_m2", "declared_equipment_10k_yuan", "declared_network_rooms",
            "declared_terminals", "declared_books")
BACKBONE_TITLES = ("backbone", "subject_leader", "special_grade", "master_teacher")


def fill(county: County, variant: Variant, seed: int) -> Rows:
    """Rows of every table of this school year; counts of record are those of the lists."""
    rows = of_every_school(county, variant, seed)
    open_now = {school.school_id for school in county.schools if school.open_in(YEAR)}
    for table in OF_SCHOOLS:
        county.gone[table] = [row for row in rows[table] if row["school_id"] not in open_now]
        rows[table] = [row for row in rows[table] if row["school_id"] in open_now]
    count_records(rows)
    rows |= Children(county, rows, variant, seed).rows()
    return rows | office_rows(county, rows, variant, YEAR)


def of_every_school(county: County, variant: Variant, seed: int) -> Rows:
    """What schools have and who works there, those included that are closed by now, as in their last year."""
    rows: Rows = {name: [] for name in ("places", *OF_SCHOOLS, "evidence")}
    rows["places"] = county.places
    staff = Staff(seed, variant, county.outline.number)
    for school in county.schools:
        rows["schools"].append(school_row(school, school.rng(seed, "school")))
        _one_school(school, rows, staff, variant, seed)
    rows["postings"] = posting_rows(county.schools, staff, variant, Random(f"{seed} {county.code} postings"))
    rows["teachers"], rows["recognitions"], rows["training"] = staff.teachers, staff.recognitions, staff.training
    rows["evidence"] = evidence_rows(county, variant)
    return rows


def _one_school(school: School, rows: Rows, staff: Staff, variant: Variant, seed: int) -> None:
    year = min(YEAR, school.last)
    listed = class_rows(school, year, variant, school.rng(seed, "classes"))
    classes = {stage: sum(row["stage"] == stage for row in listed) for stage in school.pupils}
    stages = [stage_row(school, stage, year, school.rng(seed, stage)) for stage in school.pupils]
    rows["classes"] += listed
    rows["school_stages"] += stages
    staff.engage(school, classes)
    has = estate(school, classes, variant, seed)
    rows["rooms"] += has.rooms
    rows["sites"] += has.sites
    rows["assets"] += has.assets
    rows["venues"] += has.venues
    rows["money"] += money_rows(school, stages, variant, school.rng(seed, "money"))


def school_row(school: School, rng: Random) -> Row:
    longitude, latitude = school.point or (None, None)
    built = rng.randint(1986, 2021)
    return {"year": YEAR, "school_id": school.school_id, "name": school.name, "kind": school.kind, "run_by": school.run_by,
            "place_code": school.place_code, "urban_rural": school.urban_rural, "built_year": school.opened or built,
            "managing_school_id": school.managing, "boarding": school.boards,
            "design_classes": None, "split": school.split,
            "split_paper": f"{school.name}关于共用资源拆分的说明" if school.split == "declared" else None,
            "longitude": longitude, "latitude": latitude, "coordinates": "cgcs2000" if school.point else None,
            "legal_person": school.kind != "teaching_point", "licence": _licence(school), "inclusive": school.inclusive,
            "central_kindergarten": school.central, "quality_senior": school.quality}


def _licence(school: School) -> str | None:
    return f"教民{school.school_id}号" if school.kind == "kindergarten" or not school.public else None


def stage_row(school: School, stage: str, year: int, rng: Random) -> Row:
    """Counts of the grades, and those that no other list gives; what a list gives is filled in by `count_records`."""
    grades = [school.cohorts[year, stage, grade] for grade in GRADES[stage] if (year, stage, grade) in school.cohorts]
    pupils = sum(grade.pupils for grade in grades)
    rural = school.zone != "seat"
    boarding = school.boards and stage != "primary"
    migrant = sum(grade.roll[cell] for grade in grades for cell, (_, residence) in enumerate(CELLS) if residence == "other")
    bought = None if school.public or stage == "preschool" else int(0.95 * migrant)
    row = {"year": year, "school_id": school.school_id, "stage": stage, "pupils": pupils, "classes": 0,
           "full_time_teachers": 0, "backbone_teachers": 0, "planned_entrants": None, "entrants": 0,
           "graduates": graduates(school, stage, year), "boarders": int(pupils * rng.uniform(0.3, 0.7)) if boarding else 0,
           "migrant_pupils": migrant, "migrant_bought_places": bought,
           "left_behind_pupils": int(pupils * rng.uniform(0.05, 0.3 if rural else 0.08)), **dict.fromkeys(DECLARED, None)}
    if stage == "senior":
        row["planned_entrants"] = -(-school.cohorts[year, stage, GRADES[stage][0]].pupils // 10) * 10
    return row


def graduates(school: School, stage: str, year: int) -> int:
    """Those who finished the stage in the summer before `year` began."""
    last = school.cohorts.get((year - 1, stage, GRADES[stage][-1]))
    return sum(last.moves["graduated"]) if last else 0


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
    first = GRADES[stage][0]
    staff = {each["teacher_id"] for each in of_school["teachers"]
             if each["stage"] == stage and each["full_time"] and each["state"] == "serving"}
    titled = {each["teacher_id"] for each in of_school["recognitions"]
              if each["title"] in BACKBONE_TITLES and each["level"] != "school" and str(each["since"]) <= census
              and (each["until"] is None or str(each["until"]) >= census)}
    row["classes"], row["full_time_teachers"], row["backbone_teachers"] = len(classes), len(staff), len(staff & titled)
    row["entrants"] = sum(each["pupils"] for each in classes if each["grade"] == first)
