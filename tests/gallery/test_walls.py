import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core.addresses import MEDIA, SITE
from cms.core.models import PAGE_CACHE_CONTROL
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import ExhibitLabel
from gallery.public.wall import page as walls
from gallery.public.wall.index import narrow_pictures, wall_index
from gallery.public.wall.page import PER_PAGE, WINNERS, shown_editions, wall
from gallery.services import exhibits
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def shown(client: Client, edition: ExhibitionPage, query: str = "") -> str:
    response = client.get(f"/exhibitions/{edition.slug}/{query}")
    assert response.status_code == 200
    assert response["Cache-Control"] == PAGE_CACHE_CONTROL
    return response.content.decode()


def ids(text: str) -> list[str]:
    return re.findall(r'<li class="card" id="(\w+)"', text)


def dates(opens: int, closes: int, on: int, off: int) -> dict[str, dt.datetime]:
    now = timezone.now()
    days = {"opens_at": opens, "closes_at": closes, "on_show_from": on, "on_show_until": off}
    return {name: now + days_away * DAY for name, days_away in days.items()}


@pytest.mark.parametrize(
    ("when", "says", "can_enter"),
    [
        ((5, 10, 20, 30), "Entries open on", False),
        ((-5, 10, 20, 30), "Open for entries", True),
        ((-20, -10, 20, 30), "Entries are closed", False),
        ((-20, -10, -5, 30), "On show", False),
        ((-90, -80, -70, -60), "Was on show", False),
    ],
)
def test_the_page_says_what_can_be_done_now(
    client: Client, when: tuple[int, int, int, int], says: str, can_enter: bool
) -> None:
    edition = make_exhibition(**dates(*when))
    text = shown(client, edition)
    assert says in text
    assert (f'href="/exhibitions/{edition.slug}/enter/"' in text) is can_enter


def test_an_open_call_shows_its_rules_and_what_hangs_so_far(client: Client) -> None:
    edition = make_exhibition(entries_per_person=3, min_long_edge=2000, max_megabytes=40)
    make_exhibit(edition)
    text = shown(client, edition)
    assert "<dt>3 photographs</dt><dd>each" in text
    assert "<dt>2,000 pixels</dt>" in text
    assert "up to 40 MB" in text
    assert "1 photograph so far" in text


def test_cards_hang_in_wall_order_and_only_on_their_own_wall(client: Client) -> None:
    edition = make_exhibition()
    made = [make_exhibit(edition, wall_order=place) for place in (3, 1, 2)]
    make_exhibit(make_exhibition())
    make_exhibit(edition, wall_order=0, expires_at=timezone.now())
    assert ids(shown(client, edition)) == [made[1].pk, made[2].pk, made[0].pk]


def test_a_card_names_its_link_by_title_and_maker_and_its_picture_by_description(client: Client) -> None:
    edition = make_exhibition()
    exhibit = make_exhibit(
        edition, title="Tea & <Sympathy>", photographer_name="Jude", alt_text="Two mugs on a lathe."
    )
    text = shown(client, edition)
    link = re.search(rf'<a href="{exhibit.path}">(.*?)</a>', text)
    assert link
    assert re.sub(r"<[^>]+>", "", link[1]) == "Tea &amp; &lt;Sympathy&gt; Jude"
    assert 'alt="Two mugs on a lathe."' in text
    assert "--ratio:3000/2000;--tone:#25313a" in text
    assert re.search(r'<ul class="wall lead-row alone" aria-labelledby="wall">.*?</ul>', text, re.DOTALL)
    assert re.search(r'<h2 class="kicker" id="wall">1 photograph', text)


def test_every_address_in_a_stored_card_is_a_placeholder() -> None:
    card = make_exhibit(make_exhibition()).card
    media = [part.split()[0] for listed in re.findall(r'srcset="([^"]+)"', card) for part in listed.split(",")]
    assert len(media) == 6
    assert all(address.startswith(MEDIA + "exhibits/x/") for address in media)
    assert re.findall(r'src="([^"]+)"', card) == [MEDIA + "exhibits/x/640.jpg"]
    assert [address[0] for address in re.findall(r'href="([^"]+)"', card)] == [SITE]


def test_an_award_is_on_the_card(client: Client) -> None:
    edition = make_exhibition()
    exhibit = make_exhibit(edition)
    ExhibitLabel.objects.create(exhibit=exhibit, kind="award", slug="best", name="Overall winner 2026")
    ExhibitLabel.objects.create(exhibit=exhibit, kind="tag", slug="glass", name="glass")
    exhibits.refresh(edition.exhibits.all())
    text = shown(client, edition)
    assert '<p class="card-award">Overall winner 2026</p>' in text
    assert ">glass<" not in text


