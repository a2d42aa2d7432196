"""Photographs whose files are in trouble, on the Operation screen."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from cms.operation.sections import Button, Line, section
from gallery.models.entries import Entry
from gallery.services import failures

SHOWN = 20


@section("Photographs", 35)
def photographs(now: dt.datetime) -> list[Line]:
    """One that was never sent in stays its photographer's: no words, no link."""
    lines = []
    for failure in failures.lasting(Entry.objects.all())[:SHOWN]:
        entry, since = failure.entry, timezone.localtime(failure.since)
        is_sent_in = entry.submitted_at is not None
        again = reverse("wagtailsnippets_gallery_entry:try_again", args=[failure.pk])
        line = Line(
            str(entry) if is_sent_in else "A photograph that was never sent in",
            f"{failure}. Tried {failure.tries} times since {since:%-d %B, %H:%M}.".replace("..", "."),
            wrong=True,
            url=reverse("wagtailsnippets_gallery_entry:edit", args=[entry.pk]) if is_sent_in else "",
            buttons=(Button("Try again", address=again),),
        )
        lines.append(line)
    return lines
