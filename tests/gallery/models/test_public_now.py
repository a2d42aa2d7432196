"""One rule says whether an edition is public now; every output, and every file, follows it there and back."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction

from cms.changes.models import KindVersion
from cms.jobs.periodic import tend
from gallery.desk.status import explain_status
from gallery.enums import EXHIBIT, EntryState
from gallery.models.entries import Entry
from gallery.models.exhibitions import ExhibitionIndexPage, ExhibitionPage
from gallery.models.exhibits import Exhibit
from gallery.models.reviews import ReviewDecision
from gallery.services import reviews
from home.pages.models import HomePage, StandardPage
from home.technicians.models import DepartmentsPage, PeoplePage
from tests.factories.commitment import ThemeFactory, make_theme_page
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.news import make_article
from tests.factories.people import DepartmentFactory, TechnicianFactory, administrator, moderator
from tests.factories.photos import jpeg
from tests.factories.portal import make_departments_page, make_people_page, make_story
from tests.strangers import body

pytestmark = pytest.mark.django_db

TITLE = "A rare orrery"


# --- Ways in which an edition stops being public, and is public again


def unpublish(edition: ExhibitionPage) -> None:
    UnpublishPageAction(edition).execute(skip_permission_checks=True)


def unpublish_with_parent(edition: ExhibitionPage) -> None:
    action = UnpublishPageAction(edition.get_parent(), include_descendants=True, user=administrator())
    action.execute(skip_permission_checks=True)


def end(edition: ExhibitionPage) -> None:
    ExhibitionPage.objects.filter(pk=edition.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    assert tend()["pages by timetable"] == 1


def publish(edition: ExhibitionPage) -> None:
    for page in (edition.get_parent().specific, edition):
        page.expire_at = None
        PublishRevisionAction(page.save_revision()).execute(skip_permission_checks=True)


def restrict(page: Page, kind: str) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="open-sesame")


def make_private(edition: ExhibitionPage) -> None:
    restrict(edition, PageViewRestriction.PASSWORD)


def make_parent_private(edition: ExhibitionPage) -> None:
    restrict(edition.get_parent(), PageViewRestriction.LOGIN)


def make_home_private(edition: ExhibitionPage) -> None:
    restrict(HomePage.objects.get(), PageViewRestriction.GROUPS)


def make_private_unheard(edition: ExhibitionPage) -> None:
    """As a script might, without anybody being told: the timer finds it."""
    restriction = PageViewRestriction(page=edition, restriction_type=PageViewRestriction.LOGIN)
    PageViewRestriction.objects.bulk_create([restriction])
    tend()


def move_below_private(edition: ExhibitionPage) -> None:
    closed = HomePage.objects.get().add_child(instance=StandardPage(title="Staff only", slug="staff-only"))
    restrict(closed, PageViewRestriction.LOGIN)
    edition.get_parent().move(closed, pos="last-child")


def open_again(edition: ExhibitionPage) -> None:
    for restriction in PageViewRestriction.objects.all():
        restriction.delete()


def move_back(edition: ExhibitionPage) -> None:
    edition.get_parent().move(HomePage.objects.get(), pos="last-child")


WAYS: list[tuple[Callable, Callable]] = [
    (unpublish, publish),
    (unpublish_with_parent, publish),
    (end, publish),
    (make_private, open_again),
    (make_parent_private, open_again),
    (make_home_private, open_again),
    (make_private_unheard, open_again),
    (move_below_private, move_back),
]


# --- Everything that shows a photograph


def make_outputs(exhibit: Exhibit) -> dict[str, str]:
    """By address, what stands there while the photograph is public."""
    key, link = exhibit.pk, exhibit.path
    article = make_article(body=[("exhibit", exhibit)], lead_picture=[("exhibit", exhibit)])
    theme = make_theme_page(ThemeFactory(), photographs=[("exhibit", exhibit)])
    story = make_story(body=[("exhibit", exhibit)])
    for page in (make_departments_page, make_people_page):
        page()
    edition = exhibit.exhibition.slug
    file = exhibit.sources.best_jpeg()["key"]
    api, feeds = "/api/gallery/v1", "/feeds"
    listings = {
        link: TITLE,
        "/": link,
        "/exhibitions/": f"exhibits/{key}/",
        f"/exhibitions/{edition}/": link,
        f"/exhibitions/{edition}/slideshow/": key,
        f"/exhibitions/{edition}/slideshow/photographs.json": key,
        f"/exhibitions/{edition}/slideshow/{key}.svg": "<svg",
        article.url: link,
        "/news/": f"exhibits/{key}/",
        theme.url: link,
        story.url: link,
        f"/people/{exhibit.photographer_slug}/": link,
        f"/departments/{exhibit.department.slug}/": link,
        f"{api}/exhibits/": key,
        f"{api}/exhibits/?exhibition={edition}": key,
        f"{api}/exhibits/{key}/": key,
        f"{api}/exhibitions/": key,
        f"{api}/exhibitions/{edition}/": key,
        "/api/v2/exhibits/": key,
        f"/api/v2/exhibits/{key}/": key,
        f"/api/v2/pages/{article.pk}/": key,
        f"/api/v2/people/{exhibit.photographer_slug}/": key,
        "/search/?q=orrery": link,
        "/search/?q=orrrery": "orrery",
        "/sitemap-photographs-1.xml": key,
        f"/media/{file}": "JFIF",
    }
    paths = ["all", "photographs", f"exhibition/{edition}", f"category/{exhibit.category.slug}"]
    paths.append(f"department/{exhibit.department.slug}")
    return listings | {f"{feeds}/{path}.{ending}": key for path in paths for ending in ("rss", "atom", "json")}


def saying(outputs: dict[str, str]) -> list[str]:
    client = Client()
    answers = {path: client.get(path) for path in outputs}
    return [
        path
        for path, said in outputs.items()
        if said in body(answers[path]).decode(errors="replace") and answers[path].status_code == 200
    ]


def said_of(key: str) -> list[str]:
    items = Client().get("/api/gallery/v1/changes/").json()["items"]
    return [item["kind"] for item in items if item["id"] == key]


@pytest.mark.parametrize(
    ("stop", "start"), [WAYS[0], *(pytest.param(*way, marks=pytest.mark.drama) for way in WAYS[1:])]
)
def test_an_edition_takes_its_photographs_along_and_brings_them_back(stop, start, work):
    department = DepartmentFactory()
    technician = TechnicianFactory(department=department, profile_public=True)
    entry = make_entry(
        exhibition=make_exhibition(slug="here"),
        photographer=technician.user,
        photo=jpeg(),
        title=TITLE,
        department=department,
    )
    hung = Exhibit.objects.get()
    outputs = make_outputs(hung)
    assert saying(outputs) == list(outputs)
    work()
    mail.outbox.clear()
    lists = ["/api/gallery/v1/exhibits/", "/api/gallery/v1/exhibitions/", "/api/gallery/v1/changes/"]
    tags = {path: Client().get(path)["ETag"] for path in lists}

    stop(ExhibitionPage.objects.get(slug="here"))
    work()
    assert saying(outputs) == []
    assert (Exhibit.objects.count(), said_of(hung.pk)) == (0, ["upsert", "removed"])
    assert Client().get("/api/gallery/v1/exhibits/").json()["count"] == 0
    assert KindVersion.objects.get(kind=EXHIBIT).totals[""] == 0
    for path, tag in tags.items():
        assert Client().get(path, headers={"If-None-Match": tag}).status_code == 200
    entry.refresh_from_db()
    assert (entry.state, entry.media) == (EntryState.APPROVED, "")

    start(ExhibitionPage.objects.get(slug="here"))
    tend()
    work()
    (again,) = Exhibit.objects.all()
    assert (again.path, again.hung_at, said_of(hung.pk)) == (
        hung.path,
        hung.hung_at,
        ["upsert", "removed", "upsert"],
    )
    file = {path for path in outputs if path.startswith("/media/")}
    assert set(outputs) - set(saying(outputs)) == file  # its new one has another name
    assert saying({f"/media/{again.sources.best_jpeg()['key']}": "JFIF"})
    assert mail.outbox == []  # nobody decided anything about the photograph
    assert ReviewDecision.objects.of(entry).filter(decision="hung").count() == 1


def test_no_moment_passes_between_the_page_and_its_photographs():
    """Before the timer has found out: no list shows what hangs in an edition that is not public."""
    exhibit = make_exhibit(make_exhibition(slug="here"))
    ExhibitionPage.objects.update(live=False)
    assert (Exhibit.objects.count(), Exhibit.objects.on_wall().count()) == (1, 0)
    assert Client().get(exhibit.path).status_code == 404
    tend()
    assert Exhibit.objects.count() == 0


def test_what_is_approved_for_a_private_edition_waits_for_it():
    edition = make_exhibition(hang="on-approval")
    entry = make_entry("in-review", exhibition=edition)
    ExhibitionPage.objects.filter(pk=edition.pk).update(live=False)
    reviews.approve(entry=entry, by=moderator(), reason="Everything is cleared.", now=timezone.now())
    tend()
    assert Exhibit.objects.count() == 0
    ExhibitionPage.objects.filter(pk=edition.pk).update(live=True)
    tend()
    assert Exhibit.objects.get().pk == entry.public_id


def test_closing_and_opening_ask_no_more_for_six_photographs_than_for_two():
    def queries(change) -> int:
        with CaptureQueriesContext(connection) as asked:
            change(ExhibitionPage.objects.get(slug="here"))
        return len(asked)

    exhibition, counted = make_exhibition(slug="here"), []
    for number in (1, 1, 4):
        for _ in range(number):
            entry = make_entry(exhibition=exhibition)
            Entry.objects.filter(pk=entry.pk).update(hang_asked_at=F("hung_at"))
        counted.append((queries(unpublish), Exhibit.objects.count(), queries(publish)))
        tend()
        DBTaskResult.objects.all().delete()
    assert counted[1] == counted[2]
    assert Exhibit.objects.count() == 6


def test_what_a_curator_took_down_does_not_come_back_by_itself():
    entry = make_entry(exhibition=make_exhibition(slug="here"))
    Entry.objects.update(hang_asked_at=F("hung_at"))
    unpublish(ExhibitionPage.objects.get(slug="here"))
    Entry.objects.filter(pk=entry.pk).update(hang_asked_at=None)
    publish(ExhibitionPage.objects.get(slug="here"))
    tend()
    assert Exhibit.objects.count() == 0


@pytest.mark.parametrize("page", [HomePage, ExhibitionIndexPage, ExhibitionPage, PeoplePage, DepartmentsPage])
def test_no_editor_can_put_a_password_above_what_is_shown_elsewhere_too(client, page):
    make_exhibition()
    make_people_page()
    make_departments_page()
    client.force_login(administrator())
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.objects.get().pk])
    client.post(address, {"restriction_type": "password", "password": "open-sesame"})
    assert PageViewRestriction.objects.count() == 0


def test_its_photographer_reads_that_it_comes_back():
    entry = make_entry(exhibition=make_exhibition(slug="here"), photo=jpeg())
    unpublish(ExhibitionPage.objects.get(slug="here"))
    entry = Entry.objects.get(pk=entry.pk)
    assert "on the wall again as soon as" in explain_status(entry, now=timezone.now()).remedy
