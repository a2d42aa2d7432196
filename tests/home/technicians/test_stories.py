"""Stories: shown on their own page, in the list, on the profile and in the API, with whoever shows a profile."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.people.models import Technician
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import TechnicianFactory, editor
from tests.factories.portal import make_people_page, make_story
from tests.strangers import only_public_tables, stranger

pytestmark = pytest.mark.django_db


@pytest.fixture
def siobhan() -> Technician:
    return TechnicianFactory(name="Siobhan Drewery", slug="siobhan", role="Test Technician", profile_public=True)


def shown(path: str) -> str:
    with only_public_tables():
        response = stranger().get(path)
    assert response.status_code == 200
    return response.content.decode()


def question(answer: str) -> tuple[str, dict]:
    return ("question", {"question": "What do you do?", "answer": answer})


def hide(technician: Technician) -> None:
    technician.profile_public = False
    technician.save()


def test_page_list_profile_and_api_show_a_story_with_two_photographs(siobhan):
    make_people_page()
    edition = make_exhibition()
    photographs = [make_exhibit(edition, title=title) for title in ("Signing", "Strong floor")]
    story = make_story(
        title="Everyone listens",
        slug="everyone-listens",
        standfirst="How a room changed.",
        pull_quote="The loudest room.",
        profile_id="siobhan",
        body=[question("I break bridges."), *(("exhibit", one) for one in photographs)],
    )
    page = shown("/stories/everyone-listens/")
    for words in (
        *("How a room changed.", "“The loudest room.”", "What do you do?", "I break bridges."),
        *('href="/people/siobhan/"', "Siobhan Drewery", photographs[0].path, photographs[1].path),
    ):
        assert words in page
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1))
    assert (facts["@type"], facts["headline"], facts["about"]) == (
        "Article",
        "Everyone listens",
        {"@type": "Person", "name": "Siobhan Drewery", "url": "https://portal.example/people/siobhan/"},
    )
    assert 'href="/stories/everyone-listens/"' in shown("/stories/")
    assert 'href="/stories/everyone-listens/"' in shown("/people/siobhan/")
    with only_public_tables():
        answer = stranger().get(f"/api/v2/pages/{story.pk}/").json()
    assert answer["person"]["url"] == "https://portal.example/people/siobhan/"
    assert [block["value"].get("id") for block in answer["body"][1:]] == [one.pk for one in photographs]
    person = stranger().get("/api/v2/people/siobhan/").json()
    assert [one["url"] for one in person["stories"]] == ["https://portal.example/stories/everyone-listens/"]


def test_a_hidden_profile_takes_its_name_off_and_comes_back(siobhan):
    story = make_story(profile_id="siobhan", body=[question("I break bridges.")])
    hide(siobhan)
    for path in (f"/stories/{story.slug}/", "/stories/", f"/api/v2/pages/{story.pk}/"):
        assert "Siobhan" not in shown(path)
    siobhan.profile_public = True
    siobhan.save()
    assert "Siobhan" in shown(f"/stories/{story.slug}/")


def test_editing_a_story_of_somebody_hidden_keeps_them_and_works(siobhan):
    story = make_story(profile_id="siobhan")
    hide(siobhan)
    client = Client()
    client.force_login(editor())
    assert client.get(f"/admin/pages/{story.pk}/edit/").status_code == 200
    story.save_revision().publish()
    story.refresh_from_db()
    assert story.profile_id == "siobhan"


def test_a_made_thing_leads_to_its_maker_and_photograph_and_back(siobhan):
    make_people_page()
    TechnicianFactory(name="Yusuf", slug="yusuf", profile_public=True)
    photograph = make_exhibit(make_exhibition(), title="One bat")
    thing = {"name": "A board", "words": "Counts bats.", "maker": "yusuf", "photograph": photograph.pk}
    story = make_story(profile_id="siobhan", body=json.dumps([{"type": "made_here", "value": thing}]))
    page = shown(f"/stories/{story.slug}/")
    assert 'Made by <a href="/people/yusuf/">Yusuf</a>' in page
    assert photograph.path in page
    maker = shown("/people/yusuf/")
    for words in ("A board", "Counts bats.", photograph.path, f'href="{story.address}"'):
        assert words in maker
    assert "Counts bats." not in shown("/people/siobhan/")
    photograph.delete()
    assert "A board" in shown("/people/yusuf/")
    story.unpublish()
    assert "A board" not in shown("/people/yusuf/")


def statements(path: str) -> int:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_one_story_and_three_cost_the_same(siobhan):
    edition = make_exhibition()
    make_story(profile_id="siobhan", body=[("exhibit", make_exhibit(edition))])
    one = statements("/stories/")
    for _ in range(2):
        make_story(profile_id="siobhan", body=[("exhibit", make_exhibit(edition))])
    assert statements("/stories/") == one == 9
