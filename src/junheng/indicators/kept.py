"""What follows from the indexed rows alone, kept by each process until the rows are others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, wraps
from typing import Any, NamedTuple, TypeVar, cast

from django.utils.translation import get_language

from junheng.register.models import RegisterYear

MOST_KEPT = 200  # answers of a function, in each process; what the first page says of a school takes some 100 kB
Find = TypeVar("Find", bound=Callable[..., Any])


class Indexed(NamedTuple):
    """A year in force, and when its rows were put in place: the same one has the same rows."""

    year: int
    version: int
    city_name: str
    snapshot: str
    findings: str
    indexed: datetime | None


def years_in_force(request: Any) -> tuple[Indexed, ...]:
    """The years whose rows the pages read, the latest first; the page and the frame around it ask once."""
    if not hasattr(request, "years_in_force"):
        request.years_in_force = tuple(Indexed(*row) for row in RegisterYear.objects.values_list(*Indexed._fields))
    return cast(tuple[Indexed, ...], request.years_in_force)


def kept(find: Find) -> Find:
    """The function finds each answer once in a language. It is asked by values only: `Indexed` years, a `Reach`, filters;
    so whoever may see the same sees the same, and with new rows the question is another.
    """

    @lru_cache(maxsize=MOST_KEPT)
    def in_language(language: str | None, *asked: object) -> Any:
        return find(*asked)

    @wraps(find)
    def found(*asked: object) -> Any:
        return in_language(get_language(), *asked)

    KEPT.append(in_language.cache_clear)
    return found  # type: ignore[return-value]


KEPT: list[Callable[[], None]] = []  # how each forgets
