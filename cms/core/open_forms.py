"""Forms that anybody may send without an account: no puzzle to solve, and no line of them lost.

Robots are met by a field people never see, and by counting: so many from one address, so many mails to one person.
What is counted is a keyed hash of an address, another one in every window.
"""

import random
import time
from abc import ABC, abstractmethod
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac
from django.views.generic import FormView

from .outages import NothingCounts

#: A whole department may sit behind one address, so this is far more than one person would ever send.
MOST_FROM_ONE_ADDRESS = 20
MOST_MAILS_TO_ONE_PERSON = 3
HOUR_SECONDS = 60 * 60
TOO_MANY = (
    "A great many forms have come from your network in the last hour, so we have paused it for a little. "
    "Your words are still here: please send them again in an hour, or write to us."
)


def is_too_often(what: str, who: str, *, most: int, seconds: int = HOUR_SECONDS, surely: bool = False) -> bool:
    """Counts one more of `what` by `who`, and says whether it was more than `most` in this window. See
    `take_place` for `surely`."""
    return take_place(what, who, most=most, seconds=seconds, surely=surely) is None


def take_place(what: str, who: str, *, most: int, seconds: int = HOUR_SECONDS, surely: bool = False) -> str | None:
    """One of the `most` places that `who` has for `what` in this window; None when they are all taken.

    While the cache is away nothing is counted, and everybody has a place; `surely` raises NothingCounts instead,
    which visitors see as a page that asks them to try again in a minute (docs/decisions/0025).

    Each one takes a place of its own, of which there are `most` (keep it under a hundred): `add` is what a shared
    cache does for one caller only, however many come at the same moment.
    """
    window = int(time.time() // seconds)
    key = salted_hmac("open-forms", f"{what}:{window}:{who}", algorithm="sha256").hexdigest()
    places = {f"{key}:{number}" for number in range(most)}
    free = list(places - cache.get_many(places).keys())
    random.shuffle(free)  # or all who come at once would queue for the same place
    taken = next((place for place in free if cache.add(place, True, seconds)), None)
    if surely and taken is not None and not cache.get(taken):
        raise NothingCounts
    return taken


def give_back(place: str) -> None:
    """What it was taken for does not count after all."""
    cache.delete(place)


def client_address(request: HttpRequest) -> str:
    """Whom sign-in takes it for, so behind the same `TRUSTED_PROXIES`. Of an IPv6 address the network only: every
    house has 2**64 of them.

    Raises ImproperlyConfigured if fewer proxies than that have passed the request on.
    """
    address = ip_address(get_adapter(request).get_client_ip(request))
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)


class OpenForm(forms.Form):
    #: Out of sight, out of the tab order and unread by screen readers. Whoever fills it in is not a person.
    website = forms.CharField(
        required=False, label="Please leave this empty", widget=forms.TextInput(attrs={"tabindex": "-1"})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["website"].widget.attrs["autocomplete"] = "off"

    @property
    def is_by_robot(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    @property
    def questions(self) -> list[forms.BoundField]:
        """What people are asked, in order."""
        return [field for field in self.visible_fields() if field.name != "website"]


class OpenFormView(ABC, FormView):
    """Asks, keeps, thanks. Subclasses say what in words, and what `keep` does with the answers."""

    template_name = "forms/open.html"
    #: Counted under this name.
    name = ""
    heading = ""
    lead = ""
    button = "Send"
    thanks_url = "thanks/"

    def form_valid(self, form: OpenForm) -> HttpResponse:
        thanks = HttpResponseRedirect(self.get_thanks_url())
        if form.is_by_robot:
            return thanks
        if is_too_often(self.name, client_address(self.request), most=MOST_FROM_ONE_ADDRESS):
            form.add_error(None, TOO_MANY)
            return self.render_to_response(self.get_context_data(form=form), status=429)
        self.keep(form.cleaned_data)
        return thanks

    def form_invalid(self, form: OpenForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_thanks_url(self) -> str:
        return self.thanks_url

    @abstractmethod
    def keep(self, answers: dict) -> None: ...

    def get_context_data(self, **kwargs: object) -> dict:
        words = {"heading": self.heading, "lead": self.lead, "button": self.button}
        return super().get_context_data(**words | kwargs)
