from django.db import models
from wagtail.admin.panels import FieldPanel


class Synonym(models.Model):
    """Another way to say it: who searches for the one finds the other, too."""

    words = models.CharField(
        "people search for",
        max_length=80,
        unique=True,
        help_text="A word or two, such as “bsl”. Capitals do not matter.",
    )
    means = models.CharField("we write", max_length=120, help_text="Such as “British Sign Language”.")

    panels = [FieldPanel("words"), FieldPanel("means")]

    class Meta:
        ordering = ["words"]

    def __str__(self) -> str:
        return f"{self.words} = {self.means}"
