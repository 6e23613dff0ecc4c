"""Jobs: asked once, done once, cancelled on wish, taken up again after a kill."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from junheng.kernel.faults import JunhengError
from junheng.people import jobs
from junheng.people.models import Job, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A kind of job that writes down that it was done."""
    carried: list[int] = []

    def work(running: jobs.Running) -> dict[str, Any]:
        carried.append(running.job.pk)
        running.on_progress(0.5, "一半")
        if running.asked.get("refuse"):
            raise JunhengError("数据不对 -> 改正")
        if running.asked.get("break"):
            raise ValueError("a child's name")
        return {"n": running.asked["n"]}
    monkeypatch.setitem(jobs.KINDS, "try", work)
    return carried


def asked(**told: Any) -> Job:
    return jobs.ask("try", "试", {"n": 1, **told}, None)


def carry(job: Job) -> Job:
    jobs.carry.call(job.pk)
    job.refresh_from_db()
    return job


def test_the_same_thing_asked_twice_is_one_job_done_once(done: list[int]) -> None:
    first = asked()
    assert asked() == first
    carry(first)
    carry(first)
    assert asked() == first
    assert done == [first.pk]
    first.refresh_from_db()
    assert (first.state, first.result, first.attempt) == ("done", {"n": 1}, 1)


def test_a_job_that_was_refused_says_why_and_can_be_asked_again(done: list[int]) -> None:
    refused = carry(asked(refuse=True))
    assert (refused.state, refused.error) == ("failed", "数据不对 -> 改正")
    assert asked(refuse=True) != refused


def test_a_bug_is_told_without_what_it_quotes(done: list[int]) -> None:
    broken = carry(asked(**{"break": True}))
    assert broken.state == "failed"
    assert "child" not in broken.error
    assert "ValueError" in broken.error


def test_a_job_wished_to_end_ends(done: list[int]) -> None:
    job, person = asked(), Person.objects.create(username="p", name="p")
    jobs.cancel(job, person)
    job.refresh_from_db()
    assert job.state == "cancelled"
    running = asked()
    Job.objects.filter(pk=running.pk).update(cancel_wished=True)
    assert carry(running).state == "cancelled"


def silent(job: Job, **columns: Any) -> Job:
    Job.objects.filter(pk=job.pk).update(heartbeat=timezone.now() - timedelta(seconds=jobs.DEAD_S + 1), **columns)
    return job


def test_a_job_whose_worker_was_killed_is_taken_up_again_and_done(done: list[int]) -> None:
    job = silent(asked(), state="running", attempt=1)
    assert jobs.take_up_again() == 1
    assert carry(job).state == "done"


def test_a_job_that_is_alive_is_left_alone(done: list[int]) -> None:
    job = asked()
    Job.objects.filter(pk=job.pk).update(state="running", heartbeat=timezone.now())
    assert jobs.take_up_again() == 0


def test_a_job_that_kills_its_worker_again_and_again_is_marked(done: list[int]) -> None:
    job = silent(asked(), state="running", attempt=jobs.MOST_ATTEMPTS)
    assert jobs.take_up_again() == 1
    job.refresh_from_db()
    assert job.state == "failed"
    assert "中断" in job.error


def test_a_job_that_nothing_carries_is_found_and_put_into_the_queue_once(done: list[int]) -> None:
    job = silent(asked())  # its task is asked for at the end of a transaction, and that of a test has none
    assert jobs.take_up_again() == 1
    for _ in range(3):
        silent(job)
        assert jobs.take_up_again() == 0
    assert DBTaskResult.objects.count() == 1


def test_a_job_that_waits_in_the_queue_is_not_put_into_it_again(
    done: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = silent(asked())
    assert jobs.take_up_again() == 0
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)  # the worker took it and was killed before it said so
    assert jobs.take_up_again() == 1
    assert carry(job).state == "done"
