"""The doors test: what each role is offered is there, and what it can fill in can be sent.

Every link of the menus, dashboards and pages that somebody is shown is followed, a few of each kind, and every form
on them is sent as the page rendered it, once with each of its buttons. No answer is an error or goes round in
circles; a form that is saved as it stands shows afterwards what it showed before. What a form does is undone at
once, so that destroying things can be tried, too. (`test_admin_doors.py` asks what is not offered.)
"""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from urllib.parse import quote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from cms.people.models import User
from home.pages.admin_access import door_of, writes
from tests.factories.portal import make_departments_page, make_people_page
from tests.rendered_forms import RenderedForm, forms_of
from tests.strangers import body
from tests.test_admin_doors import ALWAYS, GROUPS, ROLES, rows, world  # noqa: F401  (a fixture is found where it is named)

pytestmark = pytest.mark.django_db

#: Of one kind one is looked at; of photographs, which differ by their state, and of pages, some more.
OF_A_KIND = 1
MORE = {"wagtailsnippets_gallery_entry:edit": 8, "desk:entry": 4, "desk:edit": 2, "exhibit": 2}
#: Scripts send it, and nothing but a file.
BY_SCRIPTS = {"wagtailimages:add_multiple"}
DEEPEST = 6
#: A form may say what is missing; a page may be gone for good, and say so.
FINE = {200, 204, 422}
#: Pages are searched from the admin's first page.
SEARCH = "wagtailadmin_explore_root"
#: Not pages: the release's files, and pictures.
FILES = re.compile(r"/(static|media)/")
#: Doors that many pages of one kind stand behind.
PAGES = "wagtail_serve"


@dataclass
class Round:
    """One role's way through the house."""

    user: User | None
    wrong: list[str] = field(default_factory=list)
    doors: Counter = field(default_factory=Counter)
    sent: set[tuple] = field(default_factory=set)
    by_scripts: set[str] = field(default_factory=set)

    def client(self) -> Client:
        """A new one each time: whoever signs out, or is signed out, comes in again."""
        client = Client(raise_request_exception=False)
        if self.user is not None:
            client.force_login(self.user)
        return client

    def walk(self, starts: list[str]) -> "Round":
        client, waiting = self.client(), [(start, "the start", 0) for start in starts]
        seen: set[str] = set()
        while waiting:
            address, offered_on, depth = waiting.pop(0)
            if address in seen or self.is_enough(address):
                continue
            seen.add(address)
            answer = self.open(client, address, offered_on)
            if answer is None or depth == DEEPEST:
                continue
            text, place = answer
            waiting += [(link, place, depth + 1) for link in links_of(text, place)]
            for form in forms_of(text, place):
                self.try_form(form)
        return self

    def is_enough(self, address: str) -> bool:
        """Counts it as well."""
        door = door_at(address)
        self.doors[door] += 1
        return self.doors[door] > MORE.get(door, OF_A_KIND)

    def open(self, client: Client, address: str, offered_on: str) -> tuple[str, str] | None:
        """Its text and where it led, if it is a page."""
        answer = follow(client, client.get(address))
        place = answer.request["PATH_INFO"] + (f"?{query}" if (query := answer.request["QUERY_STRING"]) else "")
        if answer.status_code not in FINE:
            self.wrong.append(f"{address}, offered on {offered_on}: {answer.status_code}")
            return None
        text = body(answer)  # files, too, are read to their end
        return (text.decode(), place) if answer.get("Content-Type", "").startswith("text/html") else None

    def try_form(self, form: RenderedForm) -> None:
        """Once with each of its buttons, or without any if it has none. Forms of one kind count as one."""
        target = door_at(form.action)
        if form.method == "dialog" or not (form.buttons or kept(form)):
            return  # nothing is sent, or nobody can
        if target == SEARCH and form.address == "/admin/" and not (self.user and writes(self.user)):
            return  # admin.css hides it from those who have no pages
        if form.is_made_by_scripts or target in BY_SCRIPTS:
            self.by_scripts.add(target)
            return
        names = tuple(sorted({re.sub(r"\d+", "0", name) for name, _ in form.fields}))
        for button in form.buttons or [None]:
            pressed = () if button is None else (button.get("name", ""), button.get("value", ""))
            kind = (form.method, target, names, re.sub(r"\d+", "0", "=".join(pressed)))
            if kind in self.sent:
                continue
            self.sent.add(kind)
            with undone():
                self.send(form, button)

    def send(self, form: RenderedForm, button) -> None:
        data: dict[str, list[str]] = {}
        pressed = [(button["name"], button.get("value", ""))] if button is not None and button.get("name") else []
        for name, value in [*form.fields, *pressed]:
            data.setdefault(name, []).append(value)
        action = (
            urljoin(form.address, button["formaction"])
            if button is not None and button.get("formaction")
            else form.action
        )
        client = self.client()
        answer = (client.post if form.method == "post" else client.get)(action, data)
        was_saved = answer.status_code in {302, 303}
        answer = follow(client, answer)
        what = f"{form.method} {action} from {form.address} with {pressed}"
        if answer.status_code not in FINE:
            self.wrong.append(f"{what}: {answer.status_code}")
        elif was_saved and form.method == "post" and not pressed:
            again = [one for one in forms_of_address(client, form.address) if names_of(one) == names_of(form)]
            if again and kept(again[0]) != kept(form):
                self.wrong.append(f"{what}: {set(kept(form)) ^ set(kept(again[0]))} is not as it was")


