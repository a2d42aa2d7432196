import datetime as dt

from django.db import models
from wagtail.admin.panels import FieldPanel

#: Facts about registers and licences are looked at again half a year after they were checked.
GOOD_FOR = dt.timedelta(days=182)


class LicensingAuthority(models.Model):
    """Who owns registers and licenses bodies to grant them. The same in the whole country."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=80, blank=True, help_text="Such as “licensing authority”.")
    url = models.URLField("web address", blank=True)
    sort_order = models.PositiveIntegerField(default=0)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("url"),
        FieldPanel("sort_order"),
    ]

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name_plural = "licensing authorities"

    def __str__(self) -> str:
        return self.name
