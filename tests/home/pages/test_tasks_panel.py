"""Today's jobs on the admin's first page: a line for each this person may do, with its count."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from cms.jobs.heartbeat import Heartbeat
from cms.operation.models import Backup
from gallery.services import reports
from home.applications.services import mentoring
from home.pages.models import HomePage
from home.pages.tasks_panel import tasks_of
from tests.factories.entries import make_entry
from tests.factories.people import UserFactory, administrator, co_ordinator, curator, editor, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _all_is_well():
    """Without a worker and a backup, administrators are told so."""
    Heartbeat(lambda: [{"queue": queue} for queue in ("take-down", "soon", "long")]).beat()
    Backup.objects.create(started_at=timezone.now(), finished_at=timezone.now())


def counts(user) -> dict[str, int]:
    return {job["what"]: job["count"] for job in tasks_of(user)}


def test_an_administrator_sees_all_five_and_each_count():
    now = timezone.now()
    assert set(counts(administrator()).values()) == {0}
    reports.send(about="/", public_id="", words="Wrong.", email="", now=now)
    make_entry("in-review")
    facts = {"name": "Owain", "email": "o@calderwick.example", "department": None, "topics": "", "avoid": ""}
    mentoring.apply(role="mentee", hopes="To learn.", now=now, **facts)
    HomePage.objects.update(review_by=timezone.localdate() - dt.timedelta(days=1))
    assert counts(administrator()) == {
        "Somebody says something is wrong": 1,
        "Photographs to look at": 1,
        "Mentoring forms to answer": 1,
        "Pages to check again": 1,
        "Contributions to read": 0,
    }


def test_everybody_is_shown_their_own_jobs_only():
    assert list(counts(moderator())) == ["Somebody says something is wrong", "Photographs to look at"]
    assert list(counts(curator())) == ["Somebody says something is wrong"]
    assert list(counts(co_ordinator())) == [
        "Mentoring forms to answer",
        "Pages to check again",
        "Contributions to read",
    ]
    assert list(counts(editor())) == ["Pages to check again", "Contributions to read"]
    assert counts(UserFactory()) == {}


def test_every_line_leads_to_its_place():
    client = Client()
    client.force_login(administrator())
    page = client.get("/admin/").content.decode()
    assert page.count("nothing waiting") == 5
    assert "All done. Enjoy the quiet." in page
    for job in tasks_of(administrator()):
        assert f'href="{job["url"]}"' in page
        assert client.get(job["url"]).status_code == 200
