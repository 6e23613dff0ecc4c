"""The Django app of the room."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "junheng.indicators"
    label = "indicators"
    verbose_name = "测算"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.indicators import tasks  # noqa: F401 - declares the room's jobs
