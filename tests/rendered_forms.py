"""Forms as a browser has them: read from the page that shows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client

TEXTS = {"text", "search", "tel", None}
DATES = {"date", "datetime-local", "time", "month"}
#: What Wagtail says of the fields it puts a calendar to.
CHOOSERS = re.compile(r"init(?:Date|DateTime|Time)Chooser\(\"([^\"]+)\"")
#: Nobody sees it; whoever fills it in is a robot.
TRAP = "website"
LONGEST = 80


@dataclass
class Form:
    page: str
    action: str
    method: str
    #: What it sends as it stands.
    values: dict[str, str | list[str]] = field(default_factory=dict)
    #: Fields of text with the most letters each takes, of e-mail addresses, of days and moments, of choices.
    texts: dict[str, int] = field(default_factory=dict)
    emails: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, ...]:
        return self.method, urlsplit(self.action).path, *sorted({*self.values, *self.choices})

    def send(self, client: Client, values: dict[str, str | list[str]]) -> HttpResponse:
        sending = client.post if self.method == "post" else client.get
        return sending(self.action, {**self.values, **values})


def read_forms(client: Client, path: str) -> Iterator[Form]:
    answer = client.get(path, follow=True)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return
    here = answer.request["PATH_INFO"]
    page = BeautifulSoup(answer.content, "html.parser")
    dates = set(CHOOSERS.findall(answer.content.decode()))
    for tag in page.find_all("form"):
        form = Form(here, urljoin(here, tag.get("action") or here), (tag.get("method") or "get").lower())
        inside = [*tag.find_all(["input", "textarea", "select", "button"])]
        if tag.get("id"):
            inside += page.find_all(["input", "textarea", "select", "button"], form=tag["id"])
        for one in inside:
            _read(form, one, dates)
        yield form


def _read(form: Form, tag: Tag, dates: set[str]) -> None:
    name, kind = tag.get("name"), tag.get("type")
    if not name or tag.has_attr("disabled") or kind in ("file", "image", "reset"):
        return
    if tag.name == "button" or kind == "submit":
        form.choices.setdefault(name, []).append(tag.get("value", ""))
    elif tag.name == "select":
        options = tag.find_all("option")
        form.choices[name] = [option.get("value", option.get_text()) for option in options]
        chosen = [option.get("value", "") for option in options if option.has_attr("selected")]
        form.values[name] = chosen or form.choices[name][:1]
    elif kind in ("checkbox", "radio"):
        form.choices.setdefault(name, []).append(tag.get("value", "on"))
        if tag.has_attr("checked"):
            form.values[name] = tag.get("value", "on")
    else:
        form.values[name] = tag.get_text().removeprefix("\n") if tag.name == "textarea" else tag.get("value", "")
        if name == TRAP:
            return
        if kind == "email":
            form.emails.append(name)
        elif kind in DATES or tag.get("id") in dates or name == "taken_on":
            form.dates.append(name)
        elif tag.name == "textarea" or kind in TEXTS:
            form.texts[name] = min(int(tag.get("maxlength") or LONGEST), LONGEST)
