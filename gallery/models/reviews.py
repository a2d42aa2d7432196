"""Who decided what about an entry, when and why; and the workflow step that asks them."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import AbstractGroupApprovalTask

from cms.core.models import PrivateModel
from gallery.enums import Decision, EntryState, Refusal

from .entries import Entry
from .word_limits import REASON_CHARACTERS

#: What carries out each action. `services.reviews` fills it when the app starts.
DECISIONS: dict[str, Callable[..., object]] = {}


class DecisionRefused(Exception):
    """The decision was not taken. The message tells the moderator why and what to do."""

    code = Refusal.REFUSED


class ReviewDecisionQuerySet(models.QuerySet["ReviewDecision"]):
    def of(self, entry: Entry) -> "ReviewDecisionQuerySet":
        return self.filter(entry=entry)


class ReviewDecision(PrivateModel):
    """One line of an entry's history. Names a person, a time and a reason; never changed."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    decision = models.CharField(max_length=14, choices=Decision)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    revision_id = models.BigIntegerField(null=True)

    objects = ReviewDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} by {self.by_name}"


class ReasonForm(forms.Form):
    """What Wagtail's own workflow screens ask for. A decision without a reason does not exist."""

    comment = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=REASON_CHARACTERS,
        error_messages={"required": "Please give a reason. The photographer will read it."},
        help_text="The photographer will read it, so be kind and say what to do.",
    )


class EntryReviewTask(AbstractGroupApprovalTask):
    """A step of the review. An institution can add steps, each with a group of its own, in the admin.

    Adds “hold” and “refuse” to Wagtail's approve and request changes. Every action goes through
    `services.reviews`, whatever screen it was pressed on.
    """

    class Meta:
        verbose_name = "review of a photograph"
        verbose_name_plural = "reviews of photographs"

    ACTIONS = [
        ("approve", "Approve", True),
        ("reject", "Ask for changes", True),
        ("hold", "Put on hold", True),
        ("refuse", "Refuse", True),
    ]
    ACTIONS_ON_HOLD = [("resume", "Take off hold", True)]

    def user_can_lock(self, obj, user) -> bool:
        return False

    def get_actions(self, obj, user) -> list[tuple[str, str, bool]]:
        if not isinstance(obj, Entry):  # somebody has put this step into a workflow for pages
            return super().get_actions(obj, user)
        if obj.photographer_id == user.pk or not self.user_can_access_editor(obj, user):
            return []
        return self.ACTIONS_ON_HOLD if obj.state == EntryState.ON_HOLD else self.ACTIONS

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ReasonForm

    def on_action(self, task_state, user, action_name: str, comment: str = "", **kwargs) -> str | None:
        """Decides, and returns where to go: the entry's own page says why when the decision was not taken."""
        entry = task_state.revision.content_object
        if not isinstance(entry, Entry):
            return super().on_action(task_state, user, action_name, comment=comment, **kwargs)
        try:
            DECISIONS[action_name](entry=entry, by=user, reason=comment, seen=task_state.revision_id)
        except DecisionRefused as problem:
            page = reverse("wagtailsnippets_gallery_entry:edit", args=[entry.pk])
            return f"{page}?{urlencode({'problem': problem.code})}"
        return None

    @classmethod
    def get_description(cls) -> str:
        return "Members of the chosen groups clear the photograph, ask for changes, hold it or refuse it"
