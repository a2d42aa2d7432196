"""Addresses inside stored documents are placeholders, filled in when served.

So the site's address, its port or its CDN can change without rebuilding a single document. Placeholders, those that
others store among them, are private-use characters, which `core.text` takes out of everything people type.
"""

import re
from typing import Any

from django.conf import settings
from django.utils.encoding import iri_to_uri

#: None may ever reach a browser or another site.
PLACEHOLDER = re.compile("[\ue000-\ue00f]")
SITE = "\ue000"
MEDIA = "\ue001"

SLASHES = re.compile(r"^/[/\\]+")


def path_of(page: Any) -> str:
    """A page's address without the host, from its own row: no query, so any list may ask for it."""
    return f"/{page.url_path.split('/', 2)[2]}"


def open_path(page: Any) -> str:
    """Of a page that an editor chose; empty when it is gone or not published."""
    return path_of(page) if page is not None and page.live else ""


def quote_path(path: str) -> str:
    """As it is sent: only ASCII, whatever letters an editor put into an address. Once is enough. With one slash at
    its beginning, however many somebody asked with: after two a browser reads the name of another site."""
    return iri_to_uri(SLASHES.sub("/", path))


def absolute_url(path: str) -> str:
    """The address of one of our pages with scheme and host, quoted. One that is complete already stays as it is."""
    return settings.BASE_URL + quote_path(path) if path.startswith("/") else path


def absolute_media_url(key: str) -> str:
    """The address of a public file with scheme and host."""
    return absolute_url(settings.MEDIA_URL) + key


def fill_absolute(text: str) -> str:
    """For other sites: every address complete with scheme and host."""
    return text.replace(SITE, settings.BASE_URL).replace(MEDIA, absolute_media_url(""))


def fill_local(text: str) -> str:
    """For our own pages: addresses without the host, so one page serves every host name."""
    return text.replace(SITE, "").replace(MEDIA, settings.MEDIA_URL)
