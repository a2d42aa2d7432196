"""Applying for mentoring, without an account, and what the co-ordinator does with it."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cms.jobs.periodic import tend
from home.applications.models import MentoringApplication
from home.applications.services import mentoring
from tests.factories.development import make_scheme
from tests.factories.people import (
    DepartmentFactory,
    TechnicianFactory,
    UserFactory,
    administrator,
    co_ordinator,
    curator,
    editor,
)
from tests.strangers import only_public_tables, stranger

pytestmark = pytest.mark.django_db
SECRET = "I have never told anybody what to do, least of all Bartholomew."


def send(**facts: object):
    answers = {"role": "mentee", "name": "Owain", "email": "owain@calderwick.example", "hopes": SECRET}
    return Client().post("/forms/mentoring/", {**answers, **facts})


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def applied(**facts: object) -> MentoringApplication:
    assert send(**facts).status_code == 302
    return MentoringApplication.objects.latest("pk")


def test_the_form_reads_no_private_table():
    DepartmentFactory(name="Civil and Coastal")
    with only_public_tables():
        page = stranger().get("/forms/mentoring/?role=mentor")
    assert "Civil and Coastal" in page.content.decode()
    assert page.context["form"]["role"].value() == "mentor"


def test_a_gap_is_told_kindly_and_nothing_is_lost():
    answer = send(email="", name="Owain Merridew")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Please give us an address, so that we can answer." in page
    assert "least of all Bartholomew." in page
    assert 'value="Owain Merridew"' in page
    assert not MentoringApplication.objects.exists()


def test_the_applicant_is_answered_and_the_co_ordinator_told_by_the_worker(work):
    reader = co_ordinator()
    administrator()
    send()
    assert mail.outbox == []
    work()
    assert [message.to[0] for message in mail.outbox] == ["owain@calderwick.example", reader.email]
    assert mail.outbox[0].subject == "We have your mentoring form"
    assert all("Bartholomew" not in message.body for message in mail.outbox)


def test_nothing_of_it_is_public():
    application = applied(name="Wilhelmina Quist")
    make_scheme()
    for path in (
        "/mentoring/",
        "/search/?q=Bartholomew",
        "/search/?q=Wilhelmina",
        "/forms/mentoring/",
        "/forms/mentoring/thanks/",
        "/api/v2/pages/?fields=*",
        "/api/gallery/v1/exhibitions/",
    ):
        page = stranger().get(path).content.decode()
        assert "least of all" not in page
        assert "Quist" not in page
    assert stranger().get(f"/admin/mentoring/{application.pk}/").status_code == 302


def test_one_address_is_not_flooded_with_mail(work):
    for _ in range(5):
        assert send().status_code == 302
    work()
    assert len(mail.outbox) == MentoringApplication.objects.count() == 3


def test_the_queue_is_for_those_who_look_after_people_only():
    application = applied()
    for person in (editor(), curator()):
        assert signed_in(person).get("/admin/mentoring/").status_code == 404
        assert signed_in(person).get(f"/admin/mentoring/{application.pk}/").status_code == 404
    page = signed_in(co_ordinator()).get("/admin/mentoring/").content.decode()
    assert "Owain</a>" in page
    assert "least of all Bartholomew." in signed_in(co_ordinator()).get(
        f"/admin/mentoring/{application.pk}/"
    ).content.decode().replace("&#x27;", "'")


def test_pairing_two_applications_writes_to_both_once(work):
    mentee = applied()
    mentor = applied(role="mentor", name="Graham", email="graham@calderwick.example")
    work()
    mail.outbox.clear()
    client = signed_in(co_ordinator(name="Dele"))
    screen = f"/admin/mentoring/{mentee.pk}/"
    assert client.post(screen, {"action": "pair", "mentor": ""}).status_code == 422
    assert client.post(screen, {"action": "pair", "mentor": f"application-{mentor.pk}"}).status_code == 302
    again = client.post(screen, {"action": "pair", "mentor": f"application-{mentor.pk}"})
    assert "Somebody was quicker: Dele has answered Owain already." in again.content.decode()
    work()
    mails = {message.to[0]: message.body for message in mail.outbox}
    assert "graham@calderwick.example" in mails.pop("owain@calderwick.example")
    assert "owain@calderwick.example" in mails.pop("graham@calderwick.example")
    assert mails == {}
    assert dict(MentoringApplication.objects.values_list("name", "state")) == {
        "Owain": "paired",
        "Graham": "paired",
    }


def test_a_mentor_on_the_page_can_be_paired_and_a_full_one_cannot(work):
    free = TechnicianFactory(name="Inês", profile_public=True, user=UserFactory(email="ines@calderwick.example"))
    full = TechnicianFactory(name="Rhodri", profile_public=True)
    make_scheme(mentors=[{"profile": free.slug, "places": 1}, {"profile": full.slug, "places": 0}])
    mentee = applied()
    client = signed_in(co_ordinator())
    screen = f"/admin/mentoring/{mentee.pk}/"
    page = client.get(screen).content.decode()
    assert ("Inês" in page, "Rhodri" in page) == (True, False)
    assert client.post(screen, {"action": "pair", "mentor": f"technician-{full.pk}"}).status_code == 422
    assert client.post(screen, {"action": "pair", "mentor": f"technician-{free.pk}"}).status_code == 302
    work()
    assert "owain@calderwick.example" in next(m.body for m in mail.outbox if m.to == ["ines@calderwick.example"])


def test_notes_stay_and_a_no_puts_somebody_back():
    mentee = applied()
    mentor = applied(role="mentor", name="Graham", email="graham@calderwick.example")
    client = signed_in(co_ordinator())
    screen = f"/admin/mentoring/{mentee.pk}/"
    client.post(screen, {"action": "note", "notes": "Prefers Thursdays."})
    client.post(screen, {"action": "pair", "mentor": f"application-{mentor.pk}"})
    client.post(screen, {"action": "reopen"})
    mentee.refresh_from_db()
    assert (mentee.state, mentee.mentor, mentee.notes) == ("new", None, "Prefers Thursdays.")
    assert client.post(screen, {"action": "forget"}).status_code == 400  # only what is over
    client.post(screen, {"action": "close"})
    mentee.refresh_from_db()
    assert mentee.state == "closed"
    client.post(screen, {"action": "forget"})
    assert not MentoringApplication.objects.filter(pk=mentee.pk).exists()


def test_what_ended_a_year_ago_is_deleted_by_the_timer():
    now, by = timezone.now(), co_ordinator()
    for name, days in (("Long ago", 366), ("Lately", 364)):
        ended = applied(name=name, email=f"{days}@calderwick.example")
        mentoring.close(application=ended, by=by, now=now - dt.timedelta(days=days))
    waiting = applied(name="Still waiting", email="still@calderwick.example")
    MentoringApplication.objects.filter(pk=waiting.pk).update(sent_at=now - dt.timedelta(days=900))
    assert tend()["mentoring forms forgotten"] == 1
    assert set(MentoringApplication.objects.values_list("name", flat=True)) == {"Lately", "Still waiting"}
