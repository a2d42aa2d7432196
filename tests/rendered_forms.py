"""A page's forms as it rendered them: what a test fills in are fields that a person would see, and what it sends is
every field the page has. A field that the form wants and the page forgot is missing here as it is for everybody."""

from dataclasses import dataclass
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.test import Client

#: Nothing is sent by these, or only if they are pressed.
UNSENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class RenderedForm:
    """`fields` are what a browser would send, in the page's order; `buttons` what it may add."""

    page: BeautifulSoup
    form: Tag
    address: str

    def __post_init__(self) -> None:
        found = [tag for tag in self.controls() if tag.name != "button" and tag.get("type", "") not in UNSENT]
        self.fields = [pair for tag in found for pair in _sends(tag)]
        presses = [tag for tag in self.controls() if tag.name == "button" or tag.get("type") == "submit"]
        self.buttons = [tag for tag in presses if tag.get("type", "submit") == "submit"]

    def controls(self) -> list[Tag]:
        inside = self.form.find_all(["input", "select", "textarea", "button"])
        beside = self.page.find_all(["input", "select", "textarea", "button"], attrs={"form": self.form.get("id")})
        every = inside + (beside if self.form.get("id") else [])
        return [tag for tag in every if tag.get("name") or tag.name == "button" if not tag.has_attr("disabled")]

    @property
    def method(self) -> str:
        return (self.form.get("method") or "get").lower()

    @property
    def action(self) -> str:
        return urljoin(self.address, self.form.get("action") or self.address)

    @property
    def is_made_by_scripts(self) -> bool:
        """Its blocks are: without scripts they are not on the page."""
        return self.form.find(attrs={"data-block": True}) is not None

    def fill(self, **answers: str | bool | list[str]) -> "RenderedForm":
        """By the name of a field that is on the page. A tick is given as True or False."""
        for name, answer in answers.items():
            kinds = {tag.get("type") for tag in self.controls() if tag.get("name") == name}
            assert kinds, f"{self.action} shows no field {name}"
            assert "hidden" not in kinds, f"nobody can fill in {name}"
            values = answer if isinstance(answer, list) else ["on" if answer is True else answer]
            kept = [pair for pair in self.fields if pair[0] != name]
            self.fields = kept + [(name, str(value)) for value in values if value is not False]
        return self

    def choose(self, name: str, *labels: str) -> "RenderedForm":
        """Ticks these of many, by the words beside them."""
        values = []
        for label in labels:
            words = [tag for tag in self.form.find_all("label") if tag.get_text(" ", strip=True) == label]
            assert words, f"{self.action} offers no {label}"
            box = words[0].find("input") or self.page.find(id=words[0]["for"])
            values.append(box.get("value", "on"))
        return self.fill(**{name: values})

    def data(self, button: str = "") -> dict[str, list[str]]:
        pressed = [tag for tag in self.buttons if button and button in tag.get_text(" ", strip=True)]
        assert pressed or not button, f"{self.action} has no button {button}"
        sent: dict[str, list[str]] = {}
        extra = [(tag["name"], tag.get("value", "")) for tag in pressed[:1] if tag.get("name")]
        for name, value in [*self.fields, *extra]:
            sent.setdefault(name, []).append(value)
        return sent

    def send(self, client: Client, button: str = ""):
        send = client.post if self.method == "post" else client.get
        return send(self.action, self.data(button), follow=True)


def _sends(tag: Tag) -> list[tuple[str, str]]:
    name, kind = tag["name"], tag.get("type", "")
    if kind in {"checkbox", "radio"}:
        return [(name, tag.get("value", "on"))] if tag.has_attr("checked") else []
    if tag.name == "select":
        options = [option for option in tag.find_all("option") if not option.has_attr("disabled")]
        chosen = [option for option in options if option.has_attr("selected")]
        if not chosen and not tag.has_attr("multiple"):
            chosen = options[:1]
        return [(name, option.get("value", option.get_text())) for option in chosen]
    return [(name, tag.get_text().removeprefix("\n") if tag.name == "textarea" else tag.get("value", ""))]


def forms_of(text: str, address: str) -> list[RenderedForm]:
    page = BeautifulSoup(text, "html.parser")
    return [RenderedForm(page, form, address) for form in page.find_all("form")]


def form_on(client: Client, address: str, *, holds: str) -> RenderedForm:
    """The one form of the page that has a field or a button of this name."""
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    last = answer.redirect_chain[-1][0] if answer.redirect_chain else address
    found = [form for form in forms_of(answer.text, last) if holds in {tag.get("name") for tag in form.controls()}]
    assert found, f"{address} has no form with {holds}"
    return found[0]
