"""The Django app of the room."""

from __future__ import annotations

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "junheng.standards"
    label = "standards"
    verbose_name = "标准"
    default_auto_field = "django.db.models.BigAutoField"
