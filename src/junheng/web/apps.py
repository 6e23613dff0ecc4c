"""The Django app of the room."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "junheng.web"
    label = "web"
    verbose_name = "工作台"

    def ready(self) -> None:
        from junheng.web.guide import tasks  # noqa: F401 - declares the room's jobs
        from junheng.web.standards import effects  # noqa: F401 - declares a job
