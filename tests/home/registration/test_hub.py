"""The hub, the words of those who did it, and what all of it costs."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.people.models import Profile, Technician
from home.registration import blocks as blocks
from home.registration.models import RegisterPage, RegistrationHubPage
from tests.factories.events import make_event
from tests.factories.people import DepartmentFactory, RoleFamilyFactory
from tests.factories.registration import (
    LicensingAuthorityFactory,
    ProfessionalBodyFactory,
    make_finder,
    make_register,
)
from tests.home.registration.reading import ALL_FIVE, person, said, shown, structured

pytestmark = pytest.mark.django_db


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
