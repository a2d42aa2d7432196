"""What every other part builds on: the base page, the mark of private models, and the site's own settings."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, validate_domain_name
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page, Site
from wagtail.search import index

from .addresses import path_of
from .blocks.accolade import AccoladeBlock, AccoladeValue
from .colours import Accents
from .dates import DayField
from .fields import BodyField
from .forms import HOME_DEPTH, PortalPageForm
from .interfaces import parts_for

#: Shared caches may keep a page this long, and show it this much longer while they fetch a new one (seconds).
PAGE_CACHE_CONTROL = "public, max-age=30, stale-while-revalidate=30"


class PrivateModel(models.Model):
    """Marks a table that no visitor's request may touch. A check refuses relations that lead back to it."""

    #: Wagtail's lists of “where this is used” neither name nor count its rows.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class FormerSlug(models.Model):
    """What an edition, a category or a department was called in addresses (`former_slugs.py`)."""

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=255)
    now = models.CharField(max_length=255)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="one_former_slug")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class BasePage(Page):
    """A page of the portal. The same bytes for everyone: nothing about the reader is in it."""

    #: What visitors call a page of this type, in search and lists.
    listed_as = "Page"

    review_by = DayField(
        "check again by",
        null=True,
        blank=True,
        help_text="If facts on this page grow old. From this day it stands in the report of pages to check.",
    )

    api_fields = [APIField("introduction")]
    settings_panels = [*Page.settings_panels, FieldPanel("review_by")]
    base_form_class = PortalPageForm

    class Meta:
        abstract = True

    @property
    def introduction(self) -> str:
        """One or two sentences for lists, search results and share cards."""
        return self.search_description

    @property
    def address(self) -> str:
        """Without the host. No query, so any list may ask for it."""
        return path_of(self)

    @property
    def trail(self) -> list[dict[str, str]]:
        """Pages between home and this one, `title` and `url`. One query, none right below home."""
        if self.depth <= HOME_DEPTH + 1:
            return []
        above = self.get_ancestors().filter(depth__gt=HOME_DEPTH).only("title", "url_path")
        return [{"title": page.title, "url": path_of(page)} for page in above]

    @property
    def share_picture(self) -> dict | None:
        """What messengers show beside the link: `url` (complete), `width`, `height`, `alt`."""
        return None

    @property
    def structured_data(self) -> dict | None:
        """What the page is, in the words of schema.org, without `@context`. Only what is true and on the page."""
        return None

    @classmethod
    def withheld(cls, now: dt.datetime) -> models.QuerySet | None:
        """Published pages of this type that nobody outside is told of at `now`: embargoed, say, or closed. None
        when the type has no such pages. `cms.core.listing.listed` leaves them out of everything that lists pages;
        whether their own address answers is for the type's `serve` to say."""
        return None

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | parts_for(self, request)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        response.setdefault("Cache-Control", PAGE_CACHE_CONTROL)
        if origins := frame_sources(self):
            response._csp_update = {"frame-src": origins}  # django-csp reads it
        return response


class StandfirstPage(BasePage):
    """A page with a sentence or two under its title, which also introduce it in lists and on cards."""

    standfirst = models.TextField(blank=True, max_length=300, help_text="One or two sentences under the title.")

    content_panels = [*Page.content_panels, FieldPanel("standfirst")]
    search_fields = [*BasePage.search_fields, index.SearchField("standfirst")]

    class Meta:
        abstract = True

    @property
    def introduction(self) -> str:
        return self.standfirst or self.search_description


def frame_sources(page: Page) -> list[str]:
    """Origins whose players this page may show, from its blocks that have a `frame_source`. Most pages: none."""
    found = set()
    for field in page._meta.fields:
        if not isinstance(field, StreamField):
            continue
        stream = getattr(page, field.name)
        players = {
            name for name, block in stream.stream_block.child_blocks.items() if hasattr(block, "frame_source")
        }
        # The others stay unread: reading a stream may ask the database.
        if players & {row["type"] for row in stream.raw_data}:
            found |= {one.block.frame_source(one.value) for one in stream if one.block_type in players}
    return sorted(found - {""})


