"""The guide's page, and what is done on it."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from junheng.indicators.tasks import INDEX, ask_for_index
from junheng.kernel.faults import JunhengError
from junheng.people.codes import JobState
from junheng.people.doors import Asked, needs
from junheng.people.models import Case, Job, Person
from junheng.people.pages import download
from junheng.people.permissions import Action
from junheng.people.views.jobs import progress_of
from junheng.register.holding import City, open_snapshot
from junheng.register.intake.folders import SCHOOL_YEAR_STARTS
from junheng.register.intake.reading import SUFFIXES
from junheng.register.models import RegisterYear
from junheng.register.tables import COUNTY_TABLES, TABLES
from junheng.register.template import SCHOOL_SHEETS, write_template
from junheng.web.guide.tasks import BEGIN, ask_to_begin

TEMPLATES = {"school": SCHOOL_SHEETS, "county": COUNTY_TABLES}
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IDLE = timedelta(seconds=15)  # a job that waits longer is waiting for a worker that is not there


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FileList(forms.FileField):
    """Several files of one choice."""

    widget = _Files

    def __init__(self, **more: Any) -> None:
        super().__init__(allow_empty_file=True, **more)  # an empty one of many is told with its name, by whoever puts them down

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(_FileList, self).clean(each, initial) for each in (data or [])] or [super().clean(None, initial)]


class HandIn(forms.Form):
    """The first workbooks of a desk: of which year, and why its warnings are right as they are."""

    year = forms.IntegerField(label=_("学年"), min_value=2000, max_value=2100, help_text=_("起始年份：2025 指 2025—2026 学年"))
    files = _FileList(label=_("工作簿"), help_text=_("各校一份学校工作簿，县里一份县级工作簿；可一次选多个"))
    reason = forms.CharField(label=_("理由"), max_length=300, required=False,
                             help_text=_("首次上传先留空；核对后警告属实的、补交或更正的，写明理由"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["files"].widget.attrs["accept"] = ",".join(SUFFIXES)


def this_school_year(day: date) -> int:
    return day.year - (day.month < SCHOOL_YEAR_STARTS)


def _year_in_hand(day: date) -> int:
    """That of the last upload, which is mended or added to; else the one that runs."""
    last = Job.objects.filter(kind=BEGIN).order_by("-created").first()
    return last.asked["year"] if last else max(City(settings.CITY).current(), default=this_school_year(day))


@needs(Action.begin_register)
def guide(request: Asked) -> HttpResponse:
    return _page(request, HandIn(initial={"year": _year_in_hand(request.access.day)}))


@needs(Action.begin_register)
@require_POST
def hand_in(request: Asked) -> HttpResponse:
    """The first workbooks: put down, and a job asked that takes them in."""
    form = HandIn(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    told = form.cleaned_data
    try:
        ask_to_begin(told["files"], told["year"], told["reason"], request.access.person)
    except JunhengError as refused:
        form.add_error(None, str(refused))
        return _page(request, form)
    return redirect("guide")


@needs(Action.begin_register)
@require_POST
def measure(request: Asked) -> HttpResponse:
    """Have measured what the command line took in."""
    ask_for_index(request.access.person)
    return redirect("guide")


@needs(Action.begin_register)
def template(request: Asked, name: str) -> HttpResponse:
    """An empty workbook, as `junheng template` writes it."""
    if name not in TEMPLATES:
        raise Http404
    book = BytesIO()
    write_template(book, tables=TEMPLATES[name])
    return download(book.getvalue(), f"{name}.xlsx")


def _page(request: Asked, form: HandIn) -> HttpResponse:
    current, indexed = City(settings.CITY).current(), {each.year: each.snapshot for each in RegisterYear.objects.all()}
    last = Job.objects.filter(kind__in=(BEGIN, INDEX)).order_by("-created").first()
    step = "see" if current and current == indexed else "measure" if current else "hand_in"
    page = {"step": step, "current": current, "form": form, "job": last, "folder": settings.CITY.name,
            "measured": sorted(indexed), "is_idle": _is_idle(), "may_manage": request.access.may(Action.manage_people),
            "may_see": request.access.may(Action.see_findings),
            "missing": _missing(max(current)) if current else [], "may_add": not Case.objects.exists(),
            "others": Person.objects.filter(is_active=True).count() - 1}
    if last:
        page |= progress_of(last, request.access.person)
    return render(request, "web/guide/page.html", page, status=409 if form.errors else 200)


def _missing(year: int) -> list[str]:
    """The county's sheets that nobody has handed in: without them most of what a county is asked stays unknown."""
    there = open_snapshot(settings.CITY, year)
    return [TABLES[name].zh for name in COUNTY_TABLES if not there.has(name)]


def _is_idle() -> bool:
    """Whether jobs wait and nobody does any."""
    waiting = Job.objects.filter(state=JobState.waiting.name, created__lt=timezone.now() - IDLE)
    return waiting.exists() and not Job.objects.filter(state=JobState.running.name).exists()
