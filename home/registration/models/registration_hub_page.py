from itertools import groupby
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.search import index

from cms.core.fields import BodyField
from cms.core.interfaces import page_context
from cms.core.models import StandfirstPage
from gallery.blocks import ExhibitBlock
from home.blocks.body import BODY_BLOCKS
from home.blocks.sharing import share_picture
from home.events.models.event_page import EventPage
from home.registration.blocks import FrequentQuestionBlock, RegistrationMentorBlock, StepBlock, TestimonialBlock
from home.registration.models.register_page import RegisterPage
from home.registration.register_finder import Standing

#: Events with this tag are writing sessions.
TAG = "registration"


class RegistrationHubPage(StandfirstPage):
    """Owns `/registration/`: what it costs, who to ask, when we next write together; then how, and where."""

    listed_as = "Registration"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["registration.RegisterPage", "registration.RegisterFinderPage", "home.StandardPage"]

    standfirst = models.TextField(
        max_length=400, help_text="What registration is, for somebody who never heard of it."
    )
    we_pay = models.CharField("what we pay", max_length=200, help_text="One sentence. Stands right at the top.")
    contact_name = models.CharField(
        "who to ask", max_length=120, blank=True, help_text="Leave it empty for the contact of the whole site."
    )
    contact_email = models.EmailField("their e-mail", blank=True)
    mentors = BodyField([("mentor", RegistrationMentorBlock())], blank=True)
    offers = BodyField(
        [("offer", blocks.CharBlock(max_length=160))], blank=True, help_text="What else we do for people who try."
    )
    steps = BodyField([("step", StepBlock())], blank=True)
    how_long = models.TextField("how long it takes", max_length=400, blank=True)
    picture = BodyField([("exhibit", ExhibitBlock())], blank=True, max_num=1)
    questions = BodyField([("question", FrequentQuestionBlock())], blank=True)
    testimonials = BodyField([("testimonial", TestimonialBlock())], blank=True)
    body = BodyField(BODY_BLOCKS, blank=True, help_text="Stands at the end.")

    content_panels = [
        *StandfirstPage.content_panels,
        FieldPanel("we_pay"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_email")]), FieldPanel("mentors")],
            "Who to ask",
        ),
        FieldPanel("offers"),
        FieldPanel("steps"),
        FieldPanel("how_long"),
        FieldPanel("picture"),
        FieldPanel("questions"),
        FieldPanel("testimonials"),
        FieldPanel("body"),
    ]
    search_fields = [
        *StandfirstPage.search_fields,
        index.SearchField("we_pay"),
        index.SearchField("offers"),
        index.SearchField("steps"),
        index.SearchField("questions"),
        index.SearchField("body"),
    ]
    api_fields = [
        *StandfirstPage.api_fields,
        APIField("we_pay"),
        APIField("offers"),
        APIField("steps"),
        APIField("how_long"),
        APIField("mentors"),
        APIField("questions"),
        APIField("testimonials"),
        APIField("body"),
    ]

    class Meta:
        verbose_name = "professional registration"

    def clean(self) -> None:
        self.slug = "registration"
        super().clean()

    @property
    def share_picture(self) -> dict[str, Any] | None:
        return share_picture(self.picture)

    @property
    def structured_data(self) -> dict[str, Any] | None:
        asked = [
            {
                "@type": "Question",
                "name": block.value["question"],
                "acceptedAnswer": {"@type": "Answer", "text": block.value["answer"]},
            }
            for block in self.questions
        ]
        return {"@type": "FAQPage", "mainEntity": asked} if asked else None

    @property
    def present_mentors(self) -> list[dict]:
        """Those who show their profile."""
        return [block.value for block in self.mentors if block.value["person"]]

    def mentors_for(self, register: RegisterPage, registers: list[RegisterPage]) -> list[dict]:
        """Those who hold it; or else another of the same authority; or else everybody who helps."""
        family = [one for one in registers if one.authority_id == register.authority_id]
        everybody = self.present_mentors
        holders = [one for one in everybody if register.is_held_by(one["person"])]
        near = [one for one in everybody if any(other.is_held_by(one["person"]) for other in family)]
        return holders or near or everybody

    def testimonials_about(self, register: RegisterPage) -> list[Any]:
        return [
            block
            for block in self.testimonials
            if block.value["register"] is not None and block.value["register"].pk == register.pk
        ]

    def registers(self) -> list[RegisterPage]:
        return list(RegisterPage.objects.child_of(self).shown())

    def next_session(self) -> EventPage | None:
        """The event that begins next, of those tagged for registration. None if none is planned."""
        coming = EventPage.objects.upcoming(timezone.now())
        return coming.filter(tagged_items__tag__slug=TAG, is_cancelled=False).first()

    def get_context(self, request, *args, **kwargs):
        registers = sorted(
            self.registers(), key=lambda one: (one.authority.sort_order, one.authority.name, one.standing)
        )
        return super().get_context(request, *args, **kwargs) | {
            "session": self.next_session(),
            "registers": registers,
            "rungs": Standing.labels,
            "by_authority": [(who, list(ones)) for who, ones in groupby(registers, key=lambda one: one.authority)],
            "exhibit": next((block.value for block in self.picture if block.value), None),
        }


@page_context(RegisterPage)
def help_with(register: RegisterPage, request: HttpRequest) -> dict[str, Any]:
    """Who helps with it, and the words of those who have it."""
    hub = RegistrationHubPage.objects.filter(path=register.path[: -register.steplen]).first()
    return {
        "hub": hub,
        "mentors": hub.mentors_for(register, register.registers) if hub else [],
        "testimonials": hub.testimonials_about(register) if hub else [],
    }
