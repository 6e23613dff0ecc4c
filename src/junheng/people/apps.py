"""The Django app of the room."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "junheng.people"
    label = "people"
    verbose_name = "人员与权限"
    default_auto_field = "django.db.models.BigAutoField"
