from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from cms.core.addresses import absolute_url
from cms.core.fields import BodyField
from cms.core.listing import listed
from cms.core.models import StandfirstPage
from cms.images.sources import share_card
from cms.people.blocks import ProfileBlock
from cms.people.models import Profile, ProfileKey
from gallery.models.exhibits import Exhibit
from home.blocks.body import BODY_BLOCKS
from home.technicians.blocks import MadeHereBlock, QuestionBlock, telling_of


class CaseStudyQuerySet(PageQuerySet):
    def shown(self) -> "CaseStudyQuerySet":
        return listed(self).order_by("-first_published_at", "-pk")

    def about(self, slug: str) -> "CaseStudyQuerySet":
        """Somebody's own stories, and those of others that show something they made."""
        return self.filter(Q(profile=slug) | Q(pk__in=telling_of(CaseStudyPage.objects.all(), slug).values("pk")))


class CaseStudyIndexPage(StandfirstPage):
    """All stories, newest first."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["technicians.CaseStudyPage"]

    class Meta:
        verbose_name = "stories"

    def get_context(self, request, *args, **kwargs):
        stories = CaseStudyPage.objects.child_of(self).shown().select_related("profile__department")
        return super().get_context(request, *args, **kwargs) | {"stories": with_picture(list(stories))}


class CaseStudyPage(StandfirstPage):
    """Somebody's story in questions and answers. Hiding a profile takes name and link off; the story itself was
    agreed on its own and stays until an editor takes it down."""

    parent_page_types = ["technicians.CaseStudyIndexPage"]
    subpage_types: list[str] = []

    profile = ProfileKey(
        verbose_name="about",
        help_text="Whose story it is. Only people who show a profile can be chosen; their profile shows the story.",
    )
    pull_quote = models.CharField(
        max_length=300, blank=True, help_text="One sentence of theirs that stands large. No quotation marks."
    )
    body = BodyField(
        [("question", QuestionBlock()), ("made_here", MadeHereBlock()), *BODY_BLOCKS],
        blank=True,
        help_text="Questions and answers, with photographs from the exhibition between them.",
    )

    objects = PageManager.from_queryset(CaseStudyQuerySet)()

    content_panels = [
        *StandfirstPage.content_panels,
        FieldPanel("profile"),
        FieldPanel("pull_quote"),
        FieldPanel("body"),
    ]
    search_fields = [
        *StandfirstPage.search_fields,
        index.SearchField("pull_quote"),
        index.SearchField("body"),
    ]
    api_fields = [
        *StandfirstPage.api_fields,
        APIField("person"),
        APIField("pull_quote"),
        APIField("body"),
    ]

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"

    @cached_property
    def about(self) -> Profile | None:
        """Whose story it is, while they show their profile. No query after `select_related`."""
        if "profile" in self._state.fields_cache:
            return self.profile
        return Profile.objects.select_related("department").filter(pk=self.profile_id).first()

    @property
    def person(self) -> dict[str, Any] | None:
        return ProfileBlock().get_api_representation(self.about)

    @cached_property
    def first_exhibit(self) -> Exhibit | None:
        return next((block.value for block in self.body if block.block_type == "exhibit" and block.value), None)

    @property
    def share_picture(self) -> dict | None:
        return share_card([self.first_exhibit])

    @property
    def structured_data(self) -> dict | None:
        facts: dict[str, Any] = {
            "@type": "Article",
            "@id": absolute_url(self.address),
            "url": absolute_url(self.address),
            "headline": self.title,
            "description": self.introduction,
        }
        if self.first_published_at:
            facts["datePublished"] = timezone.localdate(self.first_published_at).isoformat()
        if self.about:
            facts["about"] = {
                "@type": "Person",
                "name": self.about.name,
                "url": absolute_url(self.about.path),
            }
        picture = self.share_picture
        if picture:
            facts["image"] = picture["url"]
        return {name: value for name, value in facts.items() if value}


def with_picture(stories: list[CaseStudyPage]) -> list[tuple[CaseStudyPage, Exhibit | None]]:
    """Each with the first photograph of its body that hangs. One query."""
    keys = {
        page.pk: [block["value"] for block in page.body.raw_data if block["type"] == "exhibit"] for page in stories
    }
    wanted = [key for found in keys.values() for key in found]
    exhibits = Exhibit.objects.on_wall().defer("document", "card", "search_text").in_bulk(wanted) if wanted else {}
    return [(page, next((exhibits[key] for key in keys[page.pk] if key in exhibits), None)) for page in stories]
