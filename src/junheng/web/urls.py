"""The addresses of the desk: each room brings its own."""

from __future__ import annotations

from django.urls import include, path

from junheng.web import errors, health, metrics, overview

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("", include("junheng.people.urls")),
    path("", include("junheng.register.urls")),
    path("", include("junheng.indicators.urls")),
    path("api/v1/", include("junheng.web.api.urls", namespace="api-v1")),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
]
handler400, handler403, handler404, handler500 = errors.wrong, errors.refused, errors.not_found, errors.broken
