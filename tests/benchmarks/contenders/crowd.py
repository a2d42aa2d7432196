"""Visitors, photographers and moderators at once, each in a thread. They send forms as they are shown."""

import random
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import requests
from bs4 import BeautifulSoup

CALL = "/exhibitions/in-the-making/"
WALL = "/exhibitions/steady-hands/"
API = "/api/gallery/v1/exhibits/"
WORDS = ("glass", "solder", "night", "hands", "light", "steel", "water", "zebra")
ENTRY_WORDS = {
    "caption": "The iron came off nine minutes ago, and the joint is still deciding.",
    "alt_text": "A bead of liquid solder climbs a copper wire on a green circuit board.",
    "technique": "A macro lens and a desk lamp.",
    "taken_on": "2026-10",
    "licence": "cc-by-4.0",
    "credit_name": "full",
    "people": "none",
    **dict.fromkeys(("clear_people", "clear_place", "clear_safety", "clear_confidential", "clear_rights"), "yes"),
    "action": "submit",
}
#: A withdrawn picture is looked for so often, and for so long.
POLL_SECONDS, GONE_SECONDS = 0.5, 150
TIMEOUT = 90


@dataclass
class Notes:
    """What everybody saw. Seconds by kind of request; `errors` in words."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    approved: dict[int, float] = field(default_factory=dict)
    hung: dict[int, float] = field(default_factory=dict)


class Person:
    """One browser. Not to be shared by threads."""

    def __init__(self, site: str, notes: Notes, over: threading.Event) -> None:
        self.site, self.notes, self.over = site, notes, over
        self.session = requests.Session()
        self.session.trust_env = False
        self.chance = random.Random(secrets.randbits(32))

    def ask(
        self, kind: str, path: str, *, data: dict | None = None, files: dict | None = None
    ) -> requests.Response:
        """Follows no redirects. What is no answer of the site's, or worse than 499, is an error."""
        began = time.monotonic()
        try:
            answer = self.session.request(
                "POST" if data is not None else "GET",
                self.site + path,
                data=data,
                files=files,
                headers={"Referer": self.site + path},
                allow_redirects=False,
                timeout=TIMEOUT,
            )
        except requests.RequestException as problem:
            self.notes.errors.append(f"{kind}: {type(problem).__name__}")
            raise
        self.notes.seconds[kind].append(time.monotonic() - began)
        if answer.status_code >= 500:
            self.notes.errors.append(f"{kind}: {answer.status_code}")
        return answer

    def think(self, least: float, most: float) -> bool:
        return not self.over.wait(self.chance.uniform(least, most))

    def sign_in(self, email: str, password: str) -> None:
        path = "/accounts/login/"
        fields = read_form(self.ask("sign in", path).text, "main form[action*=login]")
        answer = self.ask("sign in", path, data=fields | {"login": email, "password": password})
        if answer.status_code != 302:
            raise SystemExit(f"{email} could not sign in: {answer.status_code}.")


def read_form(html: str, selector: str) -> dict[str, str]:
    """What a browser would send of a form that nobody has filled in, but for its choices: of each the first."""
    page = BeautifulSoup(html, "html.parser")
    form = page.select_one(selector)
    if form is None:
        raise LookupError(f"No {selector} is shown.")
    inputs = form.select("[name]") + (page.select(f"[form='{form['id']}'][name]") if form.get("id") else [])
    fields: dict[str, str] = {}
    for one in inputs:
        name, value = str(one["name"]), str(one.get("value", ""))
        if one.name == "textarea":
            fields[name] = one.text
        elif one.name == "select":
            fields[name] = next(
                (str(choice["value"]) for choice in one.select("option[value]:not([value=''])")), ""
            )
        elif one.get("type") == "radio":
            fields.setdefault(name, value)
        elif one.name == "input" and one.get("type") not in ("checkbox", "file", "submit"):
            fields[name] = value
    return fields


def visit(person: Person, *, think: tuple[float, float] = (2, 8)) -> None:
    """Looks around until it is over: one request, a while to look at it, the next."""
    known: list[dict[str, Any]] = []
    choices: dict[str, tuple[int, Callable[[], str]]] = {
        "wall": (
            27,
            lambda: person.chance.choice((CALL, WALL, WALL, f"{WALL}?page=2", f"{WALL}?orientation=portrait")),
        ),
        "home": (13, lambda: "/"),
        "exhibit": (23, lambda: person.chance.choice(known)["url"]),
        "API": (14, lambda: f"{API}?limit={person.chance.choice((10, 20, 50, 100))}"),
        "search": (8, lambda: f"/search/?q={person.chance.choice(WORDS)}"),
        "file": (15, lambda: person.chance.choice(person.chance.choice(known)["image"]["sources"])["url"]),
    }
    kinds, weights = list(choices), [weight for weight, _ in choices.values()]
    while person.think(*think):
        kind = person.chance.choices(kinds, weights)[0] if known else "API"
        path = choices[kind][1]().removeprefix(person.site)
        try:
            answer = person.ask(kind, path)
        except requests.RequestException:
            continue
        if kind == "API" and answer.ok:
            known = answer.json()["items"]


