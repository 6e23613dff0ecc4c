"""The Django app of the room."""

from __future__ import annotations

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "junheng.register"
    label = "register"
    verbose_name = "登记"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.register import tasks  # noqa: F401 - declares the room's jobs