@register_setting(icon="home")
class PortalSettings(BaseSiteSetting):
    """Whose site this is. Shown on every page; read once and cached."""

    select_related = ["logo"]

    institution = models.CharField("institution", max_length=120, default="Our university")
    short_name = models.CharField("short name", max_length=60, blank=True, help_text="For the head of each page.")
    strapline = models.CharField("strapline", max_length=160, blank=True)
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Stands in front of the name. Wide or square; it is shown 44 pixels high.",
    )
    colour = models.CharField(
        "institution’s colour",
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}\Z", "Write it as # and six digits, such as #1b438f.")],
        help_text="For links and buttons, such as #1b438f. If it is too pale or too dark to read on the page, we "
        "show the nearest shade that is not. Empty: marking-out blue.",
    )
    contact_name = models.CharField("contact", max_length=120, blank=True, help_text="A named person, please.")
    contact_email = models.EmailField("contact e-mail", blank=True)
    contact_note = models.CharField(
        "where and when", max_length=160, blank=True, help_text="Such as “Library room 3, Tuesday to Thursday”."
    )
    sign_up_domains = models.TextField(
        "e-mail addresses that may sign up",
        blank=True,
        help_text="What comes after the @, such as calderwick.example, comma separated. Empty: anybody. "
        "Whoever has an account keeps it.",
    )
    links = BodyField(
        [
            (
                "link",
                blocks.StructBlock(
                    [("name", blocks.CharBlock(max_length=60)), ("address", blocks.URLBlock())], icon="link"
                ),
            )
        ],
        blank=True,
        verbose_name="elsewhere",
        help_text="The institution’s site, and where else people follow you. At the foot of every page.",
    )

    accolades = BodyField(
        [("accolade", AccoladeBlock())],
        blank=True,
        help_text="Awards and charters the institution holds. At the foot of every page, each until its last day.",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("institution"),
                FieldPanel("short_name"),
                FieldPanel("strapline"),
                FieldPanel("logo"),
                FieldPanel("colour"),
            ],
            "Institution",
        ),
        MultiFieldPanel(
            [FieldPanel("contact_name"), FieldPanel("contact_email"), FieldPanel("contact_note")],
            "Contact on every page",
        ),
        FieldPanel("sign_up_domains", widget=forms.TextInput),
        FieldPanel("links"),
        FieldPanel("accolades"),
    ]

    class Meta:
        verbose_name = "portal settings"

    @classmethod
    def of(cls, site: Site) -> "PortalSettings":
        """Of this site, or what a new site begins with: Wagtail's own `for_site` writes a row, and we only read."""
        return cls.base_queryset().filter(site=site).first() or cls(site=site)

    def clean(self) -> None:
        super().clean()
        for domain in self.welcome_domains:
            try:
                validate_domain_name(domain)
            except ValidationError:
                problem = f"“{domain}” is no domain. Please write what comes after the @, as in calderwick.example."
                raise ValidationError({"sign_up_domains": problem}) from None
        self.sign_up_domains = ", ".join(self.welcome_domains)

    @property
    def welcome_domains(self) -> list[str]:
        """E-mail domains that may sign up, in lower case; none when any may."""
        typed = (word.strip("@.") for word in re.split(r"[\s,;]+", self.sign_up_domains.lower()))
        return list(dict.fromkeys(word for word in typed if word))

    @property
    def name(self) -> str:
        return f"{self.short_name or self.institution} Technicians’ Portal"

    @property
    def standing_accolades(self) -> list[AccoladeValue]:
        today = timezone.localdate()
        return [one.value for one in self.accolades if one.value.stands(today)]

    @property
    def accents(self) -> Accents | None:
        """Legible shades of the institution's colour, if it has one."""
        return Accents.of(self.colour.lower()) if self.colour else None