def test_only_the_first_picture_loads_at_once(client: Client) -> None:
    edition = make_exhibition()
    for _ in range(6):
        make_exhibit(edition)
    text = shown(client, edition)
    assert text.count('fetchpriority="high"') == 1
    assert text.count('loading="lazy"') == 5
    assert text.count('sizes="auto, ') == 5 * 2


def choices(edition: ExhibitionPage, facet: str, params: dict[str, str]) -> list[tuple[str, int, bool]]:
    """Name, count and whether it is chosen, of each choice the wall offers at this address."""
    query, index, now = walls.WallQuery.read(params), wall_index(edition), timezone.now()
    counts = narrow_pictures(index.on_wall(now), query.chosen)[1]
    listed = walls.choices(query, index, facet, counts[facet])
    return [(choice.name, choice.count, choice.chosen) for choice in listed]


def test_filters_count_and_narrow_each_other(client: Client) -> None:
    edition = make_exhibition()
    hands = CategoryFactory(name="Hands", slug="hands", sort_order=1)
    unseen = CategoryFactory(name="Unseen", slug="unseen", sort_order=2)
    chem = DepartmentFactory(name="Chemistry", slug="chem")
    phys = DepartmentFactory(name="Physics", slug="phys")
    for category, department in ((unseen, chem), (hands, phys), (hands, chem), (hands, chem)):
        make_exhibit(edition, category=category, department=department)

    chosen = {"department": "chem"}
    assert choices(edition, "category", chosen) == [("Hands", 2, False), ("Unseen", 1, False)]
    assert choices(edition, "department", chosen) == [("Chemistry", 3, True), ("Physics", 1, False)]
    text = shown(client, edition, "?department=chem")
    assert len(ids(text)) == 3
    assert 'href="?category=hands&amp;department=chem">Hands <span class="soft">2</span>' in text

    text = shown(client, edition, "?category=hands&department=phys")
    assert len(ids(text)) == 1
    assert '<a href="?category=hands&amp;department=phys" aria-current="true">' in text
    assert '<a href="?category=hands"><span class="soft">Department</span> Physics' in text
    assert '<a href="?department=phys"><span class="soft">Category</span> Hands' in text


def test_awards_tags_makers_and_shapes_narrow_too(client: Client) -> None:
    edition = make_exhibition()
    tall = make_exhibit(edition, orientation="portrait", photographer_slug="ann", photographer_name="Ann Example")
    wide = make_exhibit(edition, photographer_slug="bo", photographer_name="Bo Example")
    nameless = make_exhibit(edition, photographer_slug="", photographer_name="")
    for exhibit, kind, slug in (
        (tall, "award", "best"),
        (tall, "tag", "glass"),
        (wide, "tag", "glass"),
        (wide, "tag", "heat"),
    ):
        ExhibitLabel.objects.create(exhibit=exhibit, kind=kind, slug=slug, name=slug.title())
    exhibits.refresh(edition.exhibits.all())

    assert choices(edition, "tag", {}) == [("Glass", 2, False), ("Heat", 1, False)]
    assert choices(edition, "award", {"tag": "glass"}) == [("Best", 1, False)]
    assert choices(edition, "award", {"tag": "heat"}) == []
    assert choices(edition, "photographer", {"tag": "glass"}) == [
        ("Ann Example", 1, False),
        ("Bo Example", 1, False),
    ]
    assert choices(edition, "orientation", {"photographer": "bo"}) == [("Landscape", 1, False)]
    for query, found in {
        "?award=best": [tall],
        "?tag=glass": [tall, wide],
        "?tag=glass&orientation=landscape": [wide],
        "?photographer=ann": [tall],
        "?orientation=landscape": [wide, nameless],
    }.items():
        assert ids(shown(client, edition, query)) == [exhibit.pk for exhibit in found], query


def test_words_are_looked_for_on_this_wall_only(client: Client) -> None:
    edition = make_exhibition()
    hands, other = CategoryFactory(slug="hands"), CategoryFactory(slug="other")
    found = make_exhibit(edition, title="Café at Dawn", category=hands)
    make_exhibit(edition, title="Dawn at the Boiler", category=other)
    make_exhibit(make_exhibition(), title="Cafe at Dawn")
    assert ids(shown(client, edition, "?q=cafe+dawn")) == [found.pk]
    text = shown(client, edition, "?q=dawn&category=hands")
    assert ids(text) == [found.pk]
    assert '<a href="?category=hands"><span class="soft">Words</span> dawn' in text
    assert '<input type="hidden" name="category" value="hands">' in text
    assert '<meta name="robots" content="noindex, follow">' in text
    assert "og:image" not in text


