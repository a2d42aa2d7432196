import datetime as dt

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.views.defaults import permission_denied, server_error

from cms.core.models import PAGE_CACHE_CONTROL, PortalSettings
from home.pages.models import HomePage, StandardPage
from home.pages.models.home_page import somebody
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory, TechnicianFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    page = HomePage.objects.get()
    settings = PortalSettings.for_site(page.get_site())
    settings.institution, settings.short_name = "Calderwick University", "Calderwick"
    settings.contact_name, settings.contact_email = "Rosalind Achterberg", "technicians@calderwick.example"
    settings.save()
    return page


def shown(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == PAGE_CACHE_CONTROL
    assert not response.cookies
    return response.content.decode()


def test_home_says_whose_site_it_is_and_who_helps(client: Client, home: HomePage) -> None:
    text = shown(client)
    assert "Calderwick Technicians’ Portal</span>" in text
    assert '<h1 class="display">The people who make it work, seen.</h1>' in text
    assert "Rosalind Achterberg will help" in text
    assert 'href="mailto:technicians@calderwick.example"' in text


def test_home_leads_to_the_open_call_and_lists_what_comes(client: Client, home: HomePage) -> None:
    now = timezone.now()
    day = dt.timedelta(days=1)
    make_exhibition(
        title="Over",
        opens_at=now - 9 * day,
        closes_at=now - 8 * day,
        on_show_from=now - 7 * day,
        on_show_until=now - 6 * day,
    )
    call = make_exhibition(title="In the Making")
    text = shown(client)
    assert f'class="button big" href="/exhibitions/{call.slug}/enter/"' in text
    assert text.count("Enter a photograph") == 1
    assert text.index("In the Making</a>") < text.index("Over</a>")


def test_without_a_call_there_is_nothing_to_enter(client: Client, home: HomePage) -> None:
    assert "Enter a photograph" not in shown(client)


def test_the_great_picture_is_the_newest_wide_one_and_is_not_shown_twice(client: Client, home: HomePage) -> None:
    edition = make_exhibition()
    make_exhibit(edition, title="Older wide")
    wide = make_exhibit(edition, title="Newest wide")
    make_exhibit(edition, title="Newest tall", width=2000, height=3000)
    response = client.get("/")
    assert response.context["great"] == wide
    assert response.content.decode().count(f'href="{wide.path}"') == 1
    assert [title in response.content.decode() for title in ("Older wide", "Newest tall")] == [True, True]


def test_the_first_chosen_photograph_that_hangs_is_the_great_picture(client: Client, home: HomePage) -> None:
    edition = make_exhibition()
    first, second = make_exhibit(edition, title="First"), make_exhibit(edition, title="Second")
    newest = make_exhibit(edition, title="Newest")
    home.great_picture = [("exhibit", first), ("exhibit", second)]
    home.body = [("exhibit", newest), ("paragraph", "<p>Below the picture.</p>")]
    home.save_revision().publish()
    assert client.get("/").context["great"] == first
    assert "Below the picture." in shown(client)
    assert client.get(f"/api/v2/pages/{home.pk}/").json()["great_picture"][0]["value"]["id"] == first.pk
    first.delete()
    assert client.get("/").context["great"] == second
    second.delete()
    assert client.get("/").context["great"] == newest


def test_without_a_tick_no_approval_takes_over_the_front_page(client: Client, home: HomePage) -> None:
    home.newest_is_great = False
    home.save_revision().publish()
    make_exhibit(make_exhibition(), title="Newest")
    assert client.get("/").context["great"] is None
    assert 'class="great' not in shown(client)


def test_a_page_shows_its_blocks_and_the_photographs_credit(client: Client, home: HomePage) -> None:
    exhibit = make_exhibit(make_exhibition(), title="Four Necks", credit="Photo: Tomos, Calderwick University")
    home.add_child(
        instance=StandardPage(
            title="About us",
            slug="about",
            standfirst="Written mostly by technicians.",
            body=[
                ("heading", "What this is"),
                ("paragraph", "<p>One place.</p>"),
                ("quote", {"text": "Just a Tuesday.", "speaker": "Callum", "post": "Apprentice"}),
                ("exhibit", exhibit),
            ],
        )
    )
    text = shown(client, "/about/")
    for part in (
        "<h1>About us</h1>",
        "Written mostly by technicians.",
        "What this is</h2>",
        "<p>One place.</p>",
        "<b>Callum</b>, Apprentice",
        f'<a href="{exhibit.path}">Four Necks</a>',
        "Photo: Tomos, Calderwick University",
        f'alt="{exhibit.alt_text}"',
    ):
        assert part in text


def test_menu_and_footer_follow_the_pages(client: Client, home: HomePage) -> None:
    home.add_child(instance=StandardPage(title="How to enter", slug="enter", show_in_menus=True))
    home.add_child(instance=StandardPage(title="Privacy notice", slug="privacy"))
    home.add_child(instance=StandardPage(title="Not finished", slug="accessibility", live=False))
    text = shown(client)
    header, footer = text[: text.index("<main")], text[text.index("</main>") :]
    assert '<a href="/enter/">How to enter</a>' in header
    assert '<a href="/privacy/">Privacy notice</a>' in footer
    assert "Privacy notice" not in header
    assert "Not finished" not in text


def test_the_demo_says_that_it_is_one(client: Client, home: HomePage, settings: object) -> None:
    assert 'href="/demo/"' not in shown(client)
    settings.DEMO = True
    assert 'href="/demo/"' in shown(client)


def test_nothing_on_a_page_depends_on_the_reader(client: Client, home: HomePage) -> None:
    anonymous = {address: shown(client, address) for address in ("/", "/exhibitions/", "/search/")}
    client.force_login(UserFactory(name="Somebody Signed In", is_superuser=True))
    assert {address: shown(client, address) for address in anonymous} == anonymous
    assert 'href="/desk/"' in anonymous["/"]


def test_help_by_need_leads_to_pages_that_are_there(client: Client, home: HomePage) -> None:
    there = home.add_child(instance=StandardPage(title="Mentoring", slug="mentoring"))
    draft = home.add_child(instance=StandardPage(title="Funding", slug="funding", live=False))
    home.needs = [
        ("need", {"words": "find a mentor", "page": there}),
        ("need", {"words": "get funding", "page": draft}),
    ]
    home.save_revision().publish()
    text = shown(client)
    assert '<a href="/mentoring/">find a mentor' in text
    assert "get funding" not in text
    answer = client.get(f"/api/v2/pages/{home.pk}/?fields=needs").json()["needs"]
    assert answer[0]["value"] == {"words": "find a mentor", "url": f"{settings.BASE_URL}/mentoring/"}
    assert answer[1]["value"] is None


def test_everybody_meets_the_same_technician_all_day_and_another_tomorrow(home: HomePage) -> None:
    for letter in "abcdefghijklmnopqrstuvwxyz":
        TechnicianFactory(slug=f"{letter}-somebody", quote=f"{letter} said it.", profile_public=True)
    TechnicianFactory(slug="silent", quote="", profile_public=True)
    TechnicianFactory(slug="hidden", quote="Not for you.", profile_public=False)
    today = dt.date(2026, 11, 21)
    week = [somebody(today + dt.timedelta(days=day)).pk for day in range(7)]
    assert week == [somebody(today + dt.timedelta(days=day)).pk for day in range(7)]
    assert len(set(week)) > 4


def test_nobody_to_meet(client: Client, home: HomePage) -> None:
    assert somebody(dt.date(2026, 11, 21)) is None
    assert "Meet " not in shown(client)


def test_errors_show_a_way_on(client: Client, home: HomePage, rf: RequestFactory) -> None:
    missing = client.get("/no/such/page/")
    assert missing.status_code == 404
    assert 'href="/search/"' in missing.content.decode()
    refused = permission_denied(rf.get("/desk/"), PermissionDenied())
    assert 'href="/desk/"' in refused.content.decode()
    broken = server_error(rf.get("/"))
    assert "Try again" in broken.content.decode()


def statements(client: Client, path: str) -> list[str]:
    """What the second visit asks the database."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("path", ["/", "/exhibitions/", "/exhibitions/steady-hands/"])
def test_thirty_exhibits_cost_as_much_as_one(client: Client, path: str) -> None:
    exhibition = make_exhibition(title="Steady Hands", slug="steady-hands")
    category, department = CategoryFactory(), DepartmentFactory()
    make_exhibit(exhibition, category=category, department=department)
    one = statements(client, path)
    for _ in range(29):
        make_exhibit(exhibition, category=category, department=department)
    assert len(statements(client, path)) == len(one)
    assert sum('"gallery_exhibit"' in sql for sql in one) <= 2


@pytest.mark.parametrize(("slug", "taken"), [("desk", True), ("search", True), ("about-us", False)])
def test_a_page_cannot_hide_behind_an_address_of_the_site(client: Client, slug: str, taken: bool) -> None:
    client.force_login(UserFactory(is_superuser=True))
    address = f"/admin/pages/add/home/standardpage/{HomePage.objects.get().pk}/"
    body = {"body-count": "0", "standfirst": "", "seo_title": "", "search_description": ""}
    answer = client.post(address, {"title": "A page", "slug": slug, **body})
    assert ("The site itself uses this address." in answer.content.decode()) is taken
    assert StandardPage.objects.filter(slug=slug).exists() is not taken
