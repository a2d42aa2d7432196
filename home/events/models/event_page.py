import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from rest_framework.serializers import SlugRelatedField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from cms.core import date_ranges
from cms.core.addresses import absolute_url
from cms.core.dates import MomentField
from cms.core.fields import BodyField
from cms.core.forms import PortalPageForm
from cms.core.interfaces import block_data
from cms.core.models import StandfirstPage
from home.blocks.body import BODY_BLOCKS
from home.blocks.sharing import share_picture
from home.blocks.upcoming_events import UpcomingEventsBlock
from home.events.blocks import SessionBlock
from home.events.programme import Programme
from home.topics.models.theme import Theme

#: In the words of schema.org.
ATTENDANCE = {"in-person": "Offline", "online": "Online", "both": "Mixed"}


class Mode(models.TextChoices):
    IN_PERSON = "in-person", "In person"
    ONLINE = "online", "Online"
    BOTH = "both", "In person and online"


#: Whoever has something longer says so in words.
LONGEST = dt.timedelta(days=366)


class EventQuerySet(PageQuerySet):
    """`upcoming`, `past` and `between` hold only what everybody may see. The others narrow what they are given."""

    def shown(self) -> "EventQuerySet":
        """Live, and behind no password."""
        return self.live().public()

    def not_over(self, now: dt.datetime) -> "EventQuerySet":
        return self.filter(ends__gt=now).order_by("starts", "pk")

    def taking_place(self) -> "EventQuerySet":
        """Without those that were called off, which lists show, marked."""
        return self.filter(is_cancelled=False)

    def related_to_theme(self, theme: Theme) -> "EventQuerySet":
        return self.filter(themes=theme)

    def over(self, now: dt.datetime) -> "EventQuerySet":
        return self.filter(ends__lte=now).order_by("-starts", "-pk")

    def touching(self, start: dt.datetime, end: dt.datetime) -> "EventQuerySet":
        """Some of it happens from `start` until before `end`."""
        return self.filter(starts__lt=end, ends__gt=start).order_by("starts", "pk")

    def upcoming(self, now: dt.datetime | None = None) -> "EventQuerySet":
        """What is on and what comes, soonest first."""
        return self.shown().not_over(now or timezone.now())

    def past(self, now: dt.datetime | None = None) -> "EventQuerySet":
        """What is over, newest first."""
        return self.shown().over(now or timezone.now())

    def between(self, start: dt.datetime, end: dt.datetime) -> "EventQuerySet":
        return self.shown().touching(start, end)


class EventTag(TaggedItemBase):
    content_object = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="tagged_items")


class EventPageForm(PortalPageForm):
    def clean(self) -> dict:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if not starts or not ends or ends <= starts:
            return cleaned
        first, last = date_ranges.first_and_last_day(starts, ends)
        outside: dict[int, Exception] = {}
        for number, session in enumerate(cleaned.get("programme") or []):
            day = session.value["day"]
            if not first <= day <= last:
                days_words = date_ranges.in_words(starts, ends)
                message = f"{date_ranges.day_in_words(day)} is outside the event’s days, {days_words}."
                outside[number] = StructBlockValidationError({"day": ValidationError(message)})
        if outside:
            self.add_error("programme", StreamBlockValidationError(block_errors=outside))
        return cleaned


