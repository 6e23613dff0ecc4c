"""What became of schools: events as register rows, and those of a county from before the years that are handed in."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from junheng.samples.county import YEAR, County, Row, School

OPENED, RENAMED, MOVED, MERGED = 3, 2, 1, 3  # older events of a county
FIRST, LAST = 2012, 2020


def event(county: County, kind: str, school: str, day: date, number: int, **more: Any) -> Row:
    """One event with the paper that approved it."""
    return {"year": YEAR, "school_id": school, "kind": kind, "event_day": day, "paper": f"霁教发〔{day.year}〕{number}号",
            **dict.fromkeys(("other_school_id", "place_code", "former_name", "former_place_code", "former_kind")), **more}


def older_events(county: County, seed: int) -> list[Row]:
    """Schools opened, renamed and moved, and schools merged into a central one that are on no list any more."""
    rng = Random(f"{seed} {county.code} older events")
    settled = [school for school in county.schools if school.compulsory and not school.opened and school.kind != "special"]
    chosen = rng.sample([school for school in settled if school.kind in ("primary", "junior")], OPENED + RENAMED + MOVED)
    days = sorted(date(rng.randint(FIRST, LAST), 8, rng.randint(1, 28)) for _ in range(len(chosen) + MERGED))
    rows = [event(county, "opened", school.school_id, days[number], number + 1) for number, school in enumerate(chosen[:OPENED])]
    for number, school in enumerate(chosen[OPENED:OPENED + RENAMED], OPENED):
        former = f"{county.township(school)}联合{'小学' if school.kind == 'primary' else '初级中学'}"
        rows.append(event(county, "renamed", school.school_id, days[number], number + 1, former_name=former))
    for number, school in enumerate(chosen[OPENED + RENAMED:], OPENED + RENAMED):
        rows.append(event(county, "moved", school.school_id, days[number], number + 1, place_code=school.place_code,
                          former_place_code=_elsewhere(county, school, rng)))
    centres = rng.sample([school for school in settled if school.kind == "primary"], MERGED)
    gone = [f"2199{county.outline.number:02d}{9001 + number}" for number in range(MERGED)]
    for number, (code, centre) in enumerate(zip(gone, centres, strict=True), len(chosen)):
        rows.append(event(county, "merged", code, days[number], number + 1, other_school_id=centre.school_id))
    return rows


def _elsewhere(county: County, school: School, rng: Random) -> str:
    others = [str(place["place_code"]) for place in county.places
              if place["level"] == "township" and place["place_code"] != school.place_code]
    return rng.choice(others)
