"""One page of a list: its number, the links that narrow it, the way to the others."""

import pytest
from django.template.loader import render_to_string

from cms.core.listing import Choice, Pager, make_pager, offer_choices, page_address, read_page_number


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        *(("1", 1), ("2", 2), ("0002", 2), ("10000", 10_000), ("٣", 3)),
        *(("", 1), ("0", 1), ("-1", 1), ("two", 1), ("2.0", 1), ("²", 1), (" 2", 1)),
        *(("10001", 10_000), ("99999999", 10_000), ("999999999", 10_000), ("9" * 5000, 10_000)),
    ],
)
def test_a_page_number_is_the_nearest_to_what_is_asked(asked: str, number: int) -> None:
    assert read_page_number({"page": asked}) == number


def test_a_page_number_may_have_another_name_and_bound() -> None:
    assert read_page_number({}) == 1
    assert [read_page_number({"n": "7"}, "n", last=last) for last in (9, 3, 0)] == [7, 3, 1]


def test_the_first_page_of_the_whole_list_has_the_shortest_address() -> None:
    assert page_address({}) == "?"
    assert page_address({"q": "a b", "kind": "news"}, 2) == "?q=a+b&kind=news&page=2"


def test_choices_keep_their_order_and_know_which_is_chosen() -> None:
    offers = [("", "All", None), ("b", "Bees", 2), ("a", "Ants", "24+")]
    assert offer_choices(offers, chosen="a", address="?kind={}".format) == [
        Choice(slug="", name="All", count=None, address="?kind=", chosen=False),
        Choice(slug="b", name="Bees", count=2, address="?kind=b", chosen=False),
        Choice(slug="a", name="Ants", count="24+", address="?kind=a", chosen=True),
    ]


@pytest.mark.parametrize(
    ("page", "shown", "more", "expected"),
    [
        (1, 3, False, Pager(page=1, first=1, last=3, total=None, previous=None, next=None)),
        (1, 10, True, Pager(page=1, first=1, last=10, total=None, previous=None, next="2")),
        (2, 10, True, Pager(page=2, first=11, last=20, total=None, previous="1", next="3")),
        (3, 1, False, Pager(page=3, first=21, last=21, total=None, previous="2", next=None)),
        (9, 0, False, Pager(page=9, first=81, last=80, total=None, previous="8", next=None)),
    ],
)
def test_a_pager_leads_to_the_pages_there_are(page: int, shown: int, more: bool, expected: Pager) -> None:
    assert make_pager(page, size=10, shown=shown, more=more, address=str) == expected


def render_pager(page: int, shown: int, more: bool, **words: object) -> str:
    pager = make_pager(page, size=10, shown=shown, more=more, total=25, address=lambda n: f"?page={n}")
    return render_to_string("pager.html", {"pager": pager, "label": "More", **words}).strip()


def test_nothing_stands_below_a_list_of_one_page() -> None:
    assert render_pager(1, 3, more=False) == ""


def test_only_a_list_that_grows_says_where_one_is() -> None:
    still, growing = (render_pager(2, 10, more=True, grows=grows) for grows in (False, True))
    assert 'class="button quiet" rel="next" href="?page=3">' in still
    assert "data-" not in still
    assert "pager-where" not in still
    assert 'data-first="11" data-last="20" data-total="25"' in growing
    assert '<p class="soft pager-where">11 to 20 of 25</p>' in growing
    assert 'class="button" rel="next" href="?page=3" data-more>' in growing
    assert "pager-where" not in render_pager(9, 0, more=False, grows=True)
