"""What the register holds, each table declared once: checks, template, dictionary, Parquet schema and handles follow."""

from __future__ import annotations

from junheng.kernel.codes import Privacy
from junheng.kernel.tables import Table
from junheng.register.tables.catalogue import register
from junheng.register.tables.places import places, memberships, population
from junheng.register.tables.schools import (
    schools, school_events, school_stages, classes, flows, zones, quota_places)
from junheng.register.tables.estate import sites, rooms, assets, venues, field_checks
from junheng.register.tables.people import teachers, recognitions, postings, training, staff_quota
from junheng.register.tables.children import pupils, disabled_children
from junheng.register.tables.money import money, county_years, county_series, evidence

TABLES: dict[str, Table] = register.tables
# Tables that an office keeps for the whole county; all others are handed in school by school.
COUNTY_TABLES = ("places", "memberships", "population", "school_events", "zones", "quota_places", "staff_quota", "field_checks",
                 "disabled_children", "money", "county_years", "county_series", "evidence")
SCHOOL_TABLES = tuple(name for name, made in TABLES.items() if "school_id" in made.columns)
PERSONAL = {(name, column) for name, made in TABLES.items() for column, spec in made.columns.items()
            if spec.privacy is Privacy.personal}
