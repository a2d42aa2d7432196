from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.api import APIField
from wagtail.models import Orderable

from cms.core.dates import DayField
from cms.core.models import StandfirstPage
from cms.people.blocks import ProfileBlock
from cms.people.models import Profile, ProfileKey


class SteeringGroupPage(StandfirstPage):
    """Who steers the Technician Commitment here. Terms end by their dates: nobody has to move anybody."""

    parent_page_types = ["commitment.CommitmentPage", "home.SectionPage", "home.HomePage"]
    subpage_types: list[str] = []

    content_panels = [
        *StandfirstPage.content_panels,
        InlinePanel("members", heading="Members", label="Member"),
    ]
    api_fields = [*StandfirstPage.api_fields, APIField("serving"), APIField("past")]

    def by_term(self, today: dt.date) -> tuple[list[SteeringMember], list[SteeringMember]]:
        """Members who serve on `today`, in their order, and those whose term has ended, the latest first."""
        found = list(self.members.select_related("profile__department", "profile__portrait").order_by("sort_order"))
        serving = [member for member in found if member.serves(today)]
        past = [member for member in found if member.ended(today)]
        return serving, sorted(past, key=lambda member: member.ends_on or today, reverse=True)

    @property
    def serving(self) -> list[dict[str, Any]]:
        return [member.facts for member in self.by_term(timezone.localdate())[0]]

    @property
    def past(self) -> list[dict[str, Any]]:
        return [member.facts for member in self.by_term(timezone.localdate())[1]]

    def get_context(self, request, *args, **kwargs):
        serving, past = self.by_term(timezone.localdate())
        return super().get_context(request, *args, **kwargs) | {"members": serving, "past_members": past}


class SteeringMember(Orderable):
    page = ParentalKey(SteeringGroupPage, on_delete=models.CASCADE, related_name="members")
    profile = ProfileKey(
        verbose_name="technician", help_text="Name, answers and top tip come from the profile while it is shown."
    )
    name = models.CharField(max_length=120, blank=True, help_text="For members who are not technicians.")
    post = models.CharField(max_length=160, blank=True, help_text="Their job, for those without a profile.")
    role_in_group = models.CharField("role in the group", max_length=120)
    top_tip = models.CharField(max_length=300, blank=True, help_text="For those without a profile.")
    starts_on = DayField("term begins", null=True, blank=True)
    ends_on = DayField(
        "last day of the term", null=True, blank=True, help_text="From the day after, among the past members."
    )

    panels = [
        FieldPanel("role_in_group"),
        FieldPanel("profile"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("post")]),
        FieldPanel("top_tip"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]

    def __str__(self) -> str:
        return self.role_in_group

    def clean(self) -> None:
        super().clean()
        if not self.profile_id and not self.name:
            raise ValidationError({"name": "Choose a technician or write a name."})
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "The term ends before it begins."})

    def serves(self, today: dt.date) -> bool:
        return (self.starts_on is None or self.starts_on <= today) and not self.ended(today)

    def ended(self, today: dt.date) -> bool:
        return self.ends_on is not None and self.ends_on < today

    @cached_property
    def person(self) -> Profile | None:
        """Their profile while they show it. No query after `select_related`."""
        if "profile" in self._state.fields_cache:
            return self.profile
        return Profile.objects.select_related("department").filter(pk=self.profile_id).first()

    @property
    def called(self) -> str:
        """Empty for a technician who hides their profile: the seat is shown, the person is not."""
        return self.person.name if self.person else self.name

    @property
    def tip(self) -> str:
        return self.person.top_tip if self.person else self.top_tip

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "name": self.called or None,
            "post": self.person.role if self.person else self.post,
            "role_in_group": self.role_in_group,
            "top_tip": self.tip,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "profile": ProfileBlock().get_api_representation(self.person),
        }
