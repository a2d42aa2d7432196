"""The timer's rounds: taking down first, each at its own time, and the queue's table kept short."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.jobs import periodic
from cms.jobs.periodic import Turn, every_round, tend
from cms.jobs.registry import run

pytestmark = pytest.mark.django_db


def test_taking_down_comes_first_and_forgetting_last():
    order = list(tend())
    assert set(order[:4]) == {"withdrawals logged", "taken down with their edition", "swept", "expired"}
    assert set(order[4:7]) == {"opened", "hung", "pages by timetable"}
    forgetting = {name for name, one in periodic._rounds.items() if one.turn is Turn.FORGET}
    assert set(order[-len(forgetting) :]) == forgetting >= {"jobs forgotten", "mails forgotten"}


def test_each_part_is_told_the_time_when_its_turn_comes(monkeypatch):
    monkeypatch.setattr(periodic, "_rounds", {})
    told = []
    for name, turn in (("second", Turn.FORGET), ("first", Turn.TAKE_DOWN)):
        every_round(name, turn)(lambda now, name=name: told.append((name, now)) or 1)
    before = timezone.now()
    assert tend() == {"first": 1, "second": 1}
    assert [name for name, _ in told] == ["first", "second"]
    assert before < told[0][1] < told[1][1]
    tend(now=before)
    assert told[2:] == [("first", before), ("second", before)]


@pytest.mark.parametrize(
    ("status", "age", "is_kept"),
    [
        ("READY", 400, True),
        ("SUCCESSFUL", 0.9, True),
        ("SUCCESSFUL", 1.1, False),
        ("FAILED", 13, True),
        ("FAILED", 15, False),
        ("RUNNING", 1.1, True),  # it waits again
    ],
)
def test_what_is_over_is_forgotten(status, age, is_kept):
    job = run.enqueue("hang entry", entry_id=1).db_result
    now = timezone.now()
    then = now - dt.timedelta(days=age)
    DBTaskResult.objects.filter(pk=job.pk).update(status=status, started_at=then, finished_at=then)
    assert tend(now=now)["jobs forgotten"] == (not is_kept)
    assert DBTaskResult.objects.filter(pk=job.pk).exists() is is_kept
