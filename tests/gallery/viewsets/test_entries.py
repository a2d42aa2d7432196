"""The list, the dashboard, the private files, and the stock screens that lead to them."""

import datetime as dt
import io

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from cms.people.models import User
from gallery.enums import Decision
from gallery.models.entries import Entry
from gallery.models.reviews import ReviewDecision
from gallery.services import reviews
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory, administrator, curator, editor, moderator
from tests.strangers import body

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/gallery/entry/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def status(client: Client, address: str) -> int:
    answer = client.get(address)
    body(answer)  # a streamed file is open until it was read
    return answer.status_code


def sent_days_ago(entry: Entry, days: float) -> Entry:
    moment = timezone.now() - dt.timedelta(days=days)
    ReviewDecision.objects.filter(entry=entry, decision=Decision.SUBMITTED).update(at=moment)
    return entry


def titles(client: Client, query: str = "") -> list[str]:
    return [str(entry) for entry in client.get(LIST + query).context["object_list"]]


def test_the_longest_waiting_stands_first():
    exhibition = make_exhibition(entries_per_person=9)
    make_entry("hung", title="On the wall", exhibition=exhibition)
    sent_days_ago(make_entry("on-hold", title="On hold", exhibition=exhibition), 20)
    sent_days_ago(make_entry("in-review", title="Yesterday", exhibition=exhibition), 1)
    sent_days_ago(make_entry("in-review", title="Last week", exhibition=exhibition), 8)
    make_entry("draft", title="A draft", exhibition=exhibition)
    client = signed_in(moderator())
    assert titles(client) == ["Last week", "Yesterday", "On hold", "On the wall"]
    page = client.get(LIST).content.decode()
    assert "8 days" in page
    assert "overdue" in page
    assert titles(client, "?ordering=-title") == ["Yesterday", "On the wall", "On hold", "Last week"]


def test_it_can_be_searched_and_filtered():
    ann, bo = UserFactory(name="Ann Okafor"), UserFactory(name="Bo Lindqvist")
    one, two = make_exhibition(), make_exhibition()
    wax = make_entry("in-review", title="The Ribbon of Wax", photographer=ann, exhibition=one)
    make_entry("approved", title="Four Necks", photographer=bo, exhibition=two)
    make_entry("draft", title="Wax, unfinished", photographer=bo, exhibition=two)
    client = signed_in(moderator())
    for query, found in {
        "?q=wax": ["The Ribbon of Wax"],
        "?q=lindq": ["Four Necks"],
        "?state=approved": ["Four Necks"],
        "?state=approved&state=in-review": ["The Ribbon of Wax", "Four Necks"],
        f"?exhibition={two.pk}": ["Four Necks"],
        f"?category={wax.category_id}": ["The Ribbon of Wax"],
        "?q=nothing": [],
    }.items():
        assert titles(client, query) == found, query
    assert "Ribbon" in client.get(LIST + "results/?q=wax").content.decode()


def test_curators_are_shown_what_is_cleared():
    for state in ("draft", "in-review", "on-hold", "changes-asked", "refused", "withdrawn"):
        make_entry(state, title=f"Uncleared {state}")
    make_entry("approved", title="Cleared")
    make_entry("hung", title="Hung")
    assert sorted(titles(signed_in(curator()))) == ["Cleared", "Hung"]
    assert len(titles(signed_in(moderator()))) == 7
    assert len(titles(signed_in(administrator()))) == 7


def test_the_list_takes_the_same_queries_for_one_and_three(work):
    client = signed_in(moderator())
    make_entry("in-review")
    work()
    client.get(LIST)  # content types and the like are remembered

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    one = queries()
    make_entry("in-review")
    make_entry("approved")
    work()
    assert (one, queries()) == (20, 20)


def test_menu_and_dashboard_are_for_those_concerned(work):
    sent_days_ago(make_entry("in-review", title="The Ribbon of Wax"), 3.2)
    make_entry("in-review", title="Four Necks")
    make_entry("on-hold")
    make_entry("approved", exhibition=make_exhibition(hang="by-curator"))
    make_entry("hung")
    work()
    words = {
        name: signed_in(user).get("/admin/").content.decode()
        for name, user in {
            "moderator": moderator(),
            "curator": curator(),
            "editor": editor(),
            "administrator": administrator(),
        }.items()
    }
    for name in ("moderator", "administrator"):
        flat = " ".join(words[name].split())
        assert "<strong>2</strong> <span>waiting, oldest 3 days</span>" in flat
        assert "<strong>1</strong> <span>on hold</span>" in flat
        assert "<strong>1</strong> <span>approved, to be hung</span>" in flat
        assert "Awaiting your review" not in flat
        assert "The Ribbon of Wax" in flat
    flat = " ".join(words["curator"].split())
    assert "<strong>1</strong> <span>approved, to be hung</span>" in flat
    assert "The Ribbon of Wax" not in flat
    assert "<span>waiting" not in flat
    assert "photo-count" not in words["editor"]
    assert "The Ribbon of Wax" not in words["editor"]
    for name, page in words.items():
        assert ("/admin/snippets/gallery/entry/" in page) is (name != "editor"), name


def test_a_moderator_with_nothing_to_do_is_told_so():
    page = signed_in(moderator()).get("/admin/").content.decode()
    assert "Nothing is waiting for you. Enjoy the quiet." in page


