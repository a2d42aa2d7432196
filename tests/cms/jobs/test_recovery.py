"""No job is lost: not with its worker, not with the database, not between a ring and its commit."""

import datetime as dt
import threading

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.jobs import lanes, registry
from cms.jobs.lanes import Lane
from cms.jobs.management.commands.work import make_lanes
from cms.jobs.periodic import tend
from cms.jobs.registry import Job, Queue, run

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def job(monkeypatch) -> Job:
    monkeypatch.setattr(registry, "declared", dict(registry.declared))
    job = Job("polish the lenses")
    job.handler(lambda **ids: None)
    return job


def begin(job: DBTaskResult, *, times: int = 1, minutes_ago: float = 0) -> DBTaskResult:
    for _ in range(times):
        job.claim("a worker")
    DBTaskResult.objects.filter(pk=job.pk).update(started_at=timezone.now() - minutes_ago * MINUTE)
    return job


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("times", "minutes_ago", "status"),
    [(1, 14, "RUNNING"), (1, 16, "READY"), (2, 16, "READY"), (3, 16, "FAILED")],
)
def test_a_job_whose_worker_died_waits_again_but_not_for_ever(times, minutes_ago, status):
    job = begin(run.enqueue("polish the lenses").db_result, times=times, minutes_ago=minutes_ago)
    assert tend()["jobs put back"] == (status != "RUNNING")
    job.refresh_from_db()
    assert job.status == status
    assert (job.finished_at is not None) is (status == "FAILED")


@pytest.mark.django_db
def test_what_is_done_is_left_alone():
    job = begin(run.enqueue("polish the lenses").db_result, minutes_ago=60)
    job.set_successful(None)
    assert tend()["jobs put back"] == 0


@pytest.mark.django_db
def test_a_lane_puts_back_what_it_could_not_bring_to_an_end(job, monkeypatch):
    """The database went away under the job, so that not even its failure could be written down."""
    job.ring()
    lane, waiting = Lane(), DBTaskResult.objects.get()
    waiting.claim(lane.worker_id)

    def away(self, problem):
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patched:
        patched.setattr(DBTaskResult, "set_successful", away)
        patched.setattr(DBTaskResult, "set_failed", away)
        with pytest.raises(OperationalError):
            lane.run_task(waiting)
    assert DBTaskResult.objects.get().status == "RUNNING"
    lane.put_back()
    assert DBTaskResult.objects.get().status == "READY"
    begin(waiting)
    lane.put_back()  # whose job it is now
    assert DBTaskResult.objects.get().status == "RUNNING"


@pytest.mark.django_db
def test_a_job_that_fails_has_ended(job):
    def fail() -> None:
        raise ValueError("no cloth")

    job.handler(fail)
    job.ring()
    lane, waiting = Lane(), DBTaskResult.objects.get()
    waiting.claim(lane.worker_id)
    lane.run_task(waiting)
    lane.put_back()
    assert DBTaskResult.objects.get().status == "FAILED"


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["in somebody else's job", "after the job was done"])
def test_a_job_that_met_an_outage_waits_for_a_minute(job, monkeypatch, where):
    """Ours ring again themselves; those that index do not."""

    def locked(*args: object) -> None:
        raise OperationalError("database is locked")

    job.ring()
    lane, waiting = Lane(), DBTaskResult.objects.get()
    waiting.claim(lane.worker_id)
    done = (registry, "is_outage") if where == "in somebody else's job" else (DBTaskResult, "set_successful")
    monkeypatch.setattr(*done, locked)
    job.handler(lambda: 1 / 0 if done[0] is registry else None)
    lane.run_task(waiting)
    again = DBTaskResult.objects.get()
    assert (again.status, again.worker_ids, again.traceback) == ("READY", [], "")
    assert 50 < (again.run_after - timezone.now()).total_seconds() <= 60
    assert not DBTaskResult.objects.ready().exists()


def test_a_lane_outlives_a_database_that_is_away(monkeypatch):
    monkeypatch.setattr(lanes, "REST_SECONDS", 0.0)
    monkeypatch.setattr(lanes, "close_old_connections", lambda: None)
    lane, looks = Lane(), []

    def look() -> None:
        looks.append(1)
        lane.running = len(looks) < 3
        raise OperationalError("connection refused")

    monkeypatch.setattr(lane, "run", look)
    lane.thread.start()
    lane.thread.join(10)
    assert len(looks) == 3


@pytest.mark.parametrize(
    ("only", "served"),
    [
        (None, [(["take-down"], []), (["soon"], []), (["*"], ["take-down", "soon"])]),
        ("soon", [(["take-down"], []), (["soon"], [])]),
        ("long", [(["*"], ["take-down", "soon"])]),
    ],
)
def test_two_workers_that_serve_one_queue_each_serve_everything(only, served):
    assert [(lane.queue_names, lane.excluded_queue_names) for lane in make_lanes(only)] == served


def test_nothing_else_stands_in_the_queue_that_takes_down():
    assert [job.name for job in registry.declared.values() if job.queue == Queue.TAKE_DOWN] == ["sweep entry"]


@pytest.mark.django_db(transaction=True)
def test_a_ring_is_heard_though_the_job_that_waits_is_taken_on_before_the_commit(job):
    """Somebody's change is not yet to be seen, so a job that begins now would miss it."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets nobody take on a job while somebody writes")
    job.ring()
    taken: list[bool] = []

    def take_on() -> None:
        with transaction.atomic():
            taken.append(DBTaskResult.objects.ready().get_locked() is not None)
        connection.close()

    with transaction.atomic():
        job.ring()
        worker = threading.Thread(target=take_on)
        worker.start()
        worker.join(10)
    assert taken == [False]
    assert DBTaskResult.objects.ready().count() == 1
