"""The Django app of the room."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "junheng.indicators"
    label = "indicators"
    verbose_name = "测算"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.indicators import tasks  # declares the room's jobs
        from junheng.register.submissions.versions import came_into_force

        came_into_force.connect(tasks.follow_the_register)
