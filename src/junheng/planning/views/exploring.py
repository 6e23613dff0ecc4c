"""What is asked of a plan once it is there: how far less money goes, and what if a price or a cap were another."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from junheng.people.doors import Asked, needs
from junheng.people.language import code_word
from junheng.people.models import Job
from junheng.people.permissions import Action
from junheng.planning import tasks
from junheng.planning.asking import AskWhatIf
from junheng.planning.forms.words import wan
from junheng.planning.models import PlanRow
from junheng.planning.views.charts import Chart, chart
from junheng.planning.views.shown import jobs_of, page, plan_of, progress

POINTS = 9  # of a curve: enough to see where more money stops to help


@needs(Action.explore_plan)
def curve(request: Asked, digest: str) -> HttpResponse:
    shown = plan_of(request, digest)
    if request.method == "POST":
        tasks.ask_about(tasks.CURVE, shown, "资金曲线", request.access.person, points=POINTS)
        return redirect("plan-curve", digest)
    job = jobs_of(shown, tasks.CURVE).get("curve")
    rows = _points(shown, job)
    run = progress(job, request) if job and not rows else None
    charts = [_passing(rows)] if rows else []
    return page(request, shown, "plan-curve", "planning/curve.html", run=run, rows=rows, charts=charts)


def _points(shown: PlanRow, job: Job | None) -> list[dict[str, float]]:
    """The curve that was drawn last, also while another is under way."""
    done = job if job and job.result.get("points") else Job.objects.filter(
        kind=tasks.CURVE, asked__plan=shown.pk, result__has_key="points").order_by("-created").first()
    return done.result["points"] if done else []


def _passing(rows: list[dict[str, float]]) -> Chart:
    names = [wan(Decimal(str(row["budget"]))).text for row in rows]
    series = [(_("达标学段"), [row["passing_units"] for row in rows]), (_("未达标学段"), [row["failing_units"] for row in rows])]
    if rows[0]["counties"] > 1:
        series.append((_("全部达标的县区"), [row["passing_counties"] for row in rows]))
    return chart(_("每年给多少钱（万元），多少学段达标"), "lines", names, series, unit=_("个"))


@needs(Action.explore_plan)
def whatif(request: Asked, digest: str) -> HttpResponse:
    shown = plan_of(request, digest)
    kinds = shown.measures.order_by("kind").values_list("kind", "kind_zh").distinct()
    used = {kind: code_word(kind, zh) for kind, zh in kinds}
    form = AskWhatIf(request.POST or None, plan=shown, used=used)
    if request.method == "POST" and form.is_valid():
        job = tasks.ask_about(tasks.WHATIF, shown, "情景", request.access.person, fix=form.fix())
        return redirect("plan-run", job.pk)
    variants = PlanRow.objects.filter(parent=shown.pk)  # of the same counties: who sees this one sees them
    return page(request, shown, "plan-whatif", "planning/whatif.html", form=form, variants=variants)
