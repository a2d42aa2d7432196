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
from gallery.services import exhibits
from gallery.walls import shown_editions, wall
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
    assert "<b>3</b> photographs each" in text
    assert "<b>2,000</b> pixels" in text
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
    assert 'style="--ratio:3000/2000;--tone:#25313a' in text
    assert re.search(r'<ul class="wall" aria-labelledby="wall">.*?</ul>', text, re.DOTALL)
    assert re.search(r'<h2 id="wall">1 photograph', text)


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


def test_only_the_first_row_loads_at_once(client: Client) -> None:
    edition = make_exhibition()
    for _ in range(5):
        make_exhibit(edition)
    text = shown(client, edition)
    assert text.count('fetchpriority="high"') == 3
    assert text.count('loading="lazy"') == 2
    assert text.count('sizes="auto, ') == 2 * 2


def test_filters_count_and_narrow_each_other(client: Client) -> None:
    edition = make_exhibition()
    hands = CategoryFactory(name="Hands", slug="hands", sort_order=1)
    unseen = CategoryFactory(name="Unseen", slug="unseen", sort_order=2)
    chem = DepartmentFactory(name="Chemistry", slug="chem")
    phys = DepartmentFactory(name="Physics", slug="phys")
    for category, department in ((unseen, chem), (hands, phys), (hands, chem), (hands, chem)):
        make_exhibit(edition, category=category, department=department)

    def choices(context: dict, name: str) -> list[tuple]:
        return [(choice["name"], choice["count"], choice["chosen"]) for choice in context["filters"][name]]

    context = wall(edition, {"department": "chem"}, now=timezone.now())
    assert choices(context, "category") == [("All", 3, True), ("Hands", 2, False), ("Unseen", 1, False)]
    assert choices(context, "department") == [("All", 4, False), ("Chemistry", 3, True), ("Physics", 1, False)]
    assert context["filters"]["category"][1]["address"] == "?department=chem&category=hands"
    assert (context["total"], len(context["cards"])) == (3, 3)

    text = shown(client, edition, "?category=hands&department=phys")
    assert len(ids(text)) == 1
    assert '<a href="?department=phys&amp;category=hands" aria-current="true">' in text


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
def test_the_wall_costs_two_queries(how_many: int) -> None:
    edition = make_exhibition()
    for _ in range(how_many):
        make_exhibit(edition)
    with CaptureQueriesContext(connection) as queries:
        wall(edition, {}, now=timezone.now())
    assert len(queries) == 2


def test_the_page_costs_the_same_for_one_and_for_thirty(client: Client) -> None:
    edition = make_exhibition()
    counts = []
    for more in (1, 29):
        for _ in range(more):
            make_exhibit(edition)
        shown(client, edition)
        with CaptureQueriesContext(connection) as queries:
            shown(client, edition)
        counts.append(len(queries))
    assert counts[0] == counts[1]


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
    make_exhibit(past, wall_order=2, alt_text="The second picture on the wall.")
    cover = make_exhibit(past, wall_order=1, alt_text="The first picture on the wall.")

    with CaptureQueriesContext(connection) as queries:
        listed = shown_editions(ExhibitionPage.objects.order_by("year", "pk"), now=timezone.now())

    assert len(queries) == 2
    assert [(one["page"].pk, one["state"], one["photographs"], one["cover"]) for one in listed] == [
        (past.pk, "archived", 2, cover),
        (coming.pk, "announced", 0, None),
    ]
    text = client.get("/exhibitions/").content.decode()
    assert "2 photographs" in text
    assert "The first picture on the wall." in text
    assert "The second picture on the wall." not in text
    assert text.index("In the Making") < text.index("Made Visible")
