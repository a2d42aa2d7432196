"""The photographer's own pictures: the preview in the page, the original as a download.

Staff have theirs on the review screen.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from cms.core.text import fold
from cms.images.views import private_file_response
from gallery.desk.access import desk_page, own_entry
from gallery.models.entries import Entry
from gallery.models.masters import Master


def _own_master(request: HttpRequest, pk: int) -> tuple[Entry, Master]:
    entry = own_entry(request, pk)
    if entry.master is None or entry.master.erased_at is not None:
        raise Http404("There is no photograph.")
    return entry, entry.master


@require_safe
@desk_page
def preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A re-encoded copy. 202 without a body while the worker is still making it."""
    _, master = _own_master(request, pk)
    if not master.preview:
        return HttpResponse(status=202, headers={"Retry-After": "3"})
    return private_file_response("private", str(master.preview.name), content_type="image/jpeg")


@require_safe
@desk_page
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file exactly as received, never shown in the browser."""
    entry, master = _own_master(request, pk)
    name = f"{slugify(fold(entry.title))[:80] or 'photograph'}-original{master.extension}"
    return private_file_response("private", str(master.file.name), content_type=master.mime, download_name=name)
