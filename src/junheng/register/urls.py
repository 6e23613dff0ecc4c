"""The addresses of the room. The pages of schools show more than this room and stand in `web`."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("submissions/", include("junheng.register.submissions.urls"))]
