"""Odd text typed into every form that takes any: whatever it is, nothing answers 500, and whatever others read
(feeds, sitemap, APIs, calendars, mails, tables, files) stays well-formed. The same texts every time."""

import csv
import io
import json
import random
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from PIL import Image
from wagtail.models import Site

from cms.core.text import UNFIT
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.services import reviews
from home.events.models import EventPage
from tests.factories.entries import make_entry
from tests.factories.events import make_event, make_event_index
from tests.factories.exhibitions import make_exhibition
from tests.factories.news import make_article
from tests.factories.people import TechnicianFactory, UserFactory, administrator, moderator
from tests.factories.portal import make_departments_page, make_people_page
from tests.strangers import body

pytestmark = pytest.mark.django_db

#: Tries at each field of each form.
TRIES = 6
PIECES = [
    *("\x00", "\x02", "\x08"),
    *("\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\x9f", "\u2028", "\r\n", "\r", "\n", "\t"),
    *("\u200b", "\ufeff", "\u202e", "\u2066", "\ue000", "\ue00f", "\ufdd0", "\ufffe", "\uffff", "\U0010ffff"),
    *("\u200d", "\u200c", "\u3164", "\xa0", "\xad", "e\u0301", "a" + "\u0323\u0302" * 8, "👩\u200d🔬", "🔬",),
    *("🏴\U000e0067\U000e0062\U000e007f", "Bcc: x@y.example", "glass", "Glass", " ", "", "C++"),
    *("日本語", "显微镜", "عربي", "עברית", "ไทย", "हिन्दी", "Łukasz", "Trần", "İı", "ß", "ﬁ", "Ａ", "٢٠٢٦-٠٣"),
    *("]]>", "<!--", "<script>", "&amp;", "&", '"', "'", "\\", "\\N", ";", ",", ":", "{{ x }}", "%s", "%00", "{0}"),
    *("=1+1", "@x", "+1", "../", "//", "http://x.example", "a@b.example"),
]  # fmt: skip


def odd_texts(seed: str) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(TRIES):
        yield "".join(chance.choices(PIECES, k=chance.randint(1, 7)))


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def main_form(client: Client, path: str) -> tuple[str, dict[str, str | list[str]], list[str]]:
    """Where the largest form of the page is sent, what it sends as it stands, and its fields of text."""
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)
    forms = BeautifulSoup(answer.content, "html.parser").find_all(
        "form", method=lambda how: (how or "").lower() == "post"
    )
    form = max(forms, key=lambda one: len(one.find_all(["input", "textarea", "select"])))
    values: dict[str, str | list[str]] = {}
    texts = []
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or kind in ("submit", "button", "file", "image"):
            continue
        if field.name == "select":
            chosen = [option["value"] for option in field.find_all("option") if option.has_attr("selected")]
            offered = [option.get("value", "") for option in field.find_all("option") if option.get("value")]
            values[name] = chosen or offered[:1]
        elif kind in ("checkbox", "radio"):
            if field.has_attr("checked") or (field.has_attr("required") and name not in values):
                values[name] = field.get("value", "on")
        else:
            values[name] = field.get_text() if field.name == "textarea" else field.get("value", "")
            if field.name == "textarea" or kind in ("text", "search", "email", "url", "tel"):
                texts.append(name)
    return form.get("action") or answer.request["PATH_INFO"], values, texts


def try_everything(client: Client, path: str, **fixed: str) -> int:
    """Each field of text gets texts of its own, one after the other. Says how many that were."""
    action, values, texts = main_form(client, path)
    action = path if action.startswith("?") or not action else action
    values |= fixed
    texts = [name for name in texts if name not in fixed]
    tries = 0
    for texts_of_all in zip(*(odd_texts(f"{path}{name}") for name in texts), strict=True):
        posted = dict(zip(texts, texts_of_all, strict=True))
        answer = client.post(action, values | posted)
        assert answer.status_code < 500, (path, posted)
        tries += len(posted)
    return tries


@pytest.fixture
def portal(work: Callable[[], int]) -> dict[str, object]:
    make_people_page()
    make_departments_page()
    make_event_index()
    exhibition = make_exhibition(slug="steady-hands")
    person = UserFactory(name="Ann")
    TechnicianFactory(user=person, name="Ann", profile_public=True)
    work()
    return {"exhibition": exhibition, "person": person}


def test_public_forms(portal: dict[str, object]) -> None:
    tried = 0
    for path in ("/forms/report/", "/accounts/signup/", "/accounts/login/", "/forms/network/", "/forms/mentoring/"):
        if Client().get(path, follow=True).status_code == 200:
            tried += try_everything(Client(), path)
    for path in (
        "/search/",
        "/people/",
        "/departments/facilities/",
        "/news/",
        "/events/",
        "/exhibitions/steady-hands/",
    ):
        for text in odd_texts(path):
            for name in ("q", "kind", "tag", "category", "department", "page", "month"):
                assert Client().get(path, {name: text}, follow=True).status_code < 500, (path, name, text)
                tried += 1
    for path in ("exhibits/", "exhibitions/", "changes/"):
        for text in odd_texts(path):
            for name in ("q", "tag", "award", "category", "department", "cursor", "since", text or "x"):
                assert Client().get(f"/api/gallery/v1/{path}", {name: text}).status_code < 500, (path, name, text)
                tried += 1
    assert tried > 300


