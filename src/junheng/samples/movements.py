"""The cohorts of a school as rows: its grades of this school year and of the three before."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.samples.cohorts import CELLS, GRADES, MOVES
from junheng.samples.county import Row, School

YEARS_BACK = 3


def flow_rows(school: School, year: int) -> Iterator[Row]:
    """What is known on 1 September of `year`: of this year only roll and entrants."""
    for (flow_year, stage, grade), cohort in school.cohorts.items():
        if year - YEARS_BACK <= flow_year <= year:
            first = grade == GRADES[stage][0]
            for cell, (sex, residence) in enumerate(CELLS):
                roll = cohort.roll[cell]
                moves = {name: cohort.moves[name][cell] if flow_year < year else None for name in MOVES}
                if roll or any(moves.values()):
                    yield {"year": year, "school_id": school.school_id, "stage": stage, "grade": grade, "flow_year": flow_year,
                           "sex": sex, "residence": residence, "roll": roll, "entrants": roll if first else 0, **moves}
