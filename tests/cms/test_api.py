"""Wagtail's API as strangers see it: live public pages and shared exhibits, and nothing else."""

import json
import random

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.rich_text import RichText

from gallery.public.api.parameters import ExhibitQuery
from home.pages.models import StandardPage
from home.site_api.pages import PagesAPIViewSet
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory, UserFactory
from tests.strangers import only_public_tables

BASE = "https://portal.example"


def get(path: str, parameters: dict | None = None, **headers: str):
    with only_public_tables():
        return Client().get(f"/api/v2/{path}", parameters, headers=headers)


def read(path: str, parameters: dict | None = None) -> dict:
    response = get(path, parameters)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


@pytest.fixture
def home(db) -> Page:
    return Site.objects.get(is_default_site=True).root_page.specific


def make_page(parent: Page, **facts: object) -> StandardPage:
    number = parent.get_children().count()
    return parent.add_child(instance=StandardPage(**{"title": f"Page {number}", "slug": f"page-{number}", **facts}))


# --- Pages


def test_one_page_in_full(home):
    exhibit = make_exhibit(make_exhibition())
    unshared = make_exhibit(exhibit.exhibition, is_shared=False)
    page = make_page(
        home,
        title="How we decide",
        slug="how-we-decide",
        standfirst="By looking.",
        body=[
            ("heading", "Who"),
            (
                "paragraph",
                RichText(
                    f'<p>Two <b>people</b>. See <a linktype="page" id="{home.pk}">home</a>.</p>'
                    '<ul><li>Anna</li><li>Bo</li></ul><embed embedtype="image" id="1" alt="A flask" format="left"/>'
                ),
            ),
            ("quote", {"text": "Look twice.", "speaker": "Mo", "post": "Moderator"}),
            ("exhibit", exhibit),
            ("exhibit", unshared),
        ],
    )
    answer = read(f"pages/{page.pk}/")
    assert answer["meta"] == {
        "type": "home.StandardPage",
        "detail_url": f"{BASE}/api/v2/pages/{page.pk}/",
        "html_url": f"{BASE}/how-we-decide/",
        "slug": "how-we-decide",
        "show_in_menus": False,
        "seo_title": "",
        "search_description": "",
        "first_published_at": None,
        "parent": {
            "id": home.pk,
            "meta": {
                "type": "home.HomePage",
                "detail_url": f"{BASE}/api/v2/pages/{home.pk}/",
                "html_url": f"{BASE}/",
            },
            "title": home.title,
        },
    }
    assert (answer["title"], answer["introduction"]) == ("How we decide", "By looking.")
    assert [(block["type"], block["value"]) for block in answer["body"]] == [
        ("heading", "Who"),
        (
            "paragraph",
            {
                "html": f'<p>Two <b>people</b>. See <a href="{BASE}/">home</a>.</p>'
                "<ul><li>Anna</li><li>Bo</li></ul> ",
                "text": "Two people. See home.\nAnna\nBo",
            },
        ),
        ("quote", {"text": "Look twice.", "speaker": "Mo", "post": "Moderator", "portrait": None}),
        ("exhibit", read_exhibit(exhibit.public_id)),
        ("exhibit", None),
    ]
    assert unshared.public_id not in json.dumps(answer)


def read_exhibit(public_id: str) -> dict:
    return Client().get(f"/api/gallery/v1/exhibits/{public_id}/").json()


def test_the_home_page_brings_its_words(home):
    answer = read(f"pages/{home.pk}/")
    assert {"introduction", "headline", "lead", "body"} <= set(answer)


def test_only_live_public_pages(home):
    shown = make_page(home, title="Shown")
    draft = make_page(home, title="Draft", live=False)
    restricted = make_page(home, title="For staff")
    below = make_page(restricted, title="Below staff")
    password = make_page(home, title="With a password")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    PageViewRestriction.objects.create(
        page=password, restriction_type=PageViewRestriction.PASSWORD, password="open sesame"
    )
    hidden = [draft, restricted, below, password]
    for parameters in ({"fields": "*"}, {"type": "home.StandardPage", "fields": "*"}, {"descendant_of": home.pk}):
        listed = [item["id"] for item in read("pages/", parameters)["items"]]
        assert shown.pk in listed
        assert not {page.pk for page in hidden} & set(listed)
    for page in hidden:
        assert get(f"pages/{page.pk}/").status_code == 404
        assert get("pages/find/", {"html_path": page.url_path.removeprefix("/home")}).status_code == 404
        assert get("pages/", {"child_of": page.pk}).status_code == 400


def test_those_who_are_let_in_see_no_more_here(home):
    """Because the answer may be kept by any cache on the way."""
    page = make_page(home)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    response = client.get(f"/api/v2/pages/{page.pk}/")
    assert response.status_code == 404
    assert "Vary" not in response


