import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from rest_framework.serializers import SlugRelatedField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.api import APIField
from wagtail.models import Orderable

from cms.core.date_ranges import month_after
from cms.core.dates import DayField
from cms.people.models import ProfileKey
from home.topics.models.theme import Theme

#: An action nobody has written about for this long says so.
STALE_MONTHS = 6


class Status(models.TextChoices):
    """What an editor says. That something is late nobody says: the dates do."""

    NOT_STARTED = "not-started", "Not started"
    ON_TRACK = "on-track", "On track"
    AT_RISK = "at-risk", "At risk"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


LATE = "late"
#: Nothing more is going to happen to these.
FINISHED = (Status.DONE, Status.STOPPED)


class Action(Orderable):
    """One thing a plan says will be done, by whom and by when."""

    plan = ParentalKey("commitment.ActionPlanPage", on_delete=models.CASCADE, related_name="actions")
    ref = models.CharField(
        "reference", max_length=12, validators=[validate_slug], help_text="Short, such as V1. People will quote it."
    )
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200, help_text="What will be done. Begin with a verb.")
    owner_role = models.CharField("whose it is", max_length=120, help_text="The job, not the person: people move.")
    owner = ProfileKey(verbose_name="who that is now", help_text="Shown while they show a profile.")
    starts = DayField()
    ends = DayField(help_text="From the day after, it shows as late until it is done.")
    status = models.CharField(max_length=12, choices=Status, default=Status.NOT_STARTED)
    progress = models.TextField(blank=True, max_length=400, help_text="Where it stands, in a sentence or two.")
    updated_on = DayField(
        "last update",
        default=timezone.localdate,
        help_text=f"Change it with the progress. After {STALE_MONTHS} months the plan says that it is old.",
    )

    panels = [
        FieldRowPanel([FieldPanel("ref"), FieldPanel("theme")]),
        FieldPanel("what"),
        FieldRowPanel([FieldPanel("owner_role"), FieldPanel("owner")]),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldRowPanel([FieldPanel("status"), FieldPanel("updated_on")]),
        FieldPanel("progress"),
    ]
    api_fields = [
        APIField("ref"),
        APIField("theme", serializer=SlugRelatedField(slug_field="slug", read_only=True)),
        APIField("what"),
        APIField("owner_role"),
        APIField("starts"),
        APIField("ends"),
        APIField("state"),
        APIField("progress"),
        APIField("updated_on"),
        APIField("is_stale"),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan", "ref"], name="one_action_per_reference"),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="action_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.what}"

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": "It must end after it starts."})

    @property
    def state(self) -> str:
        return self.state_on(timezone.localdate())

    def state_on(self, today: dt.date) -> str:
        """Its status, or `late` once its end has gone by and it is not finished."""
        return LATE if self.status not in FINISHED and self.ends < today else self.status

    @property
    def state_words(self) -> str:
        state = self.state
        return "Late" if state == LATE else Status(state).label

    @property
    def is_stale(self) -> bool:
        return self.is_stale_on(timezone.localdate())

    def is_stale_on(self, today: dt.date) -> bool:
        """Nobody has written about it for six months. What is finished needs no news."""
        return self.status not in FINISHED and self.updated_on < months_before(today, STALE_MONTHS)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of an earlier month, or that month's last.

    >>> months_before(dt.date(2026, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    first = month_after(day, -months)
    last = month_after(first, 1) - dt.timedelta(days=1)
    return min(last, first + dt.timedelta(days=day.day - 1))
