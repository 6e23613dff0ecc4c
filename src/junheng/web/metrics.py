"""Prometheus metrics: answers by route, jobs by state; nothing about persons."""

from __future__ import annotations

import os
from collections.abc import Iterable

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from junheng.people.doors import public
from junheng.people.models import Job
from junheng.web.starting import COUNTED_IN


class _Jobs:
    """Asked of the database each time, so every process tells the same."""

    def collect(self) -> Iterable[Metric]:
        told = GaugeMetricFamily("junheng_jobs", "Jobs by state", labels=["state"])
        for state, number in Job.objects.values_list("state").annotate(Count("pk")).order_by():
            told.add_metric([state], number)
        yield told


OWN = CollectorRegistry()  # of this process
ANSWERS = Counter("junheng_answers", "Answers by route, method and status", ["route", "method", "status"], registry=OWN)
SECONDS = Histogram("junheng_answer_seconds", "Seconds an answer took", ["route"], registry=OWN)


def answered(route: str, method: str, status: int, seconds: float) -> None:
    ANSWERS.labels(route, method, status).inc()
    SECONDS.labels(route).observe(seconds)


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers for the machine that watches, of all processes; the proxy keeps others away from it (deploy/)."""
    told = CollectorRegistry()
    told.register(_Jobs())
    if os.environ.get(COUNTED_IN):
        MultiProcessCollector(told)
        return _text(generate_latest(told))
    return _text(generate_latest(told) + generate_latest(OWN))


def _text(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type=CONTENT_TYPE_LATEST)
