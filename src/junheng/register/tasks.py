"""The room's jobs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse

from junheng.kernel.faults import JunhengError
from junheng.people.jobs import Running, ask, job
from junheng.people.models import Job, Person
from junheng.register.models import SchoolSubmission
from junheng.register.submissions.actions import check_again, reread
from junheng.register.submissions.versions import accepted, make_version

CHECK, VERSION = "submission.check", "register.version"


def ask_for_check(submission: SchoolSubmission, by: Person | None) -> Job:
    """Have a large workbook checked by the worker."""
    asked = {"submission": submission.pk, "sha256": submission.sha256}
    made = ask(CHECK, f"核对 {submission}", asked, by, county_code=submission.county_code, again=True)
    SchoolSubmission.objects.filter(pk=submission.pk).update(job=made)
    return made


@transaction.atomic
def ask_for_version(year: int, reason: str, by: Person | None) -> Job:
    """Have the submissions that are accepted now made a new version of the year."""
    rows = accepted(year)
    if not rows:
        raise JunhengError(f"{year}学年：没有已接收的报送 -> 先审核并接收学校的报送")
    if not reason.strip():
        raise JunhengError("生成新版快照：没有写原因；应写明为何更新 -> 填写后重试")
    asked = {"year": year, "reason": reason.strip()[:300], "cases": {str(each.case_id): each.case.last_number for each in rows}}
    return ask(VERSION, f"生成{year}学年新版快照（{len(rows)} 所学校）", asked, by)


@job(CHECK, lambda run: reverse("submission", args=[run.asked["submission"]]))
def _check(running: Running) -> Mapping[str, Any]:
    submission = SchoolSubmission.objects.get(pk=running.asked["submission"])
    if submission.sha256 != running.asked["sha256"]:
        return {"replaced": True}
    running.on_progress(0.1, "读取工作簿")
    reading = reread(submission)
    return {"replaced": not check_again(submission, reading), "faults": len(reading.faults) + len(reading.refused)}


def _version_page(run: Job) -> str:
    made = run.result.get("snapshot")
    return reverse("register-version", args=[made]) if made else reverse("register-versions")


@job(VERSION, _version_page)
def _version(running: Running) -> Mapping[str, Any]:
    return make_version(running.job, running.on_progress)
