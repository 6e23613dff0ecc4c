"""The addresses of the room."""

from __future__ import annotations

from django.urls import path

from junheng.planning.views import approving, comparing, exploring, listing, showing

PLAN = "plans/<slug:digest>/"
urlpatterns = [
    path("plans/", listing.plans, name="plans"),
    path("plans/new/", listing.new, name="plan-new"),
    path("plans/compare/", comparing.compare, name="plan-compare"),
    path("plans/runs/<int:number>/", listing.run, name="plan-run"),
    path("plans/runs/<int:number>/progress/", listing.run_progress, name="plan-run-progress"),
    path("plans/runs/<int:number>/stop/", listing.run_stop, name="plan-run-stop"),
    path(PLAN, showing.plan, name="plan"),
    path(f"{PLAN}measures/", showing.measures, name="plan-measures"),
    path(f"{PLAN}schools/", showing.schools, name="plan-schools"),
    path(f"{PLAN}schools/<str:school_id>/", showing.school, name="plan-school"),
    path(f"{PLAN}remaining/", showing.remaining, name="plan-remaining"),
    path(f"{PLAN}basis/", showing.basis, name="plan-basis"),
    path(f"{PLAN}points/<slug:when>.geojson", showing.points, name="plan-points"),
    path(f"{PLAN}curve/", exploring.curve, name="plan-curve"),
    path(f"{PLAN}whatif/", exploring.whatif, name="plan-whatif"),
    path(f"{PLAN}check/", approving.check, name="plan-check"),
    path(f"{PLAN}step/", approving.step, name="plan-step"),
    path(f"{PLAN}export/<slug:paper>/", approving.export, name="plan-export"),
    path(f"{PLAN}papers/<slug:paper>/", approving.paper, name="plan-paper"),
]
