from django.db import models
from wagtail.admin.panels import FieldPanel


class Theme(models.Model):
    """A theme of the Technician Commitment. Stories, events and actions name the themes they serve."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    line = models.CharField(max_length=200, blank=True, help_text="What it means, in one sentence.")
    sort_order = models.PositiveIntegerField(default=0)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("line"), FieldPanel("sort_order")]

    class Meta:
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name
