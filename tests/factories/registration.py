"""Figures, registers and who grants them."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from home.pages.models import HomePage
from home.registration.models import (
    LicensingAuthority,
    ProfessionalBody,
    RegisterFinderPage,
    RegisterPage,
    RegistrationHubPage,
)
from home.topics.models import ImpactFigure


class ImpactFigureFactory(DjangoModelFactory):
    class Meta:
        model = ImpactFigure

    name = factory.Sequence(lambda n: f"things counted {n}")
    value = 36
    as_of = dt.date(2026, 11, 20)
    source = "Staff record"


class LicensingAuthorityFactory(DjangoModelFactory):
    class Meta:
        model = LicensingAuthority
        django_get_or_create = ("slug",)

    name = "Science Council"
    slug = "science-council"
    kind = "licensing authority"
    url = "https://authority.example/"


class ProfessionalBodyFactory(DjangoModelFactory):
    class Meta:
        model = ProfessionalBody
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Institute {n}")
    slug = factory.Sequence(lambda n: f"institute-{n}")

    @factory.post_generation
    def licensed_by(self, create: bool, authorities: list[LicensingAuthority] | None, **kwargs: object) -> None:
        self.licensed_by.set(authorities or [])

    @factory.post_generation
    def only_for(self, create: bool, registers: list[RegisterPage] | None, **kwargs: object) -> None:
        self.only_for.set(registers or [])


def make_hub(**facts: object) -> RegistrationHubPage:
    page = RegistrationHubPage(
        **{
            "title": "Professional registration",
            "slug": "registration",
            "standfirst": "You do not need a degree.",
            "we_pay": "We pay the fee.",
            **facts,
        }
    )
    return HomePage.objects.get().add_child(instance=page)


def make_register(hub: RegistrationHubPage, letters: str = "RSciTech", **facts: object) -> RegisterPage:
    page = RegisterPage(
        **{
            "title": letters,
            "full_name": f"Full name of {letters}",
            "authority": facts.pop("authority", None) or LicensingAuthorityFactory(),
            "level": "Level 3 or equivalent",
            "for_whom": "Doing complex tasks well.",
            "works": ["science"],
            "last_checked": dt.date(2026, 11, 21),
            **facts,
        }
    )
    return hub.add_child(instance=page)


def make_finder(hub: RegistrationHubPage) -> RegisterFinderPage:
    return hub.add_child(instance=RegisterFinderPage(title="Which register fits me?", slug="which"))
