"""The addresses of the desk: each room brings its own."""

from __future__ import annotations

from django.urls import include, path

from junheng.web import errors, guide, health, metrics, overview
from junheng.web.manual import pages
from junheng.web.schools import listing, points, school

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("todo/", overview.todo, name="todo"),
    path("guide/", guide.guide, name="guide"),
    path("guide/hand-in/", guide.hand_in, name="guide-hand-in"),
    path("guide/measure/", guide.measure, name="guide-measure"),
    path("guide/templates/<slug:name>.xlsx", guide.template, name="guide-template"),
    path("help/", pages.contents, name="help"),
    path("help/<slug:name>/", pages.chapter, name="help-chapter"),
    path("schools/", listing.schools, name="schools"),
    path("schools/points.geojson", points.points, name="schools-points"),
    path("schools/<path:school_id>/lineage/", school.lineage, name="school-lineage"),
    path("schools/<path:school_id>/", school.school, name="school"),
    path("", include("junheng.people.urls")),
    path("", include("junheng.register.urls")),
    path("", include("junheng.indicators.urls")),
    path("", include("junheng.planning.urls")),
    path("", include("junheng.documents.urls")),
    path("", include("junheng.web.standards.urls")),
    path("api/v1/", include("junheng.web.api.urls", namespace="api-v1")),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
]
handler400, handler403, handler404, handler500 = errors.wrong, errors.refused, errors.not_found, errors.broken
