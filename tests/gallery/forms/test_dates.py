import random
import re

import pytest

from gallery.forms.dates import read_taken_on


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("   ", ""),
        ("2026-03", "2026-03"),
        ("2026-3-8", "2026-03-08"),
        ("March 2026", "2026-03"),
        ("  18th   MARCH, 2026 ", "2026-03-18"),
        ("Sept 2025", "2025-09"),
        ("3/2026", "2026-03"),
        ("8/3/2026", "2026-03-08"),
        ("18.03.2026", "2026-03-18"),
        ("2026", None),
        ("31 February 2026", None),
        ("13/2026", None),
        ("Marching 2026", "2026-03"),
        ("Frimaire 2026", None),
        ("last summer", None),
        ("٣/2026", "2026-03"),
        ("٢٠٢٦-٠٣", "2026-03"),
        ("２０２６-０３-18", "2026-03-18"),
        ("2026:03:18", "2026-03-18"),
        ("2026–03", "2026-03"),
        ("18—3—2026", "2026-03-18"),
        ("2026 March", "2026-03"),
        ("2026, 18 Sept.", "2026-09-18"),
        ("18th of March 2026", "2026-03-18"),
        ("²⁰²⁶-03", "2026-03"),
        ("2026 Frimaire", None),
    ],
)
def test_a_day_or_month_is_read_however_it_is_written(typed, read):
    assert read_taken_on(typed) == read


def test_whatever_is_typed_nothing_else_is_stored():
    """20,000 tries with pieces of dates in several scripts."""
    chance = random.Random(7)
    pieces = [
        *"0123456789٠٣२६２０²½-–/. :,年\u200d\u202e\0",
        "2026",
        "٢٠٢٦",
        "March",
        "sept.",
        "th",
        " of ",
        "März",
        "",
    ]
    found = {read_taken_on("".join(chance.choices(pieces, k=chance.randint(1, 7)))) for _ in range(20_000)}
    assert {"2026-03", None} < found
    assert [one for one in found if one and not re.fullmatch("[0-9]{4}-[0-9]{2}(-[0-9]{2})?", one)] == []
