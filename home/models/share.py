"""Pictures for share cards."""

from gallery.models.exhibits import Exhibit
from home.blocks.picture import complete


def exhibit_picture(exhibit: Exhibit) -> dict | None:
    """A photograph as messengers show it; None when other sites may not."""
    fitting = [source for source in exhibit.sources_of("image/jpeg") if source["width"] <= 1600]
    if not exhibit.is_shared or not fitting:
        return None
    source = fitting[-1]
    return {
        "url": complete(source["key"]),
        "width": source["width"],
        "height": source["height"],
        "alt": exhibit.alt_text,
    }
