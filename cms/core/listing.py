"""Which pages may be named to the public at this moment: in lists, search, feeds, the sitemap and the API."""

import datetime as dt

from django.utils import timezone
from wagtail.models import Page, PageQuerySet, get_page_models

from .models import BasePage


def listed(pages: PageQuerySet | None = None, now: dt.datetime | None = None) -> PageQuerySet:
    """Live, public pages, without those whose type withholds them at `now`. Still one query."""
    moment = now or timezone.now()
    found = (Page.objects.all() if pages is None else pages).live().public()
    for model in get_page_models():
        if issubclass(model, BasePage) and (withheld := model.withheld(moment)) is not None:
            found = found.exclude(pk__in=withheld.values("pk"))
    return found