class EventPage(StandfirstPage):
    """Something to come to: an afternoon, or a festival with a programme of sessions."""

    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []
    listed_as = "Event"
    base_form_class = EventPageForm

    standfirst = models.TextField(blank=True, max_length=300, help_text="What it is, in one or two sentences.")
    starts = MomentField(help_text="The weekday is worked out from the date.")
    ends = MomentField()
    is_cancelled = models.BooleanField(
        "cancelled", default=False, help_text="It stays in the list, marked, so that nobody comes in vain."
    )
    venue = models.CharField(max_length=200, blank=True)
    mode = models.CharField("how to take part", max_length=12, choices=Mode, default=Mode.IN_PERSON)
    online_address = models.URLField(
        blank=True, help_text="Where to join online. Everybody can read it; leave it empty to send it by e-mail."
    )
    access = models.TextField(
        blank=True, max_length=600, help_text="Steps, seats, captions, interpreters, quiet rooms, whom to ask."
    )
    places = models.PositiveIntegerField(null=True, blank=True, help_text="How many can come, if it is limited.")
    edition = models.CharField(
        max_length=120, blank=True, help_text="For something yearly, such as “Third festival week”."
    )
    series = models.CharField(
        max_length=80, blank=True, help_text="The same words on each year’s page link the years together."
    )
    body = BodyField(BODY_BLOCKS, blank=True)
    programme = BodyField(
        [("session", SessionBlock())], blank=True, help_text="In any order: days and times sort it."
    )
    themes = ParentalManyToManyField(
        Theme, blank=True, related_name="+", help_text="Themes of the Technician Commitment it serves."
    )
    tags = ClusterTaggableManager(through=EventTag, blank=True)

    objects = PageManager.from_queryset(EventQuerySet)()

    content_panels = [
        *StandfirstPage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]), FieldPanel("is_cancelled")], "When"
        ),
        MultiFieldPanel(
            [
                FieldPanel("venue"),
                FieldPanel("mode"),
                FieldPanel("online_address"),
                FieldPanel("access"),
                FieldPanel("places"),
            ],
            "Where, and for whom",
        ),
        FieldPanel("body"),
        FieldPanel("programme"),
        FieldPanel("tags"),
        FieldPanel("themes"),
        MultiFieldPanel([FieldPanel("edition"), FieldPanel("series")], "If it comes every year"),
    ]
    search_fields = [
        *StandfirstPage.search_fields,
        index.SearchField("venue"),
        index.SearchField("body"),
        index.SearchField("programme"),
        index.FilterField("starts"),
        index.FilterField("ends"),
    ]
    api_fields = [
        *StandfirstPage.api_fields,
        APIField("starts"),
        APIField("ends"),
        APIField("when"),
        APIField("is_cancelled"),
        APIField("venue"),
        APIField("mode"),
        APIField("online_address"),
        APIField("access"),
        APIField("edition"),
        APIField("tags"),
        APIField("themes", serializer=SlugRelatedField(slug_field="slug", many=True, read_only=True)),
        APIField("body"),
        APIField("programme"),
        APIField("calendar_url"),
    ]

    class Meta:
        verbose_name = "event"
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="event_ends_after_start")
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": "The event must end after it starts."})
        if self.starts and self.ends and self.ends - self.starts > LONGEST:
            raise ValidationError({"ends": "That is more than a year after it starts. Please check the year."})

    @property
    def when(self) -> str:
        """In words, with the weekdays."""
        return date_ranges.in_words(self.starts, self.ends)

    @property
    def by_days(self) -> bool:
        """Whether it lasts for days and is named by them."""
        return date_ranges.by_days(self.starts, self.ends)

    @property
    def last_day(self) -> dt.date:
        return date_ranges.first_and_last_day(self.starts, self.ends)[1]

    @property
    def tags_shown(self) -> list[Any]:
        """Its tags through rows that a list can fetch ahead."""
        return [item.tag for item in self.tagged_items.all()]

    @property
    def calendar_path(self) -> str:
        return f"{self.address.rstrip('/')}.ics"

    @property
    def calendar_url(self) -> str:
        return absolute_url(self.calendar_path)

    @cached_property
    def sessions(self) -> list[Any]:
        """The programme in the order of the clock. One query for everybody who speaks."""
        return Programme(self.programme).sessions

    @property
    def share_picture(self) -> dict[str, Any] | None:
        return share_picture(self.body)

    @property
    def structured_data(self) -> dict[str, Any]:
        """An Event, with its sessions as sub-events."""
        url = absolute_url(self.address)
        facts: dict[str, Any] = {
            "@type": "Event",
            "@id": url,
            "url": url,
            "name": self.title,
            "startDate": timezone.localtime(self.starts).isoformat(),
            "endDate": timezone.localtime(self.ends).isoformat(),
            "eventStatus": f"https://schema.org/Event{'Cancelled' if self.is_cancelled else 'Scheduled'}",
            "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[self.mode]}EventAttendanceMode",
            "location": _locations(self),
        }
        if self.introduction:
            facts["description"] = self.introduction
        if self.places:
            facts["maximumAttendeeCapacity"] = self.places
        if picture := self.share_picture:
            facts["image"] = picture["url"]
        sessions = [_session(url, child) for child in self.sessions]
        if sessions:
            facts["subEvent"] = sessions
        return facts

    def get_context(self, request, *args, **kwargs):
        now = timezone.now()
        programme = Programme(self.sessions)
        track = request.GET.get("track", "")
        if track and track not in programme.tracks:
            raise Http404
        others = EventPage.objects.none()
        if self.series:
            others = EventPage.objects.shown().filter(series=self.series).exclude(pk=self.pk)
        return super().get_context(request, *args, **kwargs) | {
            "now": now,
            "is_over": self.ends <= now,
            "programme": programme,
            "track": track,
            "days": programme.by_day(track),
            "others": list(others.only("title", "url_path", "starts", "ends").order_by("-starts")),
        }


def _locations(page: EventPage) -> list[dict[str, str]]:
    found = []
    if page.mode != "online":
        found.append({"@type": "Place", "name": page.venue or "To be announced"})
    if page.mode != "in-person":
        found.append({"@type": "VirtualLocation", "url": page.online_address or absolute_url(page.address)})
    return found


def _session(url: str, child: Any) -> dict[str, Any]:
    session = child.value
    facts: dict[str, Any] = {
        "@type": "Event",
        "@id": f"{url}#s-{child.id}",
        "name": session["title"],
        "startDate": timezone.localtime(session.starts).isoformat(),
        "endDate": timezone.localtime(session.ends).isoformat(),
    }
    if session["place"]:
        facts["location"] = {"@type": "Place", "name": session["place"]}
    if people := session.people:
        facts["performer"] = [{"@type": "Person", "name": person["name"]} for person in people]
    return facts


@block_data(UpcomingEventsBlock)
def coming(value: Mapping[str, Any]) -> dict[str, Any]:
    """What comes first of all, or of what carries the tag."""
    found = EventPage.objects.upcoming().taking_place().defer("body", "programme")
    if value["tag"]:
        found = found.filter(tagged_items__tag__name__iexact=value["tag"])
    return {"events": list(found[: value["number"] or 3])}