def test_a_copied_page_does_not_name_its_source(home):
    source = make_page(home, title="Secret source")
    alias = source.create_alias(update_slug="alias-page")
    source.live = False
    source.save()
    text = get(f"pages/{alias.pk}/", {"fields": "*"}).content.decode()
    assert "alias_of" not in text
    assert get("pages/", {"fields": "alias_of"}).status_code == 400


def test_nothing_about_who_wrote_it_and_when(home):
    page = make_page(home, owner=UserFactory(name="Olive Owner", email="olive@x.example"))
    page.save_revision(user=UserFactory(name="Rex Reviser")).publish()
    page.title = "Not yet public"
    page.save_revision()
    text = get("pages/", {"type": "home.StandardPage", "fields": "*"}).content.decode()
    text += get(f"pages/{page.pk}/").content.decode()
    for word in ("Olive", "olive@", "Rex", "owner", "revision", "Not yet public", "locked", "url_path"):
        assert word not in text, word


def test_addresses_do_not_depend_on_the_host_asked(home):
    page = make_page(home)
    first = Client(HTTP_HOST="one.example").get(f"/api/v2/pages/{page.pk}/")
    second = Client(HTTP_HOST="two.example").get(f"/api/v2/pages/{page.pk}/")
    assert first.content == second.content


def test_finding_a_page_by_its_address(home):
    page = make_page(home, slug="about")
    response = get("pages/find/", {"html_path": "/about/"})
    assert (response.status_code, response["Location"]) == (302, f"{BASE}/api/v2/pages/{page.pk}/?")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_change_is_a_new_answer(home):
    page = make_page(home, title="Before")
    tag = get(f"pages/{page.pk}/")["ETag"]
    assert get(f"pages/{page.pk}/", **{"if-none-match": tag}).status_code == 304
    page.title = "After"
    page.save()
    assert get(f"pages/{page.pk}/", **{"if-none-match": tag}).json()["title"] == "After"


# --- Exhibits


def test_one_exhibit_says_what_our_own_api_says(db):
    exhibit = make_exhibit(make_exhibition())
    own = read_exhibit(exhibit.public_id)
    answer = read(f"exhibits/{exhibit.public_id}/")
    assert answer.pop("meta") == {
        "type": "gallery.Exhibit",
        "detail_url": f"{BASE}/api/v2/exhibits/{exhibit.public_id}/",
        "html_url": own.pop("url"),
    }
    assert own.pop("type") == "exhibit"
    assert answer == own


def test_listing_and_choosing_fields(db):
    edition = make_exhibition(slug="here")
    shown = make_exhibit(edition)
    make_exhibit(edition, is_shared=False)
    answer = read("exhibits/")
    assert answer["meta"] == {"total_count": 1}
    assert list(answer["items"][0]) == ["id", "meta", "title", "alt", "credit", "licence", "image"]
    assert read("exhibits/", {"fields": "_,id,caption"})["items"] == [
        {"id": shown.public_id, "caption": shown.caption}
    ]
    own = read_exhibit(shown.public_id)
    complete = read("exhibits/", {"fields": "*"})["items"][0]
    assert set(complete) - {"meta"} == set(own) - {"type", "url"}


def test_narrowing_ordering_and_paging(db):
    first, second = make_exhibition(slug="first"), make_exhibition(slug="second")
    hands, chem = CategoryFactory(slug="hands"), DepartmentFactory(slug="chem")
    a = make_exhibit(first, title="A", category=hands)
    b = make_exhibit(first, title="B", department=chem, caption="A kiln.")
    c = make_exhibit(second, title="C")

    def ids(**parameters: object) -> list[str]:
        return [item["id"] for item in read("exhibits/", parameters)["items"]]

    a, b, c = a.public_id, b.public_id, c.public_id
    assert ids() == [c, b, a]
    assert ids(order="title") == [a, b, c]
    assert ids(order="-title") == [c, b, a]
    assert ids(exhibition="first") == [b, a]
    assert ids(category="hands") == [a]
    assert ids(department="chem") == [b]
    assert ids(search="kiln") == [b]
    assert ids(exhibition="nowhere") == []
    assert ids(order="title", limit=1, offset=1) == [b]
    assert read("exhibits/", {"limit": 1})["meta"] == {"total_count": 3}


@pytest.mark.parametrize("number", [1, 20])
def test_three_queries_however_many(db, number):
    edition, category, department = make_exhibition(), CategoryFactory(), DepartmentFactory()
    for _ in range(number):
        make_exhibit(edition, category=category, department=department)
    with only_public_tables() as statements:
        answer = Client().get("/api/v2/exhibits/?fields=*").json()
    assert (len(answer["items"]), len(statements)) == (number, 3)


@pytest.mark.parametrize("id", ["nope", "0", "%00", "x" * 500, "a-b", "é"])
def test_an_unknown_exhibit_is_404(db, id):
    assert get(f"exhibits/{id}/").status_code == 404


