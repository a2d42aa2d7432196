"""Articles: what the list, the page and the API show of them."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.news.models import ArticlePage, NewsIndexPage
from home.topics.models import Theme
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.news import make_article
from tests.factories.people import DepartmentFactory, TechnicianFactory

pytestmark = pytest.mark.django_db


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def titles(client: Client, query: str = "") -> list[str]:
    context = client.get(f"/news/{query}").context
    return [page.title for page in ([context["lead"]] if context["lead"] else []) + context["articles"]]


def in_api(client: Client, page: ArticlePage) -> dict:
    return client.get(f"/api/v2/pages/{page.pk}/").json()


def test_one_list_shows_every_kind_and_says_which_in_words(client: Client) -> None:
    for kind in ("news", "interview", "press-release"):
        make_article(kind=kind)
    text = shown(client, "/news/")
    for words in ("News", "Interview", "Press release"):
        assert f'<span class="story-kind">{words}</span>' in text
    assert text.count('<li class="story ') == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Third", "Second", "First"]),
        ("?kind=interview", ["Second"]),
        ("?tier=voices", ["Second"]),
        ("?tag=careers", ["Third", "First"]),
        ("?theme=visibility", ["First"]),
        ("?department=glass", ["First"]),
        ("?kind=news&tag=careers", ["Third", "First"]),
        ("?kind=interview&tag=careers", []),
        ("?kind=nonsense", []),
    ],
)
def test_filters_are_links_that_find_what_they_say(client: Client, query: str, found: list[str]) -> None:
    theme = Theme.objects.get_or_create(slug="visibility", defaults={"name": "Visibility"})[0]
    first = make_article(title="First", tags=("careers",))
    first.themes.add(theme)
    first.departments.add(DepartmentFactory(slug="glass"))
    first.save_revision().publish()
    make_article(title="Second", kind="interview", tier="voices")
    make_article(title="Third", tags=("careers",))
    assert titles(client, query) == found


def test_each_choice_says_how_many_it_leaves_beside_the_others(client: Client) -> None:
    make_article(kind="news", tags=("careers",))
    make_article(kind="news")
    make_article(kind="interview", tags=("careers",))
    kinds = client.get("/news/?tag=careers").context["kinds"]["choices"]
    assert [(choice.name, choice.count, choice.address) for choice in kinds] == [
        ("All", None, "?tag=careers"),
        ("News", 1, "?tag=careers&kind=news"),
        ("Interview", 1, "?tag=careers&kind=interview"),
    ]


def test_the_list_comes_in_pages_of_twelve(client: Client) -> None:
    for number in range(14):
        make_article(title=f"Story {number:02}")
    assert titles(client) == [f"Story {number:02}" for number in range(13, 1, -1)]
    assert titles(client, "?page=2") == ["Story 01", "Story 00"]
    assert 'rel="next" href="?page=2"' in shown(client, "/news/")
    assert 'rel="prev" href="?"' in shown(client, "/news/?page=2")


def test_the_newest_main_feature_leads(client: Client) -> None:
    make_article(title="Feature", tier="feature")
    news = make_article(title="Later news")
    assert titles(client) == ["Feature", "Later news"]
    assert [page.title for page in ArticlePage.objects.shown().features_first()] == ["Feature", "Later news"]
    news.tier = "feature"
    news.save_revision().publish()
    assert [page.title for page in ArticlePage.objects.shown().features_first()] == ["Later news", "Feature"]


def test_an_article_says_who_wrote_it_and_leads_to_their_profile(client: Client) -> None:
    technician = TechnicianFactory(name="Rhodri Penhallow", slug="rhodri", profile_public=True)
    page = make_article(author_id="rhodri")
    assert '<a rel="author" href="/people/rhodri/">Rhodri Penhallow</a>' in shown(client, page.url)
    technician.profile_public = False
    technician.save()
    text = shown(client, page.url)
    assert "Rhodri" not in text
    assert "Rhodri" not in str(in_api(client, page))


def test_words_and_pictures_have_licences_of_their_own(client: Client) -> None:
    page = make_article(byline="The press desk")
    text = shown(client, page.url)
    licence = "https://creativecommons.org/licenses/by-nc-sa/4.0/"
    assert f'<a rel="license" href="{licence}">CC BY-NC-SA 4.0</a>' in text
    assert "Pictures: see each credit." in text
    told = in_api(client, page)
    assert told["licence"] == {"code": "cc-by-nc-sa-4.0", "label": "CC BY-NC-SA 4.0", "url": licence}
    assert told["pictures_licence"] == "See the credit and licence of each picture."
    assert told["canonical_url"] == f"http://testserver{page.address}".replace("http://testserver", _base())
    assert told["exclusive"] is False


def _base() -> str:
    from django.conf import settings

    return settings.BASE_URL


def test_the_plain_text_holds_no_description_of_a_picture_and_no_glued_words(client: Client) -> None:
    exhibit = make_exhibit(make_exhibition(), alt_text="SECRET-ALT of the picture", caption="SECRET-CAPTION")
    page = make_article(
        standfirst="The standfirst.",
        lead_picture=[("exhibit", exhibit)],
        body=[
            ("paragraph", "<p>One.</p><ul><li>Two</li><li>Three</li></ul>"),
            ("exhibit", exhibit),
            ("heading", "Four"),
            ("quote", {"text": "Five", "speaker": "Six", "post": ""}),
            (
                "call_to_action",
                {"words": "Come.", "button": "Book", "page": NewsIndexPage.objects.get(), "address": ""},
            ),
        ],
    )
    told = in_api(client, page)
    expected = f"The standfirst.\n\nOne.\nTwo\nThree\n\nFour\n\n“Five”\nSix\n\nCome.\nBook: {_base()}/news/"
    assert told["text"] == expected
    assert "SECRET-ALT" in str(told["body"])


def test_links_in_the_api_work_on_any_site(client: Client) -> None:
    index = NewsIndexPage.objects.get()
    page = make_article(body=[("paragraph", f'<p><a linktype="page" id="{index.pk}">See</a></p>')])
    assert in_api(client, page)["body"][0]["value"]["html"] == f'<p><a href="{_base()}/news/">See</a></p>'


def test_a_share_card_shows_the_lead_picture_unless_other_sites_may_not(client: Client) -> None:
    edition = make_exhibition()
    shared = make_article(lead_picture=[("exhibit", make_exhibit(edition, alt_text="A flask."))])
    ours = make_article(lead_picture=[("exhibit", make_exhibit(edition, is_shared=False))])
    text = shown(client, shared.url)
    assert f'property="og:image" content="{_base()}/media/exhibits/x/1024.jpg"' in text
    assert '"@type": "NewsArticle"' in text
    assert "og:image" not in shown(client, ours.url)
    assert "<picture>" in shown(client, ours.url)


def test_a_withdrawn_photograph_leaves_its_article(client: Client) -> None:
    exhibit = make_exhibit(make_exhibition(), title="Four Necks")
    page = make_article(lead_picture=[("exhibit", exhibit)])
    assert "Four Necks" in shown(client, page.url)
    exhibit.delete()
    assert "Four Necks" not in shown(client, page.url)
    assert "<picture>" not in shown(client, "/news/")


def test_three_related_articles_chosen_ones_first_then_shared_tags() -> None:
    one = make_article(title="One tag", tags=("a",))
    two = make_article(title="Two tags", tags=("a", "b"))
    make_article(title="Older, one tag", tags=("a",), date=dt.date(2020, 1, 1))
    chosen = make_article(title="Chosen")
    make_article(title="Nothing shared")
    make_article(title="Unpublished", tags=("a", "b"), publish=False)
    make_article(title="Embargoed", tags=("a", "b"), embargo_until=timezone.now() + dt.timedelta(days=1))
    page = make_article(tags=("a", "b"), chosen_related=[("article", chosen)])
    assert [near.title for near in page.related()] == ["Chosen", "Two tags", "One tag"]
    one.unpublish()
    assert [near.title for near in page.related()] == ["Chosen", "Two tags", "Older, one tag"]
    two.unpublish()
    chosen.unpublish()
    assert [near.title for near in page.related()] == ["Older, one tag"]


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_three_articles_cost_as_much_as_one(client: Client) -> None:
    edition = make_exhibition()

    def illustrated() -> ArticlePage:
        return make_article(tags=("a",), lead_picture=[("exhibit", make_exhibit(edition))], tier="feature")

    first = illustrated()
    illustrated()
    listed, single = queries(client, "/news/"), queries(client, first.url)
    illustrated()
    illustrated()
    assert (queries(client, "/news/"), queries(client, first.url)) == (listed, single) == (14, 16)