def names_of(form: RenderedForm) -> set[str]:
    return {tag.get("name", "") for tag in form.controls()}


def kept(form: RenderedForm) -> list[tuple[str, str]]:
    """What somebody typed or chose: nothing that a page makes up anew."""
    typed = {
        tag["name"] for tag in form.controls() if tag.get("name") and tag.get("type") not in {"hidden", "password"}
    }
    return sorted(pair for pair in form.fields if pair[0] in typed)


class undone:  # noqa: N801  (reads as a word)
    """What happens inside is taken back, counters of limits included."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, *problem: object) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        cache.clear()


def follow(client: Client, answer, most: int = 5):
    """To the end, within this site. One that goes round in circles ends on a redirect, which is no answer."""
    for _ in range(most):
        if answer.status_code not in {301, 302, 303, 307, 308}:
            break
        place = urljoin(answer.request["PATH_INFO"], answer["Location"])
        if urlsplit(place).netloc not in {"", "testserver"}:
            break
        answer = client.get(place)
    return answer


def forms_of_address(client: Client, address: str) -> list[RenderedForm]:
    answer = client.get(address)
    return forms_of(answer.text, address) if answer.status_code == 200 else []


def door_at(address: str) -> str:
    path = urlsplit(address).path
    try:
        match = resolve(path)
    except Resolver404:
        return path
    door = door_of(match)
    if door == PAGES:  # pages of the same depth below the same page are of one kind
        return f"{door} {path.strip('/').rpartition('/')[0]}"
    return door


def links_of(text: str, place: str) -> Iterator[str]:
    """Everything that can be pressed: links, and the menu of the admin, which scripts draw."""
    page = BeautifulSoup(text, "html.parser")
    found = [tag["href"] for tag in page.find_all("a", href=True)]
    for script in page.find_all("script", id="wagtail-sidebar-props"):
        found += list(urls_in(json.loads(script.string)))
    ticks = [tag["data-object-id"] for tag in page.find_all(attrs={"data-object-id": True})]
    for href in found:
        address = urlsplit(urljoin(f"http://testserver{place}", href))
        if address.path.startswith("/admin/bulk/") and "id=" not in address.query:
            if not ticks:  # shown when something is ticked
                continue
            address = address._replace(query=f"id={ticks[0]}&next={quote(place)}")  # as Wagtail's script does
        if address.netloc == "testserver" and address.scheme == "http" and not FILES.match(address.path):
            yield address.path + (f"?{address.query}" if address.query else "")


def urls_in(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "url" and isinstance(value, str) and value.startswith("/"):
                yield value
            else:
                yield from urls_in(value)
    elif isinstance(part, list):
        for one in part:
            yield from urls_in(one)


@pytest.fixture
def house(world: SimpleNamespace, work: Callable[[], int]) -> SimpleNamespace:  # noqa: F811
    work()
    make_departments_page(slug="departments")
    make_people_page(slug="people")
    return world


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=[] if role in ALWAYS else pytest.mark.drama) for role in ROLES]
)
def test_every_door_that_is_offered_opens(role: str, house: SimpleNamespace, capsys, settings) -> None:
    started = time.monotonic()
    round_ = Round(house.users.get(role)).walk(["/", "/desk/start/"] if role != "visitor" else ["/"])
    with capsys.disabled():
        seconds = time.monotonic() - started
        print(
            f"\n{role}: {len(round_.doors)} doors, {len(round_.sent)} forms sent, "
            f"{len(round_.by_scripts)} more need scripts, {seconds:.0f} s"
        )
    assert not round_.wrong, "\n".join(round_.wrong)
    assert len(round_.doors) > 10
