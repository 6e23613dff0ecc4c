"""Teachers and what hangs on a person: identity numbers, training, titles of backbone teachers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import ceil
from random import Random

from junheng.samples.county import YEAR, Row, School
from junheng.samples.variants import Variant

# required of each hundred pupils, by stage; senior parts are staffed like junior ones
ABOVE_DEGREE = {"preschool": 4.2, "primary": 4.2, "junior": 5.3, "senior": 5.3}
ARTS_FLOOR, ARTS, BACKBONE = 0.765, 0.9, 1.0
PUPILS_PER_TEACHER = {"preschool": {"seat": 13.5, "town": 13.5, "rural": 14.0},
                      "primary": {"seat": 19.0, "town": 18.0, "rural": 17.0},
                      "junior": {"seat": 14.2, "town": 13.4, "rural": 12.8},
                      "senior": {"seat": 13.0, "town": 13.0, "rural": 13.0}}
TEACHERS_PER_CLASS = {"preschool": 2.0, "primary": 1.25, "junior": 2.4, "senior": 2.6}
ARTS_SUBJECTS = ("physical_education", "music", "art", "physical_education", "music", "art", "arts")
SUBJECTS = {
    "preschool": ("other",),
    "primary": ("chinese", "mathematics", "chinese", "mathematics", "english", "science", "morality", "information", "labour"),
    "junior": ("chinese", "mathematics", "english", "physics", "chemistry", "morality", "history", "geography", "biology",
               "information", "psychology"),
}
SUBJECTS["senior"] = SUBJECTS["junior"]
DIVISIONS = tuple(f"98{county:02d}{part:02d}" for county in range(1, 12) for part in range(1, 10))
DIVISIONS_OF_A_COUNTY = 9
FIRST_HOURS_YEAR = YEAR - 4
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
DIVISION, BIRTH_DAY = 6, 14  # a number's first digits are those of few divisions, the next those of few days


def identity_number(rng: Random, birth: date, female: bool, division: str) -> str:
    """An 18-digit number right in form; divisions under 98 exist nowhere."""
    body = f"{division}{birth:%Y%m%d}{rng.randrange(50) * 10 + rng.randrange(5) * 2 + (not female):03d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """GB 11643: the weighted sum of the seventeen digits, modulo 11."""
    parts = _weighed(body[:DIVISION], 0) + _weighed(body[DIVISION:BIRTH_DAY], DIVISION) + _weighed(body[BIRTH_DAY:], BIRTH_DAY)
    return "10X98765432"[parts % 11]


@cache
def _weighed(digits: str, first: int) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS[first:], strict=False))


def divisions_of(county: int) -> tuple[str, ...]:
    """No two counties have a division in common, so no two of their people a number."""
    return DIVISIONS[(county - 1) * DIVISIONS_OF_A_COUNTY:county * DIVISIONS_OF_A_COUNTY]


@dataclass(frozen=True)
class Need:
    """How many of a stage's full-time teachers there are, and how many of them are of a kind."""

    teachers: int
    above: int
    backbone: int
    arts: int


def staff_need(school: School, stage: str, classes: int, variant: Variant, rng: Random) -> Need:
    pupils = school.pupils[stage]
    hundreds, zone = pupils / 100, school.zone
    low, high = variant.arts[zone]
    arts = ceil(hundreds * (ARTS_FLOOR if school.few_arts else ARTS * rng.uniform(low, high)))
    above_least = ceil(hundreds * ABOVE_DEGREE[stage] * 1.02)
    backbone = ceil(hundreds * BACKBONE * rng.uniform(*variant.backbone[zone]))
    teachers = max(ceil(pupils / PUPILS_PER_TEACHER[stage][zone]), ceil(classes * TEACHERS_PER_CLASS[stage]),
                   above_least, arts + 1, 2)
    above = round(teachers * rng.uniform(*variant.degree_share[zone]))
    if variant.name != "failing":
        above = max(above, above_least)
    return Need(teachers, min(above, teachers), min(backbone, teachers), min(arts, teachers))


