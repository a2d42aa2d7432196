"""Walking thirty exhibits forwards and back in every order, while others come and go."""

import base64
import datetime as dt
import random
from itertools import chain

import pytest
from django.utils import timezone

from cms.changes.recording import record_all
from gallery.enums import EXHIBIT
from gallery.models.exhibits import Exhibit
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory

ORDERS = ["wall", "newest", "oldest", "title"]
DAY = dt.timedelta(days=1)


@pytest.fixture
def thirty(db) -> list[Exhibit]:
    """Full of ties: four walls' places, three moments, five titles, two editions that opened together."""
    now = timezone.now()
    facts = {"category": CategoryFactory(), "department": DepartmentFactory()}
    editions = [
        make_exhibition(slug="older", on_show_from=now - 40 * DAY),
        make_exhibition(slug="newer", on_show_from=now - 10 * DAY),
        make_exhibition(slug="twin", on_show_from=now - 10 * DAY),
    ]
    chance = random.Random(30)
    ids = chance.sample(range(100000, 999999), 30)
    return [
        make_exhibit(
            editions[number % 3],
            public_id=f"Z{ids[number]}",
            wall_order=number % 4,
            title=["Étude", "anvil", "Anvil", "“Bore”", "zinc " * 10][number % 5],
            hung_at=now - (number % 3) * DAY - dt.timedelta(microseconds=number % 2),
            **facts,
        )
        for number in range(30)
    ]


def pages(api, address: str, link: str = "next") -> list[list[str]]:
    """Every page from `address` on, following `link`."""
    found = []
    while address is not None:
        answer = api.json(address)
        found.append([item["id"] for item in answer["items"]])
        address = answer[link]
        assert len(found) < 50
    return found


def last_address(api, address: str) -> str:
    while (following := api.json(address)["next"]) is not None:
        address = following
    return address


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    ("narrowed", "limit"), [("", 7), ("", 10), ("", 29), ("", 30), ("&exhibition=newer", 1), ("&q=flask", 7)]
)
def test_forwards_and_back_without_loss(api, thirty, order, limit, narrowed):
    start = f"exhibits/?order={order}{narrowed}&limit={limit}"
    everything = [item["id"] for item in api.json(f"exhibits/?order={order}{narrowed}&limit=100")["items"]]
    assert len(everything) == (10 if "exhibition" in narrowed else 30)
    forwards = pages(api, start)
    assert list(chain.from_iterable(forwards)) == everything
    assert {len(page) for page in forwards[:-1]} <= {limit}
    backwards = pages(api, last_address(api, start), "previous")
    assert list(chain.from_iterable(reversed(backwards))) == everything


def test_the_orders_are_what_they_say(api, thirty):
    by_id = {exhibit.public_id: exhibit for exhibit in thirty}
    edition = {exhibit.public_id: exhibit.exhibition for exhibit in thirty}

    def listed(order):
        return [by_id[key] for key in api.ids(order=order)]

    assert listed("newest") == sorted(thirty, key=lambda e: (-e.hung_at.timestamp(), e.public_id))
    assert listed("oldest") == sorted(thirty, key=lambda e: (e.hung_at, e.public_id))
    assert listed("wall") == sorted(
        thirty,
        key=lambda e: (
            -edition[e.public_id].on_show_from.timestamp(),
            -e.exhibition_id,
            e.wall_order,
            e.public_id,
        ),
    )
    titles = [exhibit.title.lower() for exhibit in listed("title")]
    assert titles.index("anvil") < titles.index("zinc " * 10)
    assert len([title for title in titles[titles.index("anvil") :][:12] if title == "anvil"]) == 12


def test_without_an_order_an_edition_is_its_wall_and_the_rest_is_newest_first(api, thirty):
    assert api.ids(exhibition="newer") == api.ids(exhibition="newer", order="wall")
    assert api.ids() == api.ids(order="newest")


@pytest.mark.parametrize("order", ORDERS)
def test_nothing_is_lost_or_repeated_while_the_wall_changes(api, thirty, order):
    """Whatever was there throughout is seen exactly once, in both directions."""
    chance = random.Random(order)
    throughout = {exhibit.public_id for exhibit in thirty}
    seen: list[str] = []
    address, arrived = f"exhibits/?order={order}&limit=4", 0
    for link in ("next", "previous"):
        seen.clear()
        while address is not None:
            answer = api.json(address)
            seen += [item["id"] for item in answer["items"]]
            last, address = address, answer[link]
            arrived += 1
            make_exhibit(
                thirty[0].exhibition,
                public_id=f"N{arrived}{chance.randrange(10**6)}",
                wall_order=chance.randrange(5),
                hung_at=timezone.now() - chance.randrange(4) * DAY,
            )
            leaving = chance.choice(sorted(throughout))
            throughout.discard(leaving)
            Exhibit.objects.filter(pk=leaving).delete()
            record_all(EXHIBIT, now=timezone.now())
        assert len(seen) == len(set(seen))
        assert throughout <= set(seen)
        address = last


