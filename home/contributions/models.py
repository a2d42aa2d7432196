"""What we remember of contributions besides what Wagtail's workflow does."""

from django.db import models
from wagtail.models import WorkflowState

from cms.core.models import PrivateModel


class Nudge(PrivateModel):
    """That editors were reminded of a contribution that has waited too long. Once for each time it was sent in."""

    sent_in = models.OneToOneField(WorkflowState, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.sent_in)
