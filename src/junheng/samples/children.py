"""Children one by one: who sits in which class, and the matched list of children with a disability."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from junheng.samples.cohorts import CELLS
from junheng.samples.county import COMPULSORY, YEAR, County, Row, Rows, School
from junheng.samples.papers import special_money
from junheng.samples.people import check_digit, divisions_of
from junheng.samples.variants import Variant

AGE_BEFORE = {"preschool": 2, "primary": 5, "junior": 5, "senior": 5}  # a child in grade n turns n + 5 that year
LATE = 0.02  # begin a year later
WITH_DISABILITY = 0.0035
DISABILITIES = ("visual", "hearing", "speech", "physical", "intellectual", "mental", "multiple")
COMMON = (4, 8, 9, 28, 38, 9, 4)
AWAY = ("one_parent_away", "both_parents_away")
NOWHERE = ("970101", "970102", "970203", "970304")  # counties that exist nowhere
AIDED, LOTTERY, POLICY = 0.09, 0.03, 0.02
FIRST_AGE, LAST_AGE = 6, 15
BEGINNING = (1, 7)
ON_LISTS = ("on_federation_list", "on_enrolment_list", "on_police_list")


class Children:
    """All children of the county on a roll, and those who are on none."""

    def __init__(self, county: County, rows: Rows, variant: Variant, seed: int) -> None:
        self.county, self.variant, self.seed = county, variant, seed
        self.divisions = divisions_of(county.outline.number)
        self.stages = {(row["school_id"], row["stage"]): row for row in rows["school_stages"]}
        self.classes: Rows = {}
        for row in rows["classes"]:
            self.classes.setdefault(row["school_id"], []).append(row)
        self._born: dict[tuple[date, str], int] = {}
        self.money = rows["money"]

    def rows(self) -> Rows:
        """Pupils and the list of children with a disability; each school's funds for those it has."""
        pupils, listed = [], []
        for school in self.county.schools:
            if school.open_in(YEAR):
                own = list(self._pupils(school))
                disabled = [row for row in own if row["disability"]]
                if disabled:
                    self.money += special_money(school, len(disabled), self.variant)
                listed += [self._listed(row, school) for row in disabled if FIRST_AGE <= YEAR - row["birth_year"] <= LAST_AGE]
                pupils += own
        return {"pupils": pupils, "disabled_children": listed + self._on_no_roll(len(listed))}

    def _pupils(self, school: School) -> Iterator[Row]:
        rng = school.rng(self.seed, "pupils")
        for stage in school.pupils:
            rows = list(self._stage(school, stage, rng))
            self._mark(school, stage, rows, rng)
            yield from rows

    def _stage(self, school: School, stage: str, rng: Random) -> Iterator[Row]:
        grades: dict[int, list[tuple[str, str]]] = {}
        for row in self.classes[school.school_id]:
            if row["stage"] == stage:
                grade = row["grade"]
                if grade not in grades:
                    roll = school.cohorts[YEAR, stage, grade].roll
                    grades[grade] = [cell for cell, count in zip(CELLS, roll, strict=True) for _ in range(count)]
                    rng.shuffle(grades[grade])
                for _ in range(row["pupils"]):
                    yield self._pupil(school, row, *grades[grade].pop(), rng)

    def _pupil(self, school: School, row: Row, sex: str, residence: str, rng: Random) -> Row:
        born = YEAR - AGE_BEFORE[row["stage"]] - row["grade"] - (rng.random() < LATE and row["stage"] != "preschool")
        birth = date(born, 1, 1) + timedelta(days=int(rng.random() * 365))
        local = residence == "local"
        return {"year": YEAR, "school_id": school.school_id, "pupil_id": self._number(birth, sex, rng), "stage": row["stage"],
                "grade": row["grade"], "number": row["number"], "sex": sex, "birth_year": born, "birth_month": birth.month,
                "residence_place_code": self.county.code if local else NOWHERE[int(rng.random() * len(NOWHERE))],
                "boarding": False, "migrant": not local, "guardian": "parents",
                "admitted_by": _admission(school, row, local, rng), "status": "attending",
                "disability": None, "student_aid": rng.random() < AIDED}

    def _number(self, birth: date, sex: str, rng: Random) -> str:
        """The next number of that day and sex."""
        number = self._born[birth, sex] = self._born.get((birth, sex), -1) + 1
        several, place = divmod(number, len(self.divisions))
        body = f"{self.divisions[place]}{birth:%Y%m%d}{2 * several + (sex == 'male'):03d}"
        return body + check_digit(body)

    def _mark(self, school: School, stage: str, rows: list[Row], rng: Random) -> None:
        """As many boarders, left-behind and bought places as the school's counts say; and those with a disability."""
        counts = self.stages[school.school_id, stage]
        for row in rng.sample(rows, counts["boarders"]):
            row["boarding"] = True
        for row in rng.sample(rows, counts["left_behind_pupils"]):
            row["guardian"] = AWAY[int(rng.random() * len(AWAY))]
        for row in [row for row in rows if row["migrant"]][:counts["migrant_bought_places"] or 0]:
            row["admitted_by"] = "bought_place"
        several = len(rows) if school.kind == "special" else int(WITH_DISABILITY * len(rows) + rng.random())
        for row in rng.sample(rows, several if school.kind == "special" or stage in COMPULSORY else 0):
            row["disability"] = rng.choices(DISABILITIES, COMMON)[0]
            if school.kind == "special" and rng.random() < 0.15:
                row["status"] = "home_teaching"

    def _listed(self, row: Row, school: School) -> Row:
        placement = ("home_teaching" if row["status"] == "home_teaching" else
                     "special_school" if school.kind == "special" else "ordinary_class")
        return self._child(row["pupil_id"], school.township, row["birth_year"], row["sex"], row["disability"], placement,
                           school.school_id)

    def _on_no_roll(self, placed: int) -> list[Row]:
        """Children who are to come later, by the paper of the experts; and those whom nobody has placed."""
        rng = Random(f"{self.seed} {self.county.code} on no roll")
        missing = int(placed / self.variant.disabled_placed) - placed
        found = []
        townships = [place["place_code"] for place in self.county.places if place["level"] == "township"]
        for number in range(missing + max(1, placed // 60)):
            birth = date(YEAR - rng.randint(FIRST_AGE, LAST_AGE - 1), rng.randint(1, 12), rng.randint(1, 28))
            sex, township = rng.choice(["male", "female"]), rng.choice(townships)
            row = self._child(self._number(birth, sex, rng), township, birth.year, sex, rng.choices(DISABILITIES, COMMON)[0],
                              "none" if number < missing else "postponed", None)
            found.append(row | {"on_enrolment_list": False,
                                "postponed_paper": None if number < missing else f"特教评〔{YEAR}〕{number + 1}号"})
        return found

    def _child(self, person: str, township: str, born: int, sex: str, disability: str, placement: str, school: str | None) -> Row:
        return {"year": YEAR, "child_id": person, "place_code": township, "birth_year": born, "sex": sex,
                "disability": disability, **dict.fromkeys(ON_LISTS, True), "placement": placement,
                "placed_school_id": school, "postponed_paper": None}


def _admission(school: School, row: Row, local: bool, rng: Random) -> str | None:
    if row["stage"] not in COMPULSORY:
        return None
    if not school.public:
        return "choice"
    chance = rng.random() if row["stage"] == "junior" else 1.0
    if chance < LOTTERY + POLICY:
        return "lottery" if chance < LOTTERY else "policy"
    return "zone" if local or row["grade"] in BEGINNING else "transfer"
