"""How long things wait for one of us, in words a person would use, and how long we say that it takes."""

import datetime as dt

from django.utils import timezone

#: We tell whoever sends something in that we usually reply within so many working days, in these words.
PROMISED_WORKING_DAYS = 5
PROMISE = "five working days"


def age_words(since: dt.datetime, now: dt.datetime) -> str:
    """
    >>> age_words(dt.datetime(2027, 1, 1, 9), dt.datetime(2027, 1, 4, 10))
    '3 days'
    """
    seconds = max(0, int((now - since).total_seconds()))
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if number := seconds // size:
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "less than a minute"


def is_overdue(since: dt.datetime, now: dt.datetime) -> bool:
    """Longer than we promise. Saturdays and Sundays do not count; public holidays do."""
    start, end = timezone.localdate(since), timezone.localdate(now)
    weeks, rest = divmod((end - start).days, 7)
    working = weeks * 5 + sum(1 for day in range(1, rest + 1) if (start + dt.timedelta(days=day)).weekday() < 5)
    return working > PROMISED_WORKING_DAYS
