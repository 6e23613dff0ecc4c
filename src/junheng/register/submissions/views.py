"""The page of one submission: the school fills in, mends, explains and hands in; the office reads, returns or accepts."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from itertools import groupby, takewhile
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.kernel.codes import Severity
from junheng.kernel.faults import JunhengError
from junheng.people import audit
from junheng.people.doors import Asked, is_number, needs
from junheng.people.pages import XLSX, download, paged
from junheng.people.permissions import Action
from junheng.people.transitions import Transition, Transitions
from junheng.people.views.jobs import progress_of
from junheng.register.holding import City
from junheng.register.holding.inbox import read_original
from junheng.register.models import RegisterYear, SchoolSubmission, SubmissionFault
from junheng.register.submissions import actions, county, policy, prefilled
from junheng.register.submissions.forms import Remark, Return, Unlock
from junheng.register.submissions.shown import changes_by_table, sheets_of
from junheng.register.tasks import ask_for_check
from junheng.register.transitions import SENT_BACK, TAKEN, WITH_SCHOOL

A_PAGE = 100
MOVES = {"submit", "withdraw", "return", "accept", "amend", "reopen"}
FORMS = {"return": Return, "amend": Remark, "reopen": Remark}
View = Callable[..., HttpResponse]


def told_in_place(view: View) -> View:
    """Of a part of a page that htmx sent: a refusal is told where the person is, and what he typed stays."""

    @wraps(view)
    def answer(request: Asked, *args: Any, **told: Any) -> HttpResponse:
        try:
            return view(request, *args, **told)
        except JunhengError as refused:
            if not request.headers.get("HX-Request"):
                raise
            toast = json.dumps({"toast": {"text": str(refused), "kind": "error"}})
            return HttpResponse(status=204, headers={"HX-Trigger": toast})

    return answer


def found(request: Asked, number: int) -> SchoolSubmission:
    """The submission, if the person may see it."""
    rows = request.access.reach(Action.see_submissions).narrow(
        SchoolSubmission.objects.select_related("case", "job", "uploaded_by")
    )
    return get_object_or_404(rows, pk=number)


def seen(request: Asked) -> int:
    """The number of the last step that the page showed."""
    sent = request.POST.get("seen", "")
    if not is_number(sent):
        raise JunhengError(_("表单不完整，没有保存 -> 刷新页面后重试"))
    return int(sent)


@needs(Action.see_submissions)
def submission(request: Asked, number: int) -> HttpResponse:
    one = found(request, number)
    case, today = one.case, timezone.localdate()
    severity = request.GET.get("kind", "")
    faults = one.faults.filter(severity=severity) if severity in Severity.__members__ else one.faults.all()
    page = paged(request, faults, A_PAGE)
    steps = list(case.steps.select_related("actor").order_by("-number"))
    offered = one.transitions.open_to(case, request.access)
    locked = policy.is_locked(case, today)
    edits = any(each.action == "upload" for each in offered) and not locked
    left = len(policy.unexplained(one)) if one.warnings else 0
    context = {
        "one": one,
        "case": case,
        "page": page,
        "kind": severity,
        "sheets": _by_sheet(one, page),
        "steps": _steps(one.transitions, steps),
        "locked": locked,
        "edits": edits,
        "offered": [each for each in offered if each.action in MOVES],
        "forms": _forms(offered),
        "takes": any(each.action == "take" for each in offered),
        "state_zh": _(one.transitions.states[case.state]),
        "look": look(case.state),
        "left": left,
        "ready": bool(one.sha256 and one.checked and not one.errors and not left),
        "days": (case.due - today).days if case.due else None,
        "returned": remarks(case.state, steps),
        "reminders": case.reminders.all()[:3] if case.state in WITH_SCHOOL else [],
        "exceptions": case.lock_exceptions.select_related("by"),
        "rows": sheets_of(one),
        "tables": changes_by_table(one),
        "typed": one.corrections.filter(sha256=one.sha256).select_related("by"),
        "in_force": RegisterYear.objects.filter(year=one.year).values_list("snapshot", flat=True).first() or "",
        "is_own": policy.own(request.access).filter(pk=one.pk).exists(),
        "unlock": Unlock() if case.state in WITH_SCHOOL and request.access.may(Action.set_deadlines) else None,
    }
    if one.job and one.checked is None:
        context |= progress_of(one.job, request.access.person)
    return render(request, "register/submission.html", context)


def look(state: str) -> str:
    """The class of the tag of a state."""
    return {"submitted": "working", "returned": "not_met", "accepted": "done", "taken": "met"}.get(state, "unknown")


def _by_sheet(one: SchoolSubmission, page: Any) -> list[dict[str, Any]]:
    """The faults of a page of the list, sheet by sheet; each with what may be done about it here."""
    said = dict(one.reasons.values_list("key", "text")) if one.warnings else {}
    made = []
    for sheet, rows in groupby(page.object_list, key=lambda each: each.sheet):
        held = list(rows)
        for each in held:
            each.typed, each.reason = policy.can_be_typed(each), said.get(each.key, "")
        made.append({"sheet": sheet, "faults": held})
    return made


def _steps(transitions: Transitions, steps: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "zh": transitions.step(each.action).zh,
            "at": each.at,
            "actor": each.actor,
            "note": each.note,
            "look": "not_met" if each.action in SENT_BACK else "done",
            "file": each.detail.get("file", ""),
        }
        for each in steps
    ]


def remarks(state: str, steps: list[Any]) -> Any:
    """The remarks with which it was returned, while they wait for the school; `steps` from the last. Taken in, it is settled."""
    open_ones = takewhile(lambda each: each.after != TAKEN, steps)
    return next((each for each in open_ones if each.action in SENT_BACK), None) if state in WITH_SCHOOL else None


def _forms(offered: list[Transition]) -> list[tuple[Transition, Any]]:
    return [(each, FORMS[each.action](prefix=each.action)) for each in offered if each.action in FORMS]


@needs(Action.hand_in, Action.hand_in_county)
def template(request: Asked, number: int) -> HttpResponse:
    """The workbook of the school or county, filled with what was accepted last."""
    one = _own(request, number)
    city = City(settings.CITY)
    made = (county.workbook(city, one.year, one.county_code, one.county) if one.is_county
            else prefilled.workbook(city, one.year, one.school_id, one.name))
    audit.record(request.access.person, "submission.template", one.case.subject)
    return _file(made, f"{one.name}{one.year}.xlsx")


@needs(Action.hand_in, Action.hand_in_county)
def original(request: Asked, number: int) -> HttpResponse:
    """The workbook that the school handed in, byte for byte, for who hands in alone: it names persons."""
    one = _own(request, number)
    if not one.sha256:
        raise Http404
    city = City(settings.CITY)
    audit.record(request.access.person, "submission.original", one.case.subject, detail={"sha256": one.sha256})
    return _file(read_original(city, one.sha256, city.key()), one.file_name)


def _own(request: Asked, number: int) -> SchoolSubmission:
    return get_object_or_404(policy.own(request.access).select_related("case"), pk=number)


def _file(content: bytes, name: str) -> HttpResponse:
    return download(content, name, XLSX if name.endswith(".xlsx") else "application/octet-stream")


@needs(Action.hand_in, Action.hand_in_county)
@require_POST
def upload(request: Asked, number: int) -> HttpResponse:
    one, file = found(request, number), request.FILES.get("file")
    if file is None:
        limit = settings.UPLOAD_LIMIT_BYTES // 1024 // 1024
        raise JunhengError(_("没有收到文件，或超过 %(limit)s MB -> 选择填好的工作簿后重新上传") % {"limit": limit})
    actions.upload(one, request.access, file, file.name or "", file.size or 0, seen=seen(request))
    one.refresh_from_db()
    if one.checked is None:
        ask_for_check(one, request.access.person)
        messages.info(request, _("正在后台与全部登记一起核对") if one.is_county else _("文件较大，正在后台核对"))
    else:
        tell = messages.warning if one.errors else messages.success
        tell(
            request,
            _("已上传并核对：错误 %(errors)s 处，警告 %(warnings)s 处") % {"errors": one.errors, "warnings": one.warnings},
        )
    return redirect("submission", number)


@needs(Action.hand_in, Action.hand_in_county)
@require_POST
@told_in_place
def correct(request: Asked, number: int, fault: int) -> HttpResponse:
    one = found(request, number)
    wrong = SubmissionFault.objects.filter(pk=fault, submission=one).first()
    if wrong is None:
        raise JunhengError(_("这一处刚重新核对过 -> 刷新页面查看"))
    actions.correct(one, request.access, wrong, request.POST.get("value", ""), seen=seen(request))
    return redirect("submission", number)


@needs(Action.hand_in, Action.hand_in_county)
@require_POST
@told_in_place
def reasons(request: Asked, number: int) -> HttpResponse:
    one = found(request, number)
    given = {name.removeprefix("reason-"): text for name, text in request.POST.items() if name.startswith("reason-")}
    actions.explain(one, request.access, given, seen=seen(request))
    if not request.headers.get("HX-Request"):
        messages.success(request, _("说明已保存"))
    return redirect("submission", number)


@needs(Action.hand_in, Action.hand_in_county, Action.check_submission)
@require_POST
def check(request: Asked, number: int) -> HttpResponse:
    """Read the file in hand again, against what is in force by now."""
    one = found(request, number)
    if not one.sha256:
        raise JunhengError(_("还没有上传工作簿 -> 先上传"))
    if one.case.state == TAKEN:
        raise JunhengError(_("已经入库，不再核对 -> 需要改动的，先申请更正"))
    if not actions.is_quick(one, one.size):
        ask_for_check(one, request.access.person)
    else:
        actions.check_again(one, actions.reread(one))
    messages.success(request, _("已按在用数据重新核对"))
    return redirect("submission", number)


@needs(Action.hand_in, Action.hand_in_county, Action.check_submission)
@require_POST
def move(request: Asked, number: int, action: str) -> HttpResponse:
    """Hand in, take back, return with remarks, accept, ask for a correction."""
    if action not in MOVES:
        raise Http404
    one = found(request, number)
    form = FORMS[action](request.POST, prefix=action) if action in FORMS else None
    if form and not form.is_valid():
        raise JunhengError(_("没有写原因或日期不对，没有保存 -> 返回填写后重试"))
    filled = form.cleaned_data if form else {}
    actions.move(one, request.access, action, seen=seen(request), note=filled.get("note", ""), until=filled.get("until"))
    messages.success(request, f"{one.name}：{one.transitions.step(action).zh}")
    return redirect("submission", number)
