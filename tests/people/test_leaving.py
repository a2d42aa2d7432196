"""What of a person stays when their account is deleted."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.jobs.periodic import tend
from cms.people.models import Profile, Technician
from tests.factories.people import TechnicianFactory, UserFactory, administrator

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_their_page_is_hidden_and_administrators_keep_the_technician():
    technician = TechnicianFactory(profile_public=True)
    assert Profile.objects.exists()
    technician.user.delete()
    assert not Profile.objects.exists()
    left = Technician.objects.get()
    assert (left.user, left.profile_public) == (None, False)
    assert signed_in(administrator()).get(f"/admin/snippets/people/technician/edit/{left.pk}/").status_code == 200


def test_their_sessions_end_and_nobody_elses():
    gone, stays = UserFactory(), UserFactory()
    theirs, other = signed_in(gone), signed_in(stays)
    assert theirs.get("/desk/").status_code == 200
    gone.delete()
    assert theirs.get("/desk/").status_code == 302
    assert other.get("/desk/").status_code == 200
    assert Session.objects.count() == 1


def test_the_log_says_that_an_account_was_deleted_and_not_whose():
    person = UserFactory(name="Inês Quist-Marsh")
    client = signed_in(administrator())
    client.post(f"/admin/users/delete/{person.pk}/", follow=True)  # and read what it says
    assert [line.label for line in ModelLogEntry.objects.all()] == ["Deleted account"]
    assert "Quist" not in client.get("/admin/reports/site-history/").content.decode()


def test_sessions_that_are_over_are_forgotten():
    signed_in(UserFactory())
    tend(now=timezone.now() + dt.timedelta(days=13))
    assert Session.objects.exists()
    tend(now=timezone.now() + dt.timedelta(days=15))
    assert not Session.objects.exists()