def test_when_everything_ahead_has_gone_previous_is_the_new_end(api, thirty):
    following = api.json("exhibits/?order=oldest&limit=20")["next"]
    gone = api.ids(order="oldest")[15:]
    Exhibit.objects.filter(pk__in=gone).delete()
    record_all(EXHIBIT, now=timezone.now())
    answer = api.json(following)
    assert (answer["items"], answer["next"]) == ([], None)
    assert [item["id"] for item in api.json(answer["previous"])["items"]] == api.ids(order="oldest")
    Exhibit.objects.all().delete()
    record_all(EXHIBIT, now=timezone.now())
    assert api.json(answer["previous"]) == {"count": 0, "next": None, "previous": None, "items": []}


def test_when_everything_behind_has_gone_next_is_the_beginning(api, thirty):
    second = api.json("exhibits/?order=oldest&limit=10")["next"]
    back = api.json(second)["previous"]
    gone = api.ids(order="oldest")[:10]
    Exhibit.objects.filter(pk__in=gone).delete()
    record_all(EXHIBIT, now=timezone.now())
    answer = api.json(back)
    assert (answer["items"], answer["previous"]) == ([], None)
    assert [item["id"] for item in api.json(answer["next"])["items"]] == api.ids(order="oldest")[:10]


def encode(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        "null",
        '"newest"',
        '["newest"]',
        '["newest",0,1]',
        '["newest",2,1,"Z1"]',
        '["newest",true,1,"Z1"]',
        '["newest",0, 1,"Z1"]',
        '["newest",0,-1,"Z1"]',
        '["newest",0,1e3,"Z1"]',
        '["newest",0,NaN,"Z1"]',
        '["newest",0,999999999999999999999999,"Z1"]',
        '["newest",0,144115188075855871,"Z1"]x',
        '["newest",0,1,"\\u0000"]',
        '["newest",0,1,null]',
        '["newest",0,true,"Z1"]',
        '["oldest",0,1,"Z1"]',
        '["walls",0,1,1,1,"Z1"]',
        '["newest",0,1,"' + "z" * 300 + '"]',
    ],
)
def test_a_cursor_of_somebody_elses_making_is_refused(refused, text):
    (error,) = refused("exhibits/", {"cursor": encode(text)})
    assert error["parameter"] == "cursor"


@pytest.mark.parametrize("letter", ["\\ud800", "\\udfff", "\ue000", "\x9b"])
def test_so_is_one_with_a_letter_that_no_title_has(refused, letter):
    (error,) = refused("exhibits/", {"order": "title", "cursor": encode(f'["title",0,"a{letter}","Z1"]')})
    assert error["parameter"] == "cursor"


def test_the_largest_numbers_a_cursor_may_hold_are_answered(api, thirty):
    for order, text in (
        ("newest", '["newest",0,144115188075855871,"Z1"]'),
        ("wall", '["walls",0,144115188075855871,2147483647,2147483647,"Z1"]'),
        ("wall", '["walls",1,0,0,0,""]'),
        ("title", '["title",0,"\\\\ud83d\\\\ude00","Z1"]'.replace("\\\\ud83d\\\\ude00", "😀")),
    ):
        assert api.get("exhibits/", {"order": order, "cursor": encode(text)}).status_code == 200


def test_links_keep_what_was_asked_and_nothing_else(api, thirty):
    answer = api.json("exhibits/", {"limit": 2, "q": "flask líght", "department": thirty[0].department.slug})
    address = answer["next"]
    prefix = "https://portal.example/api/gallery/v1/exhibits/?limit=2&q=flask+l%C3%ADght&department=department-"
    assert address.startswith(prefix)
    assert api.json(address)["items"] != answer["items"]


def test_placeholders_in_a_question_stay_what_they_are(api, thirty):
    text = api.get("exhibits/", {"limit": 2, "photographer": "a-example"}).content.decode()
    assert "\ue000" not in text
    refused = api.get("exhibits/", {"limit": 2, "department": "\ue000"})
    assert refused.json()["items"] == []
