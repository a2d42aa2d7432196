"""Which addresses show an exhibit, or an edition: what a cache in front must fetch anew when it changes."""

from collections.abc import Iterable

from django.urls import reverse

from cms.core.addresses import absolute_media_url, absolute_url
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit


def list_edition_addresses(edition: ExhibitionPage) -> list[str]:
    """Its wall, the list of editions, home, and what the API says of editions."""
    return [absolute_url(path) for path in _edition_paths(edition)]


def list_exhibit_addresses(exhibit: Exhibit) -> list[str]:
    """Its page, the lists it stands in, the API's answers, its files."""
    key = exhibit.public_id
    paths = [
        exhibit.path,
        *_edition_paths(exhibit.exhibition),
        reverse("gallery-v1:exhibit", args=[key]),
        reverse("gallery-v1:exhibit_list"),
        reverse("gallery-v1:changes"),
        reverse("wagtailapi:exhibits:detail", args=[key]),
        reverse("wagtailapi:exhibits:listing"),
    ]
    return [absolute_url(path) for path in paths] + list_file_addresses(exhibit.sources.keys)


def list_file_addresses(keys: Iterable[str]) -> list[str]:
    return [absolute_media_url(key) for key in keys]


def _edition_paths(edition: ExhibitionPage) -> list[str]:
    return [
        f"/exhibitions/{edition.slug}/",
        "/exhibitions/",
        "/",
        reverse("gallery-v1:exhibition", args=[edition.slug]),
        reverse("gallery-v1:exhibition_list"),
    ]
