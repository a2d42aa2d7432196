"""One register, and the bodies that may grant it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.people.models import Profile
from home.registration.models import ProfessionalBody, RegisterPage
from search.queries import find
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory, RoleFamilyFactory, UserFactory
from tests.factories.registration import (
    LicensingAuthorityFactory,
    ProfessionalBodyFactory,
    make_register,
)
from tests.home.registration.reading import person, said, shown, structured

pytestmark = pytest.mark.django_db


def test_a_register_says_who_grants_it_how_to_get_it_and_when_that_was_checked(client: Client, hub) -> None:
    today = timezone.localdate()
    register = make_register(
        hub,
        last_checked=today,
        routes=[
            ("route", {"name": "By certificate", "words": "Send it.", "by_experience": False}),
            ("route", {"name": "By experience", "words": "Show it.", "by_experience": True}),
        ],
        evidence=[("item", "A report covering five areas")],
        fees=[
            (
                "fee",
                {
                    "what": "Application, once",
                    "amount": "£28",
                    "year": 2025,
                    "source": "https://fees.example/",
                    "we_pay": True,
                },
            )
        ],
    )
    text = shown(client, "/registration/rscitech/")
    words = said(text)
    for part in ("Science Council", "Level 3 or equivalent", "A report covering five areas", "£28", "We pay this"):
        assert part in words
    assert words.index("By experience") < words.index("By certificate")
    assert f"Listed for 2025; read on {today.day} {today:%B %Y}" in words
    assert 'href="https://fees.example/"' in text
    assert 'data-checklist="rscitech"' in text
    assert "more than half a year ago" not in words
    facts = structured(text)
    assert (facts["alternateName"], facts["recognizedBy"]["name"]) == ("RSciTech", "Science Council")
    answer = client.get(f"/api/v2/pages/{register.pk}/").json()
    assert answer["granted_by"]["name"] == "Science Council"
    assert answer["last_checked"] == today.isoformat()
    assert [block["value"] for block in answer["evidence"]] == ["A report covering five areas"]


def test_facts_older_than_half_a_year_say_so_to_readers_and_editors(client: Client, hub) -> None:
    checked = timezone.localdate() - dt.timedelta(days=183)
    register = make_register(hub, last_checked=checked)
    assert register.review_by == timezone.localdate() - dt.timedelta(days=1)
    assert "more than half a year ago" in said(shown(client, register.address))
    client.force_login(UserFactory(is_superuser=True))
    form = f"/admin/pages/{register.pk}/edit/"
    assert "Check them with Science Council" in client.get(form).content.decode()
    register.last_checked = timezone.localdate()
    register.save_revision().publish()
    assert "Check them with Science Council" not in client.get(form).content.decode()
    assert RegisterPage.objects.get().review_by == timezone.localdate() + dt.timedelta(days=182)


def test_its_photograph_is_shown_beside_links_to_it(client: Client, hub) -> None:
    exhibit = make_exhibit(make_exhibition(), title="Crystal Weather")
    kept = make_exhibit(exhibit.exhibition, title="Ours alone", is_shared=False)
    text = shown(client, make_register(hub, picture=[("exhibit", exhibit)]).address)
    assert f'<meta property="og:image:alt" content="{exhibit.alt_text}">' in text
    assert "Crystal Weather" in said(text)
    text = shown(client, make_register(hub, "RSci", picture=[("exhibit", kept)]).address)
    assert ["Ours alone" in said(text), "og:image" in text] == [True, False]


def test_letters_are_not_found_inside_other_letters(client: Client, hub) -> None:
    where = {"department": DepartmentFactory(), "role_family": RoleFamilyFactory()}
    register = make_register(hub, "RSci")
    person("Tomos", "RSciTech", **where)
    person("Ines", "RSci", **where)
    person("Both", "EngTech, rsci", **where)
    assert [one.name for one in register.holders()] == ["Both", "Ines"]
    text = said(shown(client, register.address))
    assert ["Ines" in text, "Tomos" in text] == [True, False]


def test_mentors_are_those_who_hold_it_or_something_near(hub) -> None:
    engineers = LicensingAuthorityFactory(name="Engineering Council", slug="ec")
    registers = [
        make_register(hub, "RSciTech"),
        make_register(hub, "RSci"),
        make_register(hub, "EngTech", authority=engineers),
    ]
    hub.mentors = [
        ("mentor", {"person": person("Ines", "RSci"), "helps_with": ""}),
        ("mentor", {"person": person("Bogna", "RSciTech"), "helps_with": ""}),
    ]

    def names(register: RegisterPage) -> list[str]:
        return [one["person"].name for one in hub.mentors_for(register, registers)]

    assert names(registers[1]) == ["Ines"]
    assert names(registers[2]) == ["Ines", "Bogna"]
    hub.mentors = [("mentor", {"person": Profile.objects.get(pk="ines"), "helps_with": ""})]
    assert names(registers[0]) == ["Ines"]


def test_search_finds_a_register_by_its_letters_first(hub, work: Callable[[], int]) -> None:
    make_register(hub, "Advanced RITTech", also_written="Advanced RIT Tech")
    make_register(hub, "RITTech", also_written="RIT Tech")
    make_register(hub, "REnvTech", also_written="REnv Tech", for_whom="Not RITTech.")
    work()
    for words, letters in (("RITTech", "RITTech"), ("REnvTech", "REnvTech"), ("RIT Tech", "RITTech")):
        assert letters in [page.title for page in find(words).pages][:2], words
    assert find("RITTech").pages[0].title == "RITTech"
    assert find("REnvTech").pages[0].title == "REnvTech"


def test_an_editor_says_for_which_work_a_register_is(client: Client, hub) -> None:
    authority = LicensingAuthorityFactory()
    client.force_login(UserFactory(is_superuser=True))
    empty = {name: streamfield([]) for name in ("routes", "evidence", "fees", "examples", "picture")}
    facts = nested_form_data(
        {
            "title": "RSci",
            "slug": "rsci",
            "seo_title": "",
            "search_description": "",
            "full_name": "Registered Scientist",
            "also_written": "",
            "authority": authority.pk,
            "level": "Level 5",
            "for_whom": "People with little direction.",
            "standing": 2,
            "fees_note": "",
            "official_url": "",
            "last_checked": "2026-11-21",
            "action-publish": "1",
            **empty,
        }
    )
    address = f"/admin/pages/add/registration/registerpage/{hub.pk}/"
    assert not RegisterPage.objects.exists()
    client.post(address, facts)
    assert not RegisterPage.objects.exists()  # for no work at all, the five questions could not find it
    client.post(address, facts | {"works": ["science", "mixed"]})
    assert RegisterPage.objects.get().works == ["science", "mixed"]
    assert "checked" in client.get(f"/admin/pages/{RegisterPage.objects.get().pk}/edit/").content.decode()


# --- Bodies


def test_a_body_added_once_stands_on_every_register_it_may_grant(client: Client, hub) -> None:
    science = LicensingAuthorityFactory()
    engineers = LicensingAuthorityFactory(name="Engineering Council", slug="ec")
    registers = {
        letters: make_register(hub, letters, authority=authority)
        for letters, authority in (
            ("RSciTech", science),
            ("RSci", science),
            ("EngTech", engineers),
            ("ICTTech", engineers),
        )
    }
    everything = ProfessionalBodyFactory(name="Whole", licensed_by=[science, engineers])
    some = ProfessionalBodyFactory(name="Some", licensed_by=[science, engineers], only_for=[registers["EngTech"]])
    ProfessionalBodyFactory(name="Elsewhere", licensed_by=[])

    def names(letters: str) -> list[str]:
        return [body.name for body in ProfessionalBody.objects.granting(registers[letters])]

    assert {letters: names(letters) for letters in registers} == {
        "RSciTech": ["Some", "Whole"],
        "RSci": ["Some", "Whole"],
        "EngTech": ["Some", "Whole"],
        "ICTTech": ["Whole"],
    }
    for body in (everything, some):
        granted = {register.title for register in RegisterPage.objects.granted_by(body)}
        assert granted == {letters for letters in registers if body.name in names(letters)}
    assert "Whole" in shown(client, "/registration/icttech/")
    assert "Some" not in said(shown(client, "/registration/icttech/"))


def test_a_renamed_body_leaves_no_old_name_behind(client: Client, hub) -> None:
    science = LicensingAuthorityFactory()
    register = make_register(hub)
    body = ProfessionalBodyFactory(
        name="Institute of Old",
        slug="ist",
        licensed_by=[science],
        partner_since=2019,
        partner_scope="Sessions here.",
    )
    assert "Institute of Old" in shown(client, register.address)
    body.name = "Institute of New"
    body.save()
    places = ["/registration/rscitech/", "/registration/bodies/ist/", f"/api/v2/pages/{register.pk}/"]
    for text in (client.get(place).content.decode() for place in places):
        assert ["Institute of New" in text, "Institute of Old" in text] == [True, False]
    page = shown(client, "/registration/bodies/ist/")
    assert "Since 2019. Sessions here." in said(page)
    assert 'href="/registration/rscitech/">RSciTech</a>' in page
    assert client.get("/registration/bodies/nobody/").status_code == 404


def test_a_partnership_has_a_year() -> None:
    with pytest.raises(ValidationError):
        ProfessionalBody(name="Institute", slug="i", partner_scope="Sessions.").clean()
