"""How a stretch of time reads. Times are those of the institution's own clocks, weekdays always computed."""

import datetime as dt

from django.utils import timezone

#: An event of so long or longer is named by its days, a shorter one by its hours, even across midnight.
NAMED_BY_HOURS = dt.timedelta(hours=24)


def day_in_words(day: dt.date, *, year: bool = True) -> str:
    """
    >>> day_in_words(dt.date(2027, 6, 28))
    'Monday 28 June 2027'
    """
    return f"{day:%A} {day.day} {day:%B}" + (f" {day.year}" if year else "")


def days_in_words(first: dt.date, last: dt.date) -> str:
    """
    >>> days_in_words(dt.date(2027, 6, 28), dt.date(2027, 7, 2))
    'Monday 28 June to Friday 2 July 2027'
    """
    if first == last:
        return day_in_words(first)
    return f"{day_in_words(first, year=first.year != last.year)} to {day_in_words(last)}"


def by_days(starts: dt.datetime, ends: dt.datetime) -> bool:
    """Whether it is long enough to be named by its days."""
    return ends - starts >= NAMED_BY_HOURS


def in_words(starts: dt.datetime, ends: dt.datetime) -> str:
    """“Wednesday 2 December 2026, 13:30 to 16:30”; the days only where it fills a whole one; both days where it
    goes over midnight."""
    first, last = timezone.localtime(starts), timezone.localtime(ends)
    if by_days(starts, ends):
        return days_in_words(*first_and_last_day(starts, ends))
    over = (
        ""
        if ends - dt.timedelta(microseconds=1) < midnight(first.date() + dt.timedelta(days=1))
        else (f"{day_in_words(last.date(), year=first.year != last.year)}, ")
    )
    return f"{day_in_words(first.date())}, {first:%H:%M} to {over}{last:%H:%M}"


def opening_in_words(moment: dt.datetime) -> str:
    """“1 June 2027” for what begins with the day, otherwise with its hour: “1 June 2027 at 09:00”."""
    there = timezone.localtime(moment)
    return f"{there:%-d %B %Y}" + ("" if there.time() == dt.time() else f" at {there:%H:%M}")


def deadline_in_words(moment: dt.datetime) -> str:
    """“3 February 2027 at 17:00”; midnight is the end of the day before it."""
    there = timezone.localtime(moment)
    if there.time() == dt.time():
        return f"the end of {there - dt.timedelta(days=1):%-d %B %Y}"
    return f"{there:%-d %B %Y} at {there:%H:%M}"


def first_and_last_day(starts: dt.datetime, ends: dt.datetime) -> tuple[dt.date, dt.date]:
    """Between which, both included, it happens. What ends at midnight does not happen on the day that begins then,
    and a night out belongs to its evening."""
    first = timezone.localtime(starts).date()
    if not by_days(starts, ends):
        return first, first
    return first, timezone.localtime(ends - dt.timedelta(microseconds=1)).date()


def midnight(day: dt.date) -> dt.datetime:
    """When `day` begins here."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def on_the_clock(day: dt.date, time: dt.time) -> dt.datetime | None:
    """That time of that day. None when the clocks go forward over it, and there is no such time."""
    moment = timezone.make_aware(dt.datetime.combine(day, time))
    there = timezone.localtime(moment.astimezone(dt.UTC))
    return moment if there.time() == time else None


def month_after(first: dt.date, months: int) -> dt.date:
    """
    >>> month_after(dt.date(2026, 12, 1), 1)
    datetime.date(2027, 1, 1)
    """
    number = first.year * 12 + first.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)
