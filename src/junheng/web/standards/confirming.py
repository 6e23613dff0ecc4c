"""A believed value is confirmed, or that is taken back: a row of the desk, and the city's law follows it at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction

from junheng.indicators.tasks import ask_for_index
from junheng.people.models import Person
from junheng.register.holding import City
from junheng.standards import Entry, actions
from junheng.standards.confirmed import FILE, confirmed_text
from junheng.standards.models import Confirmation
from junheng.web.standards.placing import place


def confirm(by: Person, limit: str, entry: Entry, note: str) -> None:
    """Errors: JunhengError where it is confirmed already."""
    with _law_follows():
        actions.confirm(by, limit, entry, note)
    ask_for_index(by)


def withdraw(by: Person, row: Confirmation, reason: str) -> None:
    """Errors: JunhengError where it was taken back already."""
    with _law_follows():
        actions.withdraw_confirmation(by, row, reason)
    ask_for_index(by)


def write_confirmed() -> None:
    """The city's law as the rows say: after a desk was restored, or a server killed between row and file."""
    with _law_follows():
        pass


@contextmanager
def _law_follows() -> Iterator[None]:
    """The file last: a row that cannot be kept leaves no file behind."""
    city = City(settings.CITY)
    with city.locked(), transaction.atomic():
        yield
        place(city.path / "standards" / FILE, confirmed_text(actions.confirmed()).encode())
