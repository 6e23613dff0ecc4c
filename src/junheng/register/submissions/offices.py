"""The pages of those who check: who has handed in and who has not, deadlines and locks, the next version and what it changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from junheng.kernel.faults import JunhengError
from junheng.people.codes import JobState
from junheng.people.doors import Asked, is_number, needs
from junheng.people.models import Job
from junheng.people.pages import paged
from junheng.people.permissions import Action
from junheng.people.views.jobs import progress_of
from junheng.register.models import Deadline, LockException, RegisterYear, School, SchoolSubmission, VersionChange
from junheng.register.submissions import deadlines
from junheng.register.submissions.actions import plain
from junheng.register.submissions.forms import NewVersion, OpenYear, Unlock
from junheng.register.submissions.shown import summed, versions_changes
from junheng.register.submissions.views import found, look
from junheng.register.tables import TABLES
from junheng.register.tasks import VERSION, ask_for_version
from junheng.register.transitions import ACCEPTED, SUBMITTED, TAKEN, WITH_SCHOOL

LATE = "late"
TABS = (
    ("", "全部", None),
    ("waiting", "未报送", Q(case__state__in=WITH_SCHOOL)),
    (SUBMITTED, "待审核", Q(case__state=SUBMITTED)),
    ("returned", "已退回", Q(case__state="returned")),
    (ACCEPTED, "已接收", Q(case__state=ACCEPTED)),
    (TAKEN, "已入库", Q(case__state=TAKEN)),
)


@needs(Action.see_submissions)
def submissions(request: Asked) -> HttpResponse:
    """The schools of a year and how far each is; a school's own people come to their submission at once."""
    mine = request.access.reach(Action.see_submissions).narrow(SchoolSubmission.objects.all())
    years = list(mine.order_by("-year").values_list("year", flat=True).distinct())
    year = _year(request, years)
    of_year = mine.filter(year=year)
    if not request.access.may(Action.check_submission) and (own := of_year.first()) and of_year.count() == 1:
        return redirect("submission", own.pk)
    counts, rows = _counts(of_year), _chosen(request, of_year)
    page = paged(request, rows)
    for each in page.object_list:
        each.state_zh, each.look = _(each.transitions.states[each.case.state]), look(each.case.state)
        each.days = (each.case.due - timezone.localdate()).days if each.case.due and each.case.state in WITH_SCHOOL else None
    return render(
        request,
        "register/submissions.html",
        {
            "years": years,
            "year": year,
            "deadline": Deadline.objects.filter(pk=year).first(),
            "page": page,
            "counts": counts,
            "tabs": [
                {"key": key, "zh": zh, "count": counts[key or "all"], "on": request.GET.get("state", "") == key}
                for key, zh, _q in TABS
            ],
            "late": {"on": request.GET.get("state") == LATE},
            "counties": _counties(of_year) if request.access.may(Action.check_submission) else [],
            "asked": request.GET,
            "waiting": rows.filter(case__state__in=WITH_SCHOOL).count() if request.access.may(Action.check_submission) else 0,
            "new_version": NewVersion() if request.access.may(Action.make_snapshot) and counts[ACCEPTED] else None,
            "may_set": request.access.reach(Action.set_deadlines).everything,
            **_version_job(request, year),
        },
    )


def _year(request: Asked, years: list[int]) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if is_number(asked) and int(asked) in years else years[0] if years else 0


def _counts(rows: QuerySet[SchoolSubmission]) -> dict[str, int]:
    today = timezone.localdate()
    told = {key or "all": Count("pk", filter=chosen) for key, _zh, chosen in TABS}
    told[LATE] = Count("pk", filter=Q(case__state__in=WITH_SCHOOL, case__due__lt=today))
    counted: dict[str, int] = rows.order_by().aggregate(**told)
    return counted


def _chosen(request: Asked, rows: QuerySet[SchoolSubmission]) -> QuerySet[SchoolSubmission]:
    asked = request.GET if request.method == "GET" else request.POST
    state = asked.get("state", "")
    chosen = next((each for key, _zh, each in TABS if key == state and each is not None), None)
    if state == LATE:
        chosen = Q(case__state__in=WITH_SCHOOL, case__due__lt=timezone.localdate())
    if chosen is not None:
        rows = rows.filter(chosen)
    if word := plain(asked.get("q", ""), 100):
        rows = rows.filter(Q(name__icontains=word) | Q(school_id__startswith=word))
    if county := plain(asked.get("county", ""), 12):
        rows = rows.filter(county_code=county)
    return rows.select_related("case")


def _counties(rows: QuerySet[SchoolSubmission]) -> list[dict[str, Any]]:
    """Each county and how many of its schools have handed in; the row in which to look for those who have not."""
    late = Q(case__state__in=WITH_SCHOOL, case__due__lt=timezone.localdate())
    return list(
        rows.values("county_code", "county")
        .order_by("county_code")
        .annotate(
            schools=Count("pk"),
            waiting=Count("pk", filter=Q(case__state__in=WITH_SCHOOL)),
            late=Count("pk", filter=late),
            to_check=Count("pk", filter=Q(case__state=SUBMITTED)),
            done=Count("pk", filter=Q(case__state__in=(ACCEPTED, TAKEN))),
        )
    )


def _version_job(request: Asked, year: int) -> dict[str, Any]:
    """The version of the year that is being made, or why the last one was not."""
    if not request.access.may(Action.make_snapshot):
        return {}
    last = Job.objects.filter(kind=VERSION, asked__year=year).select_related("by").first()
    if last is None or last.state == JobState.done.name:
        return {"last_version": last}
    return {"version_job": last} | (progress_of(last, request.access.person) if last.is_open else {})


