"""The rows of the room."""

from junheng.people.models.audit import AuditEntry, AuditHead
from junheng.people.models.cases import Case, Step
from junheng.people.models.jobs import Job
from junheng.people.models.organisations import Branch, Organisation
from junheng.people.models.persons import ApiToken, Appointment, Person

__all__ = ["ApiToken", "Appointment", "AuditEntry", "AuditHead", "Branch", "Case", "Job", "Organisation", "Person", "Step"]
