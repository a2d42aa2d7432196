"""What every other part builds on: the base page, the mark of private models, and the site's own settings."""

import datetime as dt

from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page

from .forms import HOME_DEPTH, PortalPageForm

#: Shared caches may keep a page this long, and show it this much longer while they fetch a new one (seconds).
PAGE_CACHE_CONTROL = "public, max-age=30, stale-while-revalidate=30"


class PrivateModel(models.Model):
    """Marks a table that no visitor's request may touch. A check refuses relations that lead back to it."""

    class Meta:
        abstract = True


class BasePage(Page):
    """A page of the portal. The same bytes for everyone: nothing about the reader is in it."""

    review_by = models.DateField(
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
        """Its address without the host, from its own row: no query, so any list may ask for it."""
        return f"/{self.url_path.split('/', 2)[2]}"

    @property
    def trail(self) -> list[dict[str, str]]:
        """Pages between home and this one, `title` and `url`. One query, none right below home."""
        if self.depth <= HOME_DEPTH + 1:
            return []
        above = self.get_ancestors().filter(depth__gt=HOME_DEPTH).only("title", "url_path")
        return [{"title": page.title, "url": f"/{page.url_path.split('/', 2)[2]}"} for page in above]

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

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        response.setdefault("Cache-Control", PAGE_CACHE_CONTROL)
        return response


@register_setting(icon="home")
class PortalSettings(BaseSiteSetting):
    """Whose site this is. Shown on every page; read once and cached."""

    institution = models.CharField("institution", max_length=120, default="Our university")
    short_name = models.CharField("short name", max_length=60, blank=True)
    strapline = models.CharField("strapline", max_length=160, blank=True)
    contact_name = models.CharField("contact", max_length=120, blank=True, help_text="A named person, please.")
    contact_email = models.EmailField("contact e-mail", blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("institution"), FieldPanel("short_name"), FieldPanel("strapline")], "Institution"
        ),
        MultiFieldPanel([FieldPanel("contact_name"), FieldPanel("contact_email")], "Contact on every page"),
    ]

    class Meta:
        verbose_name = "portal settings"
