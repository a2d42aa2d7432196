"""Pages are not unpublished or deleted under photographs: those are taken down first, a decision each."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from gallery.models.entries import Entry
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit

STANDING = "“{}” has photographs on its wall. Take them down first, so that nobody is left behind."
ENTERED = "People have entered photographs in “{}”, so it stays. You can unpublish it once its wall is empty."


def keep_walls_standing(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """For Wagtail's hooks before pages are unpublished: back to where it began, with the reason."""
    editions = _below(pages) if request.POST.get("include_descendants") else _are(pages)
    hung = Exhibit.objects.filter(exhibition__in=editions)
    return _refuse(request, STANDING, hung.order_by().values_list("exhibition__title", flat=True).first())


def keep_entries(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """For Wagtail's hooks before pages are deleted, and everything below them."""
    entered = Entry.objects.filter(exhibition__in=_below(pages))
    return _refuse(request, ENTERED, entered.order_by().values_list("exhibition__title", flat=True).first())


def _are(pages: Iterable[Page]) -> list[int]:
    return [page.pk for page in pages]


def _below(pages: Iterable[Page]) -> list[int]:
    """The editions among the pages and below them."""
    paths = [Q(path__startswith=page.path) for page in pages]
    return list(ExhibitionPage.objects.filter(reduce(or_, paths)).values_list("pk", flat=True)) if paths else []


def _refuse(request: HttpRequest, words: str, edition: str | None) -> HttpResponse | None:
    if edition is None:
        return None
    messages.error(request, words.format(edition))
    return redirect("wagtailadmin_home")
