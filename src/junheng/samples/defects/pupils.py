"""Faults of pupils, in a list of a few that are handed in late for one school and another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from junheng.register.tables import TABLES
from junheng.samples.county import YEAR, Row
from junheng.samples.defects.files import grid
from junheng.samples.people import check_digit
from junheng.samples.workbooks import Workbook

if TYPE_CHECKING:
    from junheng.samples.defects.planting import Planted

FILE, FIRST = "学生.csv", 2
TWICE = 1  # seat of the pupil who stands on both rolls


def hand_in(planted: Planted) -> None:
    """Rows that are too many, of the wrong age or class, on two rolls, on the staff list, or from nowhere else."""
    here, there = (planted.take(_a_primary) for _ in range(2))
    if here and there:
        rows = [_pupil(here, seat) for seat in range(1, 6)] + [_pupil(there, TWICE)]
        kinds = _spoil(rows, here)
        planted.files[FILE] = "\n".join(",".join("" if cell is None else str(cell) for cell in row)
                                        for row in grid("pupils", rows)).encode("utf-8-sig")
        for place, column, kind in kinds:
            planted.report_place(FILE, "", FIRST + place, column, kind)
        for book in (here, there):  # who is handed in late was not counted
            planted.report(book, "school_stages", book.rows["school_stages"][0], "pupils", "pupil_list")


def _a_primary(book: Workbook) -> bool:
    return bool(book.rows["schools"][0]["kind"] == "primary" and book.rows.get("teachers") and book.rows.get("classes"))


def _pupil(book: Workbook, seat: int) -> Row:
    body = f"99010120190{seat}1500{seat}"
    school = book.rows["schools"][0]
    seated = book.rows["classes"][0]
    known: dict[str, Any] = {"school_id": school["school_id"], "pupil_id": body + check_digit(body), "stage": "primary",
                             "grade": seated["grade"], "number": seated["number"], "sex": "male" if seat % 2 else "female",
                             "birth_year": YEAR - 6, "birth_month": seat, "boarding": False, "migrant": False,
                             "guardian": "parents", "status": "attending"}
    return dict.fromkeys(TABLES["pupils"].columns) | known


def _spoil(rows: list[Row], book: Workbook) -> list[tuple[int, str, str]]:
    """Seat, column and kind of each fault."""
    first, _, third, fourth, fifth = rows[:5]
    first["number"] = 88
    rows[1]["birth_year"] = YEAR - 15
    third.update(migrant=True, residence_place_code=book.rows["schools"][0]["place_code"][:6])
    teacher = next(row for row in book.rows["teachers"] if row["sex"] == "female")
    fourth.update(pupil_id=teacher["teacher_id"], sex="female")
    fifth["guardian"] = "both_parents_away"
    return [(0, "number", "unknown_class"), (1, "birth_year", "pupil_age"), (2, "migrant", "migrant_residence"),
            (3, "pupil_id", "pupil_and_teacher"), (0, "pupil_id", "two_schools"), (5, "pupil_id", "two_schools")]
