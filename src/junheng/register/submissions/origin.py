"""Who handed in a file that a figure rests on, who accepted it, and what was typed over its cells."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.people.models import Step
from junheng.register.models import Correction, SchoolSubmission
from junheng.register.transitions import SUBMISSIONS


@dataclass(frozen=True)
class HandedIn:
    """The way of one file through the desk; a step that was not taken is None. A file imported by command has no such way."""

    submission: SchoolSubmission
    uploaded: Step
    submitted: Step | None
    accepted: Step | None
    taken: Step | None

    def typed_over(self, sheet: str, row: int, column: str) -> Correction | None:
        """What stands in the register in the place of that cell of the file."""
        sha256 = self.uploaded.detail["sha256"]
        return Correction.objects.filter(sha256=sha256, sheet=sheet, row=row, column=column).select_related("by").last()


def handed_in_as(sha256: str) -> HandedIn | None:
    """The last time the file of that digest was handed in on the desk."""
    uploads = Step.objects.filter(case__kind__in=SUBMISSIONS, action="upload", detail__sha256=sha256)
    upload = uploads.select_related("actor", "case__submission").order_by("pk").last()
    if upload is None:
        return None
    later = upload.case.steps.filter(number__gt=upload.number).select_related("actor").order_by("number")
    found: dict[str, Step] = {}
    for step in later:
        if step.action == "upload":  # from here on it is another file
            break
        found[step.action] = step
    return HandedIn(upload.case.submission, upload, found.get("submit"), found.get("accept"), found.get("take"))
