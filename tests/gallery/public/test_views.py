import datetime as dt
import html
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from cms.changes.models import Change, How
from cms.changes.recording import PublicChange, record_all
from cms.core.models import PAGE_CACHE_CONTROL, PortalSettings
from gallery.enums import EXHIBIT
from gallery.models.exhibits import Exhibit, ExhibitLabel
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory, TechnicianFactory, UserFactory

pytestmark = pytest.mark.django_db


def page(client: Client, exhibit: Exhibit) -> str:
    response = client.get(exhibit.path)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def json_ld(client: Client, exhibit: Exhibit) -> dict:
    block = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', client.get(exhibit.path).content.decode()
    )
    assert block
    return json.loads(block[1])


def places(text: str, *parts: str) -> list[int]:
    """Where each part stands in the page's body; fails when one is missing."""
    body = text[text.index("<main") :]
    return [body.index(part) for part in parts]


def test_says_title_maker_description_caption_and_the_rest_in_that_order(client: Client) -> None:
    exhibit = make_exhibit(
        make_exhibition(),
        title="Four Necks",
        photographer_name="Tomos Griffith-Bell",
        photographer_role="Scientific glassblower",
        alt_text="A flask with four necks glows.",
        caption="Made in one sitting.",
        technique="One lamp behind paper.",
        long_description="A round flask stands on black.",
        credit="Photo: Tomos Griffith-Bell, Calderwick University",
        taken_on="2026-03-18",
    )
    ExhibitLabel.objects.create(exhibit=exhibit, kind="award", slug="best", name="Overall winner 2026")
    ExhibitLabel.objects.create(exhibit=exhibit, kind="tag", slug="glass", name="glass")

    found = places(
        page(client, exhibit).replace("\n", ""),
        "<h1>Four Necks</h1>",
        "<b>Tomos Griffith-Bell</b>, Scientific glassblower",
        "Overall winner 2026",
        'alt="A flask with four necks glows."',
        "Made in one sitting.",
        "<h2>How it was made</h2>",
        "One lamp behind paper.",
        "<h2>Full description</h2>",
        "A round flask stands on black.",
        "Photo: Tomos Griffith-Bell, Calderwick University",
        'rel="license" href="https://creativecommons.org/licenses/by/4.0/"',
        f'<a href="/departments/{exhibit.department.slug}/">{exhibit.department.name}</a>',
        '<time datetime="2026-03-18">18 March 2026</time>',
        exhibit.category.name,
        f'<a href="/exhibitions/{exhibit.exhibition.slug}/?tag=glass">glass</a>',
    )

    assert found == sorted(found)


def test_a_withheld_name_leaves_the_credit_only(client: Client) -> None:
    exhibit = make_exhibit(
        make_exhibition(), photographer_name="", photographer_role="", credit="Photo: Calderwick University"
    )
    text = page(client, exhibit)
    assert "exhibit-maker" not in text
    assert "Photo: Calderwick University" in text


@pytest.mark.parametrize(
    "wrong", ["/exhibitions/{edition}/{id}-other-words/", "/exhibitions/elsewhere/{id}-{slug}/"]
)
def test_other_addresses_of_an_exhibit_lead_to_its_one_address(client: Client, wrong: str) -> None:
    exhibit = make_exhibit(make_exhibition())
    address = wrong.format(edition=exhibit.exhibition.slug, id=exhibit.pk, slug=exhibit.slug)

    response = client.get(address)

    assert (response.status_code, response["Location"]) == (301, exhibit.path)
    assert response["Cache-Control"] == PAGE_CACHE_CONTROL
    canonical = f'<link rel="canonical" href="https://portal.example{exhibit.path}">'
    assert canonical in page(client, exhibit)


def test_an_unknown_exhibit_is_not_found_and_shows_a_way_on(client: Client) -> None:
    edition = make_exhibition()
    response = client.get(f"/exhibitions/{edition.slug}/Zunknown-nothing/")
    assert response.status_code == 404
    assert 'href="/search/"' in response.content.decode()


def test_an_exhibit_of_an_unpublished_edition_is_gone(client: Client) -> None:
    exhibit = make_exhibit(make_exhibition())
    exhibit.exhibition.unpublish()
    assert client.get(exhibit.path).status_code == 410


