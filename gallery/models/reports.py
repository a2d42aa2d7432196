"""What visitors tell us is wrong, and what was done about it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from cms.core.models import PrivateModel


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> "ReportQuerySet":
        """Longest first."""
        return self.filter(settled_at=None).order_by("sent_at", "pk")

    def settled_before(self, moment: dt.datetime) -> "ReportQuerySet":
        return self.filter(settled_at__lt=moment)


class Report(PrivateModel):
    """One visitor's words about one address of ours. Of a photograph only the public id is kept, so the words
    still say which one after it was taken down."""

    about = models.CharField(max_length=500, blank=True, help_text="A path of this site; empty when not known.")
    public_id = models.CharField(max_length=12, blank=True)
    words = models.TextField(max_length=2000)
    email = models.EmailField(blank=True)
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    settled_by_name = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True, max_length=2000)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"Report of {timezone.localtime(self.sent_at):%-d %B %Y}"
