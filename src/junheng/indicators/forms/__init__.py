"""Findings in, the tables of the forms and a page out; for a county at a time. Papers: FORMS 1, 2, 8."""

from junheng.indicators.forms.book import county_book, write_forms
from junheng.indicators.forms.facts import CountyFacts, SchoolRow, StageRow, Title, by_county
from junheng.indicators.forms.page import county_page

__all__ = [
    "CountyFacts",
    "SchoolRow",
    "StageRow",
    "Title",
    "by_county",
    "county_book",
    "county_page",
    "write_forms",
]
