"""An edition is not unpublished under the photographs on its wall: they are taken down first, a decision each."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from gallery.models.exhibits import Exhibit


def keep_walls_standing(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """For Wagtail's hooks before pages are unpublished: back to where it began, with the reason."""
    standing = Exhibit.objects.filter(exhibition__in=[page.pk for page in pages])
    edition = standing.order_by().values_list("exhibition__title", flat=True).first()
    if edition is None:
        return None
    messages.error(
        request, f"“{edition}” has photographs on its wall. Take them down first, so that nobody is left behind."
    )
    return redirect("wagtailadmin_home")
