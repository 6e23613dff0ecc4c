"""The rows of the room."""

from junheng.register.models.schools import RegisterYear, School
from junheng.register.models.submissions import (
    Correction,
    Deadline,
    LockException,
    Reminder,
    SchoolSubmission,
    SubmissionFault,
    VersionChange,
    WarningReason,
)

__all__ = ["Correction", "Deadline", "LockException", "RegisterYear", "Reminder", "School", "SchoolSubmission", "SubmissionFault",
           "VersionChange", "WarningReason"]
