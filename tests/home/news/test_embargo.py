"""Under embargo an article is nowhere; at its minute it is everywhere; the press reads it before."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from cms.jobs.periodic import tend
from home.news.models import ArticlePage
from tests.factories.news import make_article
from tests.factories.people import UserFactory, editor
from tests.strangers import body

pytestmark = pytest.mark.django_db

SECRET = "Zanzibarium"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def release() -> dt.datetime:
    return (timezone.now() + HOUR).replace(second=0, microsecond=0)


@pytest.fixture
def held(release: dt.datetime) -> ArticlePage:
    """Published by an editor with an embargo, beside an open article that shares its tag."""
    make_article(title="Open", slug="open", tags=("metals",), tier="feature")
    return make_article(
        title=f"{SECRET} is found",
        slug="held",
        standfirst=f"{SECRET} at last.",
        kind="press-release",
        tier="feature",
        tags=("metals",),
        embargo_until=release,
        date=timezone.localdate(),
        body=[("paragraph", f"<p>{SECRET} hums.</p>")],
        notes_for_editors=f"{SECRET} is rare.",
        by=editor(),
    )


def channels(page: ArticlePage) -> list[str]:
    return [
        "/news/held/",
        "/news/",
        "/news/?tag=metals",
        "/news/?kind=press-release",
        "/news/open/",
        "/",
        "/search/?q=hums",
        "/feeds/all.rss",
        "/feeds/news.atom",
        "/feeds/news/feature.json",
        "/api/v2/pages/?fields=*",
        "/api/v2/pages/?type=news.ArticlePage&fields=*",
        "/api/v2/pages/?search=hums",
        f"/api/v2/pages/{page.pk}/",
        f"/api/v2/pages/find/?html_path=/news/{page.slug}/",
    ]


def told(client: Client, address: str) -> bool:
    return SECRET in body(client.get(address, follow=True)).decode()


def an_hour_passes(page: ArticlePage) -> None:
    """Every moment stored for the article lies an hour earlier."""
    for revision in Revision.objects.for_instance(page):
        moment = dt.datetime.fromisoformat(revision.content["embargo_until"]) - HOUR
        content = revision.content | {"embargo_until": moment.isoformat(), "go_live_at": moment.isoformat()}
        revision.content = json.loads(json.dumps(content))
        if revision.approved_go_live_at:
            revision.approved_go_live_at -= HOUR
        revision.save()
    ArticlePage.objects.filter(pk=page.pk).update(
        embargo_until=page.embargo_until - HOUR, go_live_at=page.embargo_until - HOUR
    )


def test_until_its_minute_it_is_nowhere_and_then_everywhere(client: Client, held: ArticlePage, work) -> None:
    work()  # the search index
    before = {address: told(client, address) for address in channels(held)}
    assert not any(before.values()), before
    assert client.get("/news/held/").status_code == 404
    assert tend()["pages by timetable"] == 0

    an_hour_passes(held)
    assert tend()["pages by timetable"] == 1
    work()
    assert [address for address in channels(held) if not told(client, address)] == []
    assert client.get("/news/held/").status_code == 200


def test_even_a_live_one_is_withheld_until_the_very_minute(
    client: Client, held: ArticlePage, release: dt.datetime, work
) -> None:
    """Whatever made it live: an import, a command, a mistake."""
    ArticlePage.objects.filter(pk=held.pk).update(live=True)
    work()
    assert not any(told(client, address) for address in channels(held))
    minute = dt.timedelta(minutes=1)
    shown = {moment: held in ArticlePage.objects.shown(moment) for moment in (release - minute, release)}
    assert shown == {release - minute: False, release: True}


def test_the_press_reads_it_before_and_nobody_else_does(held: ArticlePage) -> None:
    stranger, photographer, press = Client(), Client(), Client()
    photographer.force_login(UserFactory())
    press.force_login(UserFactory(groups=["Press"]))
    for address in ("/desk/press/", f"/desk/press/{held.pk}/"):
        answers = [client.get(address) for client in (stranger, photographer, press)]
        assert [answer.status_code for answer in answers] == [302, 404, 200]
        assert [SECRET in answer.content.decode() for answer in answers] == [False, False, True]
        assert answers[2]["Cache-Control"] == "no-store, private"
    assert press.get("/news/held/").status_code == 404


def test_the_press_sees_nothing_an_editor_has_not_approved(held: ArticlePage) -> None:
    draft = make_article(title="Draft", embargo_until=held.embargo_until, publish=False)
    press = Client()
    press.force_login(UserFactory(groups=["Press"]))
    assert "Draft" not in press.get("/desk/press/").content.decode()
    assert press.get(f"/desk/press/{draft.pk}/").status_code == 404


def test_moving_the_embargo_moves_the_release_and_lifting_it_lifts_it(
    held: ArticlePage, release: dt.datetime
) -> None:
    page = held.get_latest_revision_as_object()
    page.embargo_until = release + HOUR
    page.save_revision().publish()
    held = ArticlePage.objects.get(pk=held.pk)
    assert held.get_latest_revision().approved_go_live_at == release + HOUR
    page = held.get_latest_revision_as_object()
    page.embargo_until = None
    page.save_revision().publish()
    held.refresh_from_db()
    assert (held.live, held.go_live_at) == (True, None)
