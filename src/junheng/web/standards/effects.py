"""What a local value would change, measured before it is in force; and the step that puts it in force."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from junheng.indicators.measure import Result
from junheng.indicators.registry import INDICATORS
from junheng.indicators.results import measured_under, results, rules_digest
from junheng.indicators.tasks import ask_for_index
from junheng.kernel.codes import Level
from junheng.kernel.exact import written_or_none
from junheng.kernel.faults import JunhengError, OnProgress
from junheng.kernel.findings import Finding
from junheng.people import audit
from junheng.people.codes import JobState
from junheng.people.jobs import Running, ask, job
from junheng.people.models import Job, Person
from junheng.register.census import census_day
from junheng.register.holding import City, open_snapshot
from junheng.standards import law, law_book
from junheng.standards.actions import move
from junheng.standards.codes import LocalState
from junheng.standards.models import LocalValue
from junheng.standards.words import looser_shown
from junheng.standards.writing import as_overlay
from junheng.web.standards.placing import place

EFFECTS = "standards.effects"
NAMED = 200  # units that are named; the others are counted
STALE = gettext_noop("登记的数据或标准在测算之后变了，没有保存 -> 重新测算后再保存")
LOOSER = gettext_noop("这个值宽于国家标准 -> 写明理由后再保存")


def ask_for_effects(value: LocalValue, by: Person | None) -> Job:
    """Have it measured; the same value under the same law and registers is measured once."""
    name = law.limits[value.limit].zh
    title = f"测算影响：{value.place} {name} {'撤回' if value.state == LocalState.in_force.name else ''} {value.value}"
    found = ask(EFFECTS, title, _asked(value), by, county_code=value.jurisdiction if len(value.jurisdiction) == 6 else "")
    LocalValue.objects.filter(pk=value.pk).update(measured=found)
    return found


def _asked(value: LocalValue) -> dict[str, Any]:
    """All that decides the effects; by it a measurement is known to be of today."""
    current = {str(year): name for year, name in City(settings.CITY).current().items()}
    off = value.state == LocalState.in_force.name
    return {"file": value.file, "text": value.text, "off": off, "snapshots": current, "rules": rules_digest(settings.CITY)}


def is_fresh(value: LocalValue) -> bool:
    """Whether what was measured is what saving would change."""
    found = value.measured
    return bool(found and found.state == JobState.done.name and found.asked == _asked(value))


def warnings(value: LocalValue) -> list[str]:
    """A sentence where it asks for less than the nation's."""
    return looser_shown([as_overlay(value.text)])


def settle(by: Person, value: LocalValue, reason: str) -> None:
    """Put the value in force, or take it off; the pages are measured anew.

    Errors: JunhengError where its effects are not measured as things stand, where it is looser than the nation's and no reason
    is given, where somebody was first.
    """
    if not is_fresh(value):
        raise JunhengError(_(STALE))
    on = value.state == LocalState.draft.name
    if on and warnings(value) and not reason:
        raise JunhengError(_(LOOSER))
    before, after = (LocalState.draft, LocalState.in_force) if on else (LocalState.in_force, LocalState.withdrawn)
    city = City(settings.CITY)
    with city.locked(), transaction.atomic():  # the file last: a row that cannot be kept leaves no file behind
        if not is_fresh(value):
            raise JunhengError(_(STALE))
        move(value, before, after, saved_by=by, saved_at=timezone.now(), reason=reason)
        audit.record(
            by,
            f"standard.{after.name}",
            f"{value.limit} {value.value}",
            reason=reason,
            detail={"place": value.jurisdiction, "day": value.day.isoformat(), "paper": value.paper, "value": value.pk},
        )
        place(city.path / "standards" / value.file, value.text.encode() if on else b"")
    ask_for_index(by)


@job(EFFECTS, lambda run: reverse("local-values"))  # not every value is everybody's who sees jobs
def _effects(running: Running) -> Mapping[str, Any]:
    told = running.asked
    with TemporaryDirectory() as folder:
        changed = _changed(Path(folder), told["file"], None if told["off"] else told["text"])
        return effects(settings.CITY, changed, as_overlay(told["text"]).entries, running.on_progress)


