"""Who people are: accounts, departments, role families, technicians. Below every feature."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from cms.core.dates import YearField
from cms.core.models import PrivateModel

#: Stands among the departments' addresses and is none.
FACILITIES = "facilities"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """An account. The e-mail address signs in and is unique whatever its capitals; names are one field, as
    people write them."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("e-mail", max_length=254)
    name = models.CharField("name", max_length=120, help_text="As you would like it to stand beside your work.")
    is_demo = models.BooleanField(default=False, editable=False)
    #: Signed up, and nobody has shown yet that the address is theirs. Deleted after a day.
    awaits_proof = models.BooleanField(default=False, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()  # type: ignore[misc, assignment]

    class Meta:
        ordering = ["name"]
        permissions = [("appoint", "Can say who may do what")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_per_email",
                violation_error_message="There is already an account with this e-mail address.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: object, **kwargs: object) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions end with the address, not only with the password: another address may be another person."""
        held = f"{self.password}:{self.email}"
        return salted_hmac("cms.people.session", held, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Department(index.Indexed, models.Model):
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(max_length=12, blank=True)
    faculty = models.CharField(max_length=80, blank=True)
    campus = models.CharField(max_length=80, blank=True)
    blurb = models.TextField("what its technicians do", blank=True, max_length=400)
    technician_count = models.PositiveIntegerField("technicians", null=True, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("code"),
        FieldPanel("faculty"),
        FieldPanel("campus"),
        FieldPanel("blurb"),
        FieldPanel("technician_count"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.slug == FACILITIES:
            raise ValidationError({"slug": "The list of facilities stands at this address. Please choose another."})


class RoleFamily(models.Model):
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    sort_order = models.PositiveIntegerField(default=0)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("sort_order")]

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name_plural = "role families"

    def __str__(self) -> str:
        return self.name


class ProfileQuerySet(SearchableQuerySetMixin, models.QuerySet["Profile"]):
    pass


class Profile(index.Indexed, models.Model):
    """What the public may know of a technician who ticked “show my profile”. The row is there or it is not:
    nothing public can show a profile by forgetting to ask. Written only by `cms.people.profiles`."""

    slug = models.SlugField(max_length=120, primary_key=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="profiles")
    role_family = models.ForeignKey(RoleFamily, on_delete=models.PROTECT, related_name="profiles")
    registration = models.CharField(max_length=60, blank=True)
    joined = models.PositiveIntegerField(null=True, blank=True)
    skills = models.JSONField(default=list, blank=True)
    bio = models.TextField(blank=True)
    quote = models.CharField(max_length=300, blank=True)
    answers = models.JSONField(default=list, blank=True, help_text="Pairs of question and answer.")
    top_tip = models.CharField(max_length=300, blank=True)
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProfileQuerySet.as_manager()

    search_fields = [
        index.SearchField("name", boost=5),
        index.AutocompleteField("name"),
        index.SearchField("role"),
        index.SearchField("skills"),
        index.SearchField("registration"),
        index.SearchField("bio"),
        index.RelatedFields("department", [index.SearchField("name")]),
        index.FilterField("department"),
        index.FilterField("role_family"),
    ]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/people/{self.slug}/"


class ProfileKey(models.ForeignKey):
    """Points at somebody's profile and survives its absence: a hidden profile leaves whatever shows it, and one
    shown again comes back. Read it through `select_related`, which gives None for a profile that is not there."""

    def __init__(self, to: object = Profile, on_delete: object = models.DO_NOTHING, **options: Any) -> None:
        options = {"null": True, "blank": True, "related_name": "+", "db_constraint": False} | options
        super().__init__(to, on_delete, **options)  # type: ignore[arg-type]

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Without asking whether the profile is there: publishing a page must not fail because somebody hides."""
        models.Field.validate(self, value, model_instance)


class Technician(PrivateModel):
    """A member of technical staff. Private: what the public may know of them stands on exhibits and, once they
    tick `profile_public`, on their `Profile`."""

    user = models.OneToOneField(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="account",
        help_text="With it they write their own page, on their desk.",
    )
    name = models.CharField(max_length=120)
    slug = models.SlugField(
        max_length=120, unique=True, help_text="Their page’s address. Links to an old one lead nowhere."
    )
    role = models.CharField("job title", max_length=120)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    role_family = models.ForeignKey(RoleFamily, on_delete=models.PROTECT, related_name="+")
    registration = models.CharField("letters after the name", max_length=60, blank=True)
    joined = YearField("joined in", null=True, blank=True)
    skills = models.JSONField(default=list, blank=True)
    bio = models.TextField(blank=True, max_length=1200)
    quote = models.CharField(
        blank=True, max_length=300, help_text="One sentence. It stands large, without quotation marks of its own."
    )
    answers = models.JSONField(default=list, blank=True, help_text="Pairs of question and answer.")
    top_tip = models.CharField(max_length=300, blank=True)
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Without one, their newest photograph stands there, or their words alone.",
    )
    profile_public = models.BooleanField(
        "show my profile",
        default=False,
        help_text="Theirs to decide, on their desk. Tick it for somebody only when they have asked you to.",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("profile_public"),
                FieldPanel("name"),
                FieldPanel("slug"),
                FieldPanel("user"),
            ],
            "Who",
        ),
        MultiFieldPanel(
            [
                FieldPanel("role"),
                FieldPanel("department"),
                FieldPanel("role_family"),
                FieldPanel("registration"),
                FieldPanel("joined"),
                FieldPanel("skills"),
            ],
            "Work",
        ),
        MultiFieldPanel(
            [
                FieldPanel("portrait"),
                FieldPanel("quote"),
                FieldPanel("bio"),
                FieldPanel("answers"),
                FieldPanel("top_tip"),
            ],
            "In their own words",
        ),
    ]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
