"""What every page of the desk shows around its content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.indicators.kept import years_in_force
from junheng.people.language import joined
from junheng.people.scope import Access
from junheng.web.keys import KEYS
from junheng.web.manual.chapters import chapter_of
from junheng.web.sections import sections_of


def desk(request: HttpRequest) -> dict[str, Any]:
    """Nothing but the language to who has not logged in."""
    access: Access | None = getattr(request, "access", None)
    if access is None or access.person is None:
        return {"person": None, "sections": []}
    latest = next(iter(years_in_force(request)), None)
    return {"person": access.person, "access": access, "sections": sections_of(access, request.path),
            "role": joined(f"{each.organisation.name} {_(each.role_code.zh)}" for each in access.appointments),
            "help": reverse("help-chapter", args=[chapter_of(request)]), "keys": KEYS,
            "city": latest.city_name if latest else settings.CITY.name,
            "school_year": _("%(from)s—%(to)s 学年") % {"from": latest.year, "to": latest.year + 1} if latest else ""}
