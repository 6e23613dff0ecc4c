"""The room's jobs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from junheng.indicators.indexing import index_all
from junheng.indicators.results import rules_digest
from junheng.people.jobs import Running, ask, job
from junheng.people.models import Job, Person
from junheng.register.holding import City
from junheng.register.models import RegisterYear

INDEX = "findings.index"


def ask_for_index(by: Person | None) -> Job:
    """Have the findings pages brought up to what is in force; where that is done already, the job that did it.

    What was done for these rules is done again when the pages have followed others since: a value was confirmed, and taken back.
    """
    current, rules = City(settings.CITY).current(), rules_digest(settings.CITY)
    asked = {"snapshots": {str(year): name for year, name in current.items()}, "rules": rules}
    shown = {year: held for year, *held in RegisterYear.objects.values_list("year", "snapshot", "findings")}
    wanted = {year: [name, rules] for year, name in current.items()}
    return ask(INDEX, "测算并更新页面数据", asked, by, again=shown != wanted)


def follow_the_register(by: Person | None, **_: object) -> None:
    """A new version came into force: the pages follow it."""
    ask_for_index(by)


@job(INDEX, lambda run: reverse("findings"))
def _index(running: Running) -> Mapping[str, Any]:
    return index_all(settings.CITY, running.on_progress)
