"""Calendar files: all events, one event, a festival's sessions."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from cms.core.models import PAGE_CACHE_CONTROL
from home.events.models import EventPage
from tests.factories.events import at, make_event, make_festival
from tests.strangers import only_public_tables

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def soup(client: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def entries(client: Client, address: str) -> list:
    with only_public_tables():
        answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == PAGE_CACHE_CONTROL
    assert not answer.cookies
    return Calendar.from_ical(answer.content).events


def test_every_event_is_in_the_calendar_with_its_own_clock(client):
    make_event(title="Winter", starts=at("2027-01-20T11:00"))
    make_event(title="Summer", starts=at("2027-06-01T11:00"))
    make_festival()
    found = entries(client, "/events/calendar.ics")
    assert [str(entry["summary"]) for entry in found] == ["Winter", "Summer", "Festival 2027"]
    assert [entry.start.astimezone(dt.UTC).hour for entry in found[:2]] == [11, 10]
    assert (found[2].start, found[2].end) == (dt.date(2027, 6, 28), dt.date(2027, 7, 3))


def test_a_festivals_calendar_holds_its_sessions(client):
    event = make_festival()
    found = entries(client, f"/events/{event.slug}.ics")
    assert [str(entry["summary"]) for entry in found] == [
        "Opening",
        "Open doors",
        "The greenest instrument",
        "Repair clinic",
    ]
    assert found[0].start == at("2027-06-28T10:00")
    assert str(found[0]["location"]) == "Library foyer"
    on_track = entries(client, f"/events/{event.slug}.ics?track=sustainability")
    assert [str(entry["uid"]) for entry in on_track] == [str(entry["uid"]) for entry in found[2:]]
    page = soup(client, event.address)
    (alone,) = entries(client, page.select(".session-facts a")[0]["href"])
    assert alone["uid"] == found[0]["uid"]
    assert client.get(f"/events/{event.slug}.ics?track=cheese").status_code == 404


def test_a_moved_event_is_the_same_entry_with_a_higher_number(client):
    event = make_event(starts=at("2027-06-01T11:00"))
    event.save_revision().publish()
    (before,) = entries(client, "/events/calendar.ics")
    EventPage.objects.filter(pk=event.pk).update(
        first_published_at=timezone.now() - HOUR, last_published_at=timezone.now() - HOUR
    )
    event.refresh_from_db()
    event.title, event.starts, event.ends = "Moved", event.starts + HOUR, event.ends + HOUR
    event.save_revision().publish()
    (after,) = entries(client, "/events/calendar.ics")
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"] == 0
    assert after["dtstamp"].dt >= before["dtstamp"].dt


def test_an_unchanged_calendar_is_not_sent_twice(client):
    make_event().save_revision().publish()
    tag = client.get("/events/calendar.ics")["ETag"]
    assert client.get("/events/calendar.ics", headers={"if-none-match": tag}).status_code == 304


def test_the_page_offers_its_calendar_to_follow(client, settings):
    settings.BASE_URL = "https://technicians.example"
    make_event()
    page = soup(client, "/events/")
    hrefs = [link["href"] for link in page.select(".events-ways a")]
    assert "webcal://technicians.example/events/calendar.ics" in hrefs
    assert "/events/calendar.ics" in hrefs
