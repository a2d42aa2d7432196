"""What other sites and machines may take of a photograph: copies to download and its facts."""

from django.conf import settings
from django.utils import timezone

from cms.core.addresses import absolute_media_url, absolute_url
from cms.images.formats import JPEG
from gallery.models.exhibits import Exhibit

#: What a copy of this width, or up to it, is good for.
GOOD_FOR = ((640, "Small", "for a message"), (1024, "Medium", "for a web page"), (1600, "Large", "for slides"))
LARGEST = ("Extra large", "for big screens and print")
#: Nobody wants to download less, in pixels.
LEAST_WIDTH = 480


def downloads(exhibit: Exhibit) -> list[dict]:
    """The copies anybody may take, smallest first; none unless the licence and everybody pictured allow it."""
    if not (exhibit.is_shared and exhibit.get_licence().reusable):
        return []
    sources = exhibit.sources.of_type(JPEG.mime)
    sizes = [source for source in sources if source["width"] >= LEAST_WIDTH] or sources[-1:]
    return [
        {
            "url": settings.MEDIA_URL + source["key"],
            "name": name,
            "use": use,
            "width": source["width"],
            "height": source["height"],
            "megabytes": megabytes(source["bytes"]),
            "filename": f"{exhibit.slug}-{source['width']}.jpg",
        }
        for source in sizes
        for name, use in [_good_for(source["width"])]
    ]


def _good_for(width: int) -> tuple[str, str]:
    return next(((name, use) for widest, name, use in GOOD_FOR if width <= widest), LARGEST)


def megabytes(size: int) -> str:
    """Bytes as people speak of them.

    >>> megabytes(1_234_567), megabytes(20_000)
    ('1.2 MB', '0.1 MB')
    """
    return f"{max(size / 1_000_000, 0.1):.1f} MB"


def structured_data(exhibit: Exhibit, *, institution: str, profile: str = "") -> dict | None:
    """JSON-LD for image search: the picture with its credit and licence. None when other sites may not show it."""
    largest = exhibit.sources.best_jpeg()
    if not exhibit.is_shared or largest is None:
        return None
    page = absolute_url(exhibit.path)
    creator = {"@type": "Organization", "name": institution}
    if exhibit.photographer_name:
        creator = {"@type": "Person", "name": exhibit.photographer_name}
        if exhibit.photographer_role:
            creator["jobTitle"] = exhibit.photographer_role
        if profile:
            creator["url"] = absolute_url(profile)
    facts = {
        "@type": "ImageObject",
        "@id": page,
        "url": page,
        "name": exhibit.title,
        "caption": exhibit.caption,
        "description": exhibit.alt_text,
        "contentUrl": absolute_media_url(largest["key"]),
        "encodingFormat": JPEG.mime,
        "width": largest["width"],
        "height": largest["height"],
        "creator": creator,
        "creditText": exhibit.credit,
        "copyrightNotice": f"© {exhibit.photographer_name or institution}",
        "license": exhibit.get_licence().url or page,
        "acquireLicensePage": page,
        "datePublished": timezone.localdate(exhibit.hung_at).isoformat(),
    }
    if exhibit.taken_on:
        facts["dateCreated"] = exhibit.taken_on
    return facts
