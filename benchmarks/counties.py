"""Made-up counties of any size for the benchmark of balance plans: moderately short of the standard, so that a plan has work."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from junheng.samples.county import YEAR, Outline
from junheng.samples.history import write_tables
from junheng.samples.making import made_up
from junheng.samples.variants import PASSING

# many schools lie just short of many items, and the spread of backbone teachers and network rooms lies near its limit
SHORT = replace(PASSING, name="short",
                resources={"seat": (0.84, 1.12), "town": (0.9, 1.4), "rural": (1.0, 1.8)},
                equipment={"seat": (0.8, 1.2), "town": (0.85, 1.5), "rural": (1.0, 2.0)},
                backbone={"seat": (0.9, 1.9), "town": (0.8, 1.5), "rural": (0.6, 1.3)},
                arts={"seat": (0.8, 1.15), "town": (0.7, 1.15), "rural": (0.6, 1.1)},
                degree_share={"seat": (0.9, 1.0), "town": (0.75, 0.95), "rural": (0.6, 0.92)},
                network={"seat": (0.85, 1.1), "town": (0.7, 1.3), "rural": (0.5, 1.5)})

# every school passes, or nearly: it is the spread between them that is too large
UNEVEN = replace(SHORT, name="uneven",
                 resources={"seat": (1.0, 1.1), "town": (1.1, 2.2), "rural": (1.4, 5.0)},
                 equipment={"seat": (1.0, 1.2), "town": (1.0, 2.5), "rural": (1.2, 6.0)},
                 backbone={"seat": (1.1, 3.0), "town": (0.8, 1.6), "rural": (0.6, 1.3)},
                 network={"seat": (1.0, 1.2), "town": (1.0, 2.0), "rural": (1.0, 4.0)})
KINDS = {"short": SHORT, "uneven": UNEVEN}
SCHOOLS = ("school_id", "to_school_id", "other_school_id")


def outline(schools: int) -> Outline:
    """A county with so many schools; all else grows with them."""
    tenth = schools / 150
    return Outline(1, "县", seats=max(1, round(2 * tenth)), towns=max(2, round(6 * tenth)), townships=max(2, round(6 * tenth)),
                   pupils=round(40_000 * tenth), seat_primaries=max(2, round(8 * tenth)), seat_juniors=max(1, round(4 * tenth)),
                   schools=schools, villages=round(1.4 * schools))


def write_county(folder: Path, kind: str, schools: int, seed: int) -> None:
    """The tables of such a county for one school year, as a bureau would hand them in.

    Senior and vocational schools are left out: a county of 1,000 schools would have one larger than the checks believe.
    """
    county, rows = made_up(KINDS[kind], seed, outline(schools))
    others = {school.school_id for school in county.schools if school.kind in ("senior", "vocational")}
    kept = {table: [row for row in found if others.isdisjoint(row.get(name) for name in SCHOOLS)]
            for table, found in rows.items()}
    write_tables(kept, folder / str(YEAR), skip_empty=True)