def test_a_wall_can_be_read_in_three_orders(client: Client) -> None:
    edition, now = make_exhibition(), timezone.now()
    beta = make_exhibit(edition, title="beta", hung_at=now - DAY)
    alpha = make_exhibit(edition, title="Alpha", hung_at=now - 2 * DAY)
    last = make_exhibit(edition, title="gamma", hung_at=now)
    orders = {"": [beta, alpha, last], "?order=newest": [last, beta, alpha], "?order=title": [alpha, beta, last]}
    for query, found in (orders | {"?order=sideways": [beta, alpha, last]}).items():
        assert ids(shown(client, edition, query)) == [exhibit.pk for exhibit in found], query


def with_rooms(*rooms: tuple[str, int]) -> ExhibitionPage:
    told = [("room", {"title": name, "words": f"Words of {name}.", "from_place": place}) for name, place in rooms]
    return make_exhibition(rooms=told)


def test_a_wall_of_rooms_shows_their_words_before_their_pictures(client: Client) -> None:
    edition = with_rooms(("Second", 5), ("Nobody", 7), ("First", 2), ("Last", 8))
    made = [make_exhibit(edition, wall_order=place) for place in (1, 2, 5, 6, 8)]
    text = shown(client, edition)
    assert ids(text) == [exhibit.pk for exhibit in made]
    parts = re.findall(r'Words of (\w+)|<li class="card" id="(\w+)"', text)
    assert parts == [
        ("", made[0].pk),
        ("First", ""),
        ("", made[1].pk),
        ("Second", ""),
        ("", made[2].pk),
        ("", made[3].pk),
        ("Last", ""),
        ("", made[4].pk),
    ]
    assert re.findall(r'<a href="(#room-\d)">(\w+) <span class="soft">(\d)', text) == [
        ("#room-1", "First", "1"),
        ("#room-2", "Second", "2"),
        ("#room-3", "Last", "1"),
    ]
    narrowed = shown(client, edition, f"?category={made[1].category.slug}")
    assert "Words of" not in narrowed
    assert ids(narrowed) == [made[1].pk]


def test_a_room_goes_on_over_pages_without_saying_its_words_again(client: Client) -> None:
    edition = with_rooms(("First", 0), ("Second", 1000))
    for place in (*range(30), 1000):
        make_exhibit(edition, wall_order=place)
    first, second = shown(client, edition), shown(client, edition, "?page=2")
    assert (len(ids(first)), len(ids(second))) == (24, 7)
    assert 'href="?page=2#room-2">Second' in first
    assert "continued" not in first
    assert "Words of First." not in second
    assert re.search(r'<h3 id="room-1-name">First <span class="soft">continued</span></h3>', second)
    assert "Words of Second." in second


def test_a_filter_nobody_knows_is_no_dead_end(client: Client) -> None:
    edition = make_exhibition()
    make_exhibit(edition)
    text = shown(client, edition, "?category=nonsense")
    assert ids(text) == []
    assert "See the whole wall" in text


def test_pages_are_links_and_keep_the_filter(client: Client) -> None:
    edition = make_exhibition()
    hands = CategoryFactory(slug="hands")
    made = [make_exhibit(edition, category=hands) for _ in range(25)]
    first, second = shown(client, edition, "?category=hands"), shown(client, edition, "?category=hands&page=2")
    assert ids(first) == [exhibit.pk for exhibit in made[:24]]
    assert ids(second) == [made[24].pk]
    assert 'rel="next" href="?category=hands&amp;page=2"' in first
    assert 'rel="prev" href="?category=hands"' in second
    assert "25 photographs" in first
    address = f"https://portal.example/exhibitions/{edition.slug}/?category=hands&amp;page=2"
    assert f'<link rel="canonical" href="{address}">' in second


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999999999"])
def test_a_strange_page_number_is_answered(client: Client, page: str) -> None:
    edition = make_exhibition()
    make_exhibit(edition)
    shown(client, edition, f"?page={page}")


@pytest.mark.parametrize("how_many", [1, 30])
@pytest.mark.parametrize(
    ("query", "first", "again"),
    [("", 3, 2), ("?category=nonsense", 3, 1), ("?tag=glass&order=newest", 3, 2), ("?q=exhibit", 4, 3)],
)
def test_a_page_costs_the_same_queries_however_many_hang(
    client: Client, how_many: int, query: str, first: int, again: int
) -> None:
    """Of them one finds the page. The first after a tick also reads what hangs."""
    edition = make_exhibition(**dates(-20, -10, -5, 30))
    for _ in range(how_many):
        exhibit = make_exhibit(edition)
    ExhibitLabel.objects.create(exhibit=exhibit, kind="tag", slug="glass", name="Glass")
    exhibits.refresh(edition.exhibits.all())
    client.get("/?category=x")  # reads the menu and former names, which every page remembers
    for expected in (first, again):
        with CaptureQueriesContext(connection) as queries:
            shown(client, edition, query)
        assert len(queries) == expected, [query["sql"] for query in queries]


