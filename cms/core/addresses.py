"""Addresses inside stored documents are placeholders, filled in when served.

So the site's address, its port or its CDN can change without rebuilding a single document. The two placeholders
are private-use characters, which `clean` takes out of everything people type.
"""

from django.conf import settings

SITE = "\ue000"
MEDIA = "\ue001"


def clean(text: str) -> str:
    """`text` without the placeholder characters and without NUL, which PostgreSQL refuses."""
    return text.replace(SITE, "").replace(MEDIA, "").replace("\x00", "")


def fill_absolute(text: str) -> str:
    """For other sites: every address complete with scheme and host."""
    media = settings.MEDIA_URL
    if media.startswith("/"):
        media = settings.BASE_URL + media
    return text.replace(SITE, settings.BASE_URL).replace(MEDIA, media)


def fill_local(text: str) -> str:
    """For our own pages: addresses without the host, so one page serves every host name."""
    return text.replace(SITE, "").replace(MEDIA, settings.MEDIA_URL)