def test_a_withdrawn_exhibit_is_gone_without_its_title_or_who_took_it(client: Client) -> None:
    from gallery.services import entries

    entry = make_entry(title="Heart of the Boiler", photographer=UserFactory(name="Wilhelmina Quux"))
    exhibit = Exhibit.objects.get()
    assert "Heart of the Boiler" in page(client, exhibit)
    assert "Wilhelmina Quux" in page(client, exhibit)

    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    response = client.get(exhibit.path)

    text = response.content.decode()
    assert response.status_code == 410
    assert response["Cache-Control"] == PAGE_CACHE_CONTROL
    assert "This photograph has been taken down" in text
    assert f'href="/exhibitions/{exhibit.exhibition.slug}/"' in text
    for told in ("Heart of the Boiler", "heart-of-the-boiler", "Wilhelmina", "withdr", "photographer"):
        assert told not in text


def test_an_expired_exhibit_is_gone_before_the_timer_has_run(client: Client) -> None:
    exhibit = make_exhibit(make_exhibition(), title="Ghost Light")
    Exhibit.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    response = client.get(exhibit.path)
    assert response.status_code == 410
    assert "Ghost Light" not in response.content.decode()


@pytest.mark.parametrize(
    ("kind", "status"),
    [(How.REMOVED, 410), (How.EXPIRED, 410), (How.CORRECTED, 404), (How.UPSERT, 404)],
)
def test_only_what_was_taken_down_or_expired_is_gone(client: Client, kind: How, status: int) -> None:
    edition = make_exhibition()
    now = timezone.now()
    record_all(EXHIBIT, [PublicChange("Zgone123", How.REMOVED, shared=True)], now=now)
    record_all(EXHIBIT, [PublicChange("Zgone123", kind, shared=True)], now=now)
    assert client.get(f"/exhibitions/{edition.slug}/Zgone123-what-was-here/").status_code == status


def test_names_its_neighbours_on_the_wall(client: Client) -> None:
    edition = make_exhibition()
    first, middle, last = (
        make_exhibit(edition, title=title, wall_order=place)
        for title, place in (("Pink Fog", 1), ("Ghost Light", 2), ("Four Necks", 3))
    )
    make_exhibit(make_exhibition(), title="On Another Wall", wall_order=2, photographer_slug="else")

    def sides(text: str) -> dict[str, str]:
        return dict(re.findall(r'<a rel="(prev|next)" href="([^"]+)">', text))

    assert sides(page(client, first)) == {"next": middle.path}
    assert sides(page(client, middle)) == {"prev": first.path, "next": last.path}
    assert sides(page(client, last)) == {"prev": middle.path}
    shown = page(client, middle)
    assert "Pink Fog" in shown
    assert "Four Necks" in shown
    assert "On Another Wall" not in shown


def test_an_expired_neighbour_is_passed_over(client: Client) -> None:
    edition = make_exhibition()
    first = make_exhibit(edition, wall_order=1)
    make_exhibit(edition, wall_order=2, title="Expired", expires_at=timezone.now())
    last = make_exhibit(edition, wall_order=3)
    assert f'<a rel="next" href="{last.path}">' in page(client, first)


@pytest.mark.parametrize(("place", "query"), [(0, ""), (23, ""), (24, "?page=2")])
def test_leads_back_to_itself_on_the_wall(client: Client, place: int, query: str) -> None:
    edition = make_exhibition()
    exhibits = [make_exhibit(edition, wall_order=1) for _ in range(25)]
    exhibit = exhibits[place]
    back = f"/exhibitions/{edition.slug}/{query}"
    assert f'href="{back}#{exhibit.pk}"' in page(client, exhibit)
    assert f'id="{exhibit.pk}"' in client.get(back).content.decode()


