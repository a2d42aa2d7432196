"""Editions of the exhibition, and the page that owns them."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import QuerySet, Subquery
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction

from cms.changes.models import KindVersion
from cms.core import context
from cms.core.addresses import absolute_url
from cms.core.dates import MomentField, YearField
from cms.core.fields import BodyField
from cms.core.forms import PortalPageForm
from cms.core.listing import open_to_all
from cms.core.models import BasePage
from cms.images.formats import Limits
from gallery.enums import EXHIBIT, EditionState, HangMode


class Category(models.Model):
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.CharField(max_length=300, blank=True)
    sort_order = models.PositiveIntegerField(default=0)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description"), FieldPanel("sort_order")]

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class ExhibitionIndexPage(BasePage):
    """Owns `/exhibitions/`. There is one."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["gallery.ExhibitionPage"]
    private_page_options: list[str] = []  # see ExhibitionPage
    template = "gallery/exhibition_index.html"

    introduction_text = models.TextField("introduction", blank=True, max_length=600)
    content_panels = [*Page.content_panels, FieldPanel("introduction_text")]

    @property
    def introduction(self) -> str:
        return self.introduction_text or self.search_description

    def clean(self) -> None:
        self.slug = "exhibitions"
        super().clean()


class ExhibitionPageForm(PortalPageForm):
    def clean(self) -> dict:
        cleaned = super().clean()
        ExhibitionPageForm.check_dates(self, cleaned)
        if (cleaned.get("slideshow_from") is None) != (cleaned.get("slideshow_to") is None):
            self.add_error("slideshow_to", "Give both hours, or neither.")
        return cleaned

    @staticmethod
    def check_dates(form: forms.BaseForm, cleaned: Mapping[str, Any]) -> None:
        """That they come one after the other, in whatever form has them."""
        for earlier, later, message in (
            ("opens_at", "closes_at", "The call must close after it opens."),
            (
                "closes_at",
                "on_show_from",
                "The exhibition opens after the call has closed, or pictures hang on approval.",
            ),
            ("on_show_from", "on_show_until", "The exhibition must end after it opens."),
        ):
            start, end = cleaned.get(earlier), cleaned.get(later)
            if start and end and end <= start:
                form.add_error(later, message)


@cache
def _unrestricted() -> QuerySet[PageViewRestriction]:
    """No restrictions, found out once: even an empty queryset compiles its query each time it is asked."""
    nothing = PageViewRestriction.objects.none()
    len(nothing)
    return nothing


class RoomBlock(blocks.StructBlock):
    """A part of the wall with words of its own. Rooms never change the order in which photographs hang."""

    title = blocks.CharBlock(max_length=60)
    words = blocks.TextBlock(
        label="Wall text",
        max_length=600,
        required=False,
        help_text="Two or three sentences. What joins these pictures?",
    )
    from_place = blocks.IntegerBlock(
        min_value=0,
        help_text="The room begins with the photograph at this place on the wall, and ends where the next begins.",
    )

    class Meta:
        icon = "home"


class PrizeBlock(blocks.StructBlock):
    award = blocks.CharBlock(max_length=120, help_text="Such as “Overall winner”.")
    what = blocks.TextBlock(label="Prize", max_length=300)

    class Meta:
        icon = "success"


class EditionQuerySet(PageQuerySet):
    def open_to_all(self) -> "EditionQuerySet":
        """Those that are public now, however they might have stopped being so."""
        return open_to_all(self)

    def at_door(self, slug: str) -> "EditionQuerySet":
        """The live edition that anybody may see, ready to be served: its wall's version and its
        restrictions are known.

        Slugs are unique among editions and all of them stand below one page, so this one query does what finding
        the page step by step and asking for the restrictions of each step would."""
        return (
            self.open_to_all()
            .filter(slug=slug, alias_of=None)
            .annotate(wall_version=Subquery(KindVersion.objects.filter(kind=EXHIBIT).values("number")))
        )


