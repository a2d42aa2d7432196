"""How long something has waited, and the one place that says how long we take."""

import datetime as dt
from pathlib import Path

import pytest
from django.template import engines
from django.utils import timezone

from cms.core.waiting import PROMISE, age_words, is_overdue

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "less than a minute"),
        (0.5, "30 minutes"),
        (1, "1 hour"),
        (23.9, "23 hours"),
        (24, "1 day"),
        (80, "3 days"),
    ],
)
def test_age_is_said_as_people_say_it(hours, words):
    now = timezone.now()
    assert age_words(now - dt.timedelta(hours=hours), now) == words


def test_overdue_counts_working_days():
    friday = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)
    overdue = [day for day in range(15) if is_overdue(friday, friday + dt.timedelta(days=day))]
    assert overdue == [10, 11, 12, 13, 14]  # from Monday of the week after next


def test_every_sentence_takes_the_promise_from_one_place():
    files = [
        file
        for package in ("cms", "gallery", "home", "search")
        for kind in ("*.py", "*.html", "*.txt")
        for file in (ROOT / package).rglob(kind)
    ]
    saying = {str(file.relative_to(ROOT)) for file in files if PROMISE in file.read_text()}
    assert saying == {"cms/core/waiting.py"}
    assert engines["django"].from_string("within {% promise %}").render() == "within five working days"