@pytest.mark.parametrize("how_many", [1, 30])
def test_costs_three_queries(client: Client, how_many: int) -> None:
    edition = make_exhibition()
    TechnicianFactory(slug="a-example", profile_public=True)
    department = DepartmentFactory()
    exhibits = [make_exhibit(edition, department=department) for _ in range(how_many)]
    client.get(exhibits[0].path)
    with CaptureQueriesContext(connection) as queries:
        page(client, exhibits[how_many // 2])
    assert len(queries) == 3


def test_is_the_same_for_everybody_and_sets_nothing(client: Client) -> None:
    exhibit = make_exhibit(make_exhibition())
    anonymous = client.get(exhibit.path)
    client.force_login(UserFactory(name="Somebody Signed In"))
    signed_in = client.get(exhibit.path)

    assert signed_in.content == anonymous.content
    assert not anonymous.cookies
    assert "Cookie" not in anonymous.get("Vary", "")
    assert b"csrf" not in anonymous.content
    assert anonymous["Cache-Control"] == PAGE_CACHE_CONTROL
    assert client.get(exhibit.path, headers={"if-none-match": anonymous["ETag"]}).status_code == 304


def test_structured_data_holds_credit_and_licence_and_cannot_end_its_element(client: Client) -> None:
    exhibit = make_exhibit(make_exhibition(), title="</script><b>& more", taken_on="2026-03")
    address = f"https://portal.example{exhibit.path}"
    assert json_ld(client, exhibit) == {
        "@context": "https://schema.org",
        "@type": "ImageObject",
        "@id": address,
        "url": address,
        "name": "</script><b>& more",
        "caption": "What is happening here.",
        "description": "Two gloved hands hold a flask up to the light.",
        "contentUrl": "https://portal.example/media/exhibits/x/1024.jpg",
        "encodingFormat": "image/jpeg",
        "width": 1024,
        "height": 682,
        "creator": {"@type": "Person", "name": "A. Example", "jobTitle": "Glassblower"},
        "creditText": "Photo: A. Example, Our university",
        "copyrightNotice": "© A. Example",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "acquireLicensePage": address,
        "datePublished": f"{exhibit.hung_at:%Y-%m-%d}",
        "dateCreated": "2026-03",
    }


def test_structured_data_of_a_withheld_name_names_the_university(client: Client) -> None:
    exhibit = make_exhibit(make_exhibition(), photographer_name="", photographer_role="", licence="exhibition-only")
    facts = json_ld(client, exhibit)
    assert facts["creator"] == {"@type": "Organization", "name": "Our university"}
    assert facts["copyrightNotice"] == "© Our university"
    assert facts["license"] == facts["acquireLicensePage"] == f"https://portal.example{exhibit.path}"


def test_a_picture_other_sites_may_not_show_is_not_offered_to_them(client: Client) -> None:
    text = page(client, make_exhibit(make_exhibition(), is_shared=False))
    assert '<meta name="robots" content="noimageindex">' in text
    for offered in ("og:image", "ld+json", " download="):
        assert offered not in text


@pytest.mark.parametrize(
    ("facts", "copies", "words"),
    [
        ({"licence": "cc-by-4.0"}, 2, "even to make money, as long as you give the credit"),
        ({"licence": "cc-by-nc-sa-4.0"}, 2, "make no money from it and share what you make on the same terms"),
        ({"licence": "exhibition-only"}, 0, "There is no download, because its maker keeps all rights."),
        ({"licence": "cc-by-4.0", "is_shared": False}, 0, "There is no download, because it is not shown anywhere"),
    ],
)
def test_only_a_reusable_picture_everybody_may_show_is_offered_for_download(
    client: Client, facts: dict, copies: int, words: str
) -> None:
    text = page(client, make_exhibit(make_exhibition(), slug="four-necks", **facts))
    assert text.count(" download=") == copies
    assert ('<a href="/media/exhibits/x/1024.jpg" download="four-necks-1024.jpg">' in text) is bool(copies)
    assert words in text


def test_says_whom_to_ask_where_there_is_no_download(client: Client) -> None:
    settings = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    settings.contact_name, settings.contact_email = "Dele Ransome-Whyte", "ask@calderwick.example"
    settings.save()
    text = page(client, make_exhibit(make_exhibition(), licence="exhibition-only"))
    assert "Ask Dele Ransome-Whyte" in text[text.index("There is no download") :]


def test_a_copy_is_named_by_what_it_is_good_for(client: Client) -> None:
    text = page(client, make_exhibit(make_exhibition()))
    assert re.findall(r"<b>(\w+)</b>, ([a-z ]+) <span class=\"soft\">([^<]+)<", text) == [
        ("Small", "for a message", "640 × 426 pixels, 0.1 MB"),
        ("Medium", "for a web page", "1024 × 682 pixels, 0.1 MB"),
    ]


def test_a_messenger_gets_a_picture_it_can_carry(client: Client) -> None:
    sources = [
        {
            "type": "image/jpeg",
            "width": width,
            "height": width // 2,
            "key": f"exhibits/x/{width}.jpg",
            "bytes": size,
        }
        for width, size in ((2400, 500_000), (1600, 600_001), (1024, 600_000), (640, 90_000))
    ]
    text = page(client, make_exhibit(make_exhibition(), sources=sources))
    card = dict(re.findall(r'<meta property="og:(image[a-z:]*)" content="([^"]*)">', text))
    assert card == {
        "image": "https://portal.example/media/exhibits/x/1024.jpg",
        "image:type": "image/jpeg",
        "image:width": "1024",
        "image:height": "512",
        "image:alt": "Two gloved hands hold a flask up to the light.",
    }


def test_the_maker_leads_to_their_profile_for_as_long_as_they_show_it(client: Client) -> None:
    technician = TechnicianFactory(slug="a-example", profile_public=True)
    exhibit = make_exhibit(make_exhibition(), photographer_slug="a-example")
    bystander = make_exhibit(make_exhibition(), photographer_slug="somebody-else")
    link = '<b><a href="/people/a-example/">A. Example</a></b>'

    def shared() -> list[str | None]:
        answer = client.get("/api/gallery/v1/exhibits/", {"order": "oldest"}).json()
        return [item["photographer"]["url"] for item in answer["items"]]

    assert link in page(client, exhibit)
    assert json_ld(client, exhibit)["creator"]["url"] == "https://portal.example/people/a-example/"
    assert shared() == ["https://portal.example/people/a-example/", None]
    assert "/people/" not in page(client, bystander)

    technician.profile_public = False
    technician.save()
    assert "/people/" not in client.get(exhibit.path).content.decode()
    assert shared() == [None, None]
    assert list(Change.objects.order_by("-number").values_list("key", flat=True)[:1]) == [exhibit.pk]

    technician.profile_public = True
    technician.save()
    assert link in page(client, exhibit)
    assert shared() == ["https://portal.example/people/a-example/", None]


def test_a_profile_that_only_changes_its_words_changes_no_exhibit(client: Client) -> None:
    technician = TechnicianFactory(slug="a-example", profile_public=True)
    make_exhibit(make_exhibition(), photographer_slug="a-example")
    before = Change.objects.count()
    technician.bio = "Still bending glass."
    technician.save()
    assert Change.objects.count() == before


def test_shows_a_few_more_by_the_maker_and_from_the_department(client: Client) -> None:
    edition = make_exhibition()
    department = DepartmentFactory(name="Glass Workshop")
    facts = {"department": department}
    exhibit = make_exhibit(edition, photographer_name="Ann", photographer_slug="ann", **facts)
    own = [make_exhibit(make_exhibition(), photographer_slug="ann", **facts) for _ in range(5)]
    others = [make_exhibit(edition, photographer_slug=f"other-{n}", **facts) for n in range(5)]
    expired = make_exhibit(edition, photographer_slug="ann", expires_at=timezone.now(), **facts)
    hidden = make_exhibit(make_exhibition(), photographer_slug="ann", **facts)
    hidden.exhibition.unpublish()
    text = page(client, exhibit)

    def row(name: str) -> list[str]:
        part = text[text.index(f'id="{name}"') :]
        return re.findall(r'<li class="card" id="(\w+)"', part[: part.index("</section>")])

    assert "More by Ann</h2>" in text
    assert "More from Glass Workshop</h2>" in text
    assert row("by-maker") == [other.pk for other in reversed(own)][:4]
    assert row("from-department") == [other.pk for other in reversed(others)][:4]
    assert expired.pk not in text
    assert hidden.pk not in text


def test_a_withheld_name_is_not_given_away_by_more_of_the_same(client: Client) -> None:
    edition = make_exhibition()
    first, second = (
        make_exhibit(edition, photographer_name="", photographer_slug="", photographer_role="") for _ in range(2)
    )
    text = page(client, first)
    assert "More by" not in text
    assert text.count(second.path) == 1  # the neighbour


def test_nothing_private_is_on_the_page(client: Client) -> None:
    secret = "kept-between-us@calderwick.example"
    make_entry(
        photographer=UserFactory(email=secret, name="Ann Example"),
        people=[{"name": "Secret Person", "email": "secret.person@calderwick.example", "channels": ["web"]}],
    )
    exhibit = Exhibit.objects.get()
    edition = client.get(f"/exhibitions/{exhibit.exhibition.slug}/").content.decode()
    for text in (page(client, exhibit), edition):
        for private in (secret, "Secret Person", "secret.person", "Everything is cleared"):
            assert private not in text
