"""The main menu of the site is the order of the pages below home: Wagtail's own list, where they are dragged
or moved by the arrow keys."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.models import Site


@require_safe
def arrange_menu(request: HttpRequest) -> HttpResponse:
    site = get_object_or_404(Site, is_default_site=True)
    messages.info(
        request,
        "The pages stand in the menu in this order. Whether one stands there at all is a tick on its Promote tab.",
    )
    return redirect(f"{reverse('wagtailadmin_explore', args=[site.root_page_id])}?ordering=ord")
