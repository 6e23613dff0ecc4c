"""The addresses of the room."""

from __future__ import annotations

from django.urls import include, path

from junheng.register import views

urlpatterns = [
    path("schools/", views.schools, name="schools"),
    path("submissions/", include("junheng.register.submissions.urls")),
]
