"""Prometheus metrics: answers by route, jobs by state; nothing about persons."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from junheng.people.doors import public
from junheng.people.models import Job

REGISTRY = CollectorRegistry()
ANSWERS = Counter("junheng_answers", "Answers by route, method and status", ["route", "method", "status"], registry=REGISTRY)
SECONDS = Histogram("junheng_answer_seconds", "Seconds an answer took", ["route"], registry=REGISTRY)
JOBS = Gauge("junheng_jobs", "Jobs by state", ["state"], registry=REGISTRY)


def answered(route: str, method: str, status: int, seconds: float) -> None:
    ANSWERS.labels(route, method, status).inc()
    SECONDS.labels(route).observe(seconds)


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers for the machine that watches; the proxy keeps others away from it (deploy/)."""
    JOBS.clear()
    for state, number in Job.objects.values_list("state").annotate(Count("pk")).order_by():
        JOBS.labels(state).set(number)
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
