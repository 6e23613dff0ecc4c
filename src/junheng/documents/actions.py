"""What people do with documents: each action is one transaction, audited."""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from junheng.documents.codes import Decided
from junheng.documents.jobs import ask_for_promises, ask_to_read
from junheng.documents.keeping import founded, receive
from junheng.documents.models import Comparison, DecisionRow, Document, Item
from junheng.documents.opening import open_document
from junheng.documents.opening.files import format_of
from junheng.kernel.faults import JunhengError
from junheng.people import audit
from junheng.people.language import joined
from junheng.people.models import Person
from junheng.people.words import ACTS

ACTS.update(
    {
        "document.upload": "上传文件",
        "document.read": "重新识读文件",
        "document.open": "下载文件原件",
        "document.decide": "核定识读结果",
        "document.repair": "核定文字修复",
        "document.compare": "承诺对照",
        "document.export": "导出承诺对照表",
    }
)
LONGEST_NAME = 120
CONVERTED = ("doc", "wps")  # by another program, which takes its time: in the job
LONGEST = 300  # characters of a value or a note


def upload(by: Person, file: UploadedFile, county_code: str, county: str) -> Document:
    """Keep a file and have it read; one that is there already is that document.

    Errors: JunhengError for what is too large or no document that can be read.
    """
    limit = settings.UPLOAD_LIMIT_BYTES
    if (file.size or 0) > limit:
        told = {"file": _name(file), "most": limit // 2**20}
        raise JunhengError(_("%(file)s：超过 %(most)s MB -> 删去图片和附件，或分成几个文件后重交") % told)
    shelf = founded(settings.CITY)
    with TemporaryDirectory() as folder:
        path = Path(folder) / _name(file)
        digest = _written(path, file)
        try:
            if format_of(path) not in CONVERTED:
                open_document(path)  # what cannot be read is refused now, and nothing of it is kept
        except JunhengError as refused:
            raise JunhengError(str(refused).replace(f"{folder}/", ""), refused.code) from None
        receive(shelf, path, digest)
    with transaction.atomic():
        made, new = Document.objects.get_or_create(
            sha256=digest, county_code=county_code, defaults={"name": path.name, "county": county, "uploaded_by": by}
        )
        if new:
            audit.record(by, "document.upload", path.name, detail={"document": made.pk, "sha256": digest})
            ask_to_read(made, by)
    return made


def _name(file: UploadedFile) -> str:
    """The file's own name: no folder, nothing unseen, short enough for every disk."""
    name = (file.name or "").replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(each for each in name if unicodedata.category(each)[0] != "C").strip(" .") or "文稿"
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[: LONGEST_NAME // 2]}{dot}{suffix[:8]}" if dot and stem else plain[: LONGEST_NAME // 2]


def _written(path: Path, file: UploadedFile) -> str:
    digest = sha256()
    with path.open("wb") as out:
        for chunk in file.chunks():
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


@transaction.atomic
def read_again(by: Person, document: Document) -> None:
    """By the rules and the register of today; decisions stay."""
    audit.record(by, "document.read", document.name, detail={"document": document.pk})
    ask_to_read(document, by)


@transaction.atomic
def decide(by: Person, item: Item, decided: Decided, value: str = "", note: str = "", *, seen: int | None = None) -> DecisionRow:
    """What a person says of an item; what was read stays as it is. `seen`: how many decisions on it he saw; sent twice it is one.

    Errors: JunhengError for an edit that edits nothing, and where somebody else was first.
    """
    value, note = value.strip(), note.strip()
    if decided is Decided.edited and not value:
        raise JunhengError(_("修改：没有写改为什么 -> 写上改后的内容，或改按“采用”“拒绝”"))
    if max(len(value), len(note)) > LONGEST:
        raise JunhengError(_("修改或说明：超过 %(most)s 字 -> 写短一些") % {"most": LONGEST})
    kept = value if decided is Decided.edited else ""
    same = {"decided": decided.name, "value": kept, "note": note, "by": by}
    if seen is not None and (first := _since(item, seen)):
        if all(getattr(first, name) == sent for name, sent in same.items()):
            return first
        told = {"item": item.title, "who": first.by, "decided": _(Decided[first.decided].zh)}
        raise JunhengError(_("%(item)s：%(who)s已先一步核定（%(decided)s） -> 刷新页面查看，您的操作没有生效") % told)
    made = DecisionRow.objects.create(
        document_id=item.document_id, kind=item.kind, start=item.start, end=item.end, text=item.text, **same
    )
    detail: dict[str, Any] = {"document": item.document_id, "kind": item.kind, "place": [item.start, item.end]}
    audit.record(by, "document.decide", f"{item.document.name} {decided.zh}", reason=note, detail=detail)
    return made


def _since(item: Item, seen: int) -> DecisionRow | None:
    """The first decision on an item after those that a person saw; until the end of the transaction there is no other."""
    Document.objects.select_for_update().get(pk=item.document_id)
    rows = DecisionRow.objects.filter(
        document_id=item.document_id, kind=item.kind, start=item.start, end=item.end, text=item.text)
    return rows.select_related("by").order_by("pk")[seen:].first()


@transaction.atomic
def repair(by: Person, item: Item, done: bool, note: str = "") -> None:
    """Accept or undo a repair: the document is read anew with it. Errors: JunhengError while it is being read."""
    if not item.told.get("open"):
        raise JunhengError(_("这一处只是提示，没有可采用的改法 -> 查原件后改原文，再上传"))
    if item.document.job and item.document.job.is_open:
        raise JunhengError(_("这份文件正在识读 -> 等识读完再核定修复"))
    wanted = {name: item.told[name] for name in ("kind", "span", "now")} | {"done": done}
    decide(by, item, Decided.accepted if done else Decided.rejected, note=note)
    audit.record(by, "document.repair", item.document.name, reason=note, detail={"document": item.document_id, "done": done})
    ask_to_read(item.document, by, wanted)


@transaction.atomic
def compare(by: Person, plan: Document, report: Document) -> Comparison:
    """What became of the promises of `plan`, by `report`. Errors: JunhengError for a document with itself, or one not read."""
    if plan.pk == report.pk:
        raise JunhengError(_("承诺对照：计划和报告是同一份文件 -> 选两份不同的文件"))
    if waiting := [each.name for each in (plan, report) if not each.reading]:
        raise JunhengError(_("承诺对照：%(files)s 还没有识读完 -> 等识读完再对照") % {"files": joined(waiting)})
    made = Comparison.objects.get_or_create(
        plan=plan, report=report, defaults={"made_by": by, "county_code": plan.county_code or report.county_code}
    )[0]
    audit.record(by, "document.compare", f"{plan.name} — {report.name}", detail={"comparison": made.pk})
    ask_for_promises(made, by)
    return made
