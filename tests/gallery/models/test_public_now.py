"""One rule says whether an exhibit is public now, and every output asks it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import PageViewRestriction

from cms.changes.models import KindVersion
from cms.jobs.periodic import tend
from gallery.enums import EXHIBIT, EXHIBITION
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import administrator

pytestmark = pytest.mark.django_db


def unpublish(edition: ExhibitionPage) -> None:
    UnpublishPageAction(edition).execute(skip_permission_checks=True)


def unpublish_parent(edition: ExhibitionPage) -> None:
    action = UnpublishPageAction(edition.get_parent(), include_descendants=True, user=administrator())
    action.execute(skip_permission_checks=True)


def end(edition: ExhibitionPage) -> None:
    ExhibitionPage.objects.filter(pk=edition.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    assert tend()["pages by timetable"] == 1


def make_private(edition: ExhibitionPage) -> None:
    PageViewRestriction.objects.create(
        page=edition, restriction_type=PageViewRestriction.PASSWORD, password="open-sesame"
    )


def make_parent_private(edition: ExhibitionPage) -> None:
    PageViewRestriction.objects.create(page=edition.get_parent(), restriction_type=PageViewRestriction.LOGIN)


WAYS = [unpublish, unpublish_parent, end, make_private, make_parent_private]


@pytest.mark.parametrize("stop", WAYS)
def test_an_edition_that_stops_being_public_takes_its_exhibits_along(stop):
    exhibit = make_exhibit(make_exhibition(slug="here"), title="A rare orrery", photographer_slug="jo")
    client = Client()
    outputs = {
        exhibit.path: "A rare orrery",
        "/": exhibit.path,
        "/api/gallery/v1/exhibits/": exhibit.public_id,
        f"/api/gallery/v1/exhibits/{exhibit.public_id}/": exhibit.public_id,
        "/api/v2/exhibits/": exhibit.public_id,
        "/search/?q=orrery": exhibit.path,
        "/sitemap-photographs-1.xml": exhibit.public_id,
        "/exhibitions/here/slideshow/": exhibit.public_id,
    }
    before = {path: said in client.get(path).content.decode() for path, said in outputs.items()}
    tag = client.get("/api/gallery/v1/exhibits/")["ETag"]
    stop(ExhibitionPage.objects.get(slug="here"))
    assert (Exhibit.objects.count(), Exhibit.objects.on_wall().count()) == (1, 0)
    assert [path for path, said in outputs.items() if said in client.get(path).content.decode()] == []
    assert all(before.values()), before
    assert client.get("/api/gallery/v1/exhibits/", headers={"If-None-Match": tag}).status_code == 200
    assert client.get("/api/gallery/v1/exhibits/").json()["count"] == 0
    assert {version.kind for version in KindVersion.objects.all()} == {EXHIBIT, EXHIBITION}
