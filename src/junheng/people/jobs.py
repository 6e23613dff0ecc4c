"""Long work (DESIGN 10): asked once, carried by a worker, seen within a second, cancelled on wish, taken up after a kill."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from time import monotonic
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from junheng.kernel.faults import JunhengError
from junheng.people import audit
from junheng.people.codes import JobState
from junheng.people.models import Job, Person

log = logging.getLogger("junheng.jobs")

BEAT_S, DEAD_S = 5.0, 30.0  # how often a job says it is alive; for how long it may be silent
TELL_S = 0.5  # progress is written at most this often
MOST_ATTEMPTS = 3
OPEN = (JobState.waiting.name, JobState.running.name)


class Cancelled(Exception):
    """The person who asked for the job wished it to end."""


@dataclass
class Running:
    """A job in the hands of the worker: what it was asked, and how it tells."""

    job: Job
    _told: float = field(default=0.0)
    _wished: bool = field(default=False)

    @property
    def asked(self) -> Mapping[str, Any]:
        return self.job.asked

    def on_progress(self, share: float, sentence: str) -> None:
        """Tell how far it is; raises `Cancelled` where it is to end. Work that ends in its own way asks `wished` instead."""
        self.tell(share, sentence)
        if self.wished():
            raise Cancelled

    def tell(self, share: float, sentence: str) -> None:
        if monotonic() - self._told >= TELL_S:
            self._told = monotonic()
            Job.objects.filter(pk=self.job.pk).update(share=share, sentence=sentence[:300], heartbeat=timezone.now())
            self._wished = Job.objects.filter(pk=self.job.pk, cancel_wished=True).exists()

    def wished(self) -> bool:
        """Whether it is to end; asked of the database when progress is told, and by the heart."""
        return self._wished


Work = Callable[[Running], Mapping[str, Any]]
Page = Callable[[Job], str]
KINDS: dict[str, Work] = {}
PAGES: dict[str, Page] = {}


def job(kind: str, page: Page) -> Callable[[Work], Work]:
    """Declare what is done for jobs of a kind, and the address where one sees it; the answer is kept as the job's result."""

    def declare(work: Work) -> Work:
        KINDS[kind], PAGES[kind] = work, page
        return work

    return declare


def page_of(job: Job) -> str:
    """Where one sees what the job does or did; none for a kind that this release has not."""
    page = PAGES.get(job.kind)
    return page(job) if page else ""


