"""What the admin's first page says to those who look after photographs."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from cms.core.waiting import age_words, is_overdue
from gallery import permissions
from gallery.enums import EntryState
from gallery.models.corrections import Suggestion
from gallery.models.entries import Entry, EntryQuerySet
from gallery.models.failures import JobFailure
from gallery.services import failures
from gallery.viewsets.entry_files import file_url
from gallery.viewsets.waiting import longest_waiting_first

#: How many of those waiting are shown with their picture.
SHOWN = 6


class PhotographsPanel(Component):
    """Counts, and the photographs that have waited longest."""

    name = "photographs"
    order = 100
    template_name = "gallery/admin/dashboard.html"

    def __init__(self, user: permissions.Visitor) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        moderates, hangs = permissions.is_moderator(self.user), permissions.is_curator(self.user)
        entries = permissions.entries_shown_to(self.user)
        in_state = {
            state.name.lower(): Count("pk", filter=Q(state=state))
            for state in (EntryState.IN_REVIEW, EntryState.ON_HOLD, EntryState.HUNG)
        }
        to_hang = Count("pk", filter=Q(state=EntryState.APPROVED, hang_asked_at=None))
        now = timezone.now()
        waiting = list(self._waiting()) if moderates else []
        oldest = waiting[0].waiting_since if waiting else None
        return {
            "counts": entries.aggregate(**in_state, to_hang=to_hang),
            "moderates": moderates,
            "hangs": hangs,
            "oldest": age_words(oldest, now) if oldest else "",
            "overdue": oldest is not None and is_overdue(oldest, now),
            "failures": list(self._failures(now)),
            "suggestions": [
                {"suggestion": one, "age": age_words(one.sent_at, now)}
                for one in Suggestion.objects.waiting().filter(entry__in=entries.order_by()).select_related("entry")
            ],
            "csrf_token": parent_context.get("csrf_token", "") if parent_context else "",
            "waiting": [
                {
                    "entry": entry,
                    "thumbnail": file_url("thumbnail", entry) if entry.master and entry.master.preview else "",
                    "age": age_words(entry.waiting_since, now) if entry.waiting_since else "",
                }
                for entry in waiting
            ],
        }

    def _failures(self, now: dt.datetime) -> Iterator[dict[str, Any]]:
        """What keeps failing. A photograph that was never sent in stays its photographer's: no words, no link."""
        for failure in failures.lasting(entries_looked_after_by(self.user)):
            yield {
                "failure": failure,
                "entry": failure.entry if failure.entry.submitted_at else None,
                "age": age_words(failure.since, now),
            }

    def _waiting(self) -> list[Entry]:
        in_review = Entry.objects.filter(state=EntryState.IN_REVIEW).select_related("master")
        return list(longest_waiting_first(in_review)[:SHOWN])


def entries_looked_after_by(user: permissions.Visitor) -> EntryQuerySet:
    """Whose files somebody may look after: moderators everybody's, so that no failed deletion goes unseen."""
    return Entry.objects.all() if permissions.is_moderator(user) else permissions.entries_shown_to(user)


@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """“Try again now”: for those who are told of it. For everybody else it does not exist."""
    found = JobFailure.objects.filter(entry__in=entries_looked_after_by(request.user).order_by())
    failure = get_object_or_404(found.select_related("entry"), pk=pk)
    failures.try_again(failure=failure, now=timezone.now())
    messages.success(request, "It is being tried again. Please look here again in a minute.")
    return redirect("wagtailadmin_home")


def panels_for(user: permissions.Visitor) -> list[Component]:
    return [PhotographsPanel(user)] if permissions.sees_entries(user) else []
