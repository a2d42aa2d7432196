"""What still stands behind something cannot lose it. Wagtail asks its own index, which knows no private rows."""

from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page


def is_needed(things: Iterable[Model]) -> bool:
    """Rows that may not be without one of them would stop the database from deleting it."""
    for one in things:
        goes_with_it = one.get_descendants(inclusive=True) if isinstance(one, Page) else [one]
        try:
            Collector(using=DEFAULT_DB_ALIAS, origin=one).collect(goes_with_it)
        except (ProtectedError, RestrictedError):
            return True
    return False


def keep_what_is_needed(request: HttpRequest, things: Iterable[Model]) -> HttpResponse | None:
    """For Wagtail's hooks before something is deleted. Says neither by what it is needed nor how often."""
    if not is_needed(things):
        return None
    messages.error(request, "This is still in use, so it cannot be deleted.")
    return redirect("wagtailadmin_home")
