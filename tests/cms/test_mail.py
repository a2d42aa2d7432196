"""Mail that does not go out: later each time, one refused mail alone, all of them when the server is away."""

import datetime as dt
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError
from django.utils import timezone

from cms.jobs.periodic import tend
from cms.mail import sending
from cms.mail.models import Message
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


class PostOffice(EmailBackend):
    """Refuses one address, answers the others, or does not answer at all; counts who called."""

    is_away = False
    answer: Exception | None = None
    calls: list[str] = []
    opened = closed = 0

    def open(self):
        type(self).opened += 1 if (new := not getattr(self, "is_open", False)) else 0
        self.is_open = True
        return new

    def close(self):
        type(self).closed += 1

    def send_messages(self, messages):
        to = messages[0].to[0]
        self.calls.append(to)
        if self.is_away:
            raise TimeoutError("no answer")
        if self.answer is not None:
            raise self.answer
        if to.startswith("nobody@"):
            raise SMTPRecipientsRefused({to: (550, b"no such person")})
        return super().send_messages(messages)


@pytest.fixture
def post(settings, monkeypatch) -> type[PostOffice]:
    monkeypatch.setattr(PostOffice, "calls", [])
    for name, value in {"is_away": False, "answer": None, "opened": 0, "closed": 0}.items():
        monkeypatch.setattr(PostOffice, name, value)
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
    assert (refused.to, refused.tries, refused.given_up_at) == ("nobody@x.example", 1, now)


def test_a_silent_server_is_asked_once_a_round_and_about_another_mail_each_time(post):
    post.is_away = True
    now = owe("ann@x.example", "bo@x.example", "cy@x.example")
    assert tend(now=now)["mails"] == 0
    assert post.calls == ["ann@x.example"]
    assert [(owed.tries, owed.next_try_at) for owed in Message.objects.all()] == [(1, now + MINUTE)] + 2 * [
        (0, None)
    ]
    assert tend(now=now)["mails"] == 0
    assert post.calls == ["ann@x.example", "bo@x.example"]
    post.is_away = False
    assert tend(now=now + MINUTE)["mails"] == 3


def test_one_connection_carries_all_the_mails_of_a_round(post):
    now = owe("ann@x.example", "nobody@x.example", "cy@x.example")
    assert tend(now=now)["mails"] == 2
    assert (post.opened, post.closed) == (1, 1)


@pytest.mark.parametrize(
    ("answer", "is_given_up", "said"),
    [
        (
            SMTPRecipientsRefused({"a@x.example": (550, b"<a@x.example>: no such person")}),
            True,
            "550 <…@…>: no such person",
        ),
        (SMTPRecipientsRefused({"a@x.example": (451, b"come back later")}), False, "451 come back later"),
        (SMTPDataError(554, b"this looks like spam"), True, "554 this looks like spam"),
        (SMTPDataError(452, b"disk full"), False, "452 disk full"),
        (SMTPSenderRefused(550, b"who are you?", "us@x.example"), False, "550 who are you?"),
        (SMTPAuthenticationError(535, b"wrong password"), False, "535 wrong password"),
        (
            SMTPServerDisconnected("Connection unexpectedly closed"),
            False,
            "SMTPServerDisconnected: Connection unexpectedly closed",
        ),
        (ValueError("odd"), False, "ValueError: odd"),
    ],
)
def test_only_what_is_refused_for_good_is_given_up_at_once(post, answer, is_given_up, said):
    post.answer = answer
    now = owe("a@x.example", "b@x.example")
    tend(now=now)
    mail = Message.objects.get(to="a@x.example")
    assert (mail.given_up_at is not None, mail.problem) == (is_given_up, said)
    # What would meet every mail leaves the next one alone.
    meets_all = isinstance(answer, SMTPSenderRefused | SMTPAuthenticationError | SMTPServerDisconnected)
    assert post.calls == ["a@x.example"] + ([] if meets_all else ["b@x.example"])
    assert tend(now=now + dt.timedelta(hours=1))["mails"] == 0
    assert post.calls.count("a@x.example") == 2 - is_given_up


def test_a_server_that_closes_the_connection_is_left_alone_until_the_next_round(post):
    post.answer = SMTPDataError(421, b"too many mails")
    now = owe("a@x.example", "b@x.example")
    tend(now=now)
    assert post.calls == ["a@x.example"]
    assert Message.objects.stuck().count() == 0


def test_after_five_days_of_tries_a_mail_waits_for_somebody_to_look(post):
    post.answer = SMTPDataError(452, b"disk full")
    now = owe("ann@x.example")
    Message.objects.update(tries=124)
    for hours in range(4):
        tend(now=now + dt.timedelta(hours=hours))
    owed = Message.objects.get()
    assert (len(post.calls), owed.tries, owed.sent_at, owed.given_up_at) == (1, 125, None, now)


def test_what_is_stuck_can_be_tried_again_or_let_go(post):
    now = owe("nobody@x.example", "ann@x.example")
    tend(now=now)
    stuck = Message.objects.stuck()
    assert [mail.to for mail in stuck] == ["nobody@x.example"]
    assert sending.try_again(Message.objects.all()) == 1
    tend(now=now)
    assert post.calls.count("nobody@x.example") == 2
    assert sending.let_go(Message.objects.all()) == 1
    assert [mail.to for mail in Message.objects.all()] == [""]  # the one that went out


def test_a_mail_that_has_failed_for_half_a_day_is_stuck_and_still_tried(post):
    post.answer = SMTPDataError(452, b"disk full")
    now = owe("ann@x.example")
    Message.objects.update(tries=11)
    assert not Message.objects.stuck().exists()
    tend(now=now)
    assert Message.objects.stuck().exists()
    post.answer = None
    assert tend(now=now + dt.timedelta(hours=1))["mails"] == 1
    assert Message.objects.get().problem == ""


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
    tend(now=now)
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


def test_a_code_goes_before_what_can_wait_and_not_once_it_opens_nothing(post):
    now = owe("letter@x.example")
    for minutes in (15, 5):
        facts = {"subject": "Code", "body": "ABC\n", "created_at": now, "until": now + minutes * MINUTE}
        Message.objects.create(to=f"code{minutes}@x.example", **facts)
    assert tend(now=now + 5 * MINUTE)["mails"] == 2
    assert post.calls == ["code15@x.example", "letter@x.example"]
    assert not Message.objects.unsent().exists()
