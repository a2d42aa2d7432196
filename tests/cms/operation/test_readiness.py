"""`/readyz` names what is not ready, waits for nothing for long, and tells strangers no more than that."""

import datetime as dt
import shutil
from threading import Event

import pytest
from django.core.cache import caches
from django.test import RequestFactory
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.core.process_cache import forget_everything
from cms.jobs.heartbeat import Heartbeat
from cms.jobs.models import WorkerProcess
from cms.jobs.registry import run
from cms.operation import readiness
from cms.operation.readiness import readyz

pytestmark = pytest.mark.django_db(transaction=True)
ALL_WELL = dict.fromkeys(("database", "cache", "storage", "disk", "worker", "queue"), "ok")


def ask(client) -> tuple[int, dict[str, str]]:
    forget_everything()
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


@pytest.fixture(autouse=True)
def _worker():
    Heartbeat(lambda: [{"queue": queue} for queue in ("take-down", "soon", "long")]).beat()


def test_all_is_well(client):
    assert ask(client) == (200, ALL_WELL)


def test_without_a_worker_it_is_not_ready(client):
    WorkerProcess.objects.update(seen_at=timezone.now() - dt.timedelta(minutes=3))
    assert ask(client) == (503, ALL_WELL | {"worker": "problem"})


@pytest.mark.parametrize(
    ("queue", "minutes", "says"),
    [
        ("take-down", 4, "ok"),
        ("take-down", 6, "problem"),
        ("soon", 16, "problem"),
        ("long", 59, "ok"),
        ("default", 61, "problem"),
    ],
)
def test_a_job_that_waits_too_long_is_seen(client, queue, minutes, says):
    job = run.enqueue("sweep entry", entry_id=1).db_result
    then = timezone.now() - dt.timedelta(minutes=minutes)
    DBTaskResult.objects.filter(pk=job.pk).update(queue_name=queue, enqueued_at=then)
    assert ask(client)[1] == ALL_WELL | {"queue": says}


def test_a_full_disk_is_seen(client, settings):
    settings.LEAST_FREE_DISK_MB = shutil.disk_usage("/").free
    assert ask(client) == (503, ALL_WELL | {"disk": "problem"})


def test_a_cache_that_is_gone_is_seen_and_strangers_are_not_told_why(client, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise ConnectionError("redis://user:password@host is away")

    monkeypatch.setattr(caches["default"].__class__, "get", broken)
    assert ask(client) == (503, ALL_WELL | {"cache": "problem"})
    ask(client)
    assert [record.getMessage() for record in caplog.records if "Readiness: cache" in record.message] == [
        "Readiness: cache: ConnectionError: redis://user:password@host is away"
    ]
    assert "Service Unavailable" not in caplog.text  # once, and not for each question
    monkeypatch.undo()
    assert ask(client)[0] == 200


def test_s3_that_is_away_is_seen(client, settings, monkeypatch):
    monkeypatch.setattr(readiness, "storages", {"private": Silent(), "public": Silent()})
    assert ask(client) == (503, ALL_WELL | {"storage": "problem"})


class Silent:
    def exists(self, name):
        raise ConnectionError


def test_what_never_answers_holds_up_neither_the_others_nor_more_than_one_thread(client, monkeypatch):
    """Ends by itself only once it has answered, so it must have answered before the part did."""
    let_go, asked = Event(), []

    def hang():
        asked.append(1)
        let_go.wait(60)

    monkeypatch.setattr(readiness, "PATIENCE_SECONDS", 0.5)
    monkeypatch.setitem(readiness.PARTS, "storage", hang)
    for _ in range(3):
        assert ask(client)[1]["storage"] == "problem"
    assert len(asked) == 1
    monkeypatch.undo()
    let_go.set()
    readiness._asked["storage"].join()
    assert ask(client) == (200, ALL_WELL)


def test_many_who_ask_cost_one_answer(monkeypatch):
    monkeypatch.setattr(readiness, "PARTS", {"database": lambda: asked.append(1)})
    asked: list[int] = []
    assert [readyz(RequestFactory().get("/readyz")).status_code for _ in range(5)] == 5 * [200]
    assert len(asked) == 1
