# A type checker takes a decorated class for the class; this says what `@table` makes of each (tests hold it to tables.py).
from junheng.kernel.tables import Catalogue, Table

register: Catalogue
places: Table
schools: Table
school_stages: Table
sites: Table
rooms: Table
assets: Table
classes: Table
teachers: Table
recognitions: Table
postings: Table
training: Table
venues: Table
money: Table
evidence: Table

TABLES: dict[str, Table]
SCHOOL_TABLES: tuple[str, ...]
PERSONAL: set[tuple[str, str]]
