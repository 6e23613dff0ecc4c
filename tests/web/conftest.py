"""A desk over a real county: taken in, measured and indexed once; each test has its own people and its own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoDbBlocker

from junheng.indicators.indexing import index_all
from junheng.people.codes import Role
from junheng.people.models import Appointment, Organisation, Person
from junheng.register.holding import import_all
from junheng.register.intake import years_of
from junheng.samples import make_sample

PASSWORD = "lake-otter-47-stone"
As = Callable[..., Client]


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city folder of the desk, with the sample county that misses its standard narrowly."""
    key = pytest.MonkeyPatch()
    key.setenv("JUNHENG_KEY_FILE", str(tmp_path_factory.mktemp("key") / "city.key"))
    folder = make_sample(tmp_path_factory.mktemp("sample") / "county", size="county", seed=7, variant="narrow")
    files = years_of([folder], 2025)
    import_all({year: files[year] for year in (2024, 2025)}, settings.CITY)  # two are enough to tell what moved
    return Path(settings.CITY)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker, county: Path) -> Iterator[None]:
    """The pages' rows, once for all tests of this folder."""
    with django_db_blocker.unblock():
        index_all(county, lambda share, sentence: None)
    return


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
