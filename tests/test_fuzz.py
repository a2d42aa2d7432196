"""Chance at every door: text at every field of every form as its page shows it, days and moments at every field
that takes them, questions to every list and API, and files that are nearly photographs. The same chance every time.

Whatever is sent, the answer is one that was chosen: never our error. What is stored is what was typed, cleaned.
"""

import datetime as dt
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from icalendar import Calendar
from wagtail.models import Page

from cms.core.text import UNFIT, MadeTextField, clean
from cms.images import encode
from cms.images.formats import Limits
from cms.images.validate import PhotoRefused, inspect
from cms.people.models import User
from gallery.models.entries import Entry
from gallery.models.masters import Master
from tests.factories.entries import make_entry
from tests.factories.events import make_event, make_event_index
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.news import make_article
from tests.factories.people import TechnicianFactory, administrator
from tests.factories.portal import make_departments_page, make_people_page
from tests.images import builders
from tests.strangers import body
from tests.test_admin_doors import walk
from tests.test_odd_text import PIECES, signed_in
from tests.typed_forms import Form, read_forms

pytestmark = [pytest.mark.django_db, pytest.mark.drama]

#: Tries at each form, at each field of a date, at each question of each list, and at each kind of file.
TEXT_TRIES, DATE_TRIES, QUESTION_TRIES, FILE_TRIES = 4, 4, 2, 12
#: What may be answered to a form: done, shown again with what is wrong, or not now.
ANSWERS = {200, 302, 303, 400, 403, 404, 405, 409, 422, 429}
DAYS = [
    *("2027-03-28 01:30", "2026-10-25 01:30", "2027-02-29", "2028-02-29", "2027-13-01", "2027-00-10", "2027-06-31"),
    *("9999-12-31", "9999-12-31 23:59", "0001-01-01", "0000-00-00", "1899-12-31", "2100-01-01", "10000-01-01"),
    *("٢٠٢٧-٠٣-٠١", "２０２７-03-01", "२०२७-03-01", "01/02/2027", "2027-W10-1", "2027-060", "1 March 2027", "٣"),
    *("2027-06-01T00:00:00Z", "2027-06-01 24:00", "2027-06-01 12:60", "2027-06-01 09:00:00+14:00", "12:30"),
    *("1e9", "-1", "99999999999999999999", "2027-06-01\x00", "\u202e2027-06-01", " 2027-06-01 ", "", "x" * 400),
]  # fmt: skip


