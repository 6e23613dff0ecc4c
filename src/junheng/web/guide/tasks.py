"""The jobs of the room: the first register is taken in and measured."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.indicators.indexing import index_all
from junheng.kernel.codes import Severity
from junheng.kernel.faults import DataFaults, Fault, JunhengError
from junheng.people.jobs import OPEN, Running, ask, job
from junheng.people.models import Case, Job, Person
from junheng.register.holding import City, import_all
from junheng.register.holding.runs import asked_by
from junheng.register.intake.headers import table_named
from junheng.web.guide.arriving import folder_of, forget, forget_all_but, receive

BEGIN = "register.begin"
IMPORTED = 0.4  # share of the work done when the snapshot is there
MOST_FAULTS = 500  # that are kept for the page


def ask_to_begin(files: list[UploadedFile], year: int, reason: str, by: Person | None) -> Job:
    """Have the files taken into the register as it begins, and measured; what was forgotten is handed in after, with a reason.

    Errors: JunhengError where schools hand in already: then corrections are submissions.
    """
    if Case.objects.exists():
        raise JunhengError(_("已开始按任务报送，不再整批上传 -> 更正和新学年的数据由学校报送、县里审核后入库"))
    if year in City(settings.CITY).current() and not reason.strip():
        raise JunhengError(_("%(year)s学年：已有数据，补交或更正须写明理由 -> 填写理由后重新上传") % {"year": year})
    asked = {"year": year, "files": receive(files), "reason": reason.strip()[:300]}
    open_ones = Job.objects.filter(kind=BEGIN, state__in=OPEN).values_list("asked__files", flat=True)
    forget_all_but({asked["files"], *open_ones})
    with transaction.atomic():
        return ask(BEGIN, f"导入{year}学年登记数据（{len(files)} 个文件）", asked, by)


@job(BEGIN, lambda run: reverse("guide"))
def _begin(running: Running) -> Mapping[str, Any]:
    asked, digest = running.asked, str(running.asked["files"])
    if not folder_of(digest).is_dir() and asked["year"] not in City(settings.CITY).current():
        raise JunhengError("上传的文件已不在 -> 重新上传")
    try:
        if folder_of(digest).is_dir():
            with asked_by(str(running.job.by or "")):
                import_all({asked["year"]: [folder_of(digest)]}, settings.CITY, reason=asked["reason"] or None,
                           on_progress=lambda share, sentence: running.on_progress(share * IMPORTED, sentence))
    except DataFaults as refused:
        Job.objects.filter(pk=running.job.pk).update(result=_told(refused.faults))
        forget(digest)
        raise JunhengError(_in_words_of_the_page(refused.faults)) from refused
    except Exception:  # refused or cancelled: handed in anew. After a kill they are still there, and the job goes on
        forget(digest)
        raise
    forget(digest)
    return index_all(settings.CITY, lambda share, sentence: running.on_progress(IMPORTED + share * (1 - IMPORTED), sentence))


def _told(faults: list[Fault]) -> dict[str, Any]:
    """The faults as the page lists them, what is refused first; personal cells were masked at intake."""
    order = list(Severity)
    first = sorted(faults, key=lambda each: order.index(each.severity))
    return {"faults": [_as_row(each) for each in first[:MOST_FAULTS]], "many": len(faults),
            "errors": sum(each.severity is Severity.error for each in faults),
            "warnings": sum(each.severity is Severity.warning for each in faults)}


def _as_row(fault: Fault) -> dict[str, object]:
    """With the column as the head of the sheet names it, where one looks for it."""
    table = table_named(fault.sheet or Path(fault.file).stem)
    column = table.columns.get(fault.column) if table else None
    return fault.as_json() | ({"column": column.zh} if column else {})


def _in_words_of_the_page(faults: list[Fault]) -> str:
    """What the command line says by its options, the page says by its fields."""
    errors = sum(each.severity is Severity.error for each in faults)
    if errors:
        return f"{errors} 处错误，没有写入任何内容 -> 按下表逐条改正后，连同没有错的文件一起重新上传"
    warnings = sum(each.severity is Severity.warning for each in faults)
    return f"{warnings} 处警告，没有写入任何内容 -> 改正；确认属实的，填写保留警告的理由后重新上传全部文件"
