from django.db import models
from wagtail.admin.panels import FieldPanel

from cms.core.text import says
from cms.people.models import Department, ProfileKey


class Facility(models.Model):
    """Equipment or a service somebody may ask for, and the technician to ask."""

    name = models.CharField(max_length=120, help_text="As people would ask for it: “Electron microscope suite”.")
    slug = models.SlugField(max_length=120, unique=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="facilities")
    what = models.TextField("what it does", max_length=400, help_text="Two sentences for somebody from elsewhere.")
    contact = ProfileKey(
        verbose_name="technician to ask",
        help_text="Shown while they show their profile.",
    )
    access = models.CharField(
        max_length=300, blank=True, help_text="Who may use it and how: training, booking, cost, step-free or not."
    )
    words = models.CharField(
        "search words",
        max_length=300,
        blank=True,
        help_text="Other names people use, such as “SEM, scanning electron microscope”.",
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("department"),
        FieldPanel("what"),
        FieldPanel("contact"),
        FieldPanel("access"),
        FieldPanel("words"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "facilities"

    def __str__(self) -> str:
        return self.name

    def says(self, words: str) -> bool:
        """All of the words stand somewhere in it."""
        return says(" ".join([self.name, self.what, self.words, self.access, self.department.name]), words)