def test_a_picture_whose_time_is_over_leaves_before_the_clock_ticks(client: Client) -> None:
    edition = make_exhibition()
    staying = make_exhibit(edition)
    leaving = make_exhibit(edition, expires_at=timezone.now() + DAY)
    text = shown(client, edition)
    assert ids(text) == [staying.pk, leaving.pk]
    later = wall(edition, {}, now=timezone.now() + 2 * DAY)
    assert (later["total"], later["everything"]) == (1, 1)
    assert ids(later["parts"][0]["lead"]) == [staying.pk]


def test_a_tick_is_seen_at_once(client: Client) -> None:
    edition = make_exhibition()
    first = make_exhibit(edition)
    assert ids(shown(client, edition)) == [first.pk]
    second = make_exhibit(edition)
    assert ids(shown(client, edition)) == [first.pk, second.pk]


def test_everybody_sees_the_same_bytes(client: Client) -> None:
    edition = make_exhibition()
    make_exhibit(edition)
    address = f"/exhibitions/{edition.slug}/"
    anonymous = client.get(address)
    client.force_login(UserFactory(name="Somebody Signed In"))
    assert client.get(address).content == anonymous.content
    assert not anonymous.cookies
    assert "Cookie" not in anonymous.get("Vary", "")
    assert b"csrf" not in anonymous.content


def test_editions_are_listed_with_state_count_and_first_picture(client: Client) -> None:
    past = make_exhibition(title="Made Visible", **dates(-90, -80, -70, -60))
    coming = make_exhibition(title="In the Making", **dates(5, 10, 20, 30))
    second = make_exhibit(past, wall_order=2, alt_text="The second picture on the wall.")
    first = make_exhibit(past, wall_order=1, alt_text="The first picture on the wall.")

    with CaptureQueriesContext(connection) as queries:
        listed = shown_editions(ExhibitionPage.objects.order_by("year", "pk"), now=timezone.now())

    assert len(queries) == 2
    assert [(one["page"].pk, one["state"], one["photographs"], one["frieze"]) for one in listed] == [
        (past.pk, "archived", 2, [first, second]),
        (coming.pk, "announced", 0, []),
    ]
    text = client.get("/exhibitions/").content.decode()
    assert "2 photographs" in text
    assert "The first picture on the wall." in text
    assert "The second picture on the wall." in text
    assert text.index("In the Making") < text.index("Made Visible")


# --- A great work begins each room


def test_each_room_begins_with_a_great_work_while_the_wall_is_as_hung(client: Client) -> None:
    edition = with_rooms(("First", 0), ("Second", 3))
    made = [make_exhibit(edition, wall_order=place) for place in range(PER_PAGE + 2)]
    parts = wall(edition, {}, now=timezone.now())["parts"]
    assert [ids(part["lead"]) for part in parts] == [[made[0].pk], [made[3].pk]]
    assert ids(shown(client, edition)) == [exhibit.pk for exhibit in made[:PER_PAGE]]
    later = wall(edition, {"page": "2"}, now=timezone.now())["parts"]
    assert [(part["lead"], len(ids(part["cards"]))) for part in later] == [("", 2)]
    narrowed = wall(edition, {"category": made[0].category.slug}, now=timezone.now())["parts"]
    assert [part["lead"] for part in narrowed] == [""]


def test_a_call_shows_what_won_before_and_nothing_where_nothing_did(client: Client) -> None:
    call = make_exhibition()
    assert "What hung before" not in shown(client, call)
    earlier = make_exhibition(title="Steady Hands", on_show_from=timezone.now() - 300 * DAY)
    made = [make_exhibit(earlier, wall_order=place, title=f"Number {place}") for place in range(3)]
    over = make_exhibit(earlier, expires_at=timezone.now())
    for exhibit in (*made[:2], over):
        ExhibitLabel.objects.create(exhibit=exhibit, kind="award", slug="winner", name="Overall winner")
    with CaptureQueriesContext(connection) as queries:
        text = shown(client, call)
    assert len([query for query in queries if query["sql"].endswith(f"LIMIT {WINNERS}")]) == 1
    assert re.search(r"Number 0</a>.*Overall winner, Steady Hands", text)
    assert ids(text) == [made[1].pk]
    assert over.path not in text


@pytest.mark.parametrize(("place", "named"), [(0, ""), (1, "Made here, "), (4, "Made here, "), (5, "Out late, ")])
def test_a_photograph_names_the_room_it_hangs_in(client: Client, place: int, named: str) -> None:
    words = [("Out late", 5), ("Made here", 1)]
    rooms = [("room", {"title": title, "words": "", "from_place": first}) for title, first in words]
    exhibit = make_exhibit(make_exhibition(slug="steady", title="Steady", rooms=rooms), wall_order=place)
    assert f'<p class="soft">{named}<a href="/exhibitions/steady/">Steady</a></p>' in client.get(exhibit.path).text