def test_the_desk_the_review_and_what_comes_of_them(portal: dict[str, object], work: Callable[[], int]) -> None:
    person, exhibition = portal["person"], portal["exhibition"]
    client, reviewer = signed_in(person), moderator()
    draft = make_entry("draft", exhibition=exhibition, photographer=person)
    tried = try_everything(client, f"/desk/entries/{draft.pk}/edit/", action="save")
    tried += try_everything(client, "/desk/profile/")
    tried += try_everything(client, "/desk/details/")
    entry = make_entry("in-review", exhibition=exhibition)
    tried += try_everything(signed_in(reviewer), f"/admin/snippets/gallery/entry/edit/{entry.pk}/", action="save")
    for text, tags in zip(odd_texts("titles"), odd_texts("tags"), strict=True):
        words = dict.fromkeys(("title", "caption", "alt_text"), f"{text} of twenty letters at least")
        words["title"] = words["title"][:90]
        hung = make_entry("in-review", exhibition=make_exhibition(), technique=text, **words)
        fields = {
            "long_description": text,
            "tags": [tags, text, "glass", "Glass", "naïve", "naive", "C", "C++", "日本語"],
        }
        reviews.describe(entry=hung, by=reviewer, fields=fields, now=timezone.now())
        reviews.approve(entry=hung, by=reviewer, reason=text + "Thank you.", now=timezone.now())
        tried += 6
    work()
    assert Exhibit.objects.count() == TRIES
    assert set(Entry.objects.exclude(pk__in=[draft.pk, entry.pk]).values_list("state", flat=True)) == {"hung"}
    everything_is_well_formed()
    for public in Exhibit.objects.all():
        assert Client().get(public.path).status_code == 200
        key = max(public.sources, key=lambda source: source["width"])["key"]
        with storages["public"].open(key) as file, Image.open(file) as image:
            if xmp := image.info.get("xmp"):
                ET.fromstring(xmp.rstrip(b"\0"))  # noqa: S314
        for label in public.labels.all():
            answer = Client().get("/api/gallery/v1/exhibits/", {label.kind: label.slug})
            assert public.pk in [item["id"] for item in answer.json()["items"]], label.slug
    assert tried > 100


def test_the_admin_and_what_comes_of_it(portal: dict[str, object], work: Callable[[], int]) -> None:
    client = signed_in(administrator())
    category = portal["exhibition"].categories.first()
    pages = {"body-count": "0", "lead_picture-count": "0", "chosen_related-count": "0"}
    article, event = make_article(), make_event(title="Talk")
    comments = {
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "yes",
        "programme-count": "0",
    }
    tried = try_everything(client, f"/admin/pages/{article.pk}/edit/", date="2026-11-20", **pages, **comments)
    tried += try_everything(
        client,
        f"/admin/pages/{event.pk}/edit/",
        starts="2027-05-01 10:00",
        ends="2027-05-01 11:00",
        **pages,
        **comments,
    )
    site = Site.objects.get().pk
    settings = {"links-count": "0", "accolades-count": "0"}
    tried += try_everything(client, f"/admin/settings/core/portalsettings/{site}/", **settings)
    for path in ("search/synonym", "gallery/category", "people/department", "people/rolefamily", "topics/theme"):
        tried += try_everything(client, f"/admin/snippets/{path}/add/")
    tried += try_everything(client, f"/admin/snippets/gallery/category/edit/{category.pk}/") if category else 0
    tried += try_everything(client, "/admin/redirects/add/")
    for title in odd_texts("headings"):
        make_article(
            title=f"x{title}",
            standfirst=f"x{title}",
            body=[("heading", title), ("paragraph", f"<p>{escape(title)}</p>")],
        )
        make_event(title=f"x{title}", venue_name=title) if hasattr(EventPage, "venue_name") else make_event(
            title=f"x{title}"
        )
        tried += 5
    work()
    everything_is_well_formed()
    answer = client.get("/admin/reports/site-history/?export=csv")
    assert list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig"))))
    assert client.get("/admin/reports/site-history/?export=xlsx").status_code == 200
    assert tried > 200


def everything_is_well_formed() -> None:
    client = Client()
    for feed in ("all", "news", "photographs", "exhibition/steady-hands"):
        for ending in ("rss", "atom"):
            answer = client.get(f"/feeds/{feed}.{ending}")
            assert answer.status_code == 200, (feed, ending)
            ET.fromstring(answer.content)  # noqa: S314
        json.loads(client.get(f"/feeds/{feed}.json").content)
    for sitemap in ("", "-pages-1", "-photographs-1"):
        answer = client.get(f"/sitemap{sitemap}.xml")
        if answer.status_code != 404:
            ET.fromstring(answer.content)  # noqa: S314
            assert answer.content.isascii() or b"<loc>" not in answer.content
    for path in (
        "/api/gallery/v1/exhibits/?limit=100",
        "/api/v2/pages/?limit=20",
        "/api/v2/exhibits/",
        "/api/gallery/v1/changes/",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert UNFIT.search(str(answer.json())) is None
    Calendar.from_ical(client.get("/events/calendar.ics").content)
    for message in mail.outbox:
        for value in (message.subject, *message.to, message.from_email):
            assert not any(letter < " " or letter == "\x7f" for letter in value), value
        message.message().as_bytes()
        assert UNFIT.search(message.body) is None
