"""A desk over a real county: taken in, measured and indexed once; each test has its own people and its own transaction."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker

from junheng.indicators.indexing import index_all
from junheng.indicators.kept import KEPT
from junheng.indicators.results import results
from junheng.people.codes import Role
from junheng.people.models import Appointment, Organisation, Person
from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.task import Task
from junheng.planning.plan import Plan
from junheng.register.holding import import_all, open_snapshot
from junheng.register.intake import years_of
from junheng.samples import make_sample

PASSWORD = "lake-otter-47-stone"
YEARS = (2024, 2025)  # two are enough to tell what moved
As = Callable[..., Client]


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city folder of the desk, with the sample county that misses its standard narrowly, and what was measured of it.

    It is made anew, or taken as an earlier run left it in the folder JUNHENG_TEST_COUNTY: for whoever runs one test many times.
    """
    kept = os.environ.get("JUNHENG_TEST_COUNTY")
    home = Path(kept) if kept else tmp_path_factory.mktemp("county")
    home.mkdir(parents=True, exist_ok=True)
    pytest.MonkeyPatch().setenv("JUNHENG_KEY_FILE", str(home / "city.key"))
    if not (home / "city").exists():
        _measured(home)
    return Path(copytree(home / "city", settings.CITY, dirs_exist_ok=True))


def _measured(home: Path) -> None:
    files = years_of([make_sample(home / "sample", size="county", seed=7, variant="narrow")], 2025)
    import_all({year: files[year] for year in YEARS}, home / "city")
    for year in YEARS:
        results(home / "city", open_snapshot(home / "city", year))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker, county: Path) -> Iterator[None]:
    """The pages' rows, once for all tests of this folder."""
    with django_db_blocker.unblock():
        index_all(county, lambda share, sentence: None)
    return


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Tests change rows without indexing anew: neither what was kept of them nor the last page's language is the next test's."""
    yield
    translation.deactivate()
    for forget in KEPT:
        forget()


@pytest.fixture(scope="session")
def plan(county: Path) -> Plan:
    """A real plan of the county, solved once; a gap of 20 % is enough for the pages."""
    from junheng.planning.balance.solver.limits import Limits
    return make_plan(Task(county, years=3), Limits(gap=0.2))


@pytest.fixture
def person(db: None) -> Callable[..., Person]:
    """Make a person with a role in an organisation: `person(Role.principal, "school")` takes the first school."""
    def make(role: Role, kind: str = "city_bureau", code: str | None = None, **more: object) -> Person:
        found = Organisation.objects.filter(kind=kind).order_by("code")
        organisation = found.get(code=code) if code else found.first()
        assert organisation is not None
        made = Person.objects.create_user(f"{role.name}-{organisation.code}", PASSWORD, name=role.zh)
        tree = kind if kind in ("inspector_area", "district", "school_cluster", "education_group") else "administration"
        Appointment.objects.create(person=made, organisation=organisation, role=role.name, tree=tree, **more)
        return made
    return make


@pytest.fixture
def client_of(person: Callable[..., Person]) -> As:
    """A browser in which a person of a role has logged in."""
    def make(role: Role, kind: str = "city_bureau", code: str | None = None, **more: object) -> Client:
        client = Client()
        client.force_login(person(role, kind, code, **more), backend="django.contrib.auth.backends.ModelBackend")
        return client
    return make


def in_english(client: Client) -> Client:
    """The same browser after its person has chosen English."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client
