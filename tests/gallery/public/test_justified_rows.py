import pytest

from gallery.public.wall.justified_rows import lead_row


@pytest.mark.parametrize(
    ("ratios", "expected"),
    [
        ((1.5, 1.5), (1, 1.5)),
        ((0.67, 1.5, 1.5), (2, 2.17)),
        ((0.2, 0.2, 1.5), (3, 2.4)),  # narrow ones stand on ground 0.45 wide
        ((30.0,), (1, 8.0)),
        ((0.67,), (1, 0.67)),
        ((), (0, 0)),
    ],
)
def test_the_lead_row_is_one_landscape_or_as_many_as_are_as_wide(ratios, expected):
    assert lead_row(ratios) == pytest.approx(expected)
