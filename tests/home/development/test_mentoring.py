"""The page of the scheme: when the next round closes, and who mentors."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.development import make_scheme
from tests.factories.people import TechnicianFactory
from tests.strangers import only_public_tables, stranger

pytestmark = pytest.mark.django_db


def shown(path: str = "/mentoring/") -> str:
    with only_public_tables():
        answer = stranger().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_next_round_is_named_until_its_last_day_is_over():
    today = timezone.localdate()
    page = make_scheme(closes=today)
    assert f"{today:%A}<b>{today.day} {today:%B}</b>" in shown()
    page.rounds.update(closes=today - dt.timedelta(days=1))
    assert "The next round has no date yet." in shown()


def test_a_mentor_who_hides_their_profile_leaves_page_and_api():
    ines, rhodri = (TechnicianFactory(name=name, profile_public=True) for name in ("Inês", "Rhodri"))
    page = make_scheme(
        mentors=[
            {"profile": rhodri.slug, "topics": ["lathes"], "places": 0},
            {"profile": ines.slug, "topics": ["registration", "leave"], "places": 2},
        ]
    )
    text = shown()
    assert text.index(f'<a href="/people/{ines.slug}/">Inês</a>') < text.index("Rhodri</a>")
    for words in ("Registration, leave", "2 places", "No place just now"):
        assert words in text
    ines.profile_public = False
    ines.save()
    assert "Inês" not in shown()
    api = shown(f"/api/v2/pages/{page.pk}/")
    assert "Inês" not in api
    assert [block["value"] and block["value"]["places"] for block in json.loads(api)["mentors"]] == [0, None]


def test_three_mentors_cost_as_much_as_one():
    counts = []
    for number in (1, 3):
        mentors = [{"profile": TechnicianFactory(profile_public=True).slug} for _ in range(number)]
        page = make_scheme(mentors=mentors)
        shown()
        with CaptureQueriesContext(connection) as queries:
            shown()
        counts.append(len(queries))
        page.delete()
    assert counts[0] == counts[1] <= 8
