"""The addresses of the room. A school's code may hold any letter, so it is a path and what follows it is tried first."""

from __future__ import annotations

from django.urls import path

from junheng.indicators.views import figure, listing, parts, saved

FINDING = "findings/<int:year>/<str:item>/<str:level>/<path:group>/<str:stage>/"
urlpatterns = [
    path("findings/", listing.findings, name="findings"),
    path("findings/export/", listing.export, name="findings-export"),
    path("findings/views/", saved.save, name="view-save"),
    path("findings/views/<int:number>/delete/", saved.remove, name="view-remove"),
    path(f"{FINDING}rows/", figure.rows, name="finding-rows"),
    path(f"{FINDING}parts/", parts.parts_of, name="finding-parts"),
    path(FINDING, figure.finding, name="finding"),
]
