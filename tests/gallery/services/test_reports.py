"""Settled reports are forgotten after half a year; those that wait never are."""

import datetime as dt

import pytest
from django.utils import timezone

from cms.jobs.periodic import tend
from gallery.models.reports import Report
from gallery.services import reports
from tests.factories.people import moderator

pytestmark = pytest.mark.django_db


def test_settled_reports_are_forgotten_and_waiting_ones_are_not():
    long_ago = timezone.now() - dt.timedelta(days=reports.KEEP_DAYS + 1)
    facts = {"about": "/about/", "public_id": "", "email": "visitor@elsewhere.example", "now": long_ago}
    waiting = reports.send(words="Still waiting.", **facts)
    settled = reports.send(words="Long done.", **facts)
    lately = reports.send(words="Done today.", **facts)
    reports.settle(report=settled, by=moderator(), answer="Mended.", now=long_ago)
    reports.settle(report=lately, by=moderator(), answer="Mended.", now=timezone.now())
    assert tend()["reports forgotten"] == 1
    assert set(Report.objects.all()) == {waiting, lately}
