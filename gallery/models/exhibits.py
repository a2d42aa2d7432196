"""What the public sees. Nothing here can be followed back to an entry."""

import datetime as dt

from django.db import connection, models
from django.db.models import Expression, Q
from django.utils import timezone

from cms.core.text import MadeTextField, read_beginnings, read_terms
from cms.images.fields import SourcesField
from cms.people.models import Department
from gallery.enums import Licence, Orientation

from .exhibitions import Category, ExhibitionPage
from .word_limits import ALT_CHARACTERS, TITLE_CHARACTERS


class ExhibitQuerySet(models.QuerySet["Exhibit"]):
    def in_closed_editions(self) -> "ExhibitQuerySet":
        """Those whose edition is not public now. Nobody is shown them, and they are about to be taken down."""
        return self.exclude(exhibition__in=ExhibitionPage.objects.open_to_all().order_by().values("pk"))

    def on_wall(self, now: dt.datetime | Expression | None = None) -> "ExhibitQuerySet":
        """What our own pages show: their time is not over, and their edition is public now, however it might have
        stopped being so."""
        moment = now or timezone.now()
        editions = ExhibitionPage.objects.open_to_all().order_by().values("pk")
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=moment), exhibition__in=editions)

    def shared(self, now: dt.datetime | None = None) -> "ExhibitQuerySet":
        """What other sites may show: API, feeds, embeds."""
        return self.on_wall(now).filter(is_shared=True)

    def in_wall_order(self) -> "ExhibitQuerySet":
        return self.order_by("wall_order", "public_id")

    def matching(self, words: str, also: str | None = None) -> "ExhibitQuerySet":
        """Exhibits that contain every word, or every word of `also`. Accents and capitals do not matter."""
        wanted = [text for text in (words, also) if text and read_terms(text)]
        if not wanted:
            return self.none()
        if connection.vendor == "postgresql":
            asked = " || ".join(["websearch_to_tsquery('english', %s)"] * len(wanted))
            return self.extra(  # type: ignore[return-value]  # noqa: S610 (the words are parameters)
                where=[f"to_tsvector('english', search_text) @@ ({asked})"],
                params=[" ".join(f'"{term}"' for term in read_terms(text)) for text in wanted],
            )
        either = Q()
        for text in wanted:
            either |= Q(*(Q(search_text__contains=beginning) for beginning in read_beginnings(text)[:12]))
        return self.filter(either)


class Exhibit(models.Model):
    """A hung photograph: public facts only, with its JSON `document` and wall `card` ready made.

    The key is the entry's random public id, so that hanging again keeps the address, and a page that shows the
    exhibit shows it again. Written only by `services.exhibits`.
    """

    public_id = models.CharField(primary_key=True, max_length=12)
    slug = models.SlugField(max_length=100)
    exhibition = models.ForeignKey(ExhibitionPage, on_delete=models.PROTECT, related_name="exhibits")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=TITLE_CHARACTERS)
    caption = models.TextField()
    alt_text = models.CharField(max_length=ALT_CHARACTERS[1])
    long_description = models.TextField(blank=True)
    technique = models.TextField(blank=True)
    credit = models.CharField(max_length=250)
    photographer_name = models.CharField(max_length=120, blank=True)
    photographer_role = models.CharField(max_length=120, blank=True)
    photographer_slug = models.SlugField(max_length=120, blank=True)
    taken_on = models.CharField(max_length=10, blank=True)
    licence = models.CharField(max_length=20, choices=Licence)
    is_shared = models.BooleanField(help_text="Other sites may show it.")

    width = models.PositiveIntegerField(help_text="Of the whole picture, upright, in pixels.")
    height = models.PositiveIntegerField()
    orientation = models.CharField(max_length=10, choices=Orientation)
    focal_x = models.FloatField(default=0.5)
    focal_y = models.FloatField(default=0.5)
    colour = models.CharField(max_length=7)
    placeholder = models.CharField(max_length=60)
    sources = SourcesField(help_text="One per derivative: type, width, height, key, bytes.")

    wall_order = models.PositiveIntegerField(default=0)
    hung_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)

    search_text = models.TextField(editable=False)
    document = MadeTextField(editable=False)
    card = MadeTextField(editable=False)

    objects = ExhibitQuerySet.as_manager()

    class Meta:
        # Not on the entry: whoever holds a permission of a model reads its log in Wagtail’s site history.
        permissions = [
            ("hang_entry", "Can hang and take down photographs"),
            ("judge_entry", "Can judge photographs"),
        ]
        indexes = [
            models.Index(fields=["exhibition", "wall_order", "public_id"], name="exhibit_wall"),
            models.Index(fields=["-hung_at", "public_id"], name="exhibit_newest"),
            models.Index(fields=["-updated_at", "public_id"], name="exhibit_updated"),
            models.Index(fields=["department", "-hung_at"], name="exhibit_department"),
            models.Index(fields=["category", "-hung_at"], name="exhibit_category"),
            models.Index(fields=["photographer_slug", "-hung_at"], name="exhibit_photographer"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Its page, without the host."""
        return f"/exhibitions/{self.exhibition.slug}/{self.public_id}-{self.slug}/"

    def get_licence(self) -> Licence:
        return Licence(self.licence)

    @property
    def credit_line(self) -> str:
        return self.credit


class ExhibitLabel(models.Model):
    """A tag or an award of an exhibit."""

    class Kind(models.TextChoices):
        TAG = "tag"
        AWARD = "award"

    exhibit = models.ForeignKey(Exhibit, on_delete=models.CASCADE, related_name="labels")
    kind = models.CharField(max_length=6, choices=Kind)
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [models.UniqueConstraint(fields=["kind", "slug", "exhibit"], name="one_label_each")]

    def __str__(self) -> str:
        return self.name