class Chance(random.Random):
    def __init__(self, what: object) -> None:
        super().__init__(re.sub(r"\d+", "", str(what)))  # keys of rows differ from run to run

    def text(self, most: int = 80) -> str:
        return "".join(self.choices(PIECES, k=self.randint(1, 8)))[:most]

    def day(self) -> str:
        if self.random() < 0.5:
            return self.choice(DAYS)
        year = self.choice([2026, 2027, 2028, self.randint(1, 9998)])
        moment = dt.datetime(year, 1, 1) + dt.timedelta(minutes=self.randrange(525_600))  # noqa: DTZ001
        return moment.strftime(self.choice(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m"]))

    def filled(self, form: Form, *, texts: Callable[[int], str] | None = None) -> dict[str, str | list[str]]:
        """Every field of text with something odd; of the others, half as they were, half otherwise."""
        values: dict[str, str | list[str]] = {name: (texts or self.text)(most) for name, most in form.texts.items()}
        for name, choices in form.choices.items():
            if name not in form.values or self.random() < 0.3:
                values[name] = self.choice(choices)
        for name in form.emails:
            values[name] = self.choice(["ann@calderwick.example", "Ł@x.example", self.text()])
        for name in form.dates:
            values[name] = self.choice([form.values[name][0], "2026-03-01", self.day()])
        return values


@pytest.fixture
def site(work: Callable[[], int]) -> dict[str, object]:
    make_people_page()
    make_departments_page()
    make_event_index()
    edition = make_exhibition(slug="here", title="Steady hands", entries_per_person=100)
    technician = TechnicianFactory(profile_public=True)
    draft = make_entry("draft", exhibition=edition, photographer=technician.user)
    asked = make_entry("changes-asked", exhibition=edition, photographer=technician.user)
    shown = make_exhibit(edition, title="Four necks")
    pages = [make_article(title="Open day"), make_event(title="Talk"), edition]
    work()
    return {
        "person": technician.user,
        "entries": [draft, asked],
        "edition": edition,
        "pages": pages,
        "shown": shown,
    }


# --- Text


def addresses(site: dict[str, object]) -> Iterator[str]:
    """Every address outside the admin and the APIs that needs nothing but what is there; and every page."""
    for _, route in walk(get_resolver().url_patterns):
        route = re.sub(r"<(?:slug:)?(?:slug|edition)>", "here", route)
        for pk in [entry.pk for entry in site["entries"]] if "<int:pk>" in route else [0]:
            address = "/" + route.replace("<int:pk>", str(pk))
            if not re.search(r"[<(\\]|^/(admin|api|demo|_util)/|logout|/(preview|original)/$", address):
                yield address
    yield from (path for path in Page.objects.live().filter(depth__gt=1).values_list("url_path", flat=True))
    yield site["shown"].path


def forms_of(site: dict[str, object]) -> Iterator[tuple[User | None, Form]]:
    seen = set()
    for who in (None, site["person"]):
        for address in addresses(site):
            for form in read_forms(signed_in(who) if who else Client(), address.replace("/home/", "/")):
                if (form.texts or form.emails) and (who, form.key) not in seen:
                    seen.add((who, form.key))
                    yield who, form


def stored() -> str:
    """All text that the database holds; on the way each is looked at."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label in {"sessions", "django_tasks_database", "auth", "contenttypes", "wagtailsearch"}:
            continue
        names = [
            one.name
            for one in model._meta.concrete_fields
            if isinstance(one, models.CharField | models.TextField | models.JSONField)
            and not isinstance(one, MadeTextField)
            and one.name not in {"password", "search_text"}
        ]
        for row in model._base_manager.values_list(*names) if names else ():
            for name, value in zip(names, row, strict=True):
                text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                assert UNFIT.search(text) is None, (model, name, value)
                found.append(text)
    return " ".join(found)


def test_text(site: dict[str, object]) -> None:
    tried, kept = 0, 0
    for who, form in [*forms_of(site)]:
        chance = Chance((who is None, form.key))
        for _ in range(TEXT_TRIES):
            cache.clear()  # so many an hour
            client = signed_in(who) if who else Client()
            values = chance.filled(form)
            answer = form.send(client, values)
            assert answer.status_code in ANSWERS, (form.page, values)
            tried += len(form.texts)
            if form.method == "post" and answer.status_code in {302, 303}:
                everything = stored()
                if "/accounts/" in form.action or "/search/" in form.action:
                    continue
                for name in form.texts:
                    words = re.findall(r"\w+", clean(values[name]))
                    assert not [word for word in words if word not in everything], (form.page, name, values[name])
                    kept += len(words)
    assert tried > 100
    assert kept > 30


# --- Days and moments


def test_days_and_moments(site: dict[str, object], work: Callable[[], int]) -> None:
    staff = administrator()
    doors = [(site["person"], f"/desk/entries/{entry.pk}/edit/") for entry in site["entries"]]
    doors += [(staff, f"/admin/pages/{page.pk}/edit/") for page in site["pages"]]
    for name, route in walk(get_resolver().url_patterns):
        if route.startswith("admin/snippets/") and name.endswith(":add") and "<" not in route:
            doors.append((staff, f"/{route}"))
    tried, kept = 0, 0
    for who, address in doors:
        saved = False
        for form in read_forms(signed_in(who), address):
            if form.method != "post":
                continue
            chance = Chance(address)
            for name in form.dates:
                for _ in range(DATE_TRIES):
                    value = chance.day()
                    sent = {name: value, "body-count": "0", "lead_picture-count": "0", "programme-count": "0"}
                    answer = form.send(signed_in(who), sent | {"action-publish": "yes", "action": "save"})
                    assert answer.status_code in ANSWERS, (address, name, value)
                    tried += 1
                    saved |= answer.status_code == 302
                    if answer.status_code == 302 and address.endswith("/edit/"):
                        (again,) = [one for one in read_forms(signed_in(who), address) if name in one.values][:1]
                        assert means(again.values[name][0], value), (address, name, value, again.values[name][0])
                        kept += 1
        if saved:
            lists_answer()
    work()
    lists_answer()
    assert tried > 60
    assert kept > 3


def means(shown: object, typed: str) -> bool:
    """The same digits, in their order or turned round; or a month in words."""
    typed = clean(typed).strip()
    plain = [int(number) for number in re.findall(r"\d+", typed)]
    digits = [int(number) for number in re.findall(r"\d+", str(shown))]
    return sorted(digits)[: len(plain)] == sorted(plain) or set(plain) <= set(digits) or typed == shown


def lists_answer() -> None:
    for address in ("/", "/events/", "/news/", "/exhibitions/", "/exhibitions/here/", "/sitemap-pages-1.xml"):
        assert Client().get(address, follow=True).status_code in {200, 404}, address
    for feed in ("all.rss", "news.atom", "all.json"):
        assert Client().get(f"/feeds/{feed}").status_code == 200, feed
    Calendar.from_ical(body(Client().get("/events/calendar.ics")))
    for api in ("gallery/v1/exhibitions/", "v2/pages/?limit=100"):
        assert Client().get(f"/api/{api}").status_code == 200, api


# --- Questions


def questions(site: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Address and name of every question a list takes: those its links and forms ask, and what the APIs say."""
    for address in {*addresses(site)}:
        path = address.replace("/home/", "/")
        answer = Client().get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        page = BeautifulSoup(answer.content, "html.parser")
        asked = {name for link in page.find_all("a", href=True) for name in parse_qs(urlsplit(link["href"]).query)}
        forms = page.find_all("form", method=lambda how: (how or "get").lower() == "get")
        asked |= {one["name"] for form in forms for one in form.find_all(attrs={"name": True})}
        yield from ((path, name) for name in sorted(asked | {"page", "q"}))
    described = Client().get("/api/gallery/v1/openapi.json").json()
    for path, operations in described["paths"].items():
        for one in operations["get"].get("parameters", []):
            if one["in"] == "query":
                yield path.replace("{slug}", "here").replace("{id}", site["shown"].pk), one["name"]
    for name in (
        "limit",
        "offset",
        "fields",
        "order",
        "search",
        "type",
        "child_of",
        "descendant_of",
        "from",
        "locale",
    ):
        for path in ("pages", "exhibits", "people"):
            yield f"/api/v2/{path}/", name


def test_questions(site: dict[str, object]) -> None:
    tried = 0
    for address, name in questions(site):
        chance = Chance((address, name))
        for _ in range(QUESTION_TRIES):
            numbers = [str(10 ** chance.randint(0, 30)), f"-{chance.randint(0, 9)}", "1.5", "1,2", "٣", "0x10", ""]
            value = chance.choice([chance.text(300), chance.text(9), chance.day(), chance.choice(numbers), "glass"])
            answer = Client().get(address, {name: value})
            assert answer.status_code in {200, 301, 302, 400, 404, 410, 422}, (address, name, value)
            if address.startswith("/api/") and answer.status_code not in {301, 302}:
                told = answer.json()
                assert answer.status_code == 200 or told, (address, name, value)
            tried += 1
    assert tried > 200


# --- Files


KINDS = ("JPEG", "PNG", "TIFF", "WEBP", "AVIF", "HEIF")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """One to four accidents: letters changed, holes, parts lost, doubled or swapped, an end that is missing."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at, size = chance.randrange(len(made)), chance.choice([1, 1, 2, 4, 16, 200])
        head = chance.randrange(min(len(made), 400))
        match chance.randrange(8):
            case 0:
                made[head] = chance.randrange(256)
            case 1:
                made[at] ^= 1 << chance.randrange(8)
            case 2:
                made[at : at + size] = bytes(len(made[at : at + size]))
            case 3:
                del made[at : at + size]
            case 4:
                made[at:at] = made[head : head + size]
            case 5:
                del made[max(8, at) :]
            case 6:
                made[head : head + 4] = chance.choice(
                    [b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff", b"\x00\x00\x00\x01"]
                )
            case _:
                made[at:at] = chance.randbytes(size)
        if not made:
            return b""
    return bytes(made)


@pytest.mark.parametrize("kind", KINDS)
def test_files(kind: str) -> None:
    """Refused in words, or taken and whole: then it can be shown, as large as it was said to be."""
    whole, chance = builders.photo(160, 120, kind), Chance(kind)
    limits, taken = Limits(min_long_edge=64), 0
    for number in range(FILE_TRIES):
        data = mutated(whole, chance)
        try:
            found, why = inspect(io.BytesIO(data), limits=limits), None
        except PhotoRefused as refused:
            found, why = None, refused
        if found is None:
            assert why.code not in {"busy", "too-heavy"}, (kind, number)
            assert why.message.endswith((".", "?")), (kind, number, why.message)
            continue
        taken += 1
        assert encode.preview(io.BytesIO(data), long_edge=max(found.width, found.height)), (kind, number)
    assert taken < FILE_TRIES


def test_files_at_the_door(site: dict[str, object]) -> None:
    client, address = signed_in(site["person"]), "/exhibitions/here/enter/"
    chance = Chance("door")
    for number in range(18):
        data = mutated(builders.photo(160, 120, KINDS[number % len(KINDS)]), chance)
        name = chance.text(30).replace("\x00", "") or "x"
        before = Entry.objects.count(), Master.objects.count()
        file = SimpleUploadedFile(name, data, content_type=chance.choice(["image/jpeg", "text/html", "x", ""]))
        answer: HttpResponse | None = None
        with suppress(UnicodeEncodeError):  # no client can send such a name
            answer = client.post(address, {"photo": file, "action": "photo", "page": f"p{number}"})
        if answer is None:
            continue
        assert answer.status_code in {302, 422}, number
        after = Entry.objects.count(), Master.objects.count()
        assert after == (before if answer.status_code == 422 else (before[0] + 1, before[1] + 1)), number
