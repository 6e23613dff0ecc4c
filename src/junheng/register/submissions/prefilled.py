"""The workbook that a school downloads: its rows as they were accepted last, persons under their pseudonyms."""

from __future__ import annotations

from io import BytesIO

from junheng.register.holding.city import City
from junheng.register.submissions.reading import standing
from junheng.register.template import SCHOOL_SHEETS, write_template


def workbook(city: City, year: int, school: str, title: str) -> bytes:
    """The school's sheets with the rows in force of the year, else of the year before; where there are none, all sheets, empty.

    A sheet that the school never handed in is left out: handed back empty it would say that there is nothing.
    """
    last = standing(city, year, school).last
    sheets = last.sheets() if last else []
    rows = {name: last.table(name).to_dicts() for name in sheets} if last else {}
    made = BytesIO()
    write_template(made, rows=rows, title=title, tables=sheets or SCHOOL_SHEETS)
    return made.getvalue()
