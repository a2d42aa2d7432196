"""Articles under embargo, for the people of the press who are signed in. For everybody else there is nothing."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Revision

from home.news.models import ArticlePage


def held_back(now: dt.datetime) -> list[ArticlePage]:
    """As an editor has approved them, the next to be released first."""
    revisions = Revision.page_revisions.filter(approved_go_live_at__gt=now).order_by("approved_go_live_at")
    pages = [revision.as_object() for revision in revisions.select_related("content_type")]
    return [page for page in pages if isinstance(page, ArticlePage) and page.embargo_until]


@require_safe
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("news.see_embargoed"):
        raise Http404
    return render(request, "news/press/waiting.html", {"articles": held_back(timezone.now())})


@require_safe
@login_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("news.see_embargoed"):
        raise Http404
    page = next((page for page in held_back(timezone.now()) if page.pk == pk), None)
    if page is None:
        raise Http404
    return render(request, "news/press/preview.html", {"page": page, "self": page})