class Staff:
    """All people of the county; keeps identity numbers apart."""

    def __init__(self, seed: int, variant: Variant, number: int = 1) -> None:
        self.seed, self.variant, self.divisions = seed, variant, divisions_of(number)
        self.teachers: list[Row] = []
        self.recognitions: list[Row] = []
        self.training: list[Row] = []
        self._known: set[str] = set()

    def engage(self, school: School, classes: dict[str, int]) -> None:
        """Teachers of every stage of the school, then a few people who are not full-time teachers."""
        rng = school.rng(self.seed, "staff")
        for stage in school.pupils:
            self._stage(school, stage, staff_need(school, stage, classes[stage], self.variant, rng), rng)
        for _ in range(school.all_pupils // 350):
            self._worker(school, rng)
        if school.all_pupils > 600:
            self._absent(school, rng)

    def _stage(self, school: School, stage: str, need: Need, rng: Random) -> None:
        subjects = [ARTS_SUBJECTS[number % len(ARTS_SUBJECTS)] for number in range(need.arts)]
        subjects += [SUBJECTS[stage][number % len(SUBJECTS[stage])] for number in range(need.teachers - need.arts)]
        above = set(rng.sample(range(need.teachers), need.above))
        # the last is an old hand: every stage had somebody in the earlier years too
        rows = [self._teacher(school, stage, subject, number in above, rng, old_hand=number == need.teachers - 1)
                for number, subject in enumerate(subjects)]
        if stage == next(iter(school.pupils)):
            rows[-1]["head_since"] = date(max(rng.randint(2018, 2024), school.opened), 9, 1)
        for row in sorted(rows, key=lambda row: (row["birth_year"] > 1993, rng.random()))[:need.backbone]:
            self._recognise(row, rng)
        for row in rows:
            self._train(row, rng)
        if len(rows) > 20:
            self._honour(rows[0], rng)

    def _teacher(self, school: School, stage: str, subject: str, above: bool, rng: Random, *, old_hand: bool = False) -> Row:
        row = self._person(school, rng, least_age=38 if old_hand else 25)
        career = row["birth_year"] + 23
        arrived = rng.randint(career, 2016 if old_hand else YEAR) if rng.random() < 0.6 else max(career, 2008)
        if school.opened:
            arrived = school.opened if old_hand or school.origin else rng.randint(school.opened, YEAR)
        degree = _degree(stage, above, rng)
        uncertified = rng.random() < self.variant.uncertified
        row |= {"stage": stage, "full_time": True, "post_kind": "teaching", "state": "serving", "main_subject": subject,
                "weekly_lessons": rng.randint(10, 20), "degree": degree,
                "degree_day": date(career if degree != "master" else career + 1, 6, 30),
                "title": _title(YEAR - row["birth_year"], rng), "certificate_subject": None if uncertified else subject,
                "certificate_stage": "none" if uncertified else _certificate(stage, rng),
                "at_school_since": date(arrived, 9, 1),
                "second_subject": rng.choice(SUBJECTS[stage]) if school.zone == "rural" and rng.random() < 0.4 else None}
        self.teachers.append(row)
        return row

    def _person(self, school: School, rng: Random, *, least_age: int = 25) -> Row:
        age = max(least_age, _age(school, rng))
        birth = date(YEAR - age, 1, 1) + timedelta(days=rng.randrange(365))
        female = rng.random() < (0.45 if school.zone == "rural" else 0.68)
        number = identity_number(rng, birth, female, rng.choice(self.divisions))
        while number in self._known:
            number = identity_number(rng, birth, female, rng.choice(self.divisions))
        self._known.add(number)
        on_quota = school.public and rng.random() < (0.55 if school.kind == "kindergarten" else 0.95)
        pay = rng.randint(520, 1050) if school.kind == "kindergarten" and not on_quota else rng.randint(580, 1180)
        return {"year": YEAR, "school_id": school.school_id, "teacher_id": number, "stage_share": None,
                "on_quota": on_quota, "head_since": None, "birth_year": birth.year,
                "sex": "female" if female else "male", "pay_yuan": Decimal(pay * 100)}

    def _worker(self, school: School, rng: Random) -> None:
        row = self._person(school, rng)
        self.teachers.append(row | {
            "stage": next(iter(school.pupils)), "full_time": False, "on_quota": False,
            "post_kind": rng.choice(["support", "worker"]), "state": "serving", "main_subject": "other",
            "second_subject": None, "weekly_lessons": 0, "degree": "senior", "degree_day": None, "title": "unranked",
            "certificate_stage": "none", "certificate_subject": None,
            "at_school_since": date(rng.randint(max(2012, row["birth_year"] + 20), 2023), 9, 1),
            "pay_yuan": Decimal(rng.randint(300, 480) * 100)})

    def _absent(self, school: School, rng: Random) -> None:
        """On leave or seconded: on the list, in no figure."""
        stage = next(iter(school.pupils))
        row = self._teacher(school, stage, rng.choice(SUBJECTS[stage]), True, rng)
        row["state"] = rng.choice(["leave", "seconded"])
        self._train(row, rng)

    def _recognise(self, row: Row, rng: Random) -> None:
        title = rng.choices(["backbone", "subject_leader", "master_teacher", "special_grade"], [80, 14, 4, 2])[0]
        level = rng.choices(["county", "city", "province"], [70, 24, 6])[0]
        since = rng.randint(2021, 2024)
        self.recognitions.append(_title_row(row, title, level, f"霁教〔{since}〕{rng.randint(10, 99)}号", since,
                                            None if title == "special_grade" else date(since + 5, 8, 31)))

    def _honour(self, row: Row, rng: Random) -> None:
        """Titles that count for nothing: an honour, one of the school's own, one that has run out."""
        self.recognitions.append(_title_row(row, "honour", "county", f"优表〔2022〕{rng.randint(1, 9)}号", 2022, None))
        self.recognitions.append(_title_row(row, "backbone", "school", f"校发〔2023〕{rng.randint(1, 9)}号", 2023, None))
        self.recognitions.append(_title_row(row, "backbone", "county", f"霁教〔2016〕{rng.randint(1, 9)}号", 2016,
                                            date(YEAR, 8, 31)))

    def _train(self, row: Row, rng: Random) -> None:
        """Five years of hours; 360 together, often exactly, unless the variant leaves the person short."""
        years = [year for year in range(FIRST_HOURS_YEAR, YEAR + 1) if year >= row["birth_year"] + 23]
        total = Decimal(rng.randint(150, 355) if rng.random() < self.variant.short_of_hours else 360)
        total += rng.choice([0, 0, 12, 24, 36])
        each = (total / len(years)).quantize(Decimal("0.1"))
        for year in years:
            hours = each if year != years[-1] else total - each * (len(years) - 1)
            self.training.append({"year": YEAR, "school_id": row["school_id"], "teacher_id": row["teacher_id"],
                                  "training_year": year, "hours": hours})
        if rng.random() < 0.05 and row["birth_year"] < 1990:
            self.training.append({"year": YEAR, "school_id": row["school_id"], "teacher_id": row["teacher_id"],
                                  "training_year": FIRST_HOURS_YEAR - 1, "hours": Decimal("80.0")})


def _title_row(row: Row, title: str, level: str, paper: str, since: int, until: date | None) -> Row:
    return {"year": YEAR, "school_id": row["school_id"], "teacher_id": row["teacher_id"], "title": title, "level": level,
            "paper": paper, "since": date(since, 9, 1), "until": until}


def _age(school: School, rng: Random) -> int:
    """Town schools are middle-aged; villages hold the young on their way and those who stayed."""
    if school.zone == "rural" and rng.random() < 0.45:
        return rng.randint(50, 58)
    return max(25, min(59, round(rng.gauss(33 if school.zone == "rural" else 40, 7))))


def _degree(stage: str, above: bool, rng: Random) -> str:
    if stage in ("preschool", "primary"):
        return rng.choices(["junior_college", "bachelor", "master"], [34, 63, 3])[0] if above else "senior"
    return rng.choices(["bachelor", "master"], [93, 7])[0] if above else "junior_college"


def _title(age: int, rng: Random) -> str:
    if age < 32:
        return rng.choice(["junior", "junior", "unranked"])
    return rng.choices(["junior", "middle", "senior", "full_senior"], [30, 50, 19, 1] if age < 45 else [12, 48, 39, 1])[0]


def _certificate(stage: str, rng: Random) -> str:
    if stage == "preschool":
        return "kindergarten"
    if stage == "primary":
        return rng.choices(["primary", "junior", "senior"], [70, 22, 8])[0]
    return rng.choices(["junior", "senior"], [75, 25])[0] if stage == "junior" else "senior"
