from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from cms.core.addresses import absolute_url
from cms.core.dates import DayField
from cms.core.fields import BodyField
from cms.core.forms import PortalPageForm
from cms.core.models import BasePage
from cms.people.models import Profile
from gallery.blocks import ExhibitBlock
from home.blocks.sharing import share_picture
from home.registration.blocks import ExampleBlock, FeeBlock, RouteBlock
from home.registration.models.licensing_authority import GOOD_FOR, LicensingAuthority
from home.registration.models.professional_body import ProfessionalBody
from home.registration.panels import AgePanel
from home.registration.register_finder import Standing, Work

#: Most people of ours shown on one register's page.
MOST_PEOPLE = 12


class RegisterPageForm(PortalPageForm):
    works = forms.MultipleChoiceField(
        label="For which work",
        choices=Work.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="“Which register fits me?” goes by this and by the rung.",
    )


class RegisterQuerySet(PageQuerySet):
    def shown(self) -> "RegisterQuerySet":
        """What the public may see, with who grants it, in the order of the tree."""
        return self.live().public().select_related("authority").order_by("path")

    def granted_by(self, body: ProfessionalBody) -> "RegisterQuerySet":
        """What a technician can apply for through this body. The other side of `ProfessionalBody`'s `granting`."""
        named = body.only_for.values("pk")
        limited = body.only_for.values("authority")
        of_theirs = self.shown().filter(authority__in=body.licensed_by.values("pk"))
        return of_theirs.filter(Q(pk__in=named) | ~Q(authority__in=limited))