def _changed(folder: Path, file: str, text: str | None) -> Path:
    """A copy of the city's own law with the file laid over it, or taken out."""
    for each in sorted((settings.CITY / "standards").glob("*.toml")):
        shutil.copy(each, folder)
    if text is None:
        (folder / file).unlink(missing_ok=True)
    else:
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def effects(city: Path, changed: Path, entries: Mapping[str, Sequence[Any]], on_progress: OnProgress) -> dict[str, Any]:
    """For each year in force from the value's day on: which verdicts would be others under the changed law."""
    since = min(each.day for rows in entries.values() for each in rows)
    held = sorted(City(city).current(), reverse=True)
    years = [year for year in held if census_day(year) >= since]
    found = [_of_year(city, year, changed, _part(on_progress, done, len(years), year)) for done, year in enumerate(years)]
    return {"years": found, "before_its_day": [year for year in held if year not in years]}


def _part(on_progress: OnProgress, done: int, many: int, year: int) -> OnProgress:
    return lambda share, sentence: on_progress((done + share) / many, f"{year}学年：{sentence}")


def _of_year(city: Path, year: int, changed: Path, on_progress: OnProgress) -> dict[str, Any]:
    snapshot, book = open_snapshot(city, year), law_book(census_day(year), changed)
    before = results(city, snapshot, lambda share, sentence: on_progress(share / 2, sentence))
    after = measured_under(snapshot, book, lambda share, sentence: on_progress((1 + share) / 2, sentence))
    return {"year": year} | differences(before, after)


def differences(before: Result, after: Result) -> dict[str, Any]:
    """Verdicts of counties and of all their figures, held against one another."""
    verdicts = [{(each.standard, each.county, each.stage): each for each in result[1]} for result in (before, after)]
    findings = [{_key(each): each for each in result[0] if not each.slice} for result in (before, after)]
    moved = [(was, findings[1].get(key)) for key, was in findings[0].items()]
    other = [(was, now) for was, now in moved if now is not None and now.verdict is not was.verdict]
    judged = [(was, verdicts[1].get(key)) for key, was in verdicts[0].items()]
    return {
        "verdicts": [_verdict(was, now) for was, now in judged if _word(was) != _word(now)],
        "counts": [Counter(each.verdict.name for each in result[1]) for result in (before, after)],
        "figures": [Counter(each.verdict.name for each in one.values() if each.verdict) for one in findings],
        "limits": sum(now is not None and now.limit != was.limit for was, now in moved),
        "moves": _moves(other),
        "named": [_named(was, now) for was, now in sorted(other, key=_order)[:NAMED]],
        "others": max(len(other) - NAMED, 0),
    }


def _key(each: Finding) -> tuple[str, Level, str, str, str | None]:
    return each.item, each.level, each.group, each.stage, each.split


def _order(pair: tuple[Finding, Finding]) -> tuple[int, str, str, str]:
    return -list(Level).index(pair[0].level), pair[0].item, pair[0].group, pair[0].stage


def _word(verdict: Any) -> str:
    return verdict.verdict.name if verdict is not None and verdict.verdict else ""


def _verdict(was: Any, now: Any) -> dict[str, Any]:
    about = {"standard": was.standard, "county": was.county, "name": was.name, "stage": was.stage}
    return about | {"before": _word(was), "after": _word(now)}


def _moves(pairs: Iterable[tuple[Finding, Finding]]) -> list[dict[str, Any]]:
    """How many units of an item and level go from which verdict to which."""
    many = Counter((was.item, was.level.name, _word(was), _word(now)) for was, now in pairs)
    return [
        {"item": item, "zh": _zh(item), "level": level, "before": was, "after": now, "many": count}
        for (item, level, was, now), count in sorted(many.items())
    ]


def _zh(item: str) -> str:
    return INDICATORS[item].zh if item in INDICATORS else item


def _named(was: Finding, now: Finding) -> dict[str, Any]:
    return {
        "item": was.item,
        "zh": _zh(was.item),
        "level": was.level.name,
        "name": was.name,
        "stage": was.stage,
        "value_before": written_or_none(was.value),
        "value": written_or_none(now.value),
        "limit_before": written_or_none(was.limit),
        "limit_after": written_or_none(now.limit),
        "before": _word(was),
        "after": _word(now),
    }
