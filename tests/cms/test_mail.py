"""Mail that does not go out: later each time, one refused mail alone, all of them when the server is away."""

import datetime as dt
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError
from django.utils import timezone

from cms.jobs.periodic import tend
from cms.mail.models import Message
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


class PostOffice(EmailBackend):
    """Refuses one address, or does not answer at all; counts who called."""

    is_away = False
    calls: list[str] = []

    def send_messages(self, messages):
        to = messages[0].to[0]
        self.calls.append(to)
        if self.is_away:
            raise TimeoutError("no answer")
        if to.startswith("nobody@"):
            raise SMTPRecipientsRefused({to: (550, b"no such person")})
        return super().send_messages(messages)


@pytest.fixture
def post(settings, monkeypatch) -> type[PostOffice]:
    monkeypatch.setattr(PostOffice, "calls", [])
    monkeypatch.setattr(PostOffice, "is_away", False)
    settings.EMAIL_BACKEND = f"{__name__}.PostOffice"
    return PostOffice


def owe(*addresses: str) -> dt.datetime:
    now = timezone.now()
    for address in addresses:
        Message.objects.create(to=address, subject="Hello", body="Hello\n", created_at=now)
    return now


def test_one_refused_address_stops_no_other_mail(post):
    now = owe("nobody@x.example", "ann@x.example")
    assert tend(now=now)["mails"] == 1
    assert [sent.to for sent in mail.outbox] == [["ann@x.example"]]
    refused = Message.objects.unsent().get()
    assert (refused.to, refused.tries, refused.next_try_at) == ("nobody@x.example", 1, now + MINUTE)


def test_a_silent_server_is_asked_once_a_round(post):
    post.is_away = True
    now = owe("ann@x.example", "bo@x.example", "cy@x.example")
    assert tend(now=now)["mails"] == 0
    assert post.calls == ["ann@x.example"]
    assert {(owed.tries, owed.next_try_at) for owed in Message.objects.all()} == {(1, now + MINUTE)}
    post.is_away = False
    assert tend(now=now + MINUTE)["mails"] == 3


def test_after_five_days_of_tries_a_mail_waits_for_somebody_to_look(post):
    now = owe("nobody@x.example")
    Message.objects.update(tries=124)
    for hours in range(4):
        tend(now=now + dt.timedelta(hours=hours))
    owed = Message.objects.get()
    assert (len(post.calls), owed.tries, owed.sent_at) == (1, 125, None)


def test_a_mail_that_no_worker_has_tried_does_not_grow_too_old(post):
    now = owe("ann@x.example")
    assert tend(now=now + dt.timedelta(days=30))["mails"] == 1


def test_what_another_worker_is_sending_is_left_to_it(post):
    now = owe("ann@x.example")
    Message.objects.update(next_try_at=now + MINUTE, tries=1)
    assert tend(now=now)["mails"] == 0
    assert post.calls == []


def test_once_a_mail_has_gone_its_address_and_text_are_nowhere(post):
    now = owe("ann@x.example")
    tend(now=now)
    assert [sent.to for sent in mail.outbox] == [["ann@x.example"]]
    assert (left := Message.objects.get()).sent_at == now
    assert (left.to, left.body, left.subject) == ("", "", "Hello")


def test_no_code_can_keep_the_text_of_a_mail_that_has_gone():
    owe("ann@x.example")
    with pytest.raises(IntegrityError):
        Message.objects.update(sent_at=timezone.now())


def test_that_a_mail_went_out_is_known_for_ninety_days(post):
    now = owe("ann@x.example")
    tend(now=now)
    tend(now=now + dt.timedelta(days=90))
    assert Message.objects.exists()
    tend(now=now + dt.timedelta(days=91))
    assert not Message.objects.exists()


def test_a_mail_that_cannot_be_sent_is_deleted_after_thirty_days(post):
    now = owe("nobody@x.example")
    Message.objects.update(tries=125)
    tend(now=now + dt.timedelta(days=30))
    assert Message.objects.exists()
    tend(now=now + dt.timedelta(days=31))
    assert not Message.objects.exists()


def test_the_mails_of_an_account_go_with_it(post):
    person = UserFactory()
    now = owe(person.email)
    Message.objects.update(user=person)
    person.delete()
    assert tend(now=now)["mails"] == 0
    assert not Message.objects.exists()
