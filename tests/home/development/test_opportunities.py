"""Opportunities leave every list at midnight after their last day, and keep their address."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core.listing import listed
from home.development.models import OpportunityPage
from tests.factories.development import make_opportunity, make_opportunity_index
from tests.strangers import only_public_tables

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def today() -> dt.date:
    return timezone.localdate()


def text(path: str) -> str:
    with only_public_tables():
        answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_next_to_close_stands_first_and_those_without_an_end_apart():
    index = make_opportunity_index()
    make_opportunity(index, title="Later", closes=today() + dt.timedelta(days=9))
    make_opportunity(index, title="Whenever", closes=None)
    make_opportunity(index, title="Sooner", closes=today())
    page = text("/opportunities/")
    places = [
        page.index(words) for words in ("Next to close", "Sooner</a>", "Later</a>", "Open all year", "Whenever")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("clock", "is_listed"),
    [
        (dt.datetime(2027, 7, 1, 23, 59, 59, tzinfo=LONDON), True),
        (dt.datetime(2027, 7, 2, 0, 0, 0, tzinfo=LONDON), False),  # an hour before midnight in Greenwich
        (dt.datetime(2027, 7, 1, 22, 59, 59, tzinfo=dt.UTC), True),
        (dt.datetime(2027, 7, 1, 23, 0, 0, tzinfo=dt.UTC), False),
    ],
)
def test_it_closes_at_midnight_here_also_in_summer(clock, is_listed):
    page = make_opportunity(make_opportunity_index(), closes=dt.date(2027, 7, 1))
    assert listed(OpportunityPage.objects.all(), clock).filter(pk=page.pk).exists() is is_listed


def test_a_closed_one_leaves_list_search_and_api_and_keeps_its_address(work):
    index = make_opportunity_index()
    closed = make_opportunity(index, title="Gone Fishing", closes=today() - dt.timedelta(days=1))
    make_opportunity(index, title="Still Fishing", closes=today())
    work()
    names = json.loads(text("/api/v2/pages/?type=development.OpportunityPage"))["items"]
    assert [item["title"] for item in names] == ["Still Fishing"]
    for path in ("/opportunities/", "/search/?q=fishing"):
        assert "Still Fishing" in text(path)
        assert "Gone Fishing" not in text(path)
    page = text(closed.address)
    assert "<b>Closed</b> on" in page
    assert f"{closed.closes:%A} {closed.closes.day} {closed.closes:%B %Y}</time>" in page
    assert 'href="/opportunities/">See what is open now' in page


def test_the_kind_narrows_the_list_and_an_unknown_one_does_not():
    index = make_opportunity_index()
    make_opportunity(index, title="A fund", kind="funding")
    make_opportunity(index, title="A post", kind="vacancy")
    narrowed = text("/opportunities/?kind=funding")
    assert ("A fund" in narrowed, "A post" in narrowed) == (True, False)
    assert '<a href="?kind=funding" aria-current="true">Funding</a>' in narrowed
    assert "A post" in text("/opportunities/?kind=piracy")


def test_only_an_open_vacancy_is_a_job_posting():
    index = make_opportunity_index()
    post = make_opportunity(index, title="A post", kind="vacancy", closes=today())
    assert post.structured_data == {
        "@type": "JobPosting",
        "title": "A post",
        "description": "Two weeks beside somebody good at it.",
        "datePosted": f"{post.first_published_at:%Y-%m-%d}",
        "url": f"https://portal.example{post.address}",
        "hiringOrganization": {"@type": "Organization", "name": "Our university"},
        "validThrough": f"{today():%Y-%m-%d}T23:59",
    }
    assert make_opportunity(index, kind="funding").structured_data is None
    over = make_opportunity(index, kind="vacancy", closes=today() - dt.timedelta(days=1))
    assert over.structured_data is None


def test_the_api_says_who_it_is_for():
    page = make_opportunity(
        make_opportunity_index(), hours="One Saturday", closes=today(), body=[("heading", "Why")]
    )
    facts = json.loads(text(f"/api/v2/pages/{page.pk}/"))
    expected = {"kind": "placement", "audience": "Any grade", "hours": "One Saturday", "closes": f"{today()}"}
    assert {name: facts[name] for name in expected} == expected
    assert facts["introduction"] == "Two weeks beside somebody good at it."


def test_three_cost_as_much_as_one():
    index = make_opportunity_index()
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make_opportunity(index)
        text("/opportunities/")
        with CaptureQueriesContext(connection) as queries:
            text("/opportunities/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8
