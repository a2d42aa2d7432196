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
    ],
)
def test_a_day_or_month_is_read_however_it_is_written(typed, read):
    assert read_taken_on(typed) == read
