"""The private files of an entry, for staff who may see it."""

import io

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from PIL import Image

from cms.images.views import HEADERS, private_file_response
from gallery import permissions
from gallery.models.entries import Entry
from gallery.models.masters import Master

THUMBNAIL_EDGE = 320


def file_url(what: str, entry: Entry) -> str:
    """Address of an entry's `picture`, `thumbnail` or `original`."""
    return reverse(f"wagtailsnippets_gallery_entry:{what}", args=[entry.pk])


def _master_for(request: HttpRequest, pk: int) -> Master:
    """A missing entry and one that is not yours to see answer the same."""
    entry = get_object_or_404(Entry.objects.select_related("master"), pk=pk)
    master = entry.master
    if not permissions.may_see_as_staff(request.user, entry) or master is None or master.erased_at is not None:
        raise Http404
    return master


def _preview_for(request: HttpRequest, pk: int) -> str:
    master = _master_for(request, pk)
    if not master.preview.name:
        raise Http404
    return master.preview.name


def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The re-encoded preview. Browsers never get the file as received, except to keep."""
    return private_file_response("private", _preview_for(request, pk), content_type="image/jpeg")


def thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview again, at most 320 pixels a side. Made on the spot: the preview is our own JPEG, which decodes
    straight to the size wanted in a few milliseconds."""
    try:
        with storages["private"].open(_preview_for(request, pk)) as file, Image.open(file) as image:
            image.draft("RGB", (THUMBNAIL_EDGE, THUMBNAIL_EDGE))
            image.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE))
            small = io.BytesIO()
            image.save(small, "JPEG", quality=80)
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(small.getvalue(), content_type="image/jpeg", headers=HEADERS)


def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file exactly as received, to keep."""
    master = _master_for(request, pk)
    return private_file_response(
        "private",
        master.file.name or "",
        content_type=master.mime,
        download_name=master.original_name or f"photograph{master.extension}",
    )
