"""The addresses of the room."""

from __future__ import annotations

from django.urls import path

from junheng.indicators import views

urlpatterns = [path("findings/", views.findings, name="findings")]
