"""A job is known by its name, rung once while it waits, and done by somebody."""

import datetime as dt
import errno

import pytest
from botocore.exceptions import EndpointConnectionError
from django.core.checks import run_checks
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.jobs import registry
from cms.jobs.registry import FIRST, Job, Queue


@pytest.fixture
def jobs(monkeypatch) -> None:
    """Jobs declared in a test are gone after it."""
    monkeypatch.setattr(registry, "declared", dict(registry.declared))


def test_every_job_that_can_be_rung_for_is_done_by_somebody():
    assert [error.id for error in run_checks(tags=["jobs"])] == []
    assert len(registry.declared) >= 6


def test_a_job_without_a_handler_is_an_error_at_every_start(jobs, monkeypatch):
    job = Job("clean the lenses")
    monkeypatch.setattr("cms.jobs.checks.declared", registry.declared)
    assert [(error.id, error.msg) for error in run_checks(tags=["jobs"])] == [
        ("jobs.E001", "Nobody does the job 'clean the lenses'.")
    ]
    with pytest.raises(LookupError, match="Nobody does the job 'clean the lenses'"):
        registry.run.call(job.name)


def test_two_jobs_cannot_share_a_name(jobs):
    Job("clean the lenses")
    with pytest.raises(ValueError, match="Two jobs are called 'clean the lenses'"):
        Job("clean the lenses")


@pytest.mark.django_db
def test_one_ring_is_enough_while_the_same_job_waits(jobs, work):
    cleaned = []
    job = Job("clean the lenses")

    @job.handler
    def clean(*, lens_id: int) -> None:
        cleaned.append(lens_id)

    for lens_id in (1, 2, 1, 1):
        job.ring(lens_id=lens_id)
    assert DBTaskResult.objects.ready().count() == 2
    assert work() == 2
    assert sorted(cleaned) == [1, 2]
    job.ring(lens_id=1)  # what is done may become necessary again
    assert work() == 1


@pytest.mark.django_db
def test_taking_down_comes_before_whatever_else_is_soon(jobs):
    done = []
    jobs_in_order = [
        Job("hang another", queue=Queue.SOON),
        Job("pack a parcel"),
        Job("take it down", queue=Queue.SOON, priority=FIRST),
    ]
    for job in jobs_in_order:
        job.handler(lambda name=job.name: done.append(name))
        job.ring()
    soon = DBTaskResult.objects.ready().filter(queue_name=Queue.SOON)
    assert [waiting.args_kwargs["args"] for waiting in soon] == [["take it down"], ["hang another"]]
    assert DBTaskResult.objects.ready().filter(queue_name=Queue.LONG).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "away", [OperationalError("gone"), EndpointConnectionError(endpoint_url="s3"), OSError(errno.ENOSPC, "full")]
)
def test_a_job_does_not_fail_because_somebody_it_needs_is_away(jobs, work, away):
    """It comes back a minute later, once, however often that happens."""
    job = Job("polish the lenses", priority=3)
    tried = []

    def polish(**ids: int) -> None:
        tried.append(ids)
        raise away

    job.handler(polish)
    for _ in range(2):
        job.ring(entry_id=7)
        assert work() == 1
    later = DBTaskResult.objects.get(status="READY")
    assert dt.timedelta(seconds=50) < later.run_after - timezone.now() <= dt.timedelta(minutes=1)
    assert (later.priority, later.args_kwargs["kwargs"], tried) == (3, {"entry_id": 7}, [{"entry_id": 7}] * 2)
    assert not DBTaskResult.objects.ready().exists()