def digest_of(kind: str, asked: Mapping[str, Any]) -> str:
    return sha256(json.dumps([kind, asked], ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def ask(kind: str, title: str, asked: Mapping[str, Any], by: Person | None, *, county_code: str = "", again: bool = False) -> Job:
    """The job that does this: the one that is under way or done already, or a new one. `again`: what is done is done anew."""
    digest = digest_of(kind, asked)
    with transaction.atomic():
        states = OPEN if again else (*OPEN, JobState.done.name)
        there = Job.objects.filter(digest=digest, state__in=states).order_by("-created").first()
        if there:
            return there
        made = Job.objects.create(
            kind=kind, title=title, asked=dict(asked), digest=digest, by=by, county_code=county_code, heartbeat=timezone.now()
        )
        audit.record(by, "job.ask", f"{kind}#{made.pk}", detail={"title": title})
        transaction.on_commit(lambda: carry.enqueue(made.pk))
    return made


def cancel(job: Job, by: Person) -> None:
    """Wish a job to end; one that waits ends at once."""
    with transaction.atomic():
        Job.objects.filter(pk=job.pk, state__in=OPEN).update(cancel_wished=True)
        Job.objects.filter(pk=job.pk, state=JobState.waiting.name).update(state=JobState.cancelled.name, ended=timezone.now())
        audit.record(by, "job.cancel", f"{job.kind}#{job.pk}")


def take_up_again() -> int:
    """Jobs whose worker fell silent go back to the queue, or are marked after too many attempts; how many."""
    limit = timezone.now() - timedelta(seconds=DEAD_S)
    silent = Job.objects.filter(state=JobState.running.name, heartbeat__lt=limit)
    taken = 0
    for each in silent:
        again = each.attempt < MOST_ATTEMPTS
        after = (
            {"state": JobState.waiting.name}
            if again
            else {
                "state": JobState.failed.name,
                "ended": timezone.now(),
                "error": f"办理进程{each.attempt}次中断 -> 重新提交；仍不成功请报告维护者",
            }
        )
        with transaction.atomic():
            held = Job.objects.filter(pk=each.pk, state=JobState.running.name, heartbeat__lt=limit)
            if held.update(heartbeat=timezone.now(), **after):
                taken += 1
                audit.record(None, "job.take_up_again" if again else "job.lost", f"{each.kind}#{each.pk}")
                if again:
                    transaction.on_commit(lambda pk=each.pk: carry.enqueue(pk))
    return taken + _forgotten()


def _forgotten() -> int:
    """Jobs that wait although nothing carries them any more: the kill came between the two. Those in the queue wait on."""
    limit = timezone.now() - timedelta(seconds=DEAD_S)
    waiting = Job.objects.filter(state=JobState.waiting.name, heartbeat__lt=limit).exclude(pk__in=_in_the_queue())
    found = 0
    for each in waiting:
        if Job.objects.filter(pk=each.pk, state=JobState.waiting.name, heartbeat__lt=limit).update(heartbeat=timezone.now()):
            found += 1
            carry.enqueue(each.pk)
    return found


def _in_the_queue() -> list[int]:
    """The jobs that a worker will come to. A task begun is none of them: its worker may be dead; carried twice is done once."""
    ready = DBTaskResult.objects.filter(task_path=carry.module_path, status=TaskResultStatus.READY)
    return [each["args"][0] for each in ready.values_list("args_kwargs", flat=True)]


@task()
def carry(job_id: int) -> None:
    """Do a job. Carried twice, it is done once: only who turns it from waiting to running does it."""
    now = timezone.now()
    if not Job.objects.filter(pk=job_id, state=JobState.waiting.name).update(
        state=JobState.running.name, started=now, heartbeat=now, share=0, sentence="开始"
    ):
        return
    job = Job.objects.get(pk=job_id)
    Job.objects.filter(pk=job_id).update(attempt=job.attempt + 1)  # nobody else carries it now
    with _heart(running := Running(job)):
        _end(job_id, **_outcome(running))


def _outcome(running: Running) -> dict[str, Any]:
    kind = running.job.kind
    try:
        return {
            "state": JobState.done.name,
            "share": 1.0,
            "sentence": "已完成",
            "result": dict(KINDS[kind](running)),
            "error": "",
        }
    except Cancelled:
        return {"state": JobState.cancelled.name, "sentence": "已取消"}
    except JunhengError as refused:
        return {"state": JobState.failed.name, "error": str(refused)}
    except Exception as bug:  # the last door: where it happened, never a user's data
        log.exception("job %s failed", running.job.pk, extra={"kind": kind})
        return {
            "state": JobState.failed.name,
            "error": f"程序出错（{type(bug).__name__}），数据没有改变 -> 重新提交；仍不成功请报告维护者",
        }


def _end(job_id: int, **outcome: Any) -> None:
    Job.objects.filter(pk=job_id, state=JobState.running.name).update(ended=timezone.now(), heartbeat=timezone.now(), **outcome)


class _heart:
    """Says every few seconds that the job is alive, from a thread with a connection of its own, and hears the wish to end."""

    def __init__(self, running: Running) -> None:
        self.running, self.stopped = running, threading.Event()
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        if not connection.in_atomic_block:  # a test's transaction is seen by no other thread
            self.thread.start()

    def __exit__(self, *left: object) -> None:
        self.stopped.set()
        if self.thread.is_alive():
            self.thread.join()

    def _beat(self) -> None:
        while not self.stopped.wait(BEAT_S):
            try:
                Job.objects.filter(pk=self.running.job.pk).update(heartbeat=timezone.now())
                self.running._wished = Job.objects.filter(pk=self.running.job.pk, cancel_wished=True).exists()
            except Exception:  # a busy database; the next beat tries again
                log.warning("a heartbeat was lost", exc_info=True)
        close_old_connections()
        connection.close()
