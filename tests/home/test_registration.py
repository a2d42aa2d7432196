"""Professional registration: the hub, the registers, who grants them, and the five questions."""

import datetime as dt
import json
import re
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.core.models import PAGE_CACHE_CONTROL
from cms.people.models import Profile, Technician
from home.blocks import registration as blocks
from home.models import ProfessionalBody, RegisterPage, RegistrationHubPage
from search.queries import find
from tests.factories.events import make_event
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory, RoleFamilyFactory, TechnicianFactory, UserFactory
from tests.factories.registration import (
    LicensingAuthorityFactory,
    ProfessionalBodyFactory,
    make_finder,
    make_hub,
    make_register,
)

pytestmark = pytest.mark.django_db

ALL_FIVE = "work=science&years=long&own=directed&also=none&papers=none"


@pytest.fixture
def hub() -> RegistrationHubPage:
    return make_hub()


def person(name: str, registration: str = "", **facts: object) -> Profile:
    technician = TechnicianFactory(
        user=None, name=name, slug=name.lower(), registration=registration, profile_public=True, **facts
    )
    return Profile.objects.get(pk=technician.slug)


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == PAGE_CACHE_CONTROL
    assert not response.cookies
    return response.content.decode()


def said(text: str) -> str:
    """The words of the main part, without markup."""
    main = text[text.index("<main") : text.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def structured(text: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])


# --- The hub


def test_the_hub_says_first_what_we_pay_whom_to_ask_and_when_we_write(client: Client, hub) -> None:
    hub.contact_name, hub.contact_email = "Dele Ransome-Whyte", "dele@calderwick.example"
    hub.mentors = [("mentor", {"person": person("Ines", "RSci"), "helps_with": "First applications"})]
    hub.save()
    make_register(hub)
    text = said(shown(client, "/registration/"))
    places = [
        text.index(part)
        for part in (
            "We pay the fee.",
            "Dele Ransome-Whyte",
            "One colleague who did it",
            "No date yet.",
            "RSciTech",
        )
    ]
    assert places == sorted(places)
    assert "RSci, Glassblower First applications" in text


def test_registers_stand_under_their_authority_by_step(client: Client, hub) -> None:
    science = LicensingAuthorityFactory(sort_order=1)
    engineers = LicensingAuthorityFactory(name="Engineering Council", slug="ec", sort_order=2)
    make_register(hub, "CEng", authority=engineers, standing=4)
    make_register(hub, "EngTech", authority=engineers, standing=1)
    make_register(hub, "RSci", authority=science, standing=2)
    make_register(hub, "Hidden", authority=science, live=False)
    text = said(shown(client, "/registration/"))
    order = ["3 sets of letters", "Science Council", "RSci ", "Engineering Council", "EngTech", "CEng"]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    assert "Hidden" not in text


def test_questions_are_there_for_search_engines_too(client: Client, hub) -> None:
    hub.questions = [("question", {"question": "Do I need a degree?", "answer": "No."})]
    hub.save()
    facts = structured(shown(client, "/registration/"))
    assert facts["@type"] == "FAQPage"
    assert facts["mainEntity"][0]["name"] == "Do I need a degree?"
    assert facts["mainEntity"][0]["acceptedAnswer"] == {"@type": "Answer", "text": "No."}


def test_the_next_writing_session_is_the_next_event_with_our_tag(client: Client, hub) -> None:
    now = timezone.now().replace(microsecond=0)

    def event(title: str, days: int, **more: object) -> None:
        starts = now + dt.timedelta(days=days)
        make_event(title=title, starts=starts, ends=starts + dt.timedelta(hours=3), **more)

    event("Past afternoon", -9, tags=("registration",))
    event("Cancelled afternoon", 1, tags=("registration",), is_cancelled=True)
    event("A tour", 2)
    event("Writing afternoon", 3, tags=("registration",))
    event("Later afternoon", 30, tags=("registration",))
    text = shown(client, "/registration/")
    assert RegistrationHubPage.objects.get().next_session().title == "Writing afternoon"
    assert "Writing afternoon" in text
    assert "No date yet" not in text


# --- Testimonials


def spoken(profile: Profile, register: RegisterPage) -> tuple:
    value = {
        "person": profile,
        "words": "Eleven Sunday evenings.",
        "register": register,
        "agreed_on": dt.date(1987, 6, 5),
    }
    return ("testimonial", value)


def test_a_testimonial_leads_to_its_speaker_and_register_and_keeps_its_consent_to_itself(
    client: Client, hub
) -> None:
    register, other = make_register(hub, "REnvTech"), make_register(hub, "RSci")
    hub.testimonials = [spoken(person("Mairead", "REnvTech"), register)]
    hub.save()
    for address in ("/registration/", "/registration/renvtech/"):
        text = shown(client, address)
        assert "Eleven Sunday evenings." in text
        assert '<a href="/people/mairead/">Mairead</a>' in text
        assert 'href="/registration/renvtech/">REnvTech</a>' in text
        assert "1987" not in text
    assert "Eleven" not in shown(client, other.address)
    answer = client.get(f"/api/v2/pages/{hub.pk}/")
    assert answer.json()["testimonials"][0]["value"]["register"]["title"] == "REnvTech"
    assert "1987" not in answer.content.decode()


