import datetime as dt
import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from cms.core.models import PAGE_CACHE_CONTROL
from home.feeds import channels, formats

#: For a feed that holds nothing yet.
BEGINNING = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@require_safe
def chooser(request: HttpRequest) -> HttpResponse:
    """Every feed with its address."""
    groups = [
        {
            "name": group.name,
            "feeds": [{"feed": one, "addresses": channels.addresses(one)} for one in group.feeds],
        }
        for group in channels.group_feeds()
        if group.feeds
    ]
    response = render(request, "feeds/chooser.html", {"groups": groups})
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response


@require_safe
def feed(request: HttpRequest, path: str, ending: str) -> HttpResponse:
    """One feed in one format, tagged with its own bytes, so that a withdrawn picture is gone with the next call."""
    found = channels.find_feed(path)
    if found is None:
        raise Http404
    items = found.items(timezone.now())
    updated = max((max(item.updated, item.published) for item in items), default=BEGINNING)
    text, kind = formats.written(ending, found, items, site=channels.site_name(), updated=updated)
    etag = quote_etag(hashlib.blake2b(text.encode(), digest_size=12).hexdigest())
    response = HttpResponse(text, content_type=kind)
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer["ETag"] = etag
    answer["Cache-Control"] = PAGE_CACHE_CONTROL
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
