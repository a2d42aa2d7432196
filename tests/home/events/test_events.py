"""What comes, what was, one month, a festival's programme."""

import datetime as dt
import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.core.models import PAGE_CACHE_CONTROL
from cms.people.profiles import bring_into_step
from home.events.models import EventPage
from home.pages.models import HomePage, StandardPage
from tests.factories.events import at, make_event, make_event_index, make_festival, session
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import TechnicianFactory
from tests.strangers import only_public_tables

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def soup(client: Client, address: str) -> BeautifulSoup:
    with only_public_tables():
        response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == PAGE_CACHE_CONTROL
    assert not response.cookies
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup, selector: str = ".event-row h3") -> list[str]:
    return [heading.get_text(strip=True) for heading in page.select(selector)]


# --- What comes, and what was


def test_what_is_over_leaves_what_comes_by_itself(client):
    now = timezone.now()
    make_event(title="Over", starts=now - 3 * HOUR, ends=now - dt.timedelta(seconds=1))
    make_event(title="On now", starts=now - HOUR, ends=now + HOUR)
    make_event(title="Later", starts=now + 9 * HOUR)
    make_event(title="Draft", live=False)
    assert titles(soup(client, "/events/")) == ["On now", "Later"]
    page = soup(client, f"/events/?year={timezone.localdate(now - 3 * HOUR).year}")
    assert titles(page) == ["Over"]


def test_the_api_agrees_with_the_page(client):
    now = timezone.now()
    make_event(title="Over", starts=now - 3 * HOUR, ends=now - dt.timedelta(seconds=1))
    make_event(title="Later", starts=now + 30 * HOUR)
    make_event(title="On now", starts=now - HOUR, ends=now + HOUR)
    page = titles(soup(client, "/events/"))
    with only_public_tables():
        answer = client.get("/api/v2/pages/?type=events.EventPage&from=today&fields=*").json()
    assert [item["title"] for item in answer["items"]] == page == ["On now", "Later"]
    assert answer["meta"]["total_count"] == 2


def test_the_api_from_a_day_begins_with_our_midnight(client):
    make_event(title="Late on the 30th", starts=at("2027-06-30T22:00"), ends=at("2027-07-01T00:00"))
    make_event(title="Into the night", starts=at("2027-06-30T22:00"), ends=at("2027-07-01T00:30"))
    answer = client.get("/api/v2/pages/?type=events.EventPage&from=2027-07-01").json()
    assert [item["title"] for item in answer["items"]] == ["Into the night"]


@pytest.mark.parametrize(
    "query", ["type=events.EventPage&from=soon", "type=events.EventPage&from=2027-02-30", "from=today"]
)
def test_the_api_refuses_what_it_does_not_know(client, query):
    make_event_index()
    answer = client.get(f"/api/v2/pages/?{query}")
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("from ")


def test_the_api_tells_an_event_complete(client):
    make_event(tags=("Workshop",), starts=at("2027-06-28T09:00"), mode="both", access="Step-free.")
    item = client.get("/api/v2/pages/?type=events.EventPage&fields=*").json()["items"][0]
    assert item["when"] == "Monday 28 June 2027, 09:00 to 11:00"
    assert item["starts"] == "2027-06-28T09:00:00+01:00"
    assert (item["mode"], item["access"], item["tags"]) == ("both", "Step-free.", ["Workshop"])
    assert item["calendar_url"].endswith(f"/events/{item['meta']['slug']}.ics")


