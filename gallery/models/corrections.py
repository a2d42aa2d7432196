"""Words that photographers would like to have put right after they were cleared."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cms.core.models import PrivateModel

from .entries import Entry
from .word_limits import REASON_CHARACTERS


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def waiting(self) -> "SuggestionQuerySet":
        """Longest first."""
        return self.filter(settled_at=None).order_by("sent_at", "pk")


class Suggestion(PrivateModel):
    """New words for a cleared entry, from its photographer, until a named person has taken or declined them.
    Nothing changes before."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    words = models.JSONField(help_text="Field → new words; the category by its id.")
    why = models.TextField(max_length=REASON_CHARACTERS)
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    settled_by_name = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True, max_length=REASON_CHARACTERS)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(settled_at=None), name="one_suggestion_waits_for_each_entry"
            )
        ]

    def __str__(self) -> str:
        return f"Suggestion for “{self.entry}”"
