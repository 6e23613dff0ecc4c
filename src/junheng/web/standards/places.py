"""The places whose law the desk shows, and who may lay a value down for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from junheng.people.codes import OrganisationKind
from junheng.people.models import Organisation
from junheng.people.scope import Reach

NATION = ""
PROVINCE, CITY, COUNTY = 2, 4, 6  # digits of a code
BUREAUS = (OrganisationKind.city_bureau.name, OrganisationKind.county_bureau.name)


@dataclass(frozen=True)
class Place:
    """A province, city or county of this desk by its code."""

    code: str
    name: str


def places() -> list[Place]:
    """The city with its province before it, then its counties."""
    rows = Organisation.objects.filter(kind__in=BUREAUS).order_by("kind", "code").values_list("kind", "code", "name")
    found = [Place(code, name.removesuffix("教育局")) for _kind, code, name in rows]
    provinces = sorted({each.code[:PROVINCE] for each in found if len(each.code) >= PROVINCE})
    return [*(Place(code, _("所在省份（%(code)s）") % {"code": code}) for code in provinces), *found]


def named(known: list[Place], code: str) -> str:
    return next((each.name for each in known if each.code == code), code or _("全国"))


def may_decide(reach: Reach, code: str) -> bool:
    """What binds more than one county is decided by who reaches the whole city."""
    return reach.everything or (len(code) >= COUNTY and reach.holds(county=code[:COUNTY]))
