import calendar
import datetime as dt
import itertools
import re
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, Prefetch
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from cms.core import date_ranges
from cms.core.models import StandfirstPage
from home.events.models.event_page import EventPage, EventQuerySet, EventTag

_MONTH = re.compile(r"^(20\d\d)-(0[1-9]|1[0-2])$", re.ASCII)


class EventIndexPage(StandfirstPage):
    """Owns `/events/`: what comes (`/events/`), one month (`?month=2027-06`), one year that was (`?year=2026`)."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]

    class Meta:
        verbose_name = "events"

    def clean(self) -> None:
        self.slug = "events"
        super().clean()

    @property
    def calendar_path(self) -> str:
        return "/events/calendar.ics"

    @property
    def follow_url(self) -> str:
        """Opens the reader's own calendar, which then follows ours."""
        return f"webcal://{settings.BASE_URL.partition('://')[2]}{self.calendar_path}"

    @cached_property
    def events(self) -> EventQuerySet:
        """Those everybody may see, asked for once: what is behind a password costs a query each time."""
        return EventPage.objects.child_of(self).shown()

    def get_template(self, request, *args, **kwargs):
        if "month" in request.GET:
            return "events/event_month.html"
        return "events/event_year.html" if "year" in request.GET else self.template

    def get_context(self, request, *args, **kwargs):
        now = timezone.now()
        context = super().get_context(request, *args, **kwargs) | {"this_month": f"{timezone.localdate():%Y-%m}"}
        if (month := request.GET.get("month")) is not None:
            return context | self.month(month, now)
        if (year := request.GET.get("year")) is not None:
            return context | self.year(year, now)
        return context | self.coming(request.GET.get("tag", ""), now)

    def coming(self, tag: str, now: dt.datetime) -> dict[str, Any]:
        """What is on and what comes, by month, and the years that were."""
        tags = Prefetch("tagged_items", EventTag.objects.select_related("tag"))
        coming = list(self.events.not_over(now).defer("body", "programme").prefetch_related(tags))
        names = {kind.slug: kind.name for event in coming for kind in event.tags_shown}
        if tag:
            if tag not in names:
                raise Http404
            coming = [event for event in coming if tag in {kind.slug for kind in event.tags_shown}]
        return {
            "now": now,
            "tag": tag,
            "tags": sorted(names.items(), key=lambda item: item[1].casefold()),
            "months": _by_month(coming),
            "years": self.years(now),
        }

    def years(self, now: dt.datetime) -> list[int]:
        """In which something is over, latest first."""
        return [moment.year for moment in self.events.over(now).datetimes("starts", "year", order="DESC")]

    def year(self, asked: str, now: dt.datetime) -> dict[str, Any]:
        years = self.years(now)
        if asked not in map(str, years):
            raise Http404
        first = dt.date(int(asked), 1, 1)
        begun = date_ranges.midnight(first), date_ranges.midnight(dt.date(first.year + 1, 1, 1))
        past = self.events.over(now).filter(starts__gte=begun[0], starts__lt=begun[1]).defer("body", "programme")
        return {
            "year": first.year,
            "years": years,
            "months": _by_month(list(past)),
            "canonical_query": f"?year={first.year}",
        }

    def month(self, asked: str, now: dt.datetime) -> dict[str, Any]:
        """One month as weeks of days. Months lead from one to the next only as far as there are events."""
        if (match := _MONTH.match(asked)) is None:
            raise Http404
        first = dt.date(int(match[1]), int(match[2]), 1)
        after = date_ranges.month_after(first, 1)
        reach = self.events.aggregate(first=Min("starts"), last=Max("ends"))
        today = timezone.localdate(now)
        known = [timezone.localtime(moment).date() for moment in reach.values() if moment] + [today]
        if not min(known).replace(day=1) <= first <= max(known):
            raise Http404
        weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar(first.year, first.month)
        shown = self.events.touching(date_ranges.midnight(first), date_ranges.midnight(after)).defer(
            "body", "programme"
        )
        on: dict[dt.date, list[dict[str, Any]]] = {}
        for event in shown:
            begins, ends = date_ranges.first_and_last_day(event.starts, event.ends)
            for day in itertools.chain(*weeks):
                if begins <= day <= ends:
                    place = {"event": event, "number": (day - begins).days + 1, "of": (ends - begins).days + 1}
                    on.setdefault(day, []).append(place)
        before = date_ranges.month_after(first, -1)
        return {
            "month": first,
            "today": today,
            "weeks": [
                [{"day": day, "inside": day.month == first.month, "events": on.get(day, [])} for day in week]
                for week in weeks
            ],
            "is_empty": not on,
            "before": before if before >= min(known).replace(day=1) else None,
            "after": after if after <= max(known) else None,
            "canonical_query": f"?month={first:%Y-%m}",
        }


def _by_month(events: list[EventPage]) -> list[tuple[dt.date, list[EventPage]]]:
    months = groupby(events, key=lambda event: timezone.localtime(event.starts).date().replace(day=1))
    return [(month, list(found)) for month, found in months]
