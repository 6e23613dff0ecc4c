# A type checker takes a decorated class for the class; this says what `@table` makes of each (tests hold it to what is declared).
from junheng.kernel.tables import Catalogue, Table

register: Catalogue
places: Table
memberships: Table
population: Table
schools: Table
school_stages: Table
classes: Table
school_events: Table
flows: Table
zones: Table
quota_places: Table
sites: Table
rooms: Table
assets: Table
venues: Table
field_checks: Table
teachers: Table
recognitions: Table
postings: Table
training: Table
staff_quota: Table
pupils: Table
disabled_children: Table
money: Table
evidence: Table
county_years: Table
county_series: Table

TABLES: dict[str, Table]
COUNTY_TABLES: tuple[str, ...]
SCHOOL_TABLES: tuple[str, ...]
PERSONAL: set[tuple[str, str]]
