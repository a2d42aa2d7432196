"""A technician shows and hides their page, and what they typed is never lost."""

import json

import pytest
from django.test import Client

from cms.people.models import Profile, Technician
from cms.people.questions import QUESTIONS
from tests.factories.people import TechnicianFactory, UserFactory
from tests.factories.portal import make_departments_page, make_people_page
from tests.strangers import stranger

pytestmark = pytest.mark.django_db
SECRET = "Gullmarker"


def typed(**changes: str) -> dict[str, str]:
    answers = {f"answers_{number}": "" for number in range(len(QUESTIONS))}
    words = {"quote": "", "bio": "", "top_tip": "", "skills": "", "profile_public": "on"}
    return {name: value for name, value in (answers | words | {"action": "save"} | changes).items() if value != "-"}


@pytest.fixture
def me() -> Technician:
    return TechnicianFactory(name="Jude Ashcombe", slug="jude-ashcombe")


@pytest.fixture
def desk(me) -> Client:
    client = Client()
    client.force_login(me.user)
    return client


def save(desk: Client, **changes: str):
    return desk.post("/desk/profile/", typed(**changes))


def test_words_are_kept_as_typed_and_shown_at_once(desk, me):
    answer = save(
        desk,
        quote="  “The best compliment.”  ",
        bio="Lights two theatres.",
        answers_1="I stood in the box.",
        answers_4="A torch.",
        top_tip="Coil it properly.",
        skills="rigging\n\n  lighting   design \n",
    )
    assert (answer.status_code, answer["Location"]) == (302, "/desk/profile/")
    profile = Profile.objects.get(pk="jude-ashcombe")
    assert (profile.quote, profile.bio, profile.top_tip) == (
        "The best compliment.",
        "Lights two theatres.",
        "Coil it properly.",
    )
    assert profile.answers == [[QUESTIONS[1], "I stood in the box."], [QUESTIONS[4], "A torch."]]
    assert profile.skills == ["rigging", "lighting design"]
    text = desk.get("/desk/profile/").content.decode()
    assert "Everybody can see it" in text
    assert "I stood in the box.</textarea>" in text
    assert "rigging\nlighting design</textarea>" in text


def test_without_the_tick_words_are_kept_and_nobody_sees_them(desk, me):
    save(desk, quote="Mine alone.", profile_public="-")
    me.refresh_from_db()
    assert (me.quote, me.profile_public, Profile.objects.count()) == ("Mine alone.", False, 0)


def test_a_preview_shows_what_would_be_seen_and_keeps_nothing(desk, me):
    answer = save(desk, quote="Not sure yet.", answers_0="I light.", action="preview")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Not saved yet: what others would see" in text
    assert '<p class="saying large">“Not sure yet.”</p>' in text
    assert "<dd>I light.</dd>" in text
    assert "I light.</textarea>" in text
    me.refresh_from_db()
    assert (me.quote, me.answers, Profile.objects.count()) == ("", [], 0)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"quote": "a" * 301}, "it has to fit on the wall"),
        ({"answers_2": "b" * 401}, f"Please shorten “{QUESTIONS[2]}” to 400 characters."),
        (
            {"skills": "\n".join(f"skill {number}" for number in range(13))},
            "the 12 that matter most.",
        ),
    ],
)
def test_a_mistake_keeps_every_word(desk, me, changes, told):
    answer = save(desk, **({"bio": "Lights two theatres.", "answers_1": "By the stage door."} | changes))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert told in text
    for words in ("Lights two theatres.</textarea>", "By the stage door.</textarea>", *changes.values()):
        assert words in text
    me.refresh_from_db()
    assert me.bio == ""


def public_places() -> dict[str, str]:
    """Everything that may name somebody, by its address."""
    paths = [
        "/people/",
        f"/people/?q={SECRET}",
        "/people/jude-ashcombe/",
        f"/departments/{Technician.objects.get().department.slug}/",
        f"/search/?q={SECRET}",
        "/api/v2/people/",
        f"/api/v2/people/?search={SECRET}",
        "/api/v2/people/jude-ashcombe/",
    ]
    return {path: stranger().get(path).content.decode() for path in paths}


def test_taking_the_tick_away_removes_the_page_from_everywhere_at_once(desk, me, work):
    make_people_page()
    make_departments_page()
    me.name = f"Jude {SECRET}"
    me.save()
    save(desk, quote="Hello.")
    work()  # the search learns of new words from the worker, and of their end at once
    shown = public_places()
    assert [
        path for path, text in shown.items() if "/people/jude-ashcombe/" not in text or "Jude" not in text
    ] == []
    save(desk, quote="Hello.", profile_public="-")
    hidden = public_places()
    assert [path for path, text in hidden.items() if "Jude" in text] == []
    assert stranger().get("/people/jude-ashcombe/").status_code == 404
    assert stranger().get("/api/v2/people/jude-ashcombe/").status_code == 404


def test_the_page_is_for_its_owner_only(desk, me):
    other = TechnicianFactory(quote="Somebody else’s words")
    assert "Somebody else’s words" not in desk.get("/desk/profile/").content.decode()
    save(desk, quote="Mine")
    other.refresh_from_db()
    assert other.quote == "Somebody else’s words"
    assert Client().get("/desk/profile/")["Location"].startswith("/accounts/login/")
    assert desk.get("/desk/profile/")["Cache-Control"] == "no-store, private"


def test_somebody_not_on_the_list_is_told_whom_to_ask():
    client = Client()
    client.force_login(UserFactory())
    answer = client.get("/desk/profile/")
    assert (answer.status_code, "not on our list" in answer.content.decode()) == (200, True)


def test_the_desk_leads_there_and_my_data_holds_it(desk, me):
    save(desk, quote="Mine", answers_0="I light.", profile_public="-")
    assert 'href="/desk/profile/"' in desk.get("/desk/").content.decode()
    profile = json.loads(desk.get("/desk/my-data/").content)["profile"]
    assert (profile["quote"], profile["public"]) == ("Mine", False)
    assert profile["answers"] == [{"question": QUESTIONS[0], "answer": "I light."}]