# --- What is not here, and what never breaks


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v2/",
        "/api/v2/images/",
        "/api/v2/images/1/",
        "/api/v2/documents/",
        "/api/v2/redirects/",
        "/api/v3/",
    ],
)
def test_nothing_else_is_mounted(db, path):
    assert Client().get(path).status_code == 404


REFUSED = [
    ("exhibits/", {"title": "x"}),
    ("exhibits/", {"exhibition": ""}),
    ("exhibits/", {"order": "random"}),
    ("exhibits/", {"order": "document"}),
    ("exhibits/", {"fields": "document"}),
    ("exhibits/", {"fields": "exhibition(title)"}),
    ("exhibits/", {"limit": "101"}),
    ("exhibits/", {"limit": "x"}),
    ("exhibits/", {"offset": "9" * 30}),
    ("exhibits/", {"search": "\x00"}),
    ("exhibits/", {"search": "x" * 600}),
    ("pages/", {"owner": "1"}),
    ("pages/", {"fields": "owner"}),
    ("pages/", {"fields": "a(" * 200}),
    ("pages/", {"offset": "9" * 30}),
    ("pages/", {"first_published_at": "yesterday"}),
    ("pages/", {"slug": "\x00"}),
    ("pages/", {"search": "\x00"}),
    ("pages/", {"type": "people.User"}),
    ("pages/", {"type": "gallery.Entry"}),
    ("pages/", {"child_of": "9" * 30}),
    ("pages/", {"site": "one.example"}),
    ("pages/", {"rich_text_format": "html"}),
    ("pages/", {"translation_of": "x"}),
]


@pytest.mark.parametrize(("path", "parameters"), REFUSED)
def test_what_cannot_be_is_refused(db, path, parameters):
    response = get(path, parameters)
    assert response.status_code == 400, response.content
    assert list(response.json()) == ["message"]


@pytest.mark.parametrize(
    "search", ["*", '"', "' OR 1=1", "a" * 400, "(", "&|!", "日本", "🦊", "NOT", "a* -b", "\\", '"a" b']
)
def test_no_search_breaks_it(home, search):
    make_page(home)
    make_exhibit(make_exhibition())
    assert get("pages/", {"search": search}).status_code == 200
    assert get("pages/", {"search": search, "search_operator": "or", "order": "title"}).status_code == 200
    assert get("exhibits/", {"search": search}).status_code == 200
    assert Client().get("/api/gallery/v1/exhibits/", {"q": search[:200]}).status_code == 200


ODD = ["", " ", "9" * 19, "9" * 40, "\x00", "\ud7ff", "😀" * 50, "a" * 499, "/exhibitions/", "../..", "2026-13-45"]
ODD += "0 1 -1 1.5 x é % ' \" * _ ( a(b , - -- true null NaN 2026-01-01 id -id title,title *,-title root".split()
ODD += ["home.HomePage", "and", "phrase", "/", "_,id"]


@pytest.mark.parametrize("seed", range(4))
def test_no_question_breaks_it(home, seed):
    """Never a 500, whatever is asked of whatever. An exception fails the test by itself."""
    chance = random.Random(seed)
    page, exhibit = make_page(home), make_exhibit(make_exhibition())
    names = [
        *PagesAPIViewSet.known_query_parameters,
        *ExhibitQuery.model_fields,
        "since",
        "id",
        "html_path",
        "slug",
    ]
    names += ["first_published_at", "opens_at", "year", "show_in_menus", "locale", "site", "format", "odd"]
    paths = ["v2/pages/", f"v2/pages/{page.pk}/", "v2/pages/find/", "v2/exhibits/", f"v2/exhibits/{exhibit.pk}/"]
    paths += [
        "gallery/v1/exhibits/",
        "gallery/v1/changes/",
        "gallery/v1/exhibitions/",
        f"gallery/v1/exhibits/{exhibit.pk}/",
    ]
    client = Client()
    for _ in range(150):
        parameters = {name: chance.choice(ODD) for name in chance.sample(names, chance.choice([1, 1, 2, 3]))}
        response = client.get(f"/api/{chance.choice(paths)}", parameters)
        assert response.status_code in {200, 302, 400, 404, 422}, parameters


@pytest.mark.parametrize("accept", ["text/html", "image/png", "*/*", "application/xml", "nonsense"])
def test_everybody_gets_json(home, accept):
    response = get("pages/", accept=accept)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")


@pytest.mark.parametrize(
    "path",
    ["pages/", "pages/1/", "pages/?zz=1", "pages/999999/", "pages/find/", "exhibits/zzzz/", "people/nobody/"],
)
def test_what_only_asks_for_the_head_gets_just_that(home, path):
    """Link checkers do, of whatever is there and of what is not."""
    asked, told = get(path), Client().head(f"/api/v2/{path}")
    assert asked.status_code == told.status_code
    assert (told["Content-Length"], told.content) == (str(len(asked.content)), b"")