@needs(Action.check_submission)
@require_POST
def remind(request: Asked) -> HttpResponse:
    """A word to all schools of the list that have not handed in."""
    year = request.POST.get("year", "")
    mine = request.access.reach(Action.check_submission).narrow(
        SchoolSubmission.objects.filter(year=int(year) if is_number(year) else 0)
    )
    told = deadlines.remind(
        request.access, _chosen(request, mine).filter(case__state__in=WITH_SCHOOL), request.POST.get("text", "")
    )
    messages.success(request, _("已催报 %(n)s 所学校；同样的话一天只发一次") % {"n": told})
    return redirect("submissions")


@needs(Action.set_deadlines)
@require_http_methods(["GET", "POST"])
def deadlines_page(request: Asked) -> HttpResponse:
    """The years that are open and until when; the locks that were lifted."""
    form = OpenYear(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        made = deadlines.open_year(request.access, form.cleaned_data["year"], form.cleaned_data["due"], form.cleaned_data["note"])
        messages.success(request, _("%(year)s 学年报送截止日：%(due)s") % {"year": made.year, "due": made.due})
        return redirect("submission-deadlines")
    latest = RegisterYear.objects.first()
    held = list(Deadline.objects.select_related("by"))
    reach = request.access.reach(Action.set_deadlines)
    exceptions = LockException.objects.filter(reach.rows("case__county_code", "case__township_code", "case__school_id"))
    return render(
        request,
        "register/deadlines.html",
        {
            "form": form or OpenYear.of(held[0] if held else None, latest.year if latest else timezone.localdate().year),
            "held": held,
            "exceptions": paged(request, exceptions.select_related("case", "case__submission", "by")),
            "schools": School.objects.filter(year=latest.year).count() if latest else 0,
        },
    )


@needs(Action.set_deadlines)
@require_POST
def unlock(request: Asked, number: int) -> HttpResponse:
    one, form = found(request, number), Unlock(request.POST)
    if not form.is_valid():
        raise JunhengError(_("解锁：没有写原因或日期不对，没有保存 -> 返回填写后重试"))
    deadlines.unlock(request.access, one, form.cleaned_data["until"], form.cleaned_data["reason"])
    messages.success(request, _("%(name)s：已解锁至 %(until)s") % {"name": one.name, "until": form.cleaned_data["until"]})
    return redirect("submission", number)


@needs(Action.make_snapshot)
@require_POST
def new_version(request: Asked) -> HttpResponse:
    year, form = request.POST.get("year", ""), NewVersion(request.POST)
    if not form.is_valid() or not is_number(year):
        raise JunhengError(_("生成新版快照：没有写原因 -> 返回填写后重试"))
    if not request.access.reach(Action.make_snapshot).everything:
        raise JunhengError(_("新版快照：对全市生效，您的职责范围不是全市 -> 请市教育局规划科办理"))
    ask_for_version(int(year), form.cleaned_data["reason"], request.access.person)
    return redirect("submissions")


@needs(Action.see_submissions)
def versions_page(request: Asked) -> HttpResponse:
    """The versions that were made on the desk, newest first."""
    done = Job.objects.filter(kind=VERSION, state=JobState.done.name).select_related("by")
    page = paged(request, done)
    return render(request, "register/versions.html", {"page": page})


def _tables(summary: list[dict[str, Any]], rows: QuerySet[VersionChange], *, whole: bool) -> list[dict[str, Any]]:
    """Of each table how many rows differ: of the whole version, or of what the person may see."""
    listed: dict[str, dict[str, int]] = {}
    for table, change, number in rows.order_by().values_list("table", "change").annotate(Count("pk")):
        listed.setdefault(table, {})[change] = number
    counted = [
        each if whole else {"table": each["table"], "added": 0, "removed": 0, "changed": 0} | listed.get(each["table"], {})
        for each in summary
    ]
    return [
        summed(each) | {"listed": sum(listed.get(each["table"], {}).values())} for each in counted if listed.get(each["table"])
    ]


@needs(Action.see_submissions)
def version(request: Asked, snapshot: str) -> HttpResponse:
    """What a version has otherwise than the one before it, row by row, as far as the person's reach goes."""
    made = Job.objects.filter(kind=VERSION, state=JobState.done.name, result__snapshot=snapshot).select_related("by").last()
    if made is None:
        raise Http404
    reach = request.access.reach(Action.see_submissions)
    rows = VersionChange.objects.filter(reach.rows(township=""), snapshot=snapshot)
    tables = _tables(made.result["summary"], rows, whole=reach.everything)
    asked = request.GET.get("table", "")
    table = asked if asked in TABLES else tables[0]["table"] if tables else ""
    page = paged(request, rows.filter(table=table))
    names = dict(
        School.objects.filter(school_id__in=[each.school_id for each in page.object_list]).values_list("school_id", "name")
    )
    changes = [each | {"school": names.get(each["school_id"], "")} for each in versions_changes(page.object_list)]
    return render(
        request,
        "register/version.html",
        {
            "job": made,
            "snapshot": snapshot,
            "tables": tables,
            "table": table,
            "table_zh": TABLES[table].zh if table in TABLES else "",
            "page": page,
            "changes": changes,
            "all_of_it": reach.everything,
        },
    )
