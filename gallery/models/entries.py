"""A photograph somebody has sent in, with its words, people and clearances. Private, always."""

import datetime as dt
import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from cms.core.models import PrivateModel
from cms.people.models import Department
from gallery.enums import (
    EDITABLE_STATES,
    FREE_STATES,
    UNDER_REVIEW_STATES,
    Clearance,
    CreditName,
    EntryState,
    Licence,
    People,
)

from .exhibitions import Category, ExhibitionPage
from .masters import Master
from .word_limits import ALT_CHARACTERS, TITLE_CHARACTERS

#: No vowels and nothing that can be misread, so that ids spell nothing and can be read aloud from a label.
ID_ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZbcdfghjkmnpqrstvwxz"
ID_LENGTH = 8

CLEARANCES = {
    "clear_people": "Everyone recognisable has said yes themselves",
    "clear_place": "Whoever runs the space knows",
    "clear_safety": "People are wearing what the work requires",
    "clear_confidential": (
        "No screens, passes, barcodes, labels, patients or partner logos; nothing new that is not yet public"
    ),
    "clear_rights": "I took it, and nothing was made or altered by an image generator",
}

#: What photographers write and answer, beyond what an empty form says itself; and their category and photograph.
WRITTEN = ("title", "caption", "alt_text", "technique", "taken_on", "people", *CLEARANCES)

#: A lease that ends later was taken while the clock was wrong.
LONGEST_LEASE = dt.timedelta(hours=1)


def new_public_id() -> str:
    return "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))


class EntryQuerySet(models.QuerySet["Entry"]):
    def by(self, photographer: models.Model) -> "EntryQuerySet":
        return self.filter(photographer=photographer)

    def counting(self) -> "EntryQuerySet":
        """Those that use up one of a photographer's places. A draft that was emptied again does not."""
        nothing = dict.fromkeys(WRITTEN, "") | {"category": None, "master": None}
        return self.exclude(state__in=FREE_STATES).exclude(state=EntryState.DRAFT, **nothing)

    def seen_by_staff(self) -> "EntryQuerySet":
        """Everything that was sent in. Drafts are their photographer's alone."""
        return self.exclude(submitted_at=None)

    def awaiting_review(self) -> "EntryQuerySet":
        return self.filter(state__in=UNDER_REVIEW_STATES)

    def due_to_hang(self) -> "EntryQuerySet":
        """Approved, somebody or some date has asked for it to be hung, and the edition is public."""
        editions = ExhibitionPage.objects.open_to_all().order_by().values("pk")
        return self.filter(state=EntryState.APPROVED, hang_asked_at__isnull=False, exhibition__in=editions)

    def in_turn(self) -> "EntryQuerySet":
        """Whoever has waited longest since a photograph of theirs was hung comes first, so that thirty of one keep
        nobody waiting; of one person, what was asked for first. What only returns with its edition comes last."""
        theirs = Entry.objects.filter(photographer=OuterRef("photographer"), state=EntryState.HUNG)
        returns = When(hung_at__gte=F("hang_asked_at"), then=Value(1))
        return self.annotate(
            returns=Case(returns, default=Value(0)),
            last_hung=Subquery(theirs.order_by("-hung_at").values("hung_at")[:1]),
        ).order_by("returns", F("last_hung").asc(nulls_first=True), "hang_asked_at", "pk")

    def with_files_to_rewrite(self) -> "EntryQuerySet":
        """On the wall, with words that were put right since its files were made."""
        return self.filter(state=EntryState.HUNG, files_behind=True)

    def with_files_to_sweep(self, now: dt.datetime) -> "EntryQuerySet":
        """Not on the wall, yet public files or a withdrawn master remain, and nobody is at work on them."""
        idle = Q(hanging_until=None) | Q(hanging_until__lte=now) | Q(hanging_until__gt=now + LONGEST_LEASE)
        remains = ~Q(media="") & ~Q(state=EntryState.HUNG)
        kept = Q(state=EntryState.WITHDRAWN, master__isnull=False, master__erased_at=None)
        return self.filter(idle & (remains | kept))


