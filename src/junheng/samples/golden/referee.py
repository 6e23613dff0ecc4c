"""The referee: every figure and verdict of a register, in plain Python, sharing nothing with the engine.

It follows docs/explanation/figures.md standard by standard; each module says the limits it asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from junheng.samples.golden.book import Answer, Book
from junheng.samples.golden.counts import say_counts
from junheng.samples.golden.facts import Absent, Facts, Rows
from junheng.samples.golden.guarantee import say_guarantee
from junheng.samples.golden.judging import by_number, weakest
from junheng.samples.golden.preschool import say_preschool
from junheng.samples.golden.proven import say_proven
from junheng.samples.golden.resources import say_eight, say_seven
from junheng.samples.golden.scopes import basic, compulsory
from junheng.samples.golden.sizes import say_class_sizes, say_school_sizes
from junheng.samples.golden.spending import say_operating_funds, say_spending
from junheng.samples.golden.staffing import say_staffing, say_targets
from junheng.samples.golden.statistics import say_statistics
from junheng.samples.golden.units import COMPULSORY, Part, Units

Say = Callable[[Book], None]
QUALITY, BASIC, STATISTICS = "quality_balance_2017", "basic_balance_2012", "statistics_2020"
SAY: dict[str, tuple[Say, ...]] = {
    QUALITY: (say_seven, say_guarantee, say_proven),
    BASIC: (say_eight,),
    "class_size": (say_class_sizes,),
    "school_size": (say_school_sizes,),
    "preschool_2020": (say_preschool,),
    STATISTICS: (say_statistics, say_counts),
    "education_spending": (say_spending,),
    "operating_funds": (say_operating_funds,),
    "staffing": (say_staffing,),
    "policy_targets": (say_targets,),
}
BY_STAGE = (QUALITY, BASIC, "class_size")  # standards that are judged stage by stage too


def golden(rows: Rows, year: int, absent: Absent | None = None) -> Answer:
    """Findings and verdicts of `rows`, the register of one school year; `absent` names sheets not handed in."""
    units = Units(Facts(rows, year, absent or set()))
    books = [_written(standard, says, units) for standard, says in SAY.items()]
    return {"findings": [said for book in books for said in book.said],
            "verdicts": [verdict for book in books if book.standard != STATISTICS for verdict in _verdicts(book)]}


def _written(standard: str, says: Iterable[Say], units: Units) -> Book:
    book = Book(standard, units, {part.groups["county"] for part in _asked(standard, units) if "county" in part.groups})
    for say in says:
        say(book)
    return book


def _asked(standard: str, units: Units) -> list[Part]:
    if standard == QUALITY:
        return compulsory(units.stages)
    return basic(units.stages) if standard == BASIC else units.whole_schools


def _verdicts(book: Book) -> Iterable[Answer]:
    stages = (*COMPULSORY, "all") if book.standard in BY_STAGE else ("all",)
    return [_verdict(book, county, stage) for county in sorted(book.asked) for stage in stages]


def _verdict(book: Book, county: str, stage: str) -> Answer:
    asked = [each for each in book.said if each["level"] == "county" and each["group"] == county and each["verdict"]
             and stage in (each["stage"], "all")]
    if book.standard == QUALITY and stage != "all":  # only the resources are a stage's own
        asked = [each for each in asked if each["item"] == "yz.1.S" or each["item"].endswith(".cv")]
    failed = sorted({each["item"] for each in asked if each["verdict"] == "not_met"}, key=by_number)
    return {"standard": book.standard, "county": county, "stage": stage, "year": book.year,
            "verdict": weakest(each["verdict"] for each in asked), "failed": failed}
