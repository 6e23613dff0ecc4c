"""The Django app of the room."""

from __future__ import annotations

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "junheng.planning"
    label = "planning"
    verbose_name = "规划"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.planning import tasks  # noqa: F401 - declares the room's jobs
