"""What every desk view starts with: a signed-in person and an entry that is theirs."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from cms.people.models import User
from gallery.models.entries import Entry
from gallery.models.exhibitions import ExhibitionPage

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """Kept by no cache and told to no other site, wherever the page lives."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.setdefault("Cache-Control", "no-store, private")
        response.setdefault("Referrer-Policy", "same-origin")
        return response

    return guarded


def desk_page(view: View) -> View:
    """For signed-in people only, and private."""
    return private(login_required(view))


def photographer(request: HttpRequest) -> User:
    """The signed-in person, on pages that only signed-in people reach."""
    return cast(User, request.user)


def own_entry(request: HttpRequest, pk: int) -> Entry:
    """The person's own entry; another's answers 404 like a missing one."""
    mine = Entry.objects.by(photographer(request)).select_related("exhibition", "master", "category", "department")
    return get_object_or_404(mine, pk=pk)


def public_exhibition(slug: str) -> ExhibitionPage:
    exhibition = ExhibitionPage.objects.live().public().filter(slug=slug).first()
    if exhibition is None:
        raise Http404("There is no such exhibition.")
    return exhibition
