"""The first page, by what a person works with: counties, schools, or the desk itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from junheng.indicators.kept import Indexed, kept, years_in_force
from junheng.indicators.tasks import INDEX
from junheng.people.codes import JobState
from junheng.people.doors import Asked, needs
from junheng.people.models import Job
from junheng.people.permissions import Action
from junheng.people.scope import Access, Reach
from junheng.people.views.auditing import entries_of
from junheng.people.views.jobs import progress_of
from junheng.people.words import act_word
from junheng.register.models import RegisterYear, School
from junheng.web.overview import charts, moving, standing
from junheng.web.overview.dues import dues_of
from junheng.web.overview.figures import MAIN, WATCHED, TwoYears, of_counties, of_schools
from junheng.web.overview.reminders import reminders_of
from junheng.web.schools.filters import Filters, standings
from junheng.web.schools.planned import planned_for

MOST = 6  # moves each way, and alarms
MOST_SCHOOLS = 10
CARDS = ("moved_card", "alarms_card", "charts_cards")


@needs(Action.see_overview)
def overview(request: Asked) -> HttpResponse:
    access = request.access
    years = years_in_force(request)[:2]
    if not years and access.may(Action.begin_register):
        return redirect("guide")
    page: dict[str, Any] = {"dues": dues_of(access), "reminders": reminders_of(access), "news": _news(access),
                            "today": access.day, "year": years[0] if years else None}
    reach = access.reach(Action.see_findings)
    if not years or not reach:
        return render(request, "web/overview/desk.html", page | _desk(access))
    if reach.everything or reach.counties:
        return render(request, "web/overview/counties.html", page | _counties(years, reach))
    found = _schools(years, reach, access.reach(Action.see_schools))
    planned = planned_for(access, found["school"].school_id) if found["school"] else None
    return render(request, "web/overview/schools.html", page | found | {"planned": planned})


@kept
def _counties(years: Sequence[Indexed], reach: Reach) -> dict[str, Any]:
    findings = of_counties(years, reach)
    found = standing.counties(years[0], reach, findings)
    standards = standing.standards_of(found)
    main = [county.stands[MAIN] for county in found if MAIN in county.stands]
    drawn = (charts.spreads(findings), charts.class_sizes(findings), charts.pupils(reach))
    only = found[0] if len(found) == 1 else None
    return _with_cards({
        "counties": [(county, county.row(standards)) for county in found], "standards": standards, "main": MAIN,
        "county": only, "one": only.row(standards) if only else None, "main_stand": only.stands.get(MAIN) if only else None,
        "met": sum(stand.verdict == "met" for stand in main), "judged": len(main),
        "short": sum(stand.failed for stand in main), "open": sum(stand.open for stand in main),
        "short_schools": standing.schools_short(years, reach, MAIN), "charts": [each for each in drawn if each],
        "points": Filters(standard=MAIN).points_href(with_counties=True), "many_places": len(found) > 1,
    } | _news_of_figures(findings))


@kept
def _schools(years: Sequence[Indexed], reach: Reach, seen: Reach) -> dict[str, Any]:
    """Of an inspector or a central school: his schools, those `seen` listed; of a principal: his, all that is said of it."""
    own = list(reach.narrow(School.objects.filter(year=years[0].year))[: MOST_SCHOOLS + 1])
    alone = len(own) == 1
    findings = of_schools(years, reach, () if alone else (*WATCHED, "class_size"))
    short = [row for row in findings.judged() if row.verdict == "not_met"]
    unknown = [row for row in findings.judged() if row.verdict in ("unknown", "needs_evidence")]
    chart = charts.pupils(reach)
    found = {"short": sorted(short, key=lambda row: (row.standard != MAIN, row.standard, row.item, row.stage)),
             "unknown": unknown, "charts": [chart] if chart else [], "many_places": not alone} | _news_of_figures(findings)
    if alone:
        return _with_cards(found | {"school": own[0]}, "school_short")
    judged = standings(years[0].snapshot, MAIN, reach)
    listed = Filters(standard=MAIN, verdict="not_met", sort="-short").rows(years[0].year, seen, judged)[:MOST_SCHOOLS]
    return _with_cards(found | {
        "school": None, "schools": [(each, judged[each.school_id]) for each in listed], "main": MAIN,
        "short_schools": standing.schools_short(years, reach, MAIN), "points": Filters(standard=MAIN).points_href()})


def _with_cards(found: dict[str, Any], *more: str) -> dict[str, Any]:
    """With the cards that say nothing but this as they are read: they are written once for all who see the same."""
    return found | {card: render_to_string(f"web/overview/{card}.html", found) for card in (*CARDS, *more)}


def _news_of_figures(findings: TwoYears) -> dict[str, Any]:
    moved, near = moving.moves(findings), moving.alarms(findings)
    better, worse = ([each for each in moved if each.is_better is wanted][:MOST] for wanted in (True, False))
    return {"worse": worse, "better": better, "moved": len(moved),
            "has_before": bool(findings.before), "alarms": near[:MOST], "alarms_many": len(near)}


def _news(access: Access) -> dict[str, Any] | None:
    """The job that brings the pages up to date, while it is open or after it failed; for who sees jobs."""
    seen = access.reach(Action.see_jobs).rows(township="", school="")
    last = Job.objects.filter(seen, kind=INDEX).order_by("-created").first()
    if last is None or not (last.is_open or last.state == JobState.failed.name):
        return None
    return {"job": last} | progress_of(last, access.person)


def _not_done_since(failed: QuerySet[Job]) -> QuerySet[Job]:
    """Without those that were asked for again and came to their end: there is nothing left to look after."""
    later = Job.objects.filter(kind=OuterRef("kind"), title=OuterRef("title"), state=JobState.done.name,
                               created__gt=OuterRef("created"))
    return failed.exclude(Exists(later))


def _desk(access: Access) -> dict[str, Any]:
    """What there is to look after for who sees no figures: accounts, jobs, what was written down today."""
    found: dict[str, Any] = {"in_force": list(RegisterYear.objects.all()), "may_begin": access.may(Action.begin_register)}
    if access.may(Action.manage_people):
        people = access.people(Action.manage_people).filter(is_active=True)
        found |= {"people": people.count(), "never": people.filter(last_login=None).count(),
                  "placeless": people.filter(appointments=None).count()}
    if access.may(Action.see_jobs):
        jobs = Job.objects.filter(access.reach(Action.see_jobs).rows(township="", school=""))
        failed = _not_done_since(jobs.filter(state=JobState.failed.name))
        found |= {"failed_jobs": list(failed.order_by("-created")[:MOST]), "failed_many": failed.count(),
                  "open_jobs": jobs.filter(state__in=(JobState.waiting.name, JobState.running.name)).count()}
    if access.may(Action.see_audit):
        found["entries"] = [(each, act_word(each.action)) for each in entries_of(access)[:MOST]]
    return found