def enter(person: Person, photos: list[bytes], mine: list[int], *, think: tuple[float, float] = (15, 30)) -> None:
    """Sends photographs in, one after the other, and now and then takes one back that hangs."""
    while person.think(*think):
        with suppress(requests.RequestException):  # noted already
            hanging = [pk for pk in mine if pk in person.notes.hung]
            if hanging and person.chance.random() < 0.25:
                withdraw(person, hanging[0])
                mine.remove(hanging[0])
                continue
            path = f"{CALL}enter/"
            fields = read_form(person.ask("entry form", path).text, "form.entry-form")
            if missing := set(ENTRY_WORDS) - set(fields) - {"action"}:
                raise LookupError(f"The entry form does not ask for {', '.join(sorted(missing))}.")
            fields |= ENTRY_WORDS | {"title": f"Load {secrets.token_hex(4)}"}
            photo = {"photo": ("IMG_0001.JPG", unlike_others(person.chance.choice(photos)), "image/jpeg")}
            answer = person.ask("upload", path, data=fields, files=photo)
            if answer.status_code == 503:
                continue  # counted already
            place = answer.headers.get("Location", "").rstrip("/").rpartition("/")[2]
            if answer.status_code != 302 or not place.isdecimal():
                person.notes.errors.append(f"upload: {answer.status_code}")
                continue
            mine.append(int(place))
            person.notes.waiting.append(int(place))
            person.ask("desk", f"/desk/entries/{place}/")


def review(person: Person, *, think: tuple[float, float] = (3, 8)) -> None:
    """Approves what waits, oldest first, as long as the decision was not taken by somebody else."""
    while person.think(*think):
        with suppress(requests.RequestException):  # noted already
            person.ask("admin", "/admin/")
            try:
                entry = person.notes.waiting.pop(0)
            except IndexError:
                continue
            path = f"/admin/snippets/gallery/entry/edit/{entry}/"
            fields = read_form(person.ask("review", path).text, "form#review-form")
            reason = "Everything is cleared. Lovely light."
            answer = person.ask(
                "approve", path, data=fields | {"action": "approve", "canned": "", "reason": reason}
            )
            if answer.status_code != 302:
                person.notes.errors.append(f"approve: {answer.status_code}")
            else:
                person.notes.approved[entry] = time.monotonic()


def withdraw(person: Person, entry: int) -> None:
    """Takes it back and watches its page, its document and every file of it go."""
    link = BeautifulSoup(person.ask("desk", f"/desk/entries/{entry}/").text, "html.parser").select_one(
        f"main a[href*='{CALL}']:not([href$='enter/'])"
    )
    if link is None:
        return  # by now it is not on the wall
    page = str(link["href"]).removeprefix(person.site)
    key = page.removeprefix(CALL).partition("-")[0]
    stranger = Person(person.site, Notes(), person.over)
    known = stranger.ask("API", f"{API}{key}/")
    if known.status_code != 200:
        return
    files = [source["url"].removeprefix(person.site) for source in known.json()["image"]["sources"]]
    path = f"/desk/entries/{entry}/withdraw/"
    fields = read_form(person.ask("desk", path).text, "main form.row[method=post]:has(button.danger)")
    person.notes.hung.pop(entry, None)
    person.ask("withdraw", path, data=fields)
    began = time.monotonic()
    waiting = {
        "page gone": [(page, 410)],
        "API gone": [(f"{API}{key}/", 410)],
        "file gone": [(f, 404) for f in files],
    }
    while waiting and time.monotonic() < began + GONE_SECONDS:
        for what, left in list(waiting.items()):
            waiting[what] = [one for one in left if stranger.ask(what, one[0]).status_code != one[1]]
            if not waiting[what]:
                person.notes.seconds[what].append(time.monotonic() - began)
                del waiting[what]
        time.sleep(POLL_SECONDS)
    person.notes.errors += [f"{what}: not after {GONE_SECONDS} s" for what in waiting]


def unlike_others(photo: bytes) -> bytes:
    """The same pixels in a file nobody has sent yet: a comment after the first marker."""
    words = secrets.token_bytes(16)
    return photo[:2] + b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words + photo[2:]
