"""Whether the desk can work: its database answers, its city folder can be read."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from junheng import __version__
from junheng.kernel.faults import JunhengError
from junheng.people.doors import public
from junheng.register.holding import City


@public
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where all is well, else 503 with what is not."""
    wrong = [name for name, works in (("database", _database), ("city", _city)) if not works()]
    return JsonResponse(
        {"status": "broken" if wrong else "ok", "wrong": wrong, "version": __version__}, status=503 if wrong else 200
    )


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever it is, the desk cannot work
        return False
    return True


def _city() -> bool:
    try:
        City(settings.CITY).current()
    except (JunhengError, OSError):
        return False
    return True
