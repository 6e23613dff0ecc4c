"""What somebody would write by hand who wants these rows in a table: who has logged in sees all that the address asks for.

No scope, no links, no words for people beside the rows; the same tables, the same rows, the same numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, IntegerField, Q, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from junheng.indicators.models import FindingRow, VerdictRow
from junheng.indicators.registry import INDICATORS
from junheng.kernel.codes import Stage
from junheng.people.doors import logged_in
from junheng.people.models import Case
from junheng.planning.models import PlanMeasure
from junheng.planning.transitions import IN_FORCE
from junheng.register.models import RegisterYear, School, SchoolSubmission
from junheng.register.transitions import ACCEPTED, SUBMITTED, WITH_SCHOOL

COLUMNS = ("standard", "item", "level", "group", "name", "stage", "county_code", "part", "value_number", "limit", "gap",
           "gap_unit", "verdict")
COMPULSORY = ("primary", "junior")
SPREADS = [f"yz.1.{number}.cv" for number in range(1, 8)]
BANDS = [f"st.bands.{number}" for number in range(1, 11)]
WATCHED = ("quality_balance_2017", "preschool_2020", "basic_balance_2012")
MOST = 6
Row = dict[str, Any]


def key_of(row: Row) -> tuple[str, str, str, str]:
    return row["item"], row["level"], row["group"], row["stage"]


# --- lists ---------------------------------------------------------------------------------------------------


@logged_in
def findings(request: HttpRequest) -> HttpResponse:
    """Fifty findings with those of the year before."""
    years = list(RegisterYear.objects.order_by("-year")[:2])
    asked = request.GET.dict()
    number = asked.pop("page", 1)
    rows = FindingRow.objects.filter(snapshot=years[0].snapshot, **asked).order_by("item", "level", "group", "stage")
    page = Paginator(rows, 50).get_page(number)
    listed = list(page.object_list)
    same = {f"{name}__in": {getattr(row, name) for row in listed} for name in ("item", "level", "group", "stage")}
    before = {(row.item, row.level, row.group, row.stage): row.value_number
              for row in FindingRow.objects.filter(snapshot__in=[each.snapshot for each in years[1:]], **same)}
    for row in listed:
        then = before.get((row.item, row.level, row.group, row.stage))
        row.change = None if then is None or row.value_number is None else row.value_number - then
        row.item_name = INDICATORS[row.item].zh
    return render(request, "plain/findings.html", {"page": page, "rows": listed})


@logged_in
def items(request: HttpRequest) -> HttpResponse:
    """The items of a standard: how many groups and schools are judged how; or the figures of the one group there is."""
    year = RegisterYear.objects.order_by("-year")[0]
    asked = request.GET.dict()
    standard, level = asked.pop("standard"), asked.pop("level")
    all_rows = FindingRow.objects.filter(snapshot=year.snapshot, **asked)
    own = all_rows.filter(standard=standard)
    lines: dict[str, dict[str, Any]] = {item: {"item": item, "name": INDICATORS[item].zh, "judged": {}, "rows": []} for item in
                                        own.order_by("item").values_list("item", flat=True).distinct()}
    counted = own.filter(level__in=(level, "school")).exclude(verdict="").values_list("item", "level", "verdict")
    for item, of, verdict, many in counted.annotate(many=Count("pk")).order_by():
        lines[item]["judged"].setdefault(of, []).append((verdict, many))
    if asked:
        for row in own.filter(level=level).order_by("item", "stage"):
            lines[row.item]["rows"].append(row)
    for line in lines.values():
        line["wide"], line["school"] = line["judged"].get(level, []), line["judged"].get("school", [])
    short = all_rows.filter(level=level, verdict="not_met").values_list("standard").annotate(many=Count("pk")).order_by()
    verdicts = VerdictRow.objects.filter(snapshot=year.snapshot, standard=standard).order_by("county_code", "stage")[:12]
    return render(request, "plain/items.html", {"lines": lines.values(), "short": short, "verdicts": verdicts})


# --- first pages ---------------------------------------------------------------------------------------------


@logged_in
def counties(request: HttpRequest) -> HttpResponse:
    """How the counties stand, what moved, what is near its limit, and the numbers of the charts."""
    years = list(RegisterYear.objects.order_by("-year")[:2])
    asked = request.GET.dict()
    both = [list(FindingRow.objects.filter(Q(item__in=BANDS) | ~Q(verdict=""), snapshot=each.snapshot, level="county", **asked)
                 .values(*COLUMNS)) for each in years]
    verdicts: dict[str, dict[str, list[VerdictRow]]] = defaultdict(lambda: defaultdict(list))
    for row in VerdictRow.objects.filter(snapshot=years[0].snapshot, **asked).order_by("county_code"):
        verdicts[row.name][row.standard].append(row)
    return render(request, "plain/counties.html", {
        "verdicts": [(name, [(standard, rows[0].verdict, len({item for row in rows for item in row.failed}))
                             for standard, rows in of.items()]) for name, of in verdicts.items()],
        "one": [row for row in both[0] if asked and row["verdict"] not in ("", "met")],
        "spreads": spreads(both[0]), "bands": bands(both[0]), "pupils": pupils(asked), "short": schools_short(years, asked),
    } | moved(*both, []) | dues(asked))


@logged_in
def school(request: HttpRequest) -> HttpResponse:
    """What a school misses, what moved, what is near its limit."""
    years = list(RegisterYear.objects.order_by("-year")[:2])
    asked = request.GET.dict()
    both = [list(FindingRow.objects.filter(snapshot=each.snapshot, level="school", **asked).exclude(verdict="").values(*COLUMNS))
            for each in years]
    short = [row for row in both[0] if row["verdict"] == "not_met"]
    unknown = sum(row["verdict"] in ("unknown", "needs_evidence") for row in both[0])
    return render(request, "plain/school.html", {
        "school": School.objects.get(year=years[0].year, **asked), "rows": sorted(short, key=key_of), "unknown": unknown,
        "pupils": pupils(asked), "waiting": waiting(asked), "planned": planned(asked)} | moved(*both, []) | dues(asked))


def waiting(asked: Row) -> list[Any]:
    """What the school has not handed in, with the steps and reminders of it."""
    rows = SchoolSubmission.objects.filter(case__state__in=WITH_SCHOOL, **asked).select_related("case")
    rows = rows.defer("rows", "difference").prefetch_related("case__steps", "case__reminders")
    return list(rows.order_by("case__due", "pk")[:3])


def planned(asked: Row) -> Any:
    """The measures of the plan in force."""
    return PlanMeasure.objects.filter(plan__case__state=IN_FORCE, **asked).order_by("year", "place")


def dues(asked: Row) -> dict[str, Any]:
    today = timezone.localdate()
    rows = Case.objects.filter(state__in=(*WITH_SCHOOL, SUBMITTED, ACCEPTED), **asked)
    tally = rows.aggregate(many=Count("pk"), overdue=Count("pk", filter=Q(due__lt=today)))
    return {"dues": rows.order_by("due", "opened", "pk")[:8], "tally": tally}


def moved(now: list[Row], before: list[Row], *_: list[Row]) -> dict[str, Any]:
    """What moved most for better and for worse, changed verdicts first; and what is met with less than a tenth of room."""
    then = {key_of(row): row for row in before}
    moves = []
    for row in now:
        old = then.get(key_of(row))
        if not row["verdict"] or old is None:
            continue
        limit = number(row["limit"])
        change = (row["value_number"] or 0) - (old["value_number"] or 0)
        if flipped := bool(old["verdict"]) and old["verdict"] != row["verdict"]:
            better = row["verdict"] == "met"
        elif not change:
            continue
        else:
            better = (change < 0) == (INDICATORS[row["item"]].meets in ("at_most", "below"))
        moves.append((not flipped, -abs(change) / (limit or abs(old["value_number"] or 0) or 1), key_of(row), better, row, old))
    moves.sort(key=lambda each: each[:3])
    return {"worse": [each[4:] for each in moves if not each[3]][:MOST], "better": [each[4:] for each in moves if each[3]][:MOST],
            "many": len(moves), "near": near(now)[:MOST]}


def near(now: list[Row]) -> list[tuple[float, tuple[str, ...], Row]]:
    found = []
    for row in now:
        limit = number(row["limit"])
        if row["standard"] in WATCHED and row["verdict"] == "met" and limit and row["value_number"] is not None:
            room = abs(row["value_number"] - limit) / limit
            if room <= 0.1:
                found.append((room, key_of(row), row))
    return sorted(found, key=lambda each: each[:2])


def number(text: str | None) -> float | None:
    """`7/20` as it is kept."""
    if not text:
        return None
    part, _, whole = text.partition("/")
    return float(part) / float(whole or 1)


def spreads(rows: list[Row]) -> list[tuple[str, list[str]]]:
    """Of each county the coefficient of variation that is highest against its limit, by stage."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows:
        if row["item"] in SPREADS and row["stage"] in COMPULSORY and row["value_number"] is not None:
            share = row["value_number"] / (number(row["limit"]) or 1)
            found[row["name"]][row["stage"]] = max(share, found[row["name"]].get(row["stage"], 0))
    return [(name, [f"{of.get(stage, 0):.1%}" for stage in COMPULSORY]) for name, of in found.items()]


def bands(rows: list[Row]) -> list[tuple[str, list[int]]]:
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row["item"] in BANDS and row["stage"] in COMPULSORY:
            counted[row["item"], row["stage"]] += int(row["part"] or 0)
    return [(item, [counted[item, stage] for stage in COMPULSORY]) for item in BANDS]


def pupils(asked: Row) -> Any:
    sums = {each.name: Sum(Cast(KT(f"stages__{each.name}__pupils"), IntegerField())) for each in Stage}
    rows = School.objects.filter(**asked).values("year").annotate(**sums).order_by("year")
    return [(row["year"], [row[each.name] for each in Stage]) for row in rows]


def schools_short(years: list[RegisterYear], asked: Row) -> Any:
    rows = FindingRow.objects.filter(snapshot__in=[each.snapshot for each in years], standard="quality_balance_2017",
                                     level="school", **asked).exclude(verdict="")
    return rows.values("snapshot").annotate(judged=Count("school_id", distinct=True), short=Count(
        "school_id", distinct=True, filter=Q(verdict="not_met"))).order_by(F("snapshot").desc())
