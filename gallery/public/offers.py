"""What other sites and machines may take of a photograph: copies to download, a share card, its facts."""

from django.conf import settings

from gallery.models.exhibits import Exhibit

JPEG = "image/jpeg"
#: What a copy of this width, or up to it, is good for.
GOOD_FOR = ((640, "Small", "for a message"), (1024, "Medium", "for a web page"), (1600, "Large", "for slides"))
LARGEST = ("Extra large", "for big screens and print")
#: Nobody wants to download less, in pixels.
LEAST_WIDTH = 480
#: Messengers show no picture beside a link that weighs more, in bytes.
SHARE_CARD_BYTES = 600_000
SHARE_CARD_WIDTH = 1600


def downloads(exhibit: Exhibit) -> list[dict]:
    """The copies anybody may take, smallest first; none unless the licence and everybody pictured allow it."""
    if not (exhibit.is_shared and exhibit.get_licence().reusable):
        return []
    sources = exhibit.sources_of(JPEG)
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


def shared_picture(exhibit: Exhibit) -> dict | None:
    """What messengers show beside the link: the largest copy that is not too heavy for them."""
    fitting = [
        source
        for source in exhibit.sources_of(JPEG)
        if source["width"] <= SHARE_CARD_WIDTH and source["bytes"] <= SHARE_CARD_BYTES
    ]
    if not exhibit.is_shared or not fitting:
        return None
    widest = fitting[-1]
    return {"url": _complete(widest["key"]), "width": widest["width"], "height": widest["height"]}


def structured_data(exhibit: Exhibit, *, institution: str, profile: str = "") -> dict | None:
    """JSON-LD for image search: the picture with its credit and licence. None when other sites may not show it."""
    sources = exhibit.sources_of(JPEG)
    if not exhibit.is_shared or not sources:
        return None
    largest = sources[-1]
    page = settings.BASE_URL + exhibit.path
    creator = {"@type": "Organization", "name": institution}
    if exhibit.photographer_name:
        creator = {"@type": "Person", "name": exhibit.photographer_name}
        if exhibit.photographer_role:
            creator["jobTitle"] = exhibit.photographer_role
        if profile:
            creator["url"] = settings.BASE_URL + profile
    facts = {
        "@type": "ImageObject",
        "@id": page,
        "url": page,
        "name": exhibit.title,
        "caption": exhibit.caption,
        "description": exhibit.alt_text,
        "contentUrl": _complete(largest["key"]),
        "encodingFormat": JPEG,
        "width": largest["width"],
        "height": largest["height"],
        "creator": creator,
        "creditText": exhibit.credit,
        "copyrightNotice": f"© {exhibit.photographer_name or institution}",
        "license": exhibit.get_licence().url or page,
        "acquireLicensePage": page,
        "datePublished": f"{exhibit.hung_at:%Y-%m-%d}",
    }
    if exhibit.taken_on:
        facts["dateCreated"] = exhibit.taken_on
    return facts


def _complete(key: str) -> str:
    media = settings.MEDIA_URL
    return (media if media.startswith("http") else settings.BASE_URL + media) + key
