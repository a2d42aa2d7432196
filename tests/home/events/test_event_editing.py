"""What editors can type about an event, and what contributors propose."""

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone

from home.events.blocks import SessionBlock
from home.events.models import EventPage
from tests.factories.events import at, make_event, make_event_index
from tests.factories.people import UserFactory, administrator, editor

pytestmark = pytest.mark.django_db


# --- What editors can type


def test_an_event_ends_after_it_starts():
    event = make_event()
    event.ends = event.starts
    with pytest.raises(ValidationError) as refused:
        event.full_clean()
    assert refused.value.messages == ["The event must end after it starts."]


def test_a_session_keeps_to_hours_that_exist():
    block = SessionBlock()

    def refused(**facts: object) -> dict:
        value = {"day": "2027-03-28", "start": "10:00", "end": "11:00", "title": "T", "kind": "talk", **facts}
        with pytest.raises(ValidationError) as problem:
            block.clean(block.to_python(value))
        return {name: error.message for name, error in problem.value.block_errors.items()}

    assert refused(end="09:00") == {"end": "It must end after it starts, on the same day."}
    assert refused(start="01:30") == {"start": "The clocks go forward that night: there is no such time."}


def test_no_editor_can_type_a_weekday(client):
    """There is no field for one, and a session outside the event's days is named with the day it fell on."""
    client.force_login(administrator())
    address = f"/admin/pages/add/events/eventpage/{make_event_index().pk}/"
    form = BeautifulSoup(client.get(address).content, "html.parser")
    names = {field.get("name") or "" for field in form.select("#page-edit-form [name]")}
    assert not [name for name in names if re.search("weekday|day_of_week|when", name)]
    posted = {
        "title": "Festival",
        "slug": "festival",
        "starts": "2027-06-28 09:00",
        "ends": "2027-07-02 17:00",
        "mode": "both",
        "body-count": "0",
        "programme-count": "1",
        "programme-0-deleted": "",
        "programme-0-order": "0",
        "programme-0-type": "session",
        "programme-0-id": "",
        "programme-0-value-day": "2027-07-03",
        "programme-0-value-start": "10:00",
        "programme-0-value-end": "11:00",
        "programme-0-value-title": "Too late",
        "programme-0-value-kind": "talk",
        "programme-0-value-speakers-count": "0",
        "programme-0-value-description": "null",
        "tags": "",
    }
    answer = client.post(address, posted)
    assert "Saturday 3 July 2027 is outside the event" in answer.content.decode()
    saved = client.post(address, posted | {"programme-0-value-day": "2027-07-02"})
    assert saved.status_code == 302
    assert EventPage.objects.get().programme[0].value.starts == at("2027-07-02T10:00")


# --- Proposed by contributors


def test_a_contributor_proposes_an_editor_publishes_and_it_is_everywhere(client):
    index = make_event_index()
    client.force_login(UserFactory(groups=["Contributors"]))
    starts = timezone.localtime(timezone.now() + dt.timedelta(days=3))
    proposal = {
        "title": "Show us your bench",
        "slug": "show-us-your-bench",
        "starts": f"{starts:%Y-%m-%d} 12:30",
        "ends": f"{starts:%Y-%m-%d} 14:00",
        "mode": "in-person",
        "body-count": "0",
        "programme-count": "0",
        "tags": "",
        "action-submit": "Submit",
    }
    sent = client.post(f"/admin/pages/add/events/eventpage/{index.pk}/", proposal)
    assert sent.status_code == 302
    event = EventPage.objects.get()
    everywhere = ("/events/", "/events/calendar.ics", "/api/v2/pages/?type=events.EventPage&from=today")
    assert not event.live
    assert all("Show us your bench" not in client.get(address).content.decode() for address in everywhere)
    client.post(f"/admin/pages/{event.pk}/edit/", proposal | {"action-publish": "Publish"})
    event.refresh_from_db()
    assert not event.live

    client.force_login(editor())
    dashboard = client.get("/admin/").content.decode()
    assert "1 waiting" in dashboard
    assert "<td>Event</td>" in dashboard
    state = event.current_workflow_task_state
    client.post(f"/admin/pages/workflow/action/{event.pk}/approve/{state.pk}/", {"comment": "Soup!"})
    event.refresh_from_db()
    assert event.live
    client.logout()
    assert all("Show us your bench" in client.get(address).content.decode() for address in everywhere)
