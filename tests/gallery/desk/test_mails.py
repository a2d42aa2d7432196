"""What we write to photographers: a clean subject, plain text, the reason and where to go."""

import pytest
from django.core import mail
from django.utils import timezone

from cms.mail import sending as messages
from cms.mail.models import Message
from gallery.services import entries, hanging
from tests.factories.entries import make_entry
from tests.factories.people import UserFactory, curator

pytestmark = pytest.mark.django_db

SUBJECTS = {
    "in-review": "We have your photograph: Tom & “Jerry” <3",
    "changes-asked": "One thing to change: Tom & “Jerry” <3",
    "on-hold": "We need a little longer: Tom & “Jerry” <3",
    "refused": "We cannot show this one: Tom & “Jerry” <3",
    "approved": "Approved: Tom & “Jerry” <3",
    "hung": "On the wall: Tom & “Jerry” <3",
    "withdrawn": "Withdrawn: Tom & “Jerry” <3",
}


def last_mail_to(person) -> Message:
    return Message.objects.filter(user=person).last()


@pytest.mark.parametrize(("state", "subject"), SUBJECTS.items())
def test_every_decision_is_told_in_plain_text(state, subject):
    person = UserFactory(name="Ann O’Hara & Co")
    entry = make_entry(state, photographer=person, title="Tom & “Jerry” <3")
    message = last_mail_to(person)
    assert (message.subject, message.to) == (subject, person.email)
    assert message.body.startswith("Hello Ann O’Hara & Co,\n")
    assert f"https://portal.example/desk/entries/{entry.pk}/" in message.body
    assert "&amp;" not in message.body
    if state in ("changes-asked", "on-hold", "refused"):
        assert "\nPlease look at the label on the left.\n" in message.body


def test_taking_down_gives_the_reason():
    entry = make_entry("hung")
    hanging.take_down(entry=entry, by=curator(), reason="A pass can be read.", now=timezone.now())
    message = last_mail_to(entry.photographer)
    assert message.subject == "Taken down for now: Four Necks"
    assert "\nA pass can be read.\n" in message.body


def test_a_draft_that_was_never_sent_in_is_thrown_away():
    entry = make_entry("draft")
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    message = last_mail_to(entry.photographer)
    assert message.subject == "Thrown away: Four Necks"
    assert "Nobody else has seen it." in message.body


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028"])
def test_a_title_with_a_line_break_cannot_write_headers(break_):
    person = UserFactory()
    entry = make_entry("draft", photographer=person, title=f"Four{break_}Bcc: spy@x.example")
    entries.submit(entry=entry, now=timezone.now())
    message = last_mail_to(person)
    assert message.subject.splitlines() == [message.subject]
    messages.send_due()
    assert [sent.recipients() for sent in mail.outbox if sent.to == [person.email]] == [[person.email]]
