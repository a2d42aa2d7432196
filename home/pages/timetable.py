"""Pages that go live, or end, at a time an editor has set."""

import datetime as dt

from django.core.management import call_command
from wagtail.models import Page, Revision

from cms.jobs.periodic import Turn, every_round


@every_round("pages by timetable", Turn.PUBLISH)
def publish_due(now: dt.datetime) -> int:
    """Wagtail's own command, run only when there is something to do. Says how many pages came or went."""
    coming = Revision.objects.filter(approved_go_live_at__lt=now).count()
    ending = Page.objects.filter(live=True, expire_at__lt=now).count()
    if coming or ending:
        call_command("publish_scheduled", verbosity=0)
    return coming + ending
