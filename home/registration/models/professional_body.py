from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.core.addresses import absolute_url
from cms.core.dates import DayField, ShortYearField
from home.registration.models.licensing_authority import GOOD_FOR, LicensingAuthority


class ProfessionalBodyQuerySet(models.QuerySet["ProfessionalBody"]):
    def granting(self, register: Any) -> "ProfessionalBodyQuerySet":
        """Those a technician can apply through for a `RegisterPage`. A body that names some registers of an
        authority grants only those; one that names none grants all of them."""
        named = ProfessionalBody.only_for.through.objects.filter(
            professionalbody=OuterRef("pk"), registerpage__authority=register.authority_id
        )
        return self.filter(
            Q(Exists(named.filter(registerpage=register.pk))) | ~Q(Exists(named)), licensed_by=register.authority_id
        )


class ProfessionalBody(models.Model):
    """One body, added once: it appears on every register it may grant."""

    name = models.CharField(max_length=160, unique=True)
    short = models.CharField("short name", max_length=30, blank=True, help_text="Such as IST.")
    slug = models.SlugField(max_length=60, unique=True, help_text="The end of its address on this site.")
    who = models.CharField("who it is for", max_length=200, blank=True)
    url = models.URLField("web address", blank=True)
    licensed_by = models.ManyToManyField(LicensingAuthority, related_name="bodies")
    only_for = models.ManyToManyField(
        "registration.RegisterPage",
        blank=True,
        related_name="+",
        verbose_name="only these registers",
        help_text="If its licence covers only some of an authority’s registers. Leave empty for all of them.",
    )
    checked_on = DayField(
        "licences checked on", null=True, blank=True, help_text="Against the authority’s own list."
    )
    review_by = models.DateField(null=True, editable=False)
    contact_name = models.CharField(max_length=120, blank=True, help_text="Whom to ask there.")
    contact_email = models.EmailField(blank=True)
    partner_since = ShortYearField(
        "our partner since", null=True, blank=True, help_text="The year. Leave empty if there is no agreement."
    )
    partner_scope = models.CharField("what the partnership covers", max_length=300, blank=True)

    objects = ProfessionalBodyQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("short")]),
                FieldPanel("slug"),
                FieldPanel("who"),
                FieldPanel("url"),
            ],
            "The body",
        ),
        MultiFieldPanel(
            [FieldPanel("licensed_by"), FieldPanel("only_for"), FieldPanel("checked_on")], "What it may grant"
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_email")])], "Contact"),
        MultiFieldPanel([FieldPanel("partner_since"), FieldPanel("partner_scope")], "Partnership"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "professional bodies"

    def __str__(self) -> str:
        return f"{self.name} ({self.short})" if self.short else self.name

    def clean(self) -> None:
        if self.partner_scope and not self.partner_since:
            raise ValidationError({"partner_since": "Since which year?"})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """When its licences are due to be checked again follows from when they were."""
        self.review_by = self.checked_on + GOOD_FOR if self.checked_on else None
        super().save(*args, **kwargs)

    @property
    def path(self) -> str:
        return f"/registration/bodies/{self.slug}/"

    @property
    def facts(self) -> dict[str, Any]:
        """For other sites."""
        return {
            "name": self.name,
            "short": self.short,
            "who": self.who,
            "url": self.url,
            "page": absolute_url(self.path),
            "partner_since": self.partner_since,
        }