class RegisterPage(BasePage):
    """One professional register. Its title is the letters people put after their name."""

    listed_as = "Register"
    parent_page_types = ["registration.RegistrationHubPage"]
    subpage_types: list[str] = []
    base_form_class = RegisterPageForm

    full_name = models.CharField("what the letters stand for", max_length=120)
    also_written = models.CharField(
        max_length=160, blank=True, help_text="Other spellings people search for, such as “RSci Tech”."
    )
    authority = models.ForeignKey(LicensingAuthority, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=120, help_text="In the authority’s words.")
    standing = models.PositiveSmallIntegerField("rung", choices=Standing, default=Standing.DIRECTED)
    works = models.JSONField(default=list)
    asks_no_papers = models.BooleanField(
        "no certificates needed", default=False, help_text="Tick it if experience alone is enough."
    )
    for_whom = models.TextField("who it is for", max_length=300)
    routes = BodyField([("route", RouteBlock())], blank=True)
    evidence = BodyField([("item", blocks.CharBlock(max_length=200))], blank=True)
    fees = BodyField([("fee", FeeBlock())], blank=True)
    fees_note = models.CharField("fees, in a sentence", max_length=300, blank=True)
    official_url = models.URLField("the authority’s own page", blank=True)
    last_checked = DayField("facts last checked on", help_text="When you change it, say what you checked.")
    examples = BodyField([("example", ExampleBlock())], blank=True)
    picture = BodyField([("exhibit", ExhibitBlock())], blank=True, max_num=1)

    objects = PageManager.from_queryset(RegisterQuerySet)()

    content_panels = [
        AgePanel(),
        FieldPanel("title", heading="Letters after the name"),
        FieldPanel("full_name"),
        FieldPanel("also_written"),
        FieldRowPanel([FieldPanel("authority"), FieldPanel("level")]),
        FieldPanel("for_whom"),
        MultiFieldPanel(
            [FieldPanel("works"), FieldPanel("standing"), FieldPanel("asks_no_papers")], "Whom it fits"
        ),
        FieldPanel("routes"),
        FieldPanel("evidence"),
        MultiFieldPanel([FieldPanel("fees"), FieldPanel("fees_note")], "What it costs"),
        MultiFieldPanel([FieldPanel("last_checked"), FieldPanel("official_url")], "Facts"),
        FieldPanel("examples"),
        FieldPanel("picture"),
    ]
    settings_panels = Page.settings_panels
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("full_name", boost=4),
        index.SearchField("also_written", boost=4),
        index.AutocompleteField("full_name"),
        index.SearchField("for_whom"),
        index.SearchField("level"),
        index.SearchField("routes"),
        index.SearchField("evidence"),
        index.FilterField("authority"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("full_name"),
        APIField("granted_by"),
        APIField("level"),
        APIField("standing"),
        APIField("works"),
        APIField("for_whom"),
        APIField("routes"),
        APIField("evidence"),
        APIField("fees"),
        APIField("fees_note"),
        APIField("official_url"),
        APIField("last_checked"),
        APIField("bodies"),
        APIField("examples"),
        APIField("picture"),
    ]

    class Meta:
        verbose_name = "register"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """When it is due again follows from when it was checked."""
        self.review_by = self.last_checked + GOOD_FOR
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict) -> "RegisterPage":
        page = super().with_content_json(content)
        page.review_by = page.last_checked + GOOD_FOR
        return page

    @property
    def introduction(self) -> str:
        return f"{self.full_name}. {self.for_whom}"

    @property
    def facts_are_old(self) -> bool:
        return self.last_checked + GOOD_FOR < timezone.localdate()

    @property
    def routes_by_experience(self) -> list[dict]:
        """Routes that count experience in front."""
        return sorted((route.value for route in self.routes), key=lambda route: not route["by_experience"])

    @property
    def granted_by(self) -> dict[str, str]:
        return {"name": self.authority.name, "kind": self.authority.kind, "url": self.authority.url}

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [body.facts for body in ProfessionalBody.objects.granting(self)]

    @property
    def share_picture(self) -> dict[str, Any] | None:
        return share_picture(self.picture)

    @property
    def structured_data(self) -> dict[str, Any]:
        return {
            "@type": "EducationalOccupationalCredential",
            "name": self.full_name,
            "alternateName": self.title,
            "description": self.for_whom,
            "url": absolute_url(self.address),
            "credentialCategory": "Professional registration",
            "educationalLevel": self.level,
            "recognizedBy": {"@type": "Organization", "name": self.authority.name, "url": self.authority.url},
        }

    def holders(self) -> list[Profile]:
        """Our people who hold it and show their profile. “RSci” is not found in “RSciTech”."""
        named = Profile.objects.filter(registration__icontains=self.title).select_related("department")
        return [profile for profile in named if self.is_held_by(profile)]

    def is_held_by(self, profile: Profile) -> bool:
        held = profile.registration.replace(";", ",").split(",")
        return self.title.casefold() in {letters.strip().casefold() for letters in held}

    @cached_property
    def registers(self) -> list["RegisterPage"]:
        """All of its hub, itself among them."""
        return list(RegisterPage.objects.sibling_of(self).shown())

    def near(self, others: list["RegisterPage"]) -> list["RegisterPage"]:
        """The steps below and above of the same authority, and the same step for related work elsewhere."""
        own = [one for one in others if one.authority_id == self.authority_id and one.standing != self.standing]
        below = max((one for one in own if one.standing < self.standing), key=_standing, default=None)
        above = min((one for one in own if one.standing > self.standing), key=_standing, default=None)
        beside = [
            one
            for one in others
            if one.standing == self.standing and one.pk != self.pk and set(one.works) & set(self.works)
        ]
        return [one for one in (below, above) if one] + beside

    def get_context(self, request, *args, **kwargs):
        holders = self.holders()
        return super().get_context(request, *args, **kwargs) | {
            "bodies": list(ProfessionalBody.objects.granting(self)),
            "holders": holders[:MOST_PEOPLE],
            "more_holders": max(len(holders) - MOST_PEOPLE, 0),
            "near": self.near(self.registers),
            "exhibit": next((block.value for block in self.picture if block.value), None),
        }


def _standing(register: RegisterPage) -> int:
    return register.standing