def test_words_leave_with_the_profile_of_who_said_them(client: Client, hub) -> None:
    register = make_register(hub)
    hub.testimonials = [spoken(person("Mairead"), register)]
    hub.save()
    technician = Technician.objects.get(slug="mairead")
    technician.profile_public = False
    technician.save()
    for address in ("/registration/", register.address):
        assert "Eleven" not in shown(client, address)
    assert "Eleven" not in client.get(f"/api/v2/pages/{hub.pk}/").content.decode()


def test_nobody_agrees_tomorrow() -> None:
    block = blocks.TestimonialBlock()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    value = block.normalize({"person": person("Mairead"), "words": "Yes.", "register": None, "agreed_on": tomorrow})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert refused.value.as_json_data()["blockErrors"]["agreed_on"]["messages"] == [
        "That day is still to come. Ask them first."
    ]


# --- One register


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
    address = f"/admin/pages/add/home/registerpage/{hub.pk}/"
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


# --- Five questions


@pytest.fixture
def finder(hub) -> str:
    make_finder(hub)
    make_register(
        hub,
        "RSciTech",
        examples=[
            ("example", {"area": "A: knowledge", "person": person("Bogna", "RSciTech"), "words": "I traced it."})
        ],
    )
    make_register(hub, "RSci", standing=2)
    return "/registration/which/"


def test_the_first_question_is_there_at_once(client: Client, finder: str) -> None:
    text = shown(client, finder)
    assert "1 of 5" in said(text)
    assert "What is most of your week about?" in text
    assert text.count('type="radio"') == 6
    assert 'rel="canonical"' in text


def test_an_answer_stands_in_the_address_and_comes_along(client: Client, finder: str) -> None:
    text = shown(client, f"{finder}?work=science&years=long")
    assert "3 of 5" in said(text)
    assert '<input type="hidden" name="work" value="science">' in text
    assert '<input type="hidden" name="years" value="long">' in text
    back = re.search(r'href="([^"]+ask=years)"', text)[1].replace("&amp;", "&")
    again = shown(client, back)
    assert "2 of 5" in said(again)
    assert re.search(r'value="long" required checked', again)
    assert '<input type="hidden" name="work" value="science">' in again


def test_what_is_no_answer_is_asked_again(client: Client, finder: str) -> None:
    text = said(shown(client, f"{finder}?work=magic&years=%00&ask=nothing"))
    assert "1 of 5" in text


def test_five_answers_lead_to_registers_an_example_and_somebody_to_ask(client: Client, hub, finder: str) -> None:
    hub.mentors = [("mentor", {"person": person("Shanice", "RSciTech"), "helps_with": ""})]
    hub.save()
    text = shown(client, f"{finder}?{ALL_FIVE}")
    words = said(text)
    order = [
        "RSciTech",
        "Your first step.",
        "Somebody to ask. Shanice",
        "I traced it.",
        "Bogna",
        "RSci ",
        "You answered",
    ]
    assert [words.index(part) for part in order] == sorted(words.index(part) for part in order)
    assert 'href="/registration/rscitech/#checklist"' in text
    assert text.count(">Change<") == 5


def test_a_register_without_an_example_borrows_the_nearest(client: Client, finder: str) -> None:
    hub = RegistrationHubPage.objects.get()
    it = LicensingAuthorityFactory(name="BCS", slug="bcs")
    make_register(hub, "RITTech", authority=it, works=["digital"])
    words = said(shown(client, f"{finder}?{ALL_FIVE.replace('science', 'digital')}"))
    assert words.index("What such writing looks like, from RSciTech") < words.index("I traced it.")


def test_the_same_answers_are_the_same_page_for_everybody(client: Client, finder: str) -> None:
    addresses = [finder, f"{finder}?work=science", f"{finder}?{ALL_FIVE}"]
    anonymous = [shown(client, address) for address in addresses]
    client.force_login(UserFactory(name="Somebody Signed In", is_superuser=True))
    assert [shown(client, address) for address in addresses] == anonymous


# --- Cost


def statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_three_of_everything_cost_as_much_as_one(client: Client, hub) -> None:
    science = LicensingAuthorityFactory()
    where = {"department": DepartmentFactory(), "role_family": RoleFamilyFactory()}
    make_finder(hub)

    def grow(number: int) -> None:
        register = make_register(hub, f"Reg{number}", standing=number)
        ProfessionalBodyFactory(licensed_by=[science])
        profile = person(f"Person{number}", "Reg1", **where)
        page = RegistrationHubPage.objects.get()
        page.mentors.append(("mentor", {"person": profile, "helps_with": ""}))
        page.testimonials.append(spoken(profile, register))
        page.save()

    grow(1)
    addresses = ["/registration/", "/registration/reg1/", f"/registration/which/?{ALL_FIVE}"]
    one = [statements(client, address) for address in addresses]
    grow(2)
    grow(3)
    assert [statements(client, address) for address in addresses] == one
    assert Page.objects.child_of(hub).count() == 4
    assert one[0] <= 15