def test_a_password_keeps_an_event_out_of_every_list(client):
    hidden = make_event(title="Secret supper")
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="swordfish")
    month = f"/events/?month={timezone.localtime(hidden.starts):%Y-%m}"
    for address in ("/events/", month, "/events/calendar.ics", "/api/v2/pages/?type=events.EventPage"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Secret supper" not in answer.content.decode()
    assert client.get(f"/events/{hidden.slug}.ics").status_code == 404


def test_tags_narrow_the_list_and_unknown_ones_are_not_there(client):
    make_event(title="Drop-in", tags=("exhibition",))
    make_event(title="Supper", tags=("network",))
    assert titles(soup(client, "/events/?tag=network")) == ["Supper"]
    assert client.get("/events/?tag=cheese").status_code == 404


def test_cancelled_events_stay_and_say_so(client):
    event = make_event(title="Walk", is_cancelled=True)
    assert soup(client, "/events/").select_one(".event-row .badge").get_text() == "Cancelled"
    assert "This will not take place." in soup(client, event.address).get_text()
    assert "EventCancelled" in client.get(event.address).content.decode()


@pytest.mark.parametrize(
    ("address", "most"), [("/events/", 10), ("/events/?month=2027-06", 9), ("/events/?year=2025", 9)]
)
def test_three_events_cost_as_much_as_one(client, address, most):
    """Wagtail itself asks six times on the way to a page, and once for what is behind a password."""

    def statements() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    for year in (2025, 2027):
        make_event(starts=at(f"{year}-06-10T10:00"), tags=("one",))
    one = statements()
    for day in ("11", "12"):
        for year in (2025, 2027):
            make_event(starts=at(f"{year}-06-{day}T10:00"), tags=("one", "two"))
    assert statements() == one == most


# --- One month


def cells(page: BeautifulSoup) -> dict[str, list[str]]:
    """Events by day, of the month's own days only."""
    days = page.select("table.month td:not(.free)")
    return {
        day.select_one("time")["datetime"]: [link.get_text(strip=True) for link in day.select("a")] for day in days
    }


def test_a_month_shows_what_reaches_into_it_and_what_begins_at_its_edges(client):
    make_event(title="New Year", starts=at("2026-12-31T22:00"), ends=at("2027-01-01T01:00"))
    make_event(title="Winter school", starts=at("2026-12-30T09:00"), ends=at("2027-01-02T17:00"))
    make_event(title="First thing", starts=at("2027-01-01T00:00"))
    make_event(title="Last thing", starts=at("2027-01-31T23:00"), ends=at("2027-02-01T00:00"))
    make_event(title="February", starts=at("2027-02-01T00:00"))
    january = cells(soup(client, "/events/?month=2027-01"))
    assert january == {
        "2026-12-30": ["Winter school"],
        "2026-12-31": ["Winter school", "New Year"],
        "2027-01-01": ["Winter school", "First thing"],
        "2027-01-02": ["Winter school"],
        "2027-01-31": ["Last thing"],
    }
    assert list(cells(soup(client, "/events/?month=2027-02"))) == ["2027-02-01"]


def test_summer_midnights_are_ours(client):
    """Half past midnight of 1 July is still June by the world's clock."""
    make_event(title="Moths", starts=at("2027-07-01T00:30"))
    make_event(title="Before", starts=at("2027-05-01T10:00"))
    assert cells(soup(client, "/events/?month=2027-07")) == {"2027-07-01": ["Moths"]}
    assert cells(soup(client, "/events/?month=2027-06")) == {}


def test_months_lead_as_far_as_there_are_events(client):
    make_event(starts=at("2027-02-10T10:00"))
    make_event(starts=at("2029-12-10T10:00"))
    page = soup(client, "/events/?month=2029-12")
    assert [link["href"] for link in page.select(".month-pager a")] == ["?month=2029-11"]
    assert client.get("/events/?month=2030-01").status_code == 404
    assert soup(client, f"/events/?month={timezone.localdate():%Y-%m}").select_one("td.today")


@pytest.mark.parametrize("query", ["month=2027-13", "month=juin", "month=", "year=1999", "year=x"])
def test_dates_that_make_no_sense_are_not_there(client, query):
    make_event()
    assert client.get(f"/events/?{query}").status_code == 404


# --- A festival


def test_a_festival_is_read_by_its_days(client):
    page = soup(client, make_festival().address)
    days = [heading.get_text(" ", strip=True) for heading in page.select("h3.programme-day")]
    assert days == ["Monday 28 June", "Wednesday 30 June"]
    assert titles(page, ".session h4") == ["Opening", "Open doors", "The greenest instrument", "Repair clinic"]
    assert page.select_one("dd time").get_text() == "Monday 28 June to Friday 2 July 2027"
    links = [link.get_text(" ", strip=True) for link in page.select(".programme nav a")]
    assert links == ["All 4 sessions", "Network 2", "Sustainability 2"]


def test_a_track_shows_only_its_sessions(client):
    page = soup(client, f"{make_festival().address}?track=sustainability")
    assert titles(page, ".session h4") == ["The greenest instrument", "Repair clinic"]
    assert client.get("/events/festival-2027/?track=cheese").status_code == 404


def test_who_speaks_comes_from_profiles_and_goes_with_them(client):
    technician = TechnicianFactory(name="Tomos Griffith-Bell", slug="tomos", profile_public=True)
    bring_into_step(technician)
    speakers = [
        {"type": "technician", "value": "tomos"},
        {"type": "somebody_else", "value": {"name": "Prof. Imogen Sole", "post": "Institutional lead"}},
    ]
    programme = [session("2027-06-28", "10:00", "11:00", "Glass", speakers=speakers)]
    event = make_festival(programme=programme)
    page = soup(client, event.address)
    assert page.select_one(".session-people a")["href"] == "/people/tomos/"
    assert "Institutional lead" in page.select_one(".session-people").get_text()
    assert "Tomos" in client.get(f"/events/{event.slug}.ics").content.decode()

    technician.profile_public = False
    technician.save()
    bring_into_step(technician)
    for address in (event.address, f"/events/{event.slug}.ics", f"/api/v2/pages/{event.pk}/"):
        text = client.get(address).content.decode()
        assert "Tomos" not in text
        assert "Imogen" in text


def test_thirty_sessions_cost_as_much_as_one(client):
    def statements(event: EventPage) -> int:
        client.get(event.address)
        with CaptureQueriesContext(connection) as queries:
            client.get(event.address)
        return len(queries)

    for number in range(3):
        bring_into_step(TechnicianFactory(slug=f"t{number}", profile_public=True))

    def programme(count: int) -> list[dict]:
        people = [[{"type": "technician", "value": f"t{number % 3}"}] for number in range(count)]
        return [session("2027-06-28", "10:00", "11:00", "Talk", speakers=speakers) for speakers in people]

    one = make_festival(slug="one", programme=programme(1))
    thirty = make_festival(slug="thirty", programme=programme(30))
    assert statements(thirty) == statements(one)


def test_earlier_years_stay_with_their_recordings(client):
    old = make_festival(
        title="Festival 2025",
        slug="festival-2025",
        series="Festival",
        starts=at("2025-06-23T09:00"),
        ends=at("2025-06-27T17:00"),
        programme=[
            session("2025-06-23", "10:00", "11:00", "Opening", recording_address="https://films.example/opening")
        ],
    )
    new = make_festival(series="Festival")
    assert soup(client, new.address).select_one(".events-years a")["href"] == old.address
    page = soup(client, old.address)
    assert page.select_one(".session-facts a")["href"] == "https://films.example/opening"
    assert "This is over." in page.get_text()
    assert titles(soup(client, "/events/?year=2025")) == ["Festival 2025"]


# --- What machines and messengers are told


def test_structured_data_says_when_where_and_what_is_in_it(client):
    exhibit = make_exhibit(make_exhibition())
    page = soup(client, make_festival(mode="both", venue="All campuses", body=[("exhibit", exhibit)]).address)
    facts = json.loads(page.select_one('script[type="application/ld+json"]').string)
    assert (facts["@type"], facts["name"]) == ("Event", "Festival 2027")
    assert facts["startDate"] == "2027-06-28T09:00:00+01:00"
    assert facts["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert [place["@type"] for place in facts["location"]] == ["Place", "VirtualLocation"]
    assert [part["startDate"] for part in facts["subEvent"]][:2] == [
        "2027-06-28T10:00:00+01:00",
        "2027-06-28T14:00:00+01:00",
    ]
    assert facts["image"].endswith("1024.jpg")
    assert page.select_one('meta[property="og:image"]')["content"] == facts["image"]


def test_a_picture_only_our_own_wall_may_show_is_not_shared(client):
    exhibit = make_exhibit(make_exhibition(), is_shared=False)
    page = soup(client, make_event(body=[("exhibit", exhibit)]).address)
    assert page.select_one('meta[property="og:image"]') is None


# --- On other pages


def test_any_page_can_show_the_next_three(client):
    page = StandardPage(
        title="Help", slug="help-with", body=[("upcoming_events", {"heading": "Soon", "number": 3})]
    )
    HomePage.objects.get().add_child(instance=page)
    now = timezone.now()
    make_event(title="Over", starts=now - 3 * HOUR, ends=now - HOUR)
    make_event(title="Off", starts=now + HOUR, is_cancelled=True)
    for days in (4, 1, 3, 2):
        make_event(title=f"In {days} days", starts=now + dt.timedelta(days=days))
    assert titles(soup(client, "/help-with/"), "main li.whole h3") == ["In 1 days", "In 2 days", "In 3 days"]
    answer = client.get(f"/api/v2/pages/{page.pk}/").json()
    assert [event["title"] for event in answer["body"][0]["value"]["events"]] == [
        "In 1 days",
        "In 2 days",
        "In 3 days",
    ]


def test_home_does_not_send_anybody_to_what_was_called_off(client):
    make_event(title="Off", is_cancelled=True)
    make_event(title="On", starts=timezone.now() + dt.timedelta(days=5))
    assert client.get("/").context["next_event"].title == "On"
