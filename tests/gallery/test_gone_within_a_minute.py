"""From the click to gone everywhere in a minute, without any purge: because of what every answer lets caches do."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from cms.jobs.periodic import tend
from gallery.models.exhibits import Exhibit
from gallery.services import entries, hanging
from tests.factories.entries import make_entry
from tests.factories.people import curator
from tests.strangers import body

pytestmark = pytest.mark.django_db


def seconds(response) -> int:
    """For how long a shared cache may show this answer, fresh or stale."""
    header = response["Cache-Control"]
    if "no-store" in header:
        return 0
    allowed = dict(re.findall(r"([a-z-]+)=(\d+)", header))
    longest = max(int(allowed.get("max-age", 0)), int(allowed.get("s-maxage", 0)))
    assert "max-age" in allowed, header
    assert "stale-if-error" not in allowed, header
    return longest + int(allowed.get("stale-while-revalidate", 0))


def ask(address: str):
    response = Client().get(address)
    body(response)  # files stream, and close once read
    return response


def take_down(entry):
    hanging.take_down(entry=entry, by=curator(), reason="The roof leaks above it.", now=timezone.now())


def withdraw(entry):
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())


def expire(entry):
    now = timezone.now()
    Exhibit.objects.filter(pk=entry.public_id).update(expires_at=now)
    tend(now=now)


@pytest.mark.parametrize("go", [withdraw, take_down, expire])
def test_page_api_and_files_go_and_no_answer_outlives_the_minute(go, work):
    entry = make_entry("hung")
    exhibit = Exhibit.objects.get()
    files = [f"/media/{source['key']}" for source in exhibit.sources]
    gone = {
        exhibit.path: 410,
        f"/api/gallery/v1/exhibits/{exhibit.pk}/": 410,
        f"/api/v2/exhibits/{exhibit.pk}/": 404,
        **dict.fromkeys(files, 410),
    }
    lists = [
        "/",
        "/exhibitions/",
        f"/exhibitions/{exhibit.exhibition.slug}/",
        "/search/?q=necks",
        "/api/gallery/v1/exhibits/",
        "/api/gallery/v1/changes/",
        "/api/v2/exhibits/",
    ]
    before = {address: ask(address) for address in [*gone, *lists]}
    assert {response.status_code for response in before.values()} == {200}
    go(entry)
    work()
    after = {address: ask(address) for address in [*gone, *lists]}
    assert {address: after[address].status_code for address in gone} == gone
    assert {after[address].status_code for address in lists} == {200}
    for answers in (before, after):
        too_long = {address: found for address, answer in answers.items() if (found := seconds(answer)) > 60}
        assert too_long == {}