def test_the_private_files_of_an_entry(work):
    entry = make_entry("in-review")
    work()
    client = signed_in(moderator())
    picture = client.get(f"{LIST}picture/{entry.pk}/")
    assert picture["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(body(picture))).size == (120, 80)
    thumbnail = client.get(f"{LIST}thumbnail/{entry.pk}/")
    assert Image.open(io.BytesIO(thumbnail.content)).size == (120, 80)
    original = client.get(f"{LIST}original/{entry.pk}/")
    assert original["Content-Disposition"] == 'attachment; filename="IMG_0001.jpg"'
    with entry.master.file.open() as file:
        assert body(original) == file.read()
    for answer in (picture, thumbnail, original):
        assert answer["Cache-Control"].startswith("no-store, private")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("what", ["picture", "thumbnail", "original"])
def test_private_files_are_for_those_who_see_the_entry(what, work):
    waiting, draft, approved = make_entry("in-review"), make_entry("draft"), make_entry("approved")
    Entry.objects.filter(pk=approved.pk).update(hang_asked_at=None)
    work()

    def answers(user: User) -> list[int]:
        client = signed_in(user)
        return [status(client, f"{LIST}{what}/{entry.pk}/") for entry in (waiting, draft, approved)]

    assert answers(moderator()) == [200, 404, 200]
    assert answers(administrator()) == [200, 404, 200]
    assert answers(curator()) == [404, 404, 200]
    assert answers(editor()) == [404, 404, 404]
    assert answers(UserFactory()) == [403, 403, 403]
    assert answers(waiting.photographer) == [403, 403, 403]
    assert Client().get(f"{LIST}{what}/{waiting.pk}/").status_code == 302


def test_before_the_preview_is_made_the_page_says_so():
    entry = make_entry("in-review")
    client = signed_in(moderator())
    assert client.get(f"{LIST}picture/{entry.pk}/").status_code == 404
    assert client.get(f"{LIST}thumbnail/{entry.pk}/").status_code == 404
    page = client.get(f"{LIST}edit/{entry.pk}/").content.decode()
    assert "The picture is being prepared. Please look again in a minute." in page


@pytest.mark.parametrize("make", [moderator, curator, editor, administrator])
def test_stock_screens_that_name_entries_work_and_keep_them(make):
    make_entry("changes-asked", title="Quartz Under Polars")
    sent_again = make_entry("in-review", title="Quartz Under Polars")
    reviews.describe(entry=sent_again, by=moderator(), fields={"tags": ["quartz"]}, now=timezone.now())
    client = signed_in(make())
    entry = sent_again
    addresses = [
        "/admin/",
        "/admin/reports/workflow/",
        "/admin/reports/workflow_tasks/",
        "/admin/reports/site-history/",
        "/admin/reports/locked/",
        "/admin/reports/aging-pages/",
        "/admin/snippets/",
        "/admin/workflows/list/",
        "/admin/workflows/tasks/index/",
        f"/admin/snippets/gallery/category/usage/{entry.category_id}/",
        f"/admin/snippets/people/department/usage/{entry.department_id}/",
        f"/admin/snippets/gallery/category/delete/{entry.category_id}/",
        "/admin/account/",
        "/admin/pages/search/?q=quartz",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in (200, 302, 404), address
        if make in (curator, editor):
            assert "Quartz Under Polars" not in answer.content.decode(), address


def test_a_category_in_use_is_not_deleted(work):
    entry = make_entry("approved")
    work()
    client = signed_in(administrator())
    client.post(f"/admin/snippets/gallery/category/delete/{entry.category_id}/")
    assert Entry.objects.get(pk=entry.pk).category_id == entry.category_id


KEPT_BY_EDITORS = ("department", "rolefamily", "technician")


@pytest.mark.parametrize(
    ("name", "permissions"),
    [
        ("Moderators", {"wagtailadmin.access_admin"}),
        ("Curators", {"wagtailadmin.access_admin", "gallery.hang_entry", "people.view_technician"}),
        (
            "Editors",
            {"wagtailadmin.access_admin", "news.see_embargoed"}
            | {f"people.{act}_{what}" for act in ("add", "change", "view") for what in KEPT_BY_EDITORS}
            | {f"technicians.{act}_facility" for act in ("add", "change", "delete", "view")},
        ),
    ],
)
def test_groups_hold_the_least_that_works(name, permissions):
    assert UserFactory(groups=[name]).get_all_permissions() == permissions
    group = Group.objects.get(name=name)
    pages = group.page_permissions.count()
    assert pages == (3 if name == "Editors" else 0)


@pytest.mark.parametrize("make", [moderator, curator])
def test_those_who_review_do_not_reach_pages_or_people(make):
    client = signed_in(make())
    home = make_exhibition().get_parent().get_parent()
    for address in (
        f"/admin/pages/{home.pk}/edit/",
        f"/admin/pages/{home.pk}/",
        f"/admin/pages/add/home/standardpage/{home.pk}/",
        f"/admin/pages/{home.pk}/delete/",
        "/admin/users/",
        "/admin/groups/",
        "/admin/images/",
        "/admin/settings/core/portalsettings/",
        "/admin/snippets/gallery/category/",
    ):
        assert client.get(address).status_code == 404, address
