"""Several photographs sent at once: the first belongs to the form, the others become drafts of their own."""

import hashlib
from collections.abc import Sequence

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from cms.core.text import clean_line
from cms.images.refusal import PhotoRefused, too_many_bytes
from gallery.desk.access import photographer
from gallery.models.entries import Entry
from gallery.models.exhibitions import ExhibitionPage
from gallery.services import entries


def called(entry: Entry) -> str:
    """What a photographer knows it by: its title, or else the name of the file."""
    return entry.title or (entry.master.original_name if entry.master else "") or str(entry)


def keep_others(
    request: HttpRequest, exhibition: ExhibitionPage, files: Sequence[UploadedFile], *, form_key: str | None
) -> list[Entry]:
    """A draft for each file that can be taken, while there are places left. Tells the photographer about the rest.

    `form_key` stands for the shown page: the same page sent again, with the same files, makes no draft twice.
    """
    kept: list[Entry] = []
    no_place: list[str] = []
    why = ""
    for file in files:
        key = _digest(form_key, file) if form_key is not None else None
        me = photographer(request)
        try:
            entry = entries.made_by_form(exhibition=exhibition, photographer=me, form_key=key)
            kept.append(entry or _keep(request, exhibition, file, form_key=key))
        except PhotoRefused as refused:
            messages.warning(request, f"{_named(file.name)} was not kept. {refused.message}")
        except entries.EntryRefused as refused:
            no_place.append(_named(file.name))
            why = str(refused)
    if no_place:
        messages.warning(request, f"{' and '.join(no_place)} could not be kept as well. {why}")
    return kept


def _keep(request: HttpRequest, exhibition: ExhibitionPage, file: UploadedFile, *, form_key: str | None) -> Entry:
    limit = exhibition.limits.max_bytes
    if file.size is not None and file.size > limit:
        raise too_many_bytes(file.size, limit)
    return entries.start_with_photo(
        exhibition=exhibition,
        photographer=photographer(request),
        file=file,
        form_key=form_key,
        now=timezone.now(),
    )


def tell_of_dropped(request: HttpRequest, exhibition: ExhibitionPage, names: Sequence[str]) -> None:
    """Files that were too large to be read to their end."""
    for name in names:
        messages.warning(
            request,
            f"{_named(name)} was not kept: it is larger than the {exhibition.max_megabytes} MB we can take. "
            "Please export it as a JPEG at high quality and send that.",
        )


def tell_of_kept(request: HttpRequest, kept: Sequence[Entry]) -> None:
    """For pages that do not list the drafts themselves."""
    if kept:
        links = format_html_join(
            "; ",
            "“{}”, <a href='{}'>go on with it</a>",
            ((called(entry), reverse("desk:edit", args=[entry.pk])) for entry in kept),
        )
        messages.success(request, format_html("Also kept: {}.", links))


def _digest(form_key: str, file: UploadedFile) -> str:
    file.seek(0)
    digest = hashlib.sha256(form_key.encode())
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _named(name: str | None) -> str:
    return f"“{clean_line(name or 'A picture')[:80]}”"
