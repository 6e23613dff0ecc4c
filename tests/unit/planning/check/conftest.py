"""The short county with its plan, for all who change one thing in it; what a register comes to is measured once."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pytest

from junheng.planning.ahead import Ahead
from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.task import Task
from junheng.planning.check import checking
from junheng.planning.check.measured import Measured, measured
from junheng.standards import LawBook
from tests.unit.planning.check.tampering import Planned
from tests.unit.planning.cities import city_of
from tests.unit.planning.short_county import short_county


@pytest.fixture(scope="package")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    city = city_of(short_county(), tmp_path_factory.mktemp("cities"))
    return make_plan(Task(city)), city


@pytest.fixture(scope="module", autouse=True)
def measured_once() -> Iterator[None]:
    """Most changes of a plan leave the register as it was, and two thirds of a check are its measuring."""
    known: dict[tuple[str, str, str, str], Measured] = {}

    def once(register: Ahead, county: str, book: LawBook, standard: str) -> Measured:
        key = county, standard, _content(register), f"{book.day} {book.overlays}"
        if key not in known:
            known[key] = measured(register, county, book, standard)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "measured", once)
        yield


def _content(register: Ahead) -> str:
    """Every cell of a register, whatever folder it was written to."""
    made = sha256(f"{register.id} {register.year}".encode())
    for name, rows in sorted({**register.tables, "handed in": register.handed_in}.items()):
        made.update(f"{name} {rows.schema}".encode() + rows.write_csv().encode())
    return made.hexdigest()
