"""Days and hours are those of our own clocks, whoever asks and wherever the moment was written."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.core.date_ranges import deadline_in_words, in_words, opening_in_words
from gallery.services import documents, entries, entry_rules
from home.news.models import ArticlePage
from home.pages.models import HomePage, StandardPage
from tests.factories.entries import make_entry
from tests.factories.events import at, make_event, make_event_index
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.news import make_article
from tests.factories.people import UserFactory, administrator

pytestmark = pytest.mark.django_db

#: The first minute of 1 June 2027 in London, which is still May in UTC.
MIDNIGHT = dt.datetime(2027, 5, 31, 23, tzinfo=dt.UTC)


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_moments_in_words() -> None:
    assert opening_in_words(MIDNIGHT) == "1 June 2027"
    assert opening_in_words(MIDNIGHT + dt.timedelta(hours=9)) == "1 June 2027 at 09:00"
    assert deadline_in_words(MIDNIGHT) == "the end of 31 May 2027"
    assert deadline_in_words(dt.datetime(2027, 2, 3, 17, tzinfo=dt.UTC)) == "3 February 2027 at 17:00"


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2028-02-29 00:00", "2028-03-01 00:00", "Tuesday 29 February 2028"),
        ("2027-03-27 23:00", "2027-03-28 05:00", "Saturday 27 March 2027, 23:00 to Sunday 28 March, 05:00"),
        (
            "2027-12-31 20:00",
            "2028-01-01 01:00",
            "Friday 31 December 2027, 20:00 to Saturday 1 January 2028, 01:00",
        ),
        ("2027-05-01 20:00", "2027-05-02 00:00", "Saturday 1 May 2027, 20:00 to 00:00"),
        ("2027-05-01 00:00", "2027-05-03 00:00", "Saturday 1 May to Sunday 2 May 2027"),
    ],
)
def test_events_that_fill_days_or_go_over_midnight(starts: str, ends: str, words: str) -> None:
    assert in_words(at(starts), at(ends)) == words


def test_a_whole_day_is_one_in_the_calendar(client: Client) -> None:
    make_event_index()
    make_event(title="Leap day", venue="", starts=at("2028-02-29 00:00"), ends=at("2028-03-01 00:00"))
    text = client.get("/events/calendar.ics").content.decode()
    assert "DTSTART;VALUE=DATE:20280229" in text
    assert "DTEND;VALUE=DATE:20280301" in text
    assert "LOCATION" not in text


def test_a_call_opens_on_the_day_it_opens() -> None:
    exhibition = make_exhibition(opens_at=MIDNIGHT, closes_at=MIDNIGHT + dt.timedelta(days=30))
    with pytest.raises(entries.CallClosed, match="opens on 1 June 2027"):
        entries.check_call(exhibition=exhibition, now=MIDNIGHT - dt.timedelta(days=2))


def test_a_picture_of_today_is_not_still_to_come() -> None:
    now = timezone.now()
    exhibition = make_exhibition(opens_at=now - dt.timedelta(days=1), closes_at=MIDNIGHT + dt.timedelta(days=90))
    entry = make_entry("draft", exhibition=exhibition, taken_on="2027-06-01")
    assert "taken_on" not in entry_rules.problems(entry, now=MIDNIGHT + dt.timedelta(minutes=30))
    assert "taken_on" in entry_rules.problems(entry, now=MIDNIGHT - dt.timedelta(minutes=30))


def test_documents_tell_moments_in_utc() -> None:
    exhibit = make_exhibit(make_exhibition())
    exhibit.hung_at = timezone.localtime(dt.datetime(2026, 7, 8, 9, 41, tzinfo=dt.UTC))
    assert documents.document(exhibit, [])["hung_at"] == "2026-07-08T09:41:00Z"


def test_deadlines_are_told_with_their_hour(client: Client) -> None:
    closes = timezone.make_aware(dt.datetime.combine(timezone.localdate() + dt.timedelta(days=9), dt.time(17)))
    make_exhibition(slug="steady-hands", closes_at=closes)
    person = UserFactory()
    words = deadline_in_words(closes)
    for reader, path in [(client, "/"), (client, "/exhibitions/steady-hands/"), (signed_in(person), "/desk/")]:
        assert words in reader.get(path).content.decode(), path


def test_the_admin_has_one_clock() -> None:
    admin = signed_in(administrator())
    assert admin.get("/admin/account/").status_code == 200
    admin.post(
        "/admin/account/", {"locale-current_time_zone": "America/New_York", "locale-preferred_language": "en"}
    )
    assert admin.get("/admin/").status_code == 200
    assert set(UserProfile.objects.values_list("current_time_zone", flat=True)) <= {"", "Europe/London"}


def edited(page: object, client: Client, **fields: object) -> str:
    given = {
        "title": page.title,
        "slug": page.slug,
        "standfirst": "",
        "mode": "in-person",
        "body-count": "0",
        "programme-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "yes",
        **fields,
    }
    return client.post(f"/admin/pages/{page.pk}/edit/", given, follow=True).content.decode()


def test_whoever_has_an_account_elsewhere_types_our_own_time_and_is_told_so() -> None:
    make_event_index()
    event, elsewhere = make_event(), administrator()
    UserProfile.objects.create(user=elsewhere, current_time_zone="America/New_York")
    client = signed_in(elsewhere)
    form = client.get(f"/admin/pages/{event.pk}/edit/").content.decode()
    assert form.count("London time.") == 4  # starts, ends, and the timetable's two
    edited(event, client, starts="2027-03-03 09:00", ends="2027-03-03 10:00")
    event.refresh_from_db()
    assert event.starts == dt.datetime(2027, 3, 3, 9, tzinfo=dt.UTC)


def test_hours_in_which_the_clocks_change() -> None:
    """A time that never comes is said in plain words, of one that comes twice the first is meant."""
    make_event_index()
    event, client = make_event(), signed_in(administrator())
    page = edited(event, client, starts="2027-03-28 01:30", ends="2027-03-28 05:00")
    assert "There is no 01:30 on 28 March 2027: the clocks go forward over it." in page
    page = edited(event, client, starts="2027-10-31 01:30", ends="2027-10-31 05:00", go_live_at="2027-03-28 01:30")
    assert "There is no 01:30 on 28 March 2027" in page
    edited(event, client, starts="2027-10-31 01:30", ends="2027-10-31 05:00")
    event.refresh_from_db()
    assert event.starts == dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)
    assert in_words(event.starts, event.ends) == "Sunday 31 October 2027, 01:30 to 05:00"


def test_a_page_that_has_expired_can_be_saved_and_published() -> None:
    page = HomePage.objects.get().add_child(instance=StandardPage(title="Old", slug="old"))
    StandardPage.objects.filter(pk=page.pk).update(
        expire_at=timezone.now() - dt.timedelta(days=1), expired=True, live=False
    )
    page = StandardPage.objects.get()
    page.save_revision(clean=False)
    before = timezone.localtime(page.expire_at).strftime("%Y-%m-%d %H:%M")
    fields = {
        "title": "Again",
        "slug": "old",
        "body-count": "0",
        "expire_at": before,
        "action-publish": "yes",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    answer = signed_in(administrator()).post(f"/admin/pages/{page.pk}/edit/", fields, follow=True)
    assert "must be in the future" not in answer.content.decode()
    page.refresh_from_db()
    assert (page.live, page.title, page.expire_at) == (True, "Again", None)


def test_no_feed_carries_a_day_to_come_and_no_form_takes_one(client: Client) -> None:
    article = make_article(date=timezone.localdate() + dt.timedelta(days=300))
    published = ET.fromstring(client.get("/feeds/news.rss").content).findtext(".//item/pubDate")  # noqa: S314
    assert str(timezone.localdate().year + 1) not in published or timezone.localdate().month == 12
    fields = {
        "title": "x",
        "slug": "x",
        "standfirst": "y",
        "kind": "first-person",
        "tier": "voices",
        "date": str(article.date),
        "licence": "cc-by-4.0",
        "body-count": "0",
        "lead_picture-count": "0",
        "chosen_related-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    answer = signed_in(administrator()).post(f"/admin/pages/{article.pk}/edit/", fields)
    assert "This day is still to come" in answer.content.decode()


def test_what_readers_know_an_item_by_survives_renaming(client: Client) -> None:
    exhibit, article = make_exhibit(make_exhibition(slug="here")), make_article(slug="before")

    def ids() -> list[list[str]]:
        rss, atom = (ET.fromstring(client.get(f"/feeds/all.{ending}").content) for ending in ("rss", "atom"))  # noqa: S314
        told = client.get("/feeds/all.json").json()["items"]
        return [
            sorted(one.text for one in rss.iter("guid")),
            sorted(one.text for one in atom.iter("{http://www.w3.org/2005/Atom}id") if "uuid" in one.text),
            sorted(one["id"] for one in told),
        ]

    before = ids()
    assert len(before[0]) == 2
    assert before[0] == before[1] == before[2]
    ArticlePage.objects.filter(pk=article.pk).update(slug="after", title="Another")
    type(exhibit).objects.filter(pk=exhibit.pk).update(slug="another", title="Another")
    assert ids() == before
