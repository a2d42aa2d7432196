"""What may be typed into a form, of each of its fields: read from the form as its page rendered it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bs4 import Tag
from django.http import HttpResponse
from django.test import Client

from tests.rendered_forms import forms_of

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
    values: dict[str, list[str]]
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
    dates = set(CHOOSERS.findall(answer.text))
    for rendered in forms_of(answer.text, here):
        form = Form(here, rendered.action, rendered.method, rendered.data())
        for tag in rendered.controls():
            if tag.get("name"):
                _read(form, tag, dates)
        yield form


def _read(form: Form, tag: Tag, dates: set[str]) -> None:
    name, kind = tag["name"], tag.get("type")
    if tag.name == "select":
        form.choices[name] = [option.get("value", option.get_text()) for option in tag.find_all("option")]
    elif tag.name == "button" or kind in ("submit", "checkbox", "radio"):
        form.choices.setdefault(name, []).append(tag.get("value", "on" if tag.name == "input" else ""))
    elif name == TRAP or kind in ("file", "image", "reset"):
        return
    elif kind == "email":
        form.emails.append(name)
    elif kind in DATES or tag.get("id") in dates or name == "taken_on":
        form.dates.append(name)
    elif tag.name == "textarea" or kind in TEXTS:
        form.texts[name] = min(int(tag.get("maxlength") or LONGEST), LONGEST)