class ExhibitionPage(BasePage):
    """One edition: its call, its rules, its wall and later its archive, at one address for ever."""

    parent_page_types = ["gallery.ExhibitionIndexPage"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []  # an edition is public or not published; its photographs know no third way
    template = "gallery/wall.html"
    listed_as = "Exhibition"
    base_form_class = ExhibitionPageForm

    year = YearField()
    intro = models.TextField("introduction", max_length=600)
    opens_at = MomentField("call opens")
    closes_at = MomentField("call closes")
    review_until = MomentField("review ends", null=True, blank=True)
    judging_until = MomentField("judging ends", null=True, blank=True)
    on_show_from = MomentField("on show from")
    on_show_until = MomentField("on show until", help_text="The wall stays as an archive afterwards.")
    hang = models.CharField("pictures are hung", max_length=12, choices=HangMode, default=HangMode.ON_APPROVAL)
    venues = StreamField(
        [
            (
                "venue",
                blocks.StructBlock(
                    [
                        ("name", blocks.CharBlock(max_length=120)),
                        (
                            "access",
                            blocks.TextBlock(
                                max_length=400, required=False, help_text="Step-free, lift, quiet hours."
                            ),
                        ),
                    ],
                    icon="site",
                ),
            )
        ],
        blank=True,
    )
    rooms = BodyField(
        [("room", RoomBlock())],
        blank=True,
        help_text="Divides the wall, if you like: each room has a title and a few words.",
    )
    prizes = BodyField([("prize", PrizeBlock())], blank=True, help_text="They stand with the rules.")
    how_we_decide = models.TextField(
        "how we decide",
        blank=True,
        max_length=2000,
        help_text="Who looks at each photograph, and by what they decide. An empty line begins a new paragraph.",
    )
    categories = ParentalManyToManyField(Category, blank=True, related_name="+")
    entries_per_person = models.PositiveIntegerField(default=3)
    max_megabytes = models.PositiveIntegerField("largest file, MB", default=40)
    min_long_edge = models.PositiveIntegerField("smallest long edge, pixels", default=2000)
    max_photo_age_years = models.PositiveIntegerField("oldest photograph, years", default=5)
    slideshow_seconds = models.PositiveSmallIntegerField(
        "seconds for each photograph",
        default=15,
        validators=[MinValueValidator(5), MaxValueValidator(300)],
    )
    slideshow_from = models.TimeField("screens are on from", null=True, blank=True)
    slideshow_to = models.TimeField(
        "until", null=True, blank=True, help_text="Outside these hours screens are dark. Empty: on day and night."
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("year"),
        FieldPanel("intro"),
        FieldPanel("categories"),
        FieldPanel("venues"),
        FieldPanel("rooms"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldRowPanel([FieldPanel("review_until"), FieldPanel("judging_until")]),
                FieldRowPanel([FieldPanel("on_show_from"), FieldPanel("on_show_until")]),
                FieldPanel("hang"),
            ],
            "Dates",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("entries_per_person"), FieldPanel("max_photo_age_years")]),
                FieldRowPanel([FieldPanel("max_megabytes"), FieldPanel("min_long_edge")]),
                FieldPanel("how_we_decide"),
                FieldPanel("prizes"),
            ],
            "Rules",
        ),
        MultiFieldPanel(
            [
                FieldPanel("slideshow_seconds"),
                FieldRowPanel([FieldPanel("slideshow_from"), FieldPanel("slideshow_to")]),
            ],
            "Screens in foyers",
        ),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("year"),
        APIField("opens_at"),
        APIField("closes_at"),
        APIField("on_show_from"),
        APIField("on_show_until"),
        APIField("rooms"),
    ]

    objects = PageManager.from_queryset(EditionQuerySet)()

    @property
    def introduction(self) -> str:
        return self.intro

    @property
    def limits(self) -> Limits:
        """What a photograph must be to enter."""
        return Limits(max_bytes=self.max_megabytes * 1024 * 1024, min_long_edge=self.min_long_edge)

    def state(self, now: dt.datetime) -> EditionState:
        if now < self.opens_at:
            return EditionState.ANNOUNCED
        if now < self.closes_at:
            return EditionState.OPEN
        if now >= self.on_show_until:
            return EditionState.ARCHIVED
        if now >= self.on_show_from:
            return EditionState.ON_SHOW
        if self.review_until is None or now < self.review_until:
            return EditionState.REVIEW
        return EditionState.JUDGING

    def takes_entries(self, now: dt.datetime) -> bool:
        return self.live and self.opens_at <= now < self.closes_at

    @property
    def moments(self) -> list[dt.datetime]:
        """When this edition changes by itself."""
        dates = (self.opens_at, self.closes_at, self.review_until, self.on_show_from, self.on_show_until)
        return [date for date in dates if date is not None]

    def clean(self) -> None:
        super().clean()
        taken = ExhibitionPage.objects.filter(slug=self.slug).exclude(pk=self.pk)
        if taken.exists():
            raise ValidationError({"slug": "Another edition has this address. Addresses are kept for ever."})

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """None without asking again, when it was found by `at_door`."""
        if hasattr(self, "wall_version"):
            return _unrestricted()
        return super().get_view_restrictions()

    #: The first photograph on the wall that other sites may show. The wall sets it.
    share_picture: dict | None = None

    @property
    def structured_data(self) -> dict:
        """An event at places one can go to, and on this page."""
        address = absolute_url(self.address)
        places = [{"@type": "Place", "name": venue.value["name"]} for venue in self.venues]
        facts = {
            "@type": "ExhibitionEvent",
            "name": self.title,
            "description": self.intro,
            "url": address,
            "startDate": timezone.localtime(self.on_show_from).isoformat(),
            "endDate": timezone.localtime(self.on_show_until).isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": f"https://schema.org/{'Mixed' if places else 'Online'}EventAttendanceMode",
            "isAccessibleForFree": True,
            "location": [*places, {"@type": "VirtualLocation", "url": address}],
            "organizer": {"@type": "Organization", "name": context.current()["portal"].institution},
        }
        if self.share_picture:
            facts["image"] = self.share_picture["url"]
        return facts
