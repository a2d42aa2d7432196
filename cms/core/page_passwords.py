"""Pages that a password opens. Wagtail compares it as often as anybody likes; here wrong ones are counted."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail import views

from .open_forms import client_address, give_back, take_place

MOST_WRONG, SECONDS = 10, 15 * 60
TOO_OFTEN = (
    "That password was wrong several times. Please wait a quarter of an hour, or ask whoever gave it to you."
)


def count_wrong_passwords(view: Callable[..., HttpResponse], restriction: str) -> Callable[..., HttpResponse]:
    """Wrong ones count for where they come from and what they would open, which the address names as `restriction`:
    nobody shuts a page for anybody else, and no other page's address tries the same password anew."""

    @wraps(view)
    def counted(request: HttpRequest, **names: object) -> HttpResponse:
        if request.method != "POST":
            return view(request, **names)
        who = f"{client_address(request)} {names[restriction]}"
        place = take_place("page-password", who, most=MOST_WRONG, seconds=SECONDS, surely=True)
        if place is None:
            words = {"heading": "A little too quick", "paragraphs": [TOO_OFTEN]}
            return render(request, "forms/thanks.html", words, status=429)
        response = view(request, **names)
        if response.status_code == 302:
            give_back(place)
        return response

    return counted


open_page = count_wrong_passwords(views.authenticate_with_password, "page_view_restriction_id")
