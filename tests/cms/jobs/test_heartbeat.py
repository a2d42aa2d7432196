"""A worker says that it is alive while its lanes are busy, and says so when it stops."""

import datetime as dt
from threading import Event

import pytest
from django.utils import timezone

from cms.core.logs import request_id
from cms.jobs import heartbeat, registry
from cms.jobs.heartbeat import Heartbeat
from cms.jobs.management.commands.work import make_lanes
from cms.jobs.models import WorkerProcess
from cms.jobs.periodic import tend
from cms.jobs.registry import Job, name_of, run
from cms.operation import state

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
ALL = ["take-down", "soon", "long"]


@pytest.fixture
def job(monkeypatch) -> Job:
    monkeypatch.setattr(registry, "declared", dict(registry.declared))
    return Job("polish lens")


def queues(only: str | None) -> list[str]:
    return [facts["queue"] for lane in make_lanes(only) for facts in lane.busy_with()]


def test_lanes_say_which_queues_they_serve():
    assert (queues(None), queues("soon"), queues("long")) == (ALL, ALL[:2], ALL[2:])


def test_a_lane_says_what_it_is_at_and_its_log_lines_carry_it(job):
    (lane,) = make_lanes("long")
    seen = []
    job.handler(lambda **ids: seen.append((lane.busy_with(), request_id.get())))
    waiting = run.enqueue("polish lens", lens_id=7).db_result
    waiting.claim(lane.worker_id)
    lane.run_task(waiting)
    ((busy, name),) = seen
    assert busy == [{"queue": "long", "job": "polish lens 7", "since": waiting.started_at.isoformat()}]
    assert name == f"polish lens 7, job {waiting.pk}"
    assert lane.busy_with() == [{"queue": "long"}]
    assert request_id.get() == "-"


def test_log_lines_of_the_timer_carry_its_round(monkeypatch):
    seen = []
    monkeypatch.setattr("cms.mail.sending.send_due", lambda now: seen.append(request_id.get()) or 0)
    tend()
    assert seen == ["timer, mails"]


def test_jobs_of_wagtail_have_a_name():
    job = run.enqueue("x").db_result
    job.task_path = "wagtail.tasks.update_reference_index_task"
    assert name_of(job) == "update reference index"


def test_a_worker_counts_until_it_is_silent_and_a_moment_longer_when_it_stops():
    one = Heartbeat(lambda: [{"queue": queue} for queue in ALL])
    now = timezone.now()
    assert state.unserved(now) == ALL
    one.beat()
    one.beat()
    row = WorkerProcess.objects.get()
    assert (row.stopped_at, row.place) == (None, one._place)
    assert state.unserved(row.seen_at + 1.9 * MINUTE) == []
    assert state.unserved(row.seen_at + 2.1 * MINUTE) == ALL
    one.beat(stopped=True)
    row.refresh_from_db()
    assert row.stopped_at == row.seen_at
    assert state.unserved(row.seen_at + 1.9 * MINUTE) == []
    assert tend(now=row.seen_at + 59 * MINUTE)["workers forgotten"] == 0
    assert tend(now=row.seen_at + 61 * MINUTE)["workers forgotten"] == 1


def test_half_a_worker_is_seen():
    Heartbeat(lambda: [{"queue": "take-down"}, {"queue": "soon"}]).beat()
    assert state.unserved(timezone.now()) == ["long"]


def test_a_database_that_is_away_silences_it_for_as_long_as_it_is(monkeypatch):
    monkeypatch.setattr(heartbeat, "BEAT_SECONDS", 0)
    monkeypatch.setattr(heartbeat, "close_old_connections", lambda: None)
    monkeypatch.setattr(heartbeat.connections, "close_all", lambda: None)
    stopped, tries = Event(), []

    def lanes():
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError
        stopped.set()
        return []

    Heartbeat(lanes).keep_beating(stopped)
    assert (len(tries), WorkerProcess.objects.count()) == (2, 1)
