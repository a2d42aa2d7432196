"""The demo's words and people, with every date moved by whole weeks: weekdays stay, and the content's own today is
the real one, or up to six days before it."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

from django.utils import timezone

FILE = Path(__file__).with_name("content.json")

_STAMP = re.compile(r"^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2})?(:\d{2})?([+-]\d{2}:\d{2}|Z)?$")
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April May June July August September October November December"  # as the prose has them
).split()
_PROSE = re.compile(rf"(?:({'|'.join(_DAYS)}) )?\b(\d{{1,2}}) ({'|'.join(_MONTHS)})\b( \d{{4}})?")


def load(today: dt.date) -> dict[str, Any]:
    """The whole content, as if written on `today`. What it says about itself (`_about`) keeps its dates."""
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    written = dt.date.fromisoformat(raw["_about"]["demo_today"])
    days = (today - written).days // 7 * 7
    return {key: value if key == "_about" else _moved(value, days, written) for key, value in raw.items()}


def _moved(value: Any, days: int, written: dt.date) -> Any:
    if isinstance(value, dict):
        return {key: _moved(inner, days, written) for key, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner, days, written) for inner in value]
    return moved(value, days=days, written=written) if isinstance(value, str) and days else value


def moved(text: str, *, days: int, written: dt.date) -> str:
    """`text` with its date, or the dates in its prose, `days` later. A date without a year is the one nearest to
    `written`; a weekday before it follows.

    >>> moved("2026-03", days=40, written=dt.date(2026, 11, 21))
    '2026-04'
    >>> moved("by Friday 29 January 2027", days=1, written=dt.date(2026, 11, 21))
    'by Saturday 30 January 2027'
    """
    if match := _STAMP.match(text):
        day, clock, seconds, zone = match.groups(default="")
        return f"{dt.date.fromisoformat(day) + dt.timedelta(days)}{clock}{seconds}{zone}"
    if match := _MONTH.match(text):
        first = dt.date(int(match[1]), int(match[2]), 1)
        return f"{first + dt.timedelta(days):%Y-%m}"

    def later(match: re.Match[str]) -> str:
        weekday, day, month, year = match.groups()
        number = _MONTHS.index(month) + 1
        years = [int(year)] if year else [written.year + offset for offset in (-1, 0, 1)]
        nearest = min((dt.date(y, number, int(day)) for y in years), key=lambda date: abs(date - written))
        new = nearest + dt.timedelta(days)
        words = [_DAYS[new.weekday()]] if weekday else []
        words += [str(new.day), _MONTHS[new.month - 1], *([str(new.year)] if year else [])]
        return " ".join(words)

    return _PROSE.sub(later, text)


def moment(text: str, *, hour: int = 9) -> dt.datetime:
    """A day or a local time of the content as an aware time. A day alone means `hour` o'clock.

    Offsets are dropped: five o'clock stays five o'clock when the date moves across a change of clocks.
    """
    day, _, clock = text.partition("T")
    time = dt.time.fromisoformat(clock[:5]) if clock else dt.time(hour)
    return timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(day), time))