class Entry(PrivateModel, WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """One entry. Only `services` write it; Wagtail's workflow carries its review.

    `live` means approved and nothing more: only the exhibit row makes anything public.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    exhibition = models.ForeignKey(ExhibitionPage, on_delete=models.PROTECT, related_name="+")
    photographer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    photographer_name = models.CharField(max_length=120)
    photographer_role = models.CharField(max_length=120, blank=True)
    photographer_slug = models.SlugField(max_length=120, blank=True)
    master = models.OneToOneField(Master, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=14, choices=EntryState, default=EntryState.DRAFT, editable=False)

    title = models.CharField(max_length=TITLE_CHARACTERS, blank=True)
    caption = models.TextField(blank=True)
    alt_text = models.CharField("description", max_length=ALT_CHARACTERS[1], blank=True)
    long_description = models.TextField(blank=True)
    technique = models.TextField("how it was made", blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    taken_on = models.CharField(max_length=10, blank=True)
    licence = models.CharField(max_length=20, choices=Licence, default=Licence.EXHIBITION_ONLY)
    credit_name = models.CharField(max_length=10, choices=CreditName, default=CreditName.FULL)
    people = models.CharField(max_length=10, choices=People, blank=True)
    clear_people = models.CharField(max_length=3, choices=Clearance, blank=True)
    clear_place = models.CharField(max_length=3, choices=Clearance, blank=True)
    clear_safety = models.CharField(max_length=3, choices=Clearance, blank=True)
    clear_confidential = models.CharField(max_length=3, choices=Clearance, blank=True)
    clear_rights = models.CharField(max_length=3, choices=Clearance, blank=True)
    tags = models.JSONField(default=list, blank=True)

    awards = models.JSONField(default=list, blank=True)
    focal_x = models.FloatField(default=0.5)
    focal_y = models.FloatField(default=0.5)
    wall_order = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True, help_text="Of the last decision; shown to the photographer.")

    live = models.BooleanField("approved", default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    hang_asked_at = models.DateTimeField(null=True, editable=False)
    hung_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    #: Folder of its public files; empty when there are none. Set before the first byte is written, so that
    #: whatever a killed worker left behind is known and swept.
    media = models.CharField(max_length=80, blank=True, editable=False)
    hanging_until = models.DateTimeField(null=True, editable=False, help_text="A worker's lease.")
    files_behind = models.BooleanField(
        default=False, editable=False, help_text="Title, description or credit inside its files are not the last."
    )
    #: The form that made it, which makes no second one, however often it is sent.
    form_key = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001  # unique where there is one

    objects = EntryQuerySet.as_manager()

    #: What a revision may carry back into the row. Everything else keeps the row's value, so that an older revision
    #: can never revive a withdrawn entry.
    REVISED_FIELDS = (
        "title",
        "caption",
        "alt_text",
        "long_description",
        "technique",
        "category",
        "department",
        "taken_on",
        "licence",
        "credit_name",
        "people",
        *CLEARANCES,
        "tags",
    )

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["-created_at"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(live=False) | Q(state__in=["approved", "hung"]), name="live_means_approved"
            ),
            # What was never sent in is its photographer's alone, so without one nobody could see or delete it.
            models.CheckConstraint(
                condition=Q(photographer__isnull=False) | Q(submitted_at__isnull=False),
                name="unsent_has_its_photographer",
            ),
            models.UniqueConstraint(
                fields=["photographer", "exhibition", "form_key"], name="one_entry_of_each_form"
            ),
        ]

    def __str__(self) -> str:
        return self.title or "Untitled"

    def with_content_json(self, content: dict) -> "Entry":
        revised = super().with_content_json(content)
        for field in self._meta.concrete_fields:
            if field.name not in self.REVISED_FIELDS:
                setattr(revised, field.attname, getattr(self, field.attname))
        return revised

    def publish(self, *args: object, **kwargs: object) -> None:
        raise PermissionDenied("Entries are approved by review, and made public by hanging them.")

    def unpublish(self, *args: object, **kwargs: object) -> None:
        raise PermissionDenied("Photographs are taken down or withdrawn, not unpublished.")

    def is_being_hung(self, now: dt.datetime) -> bool:
        return self.hanging_until is not None and now < self.hanging_until <= now + LONGEST_LEASE

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE_STATES

    @property
    def is_empty(self) -> bool:
        """It holds neither a word nor a picture."""
        return not (self.master_id or self.category_id or any(getattr(self, name) for name in WRITTEN))

    @property
    def comes_back(self) -> bool:
        """Nobody has asked since it last hung: it left with its edition, and returns with it. To the photographer
        and to readers of feeds it is nothing new."""
        return self.hung_at is not None and self.hang_asked_at is not None and self.hang_asked_at <= self.hung_at

    @property
    def licence_choice(self) -> Licence:
        return Licence(self.licence)

    @property
    def clearances(self) -> list[tuple[str, str]]:
        """Question and answer of each clearance, for the review screen."""
        return [(question, getattr(self, f"get_{name}_display")()) for name, question in CLEARANCES.items()]

    def open_clearances(self) -> list[str]:
        """Questions that are unanswered or answered with “please look”."""
        settled = {Clearance.YES, Clearance.NOT_APPLICABLE}
        return [question for name, question in CLEARANCES.items() if getattr(self, name) not in settled]
