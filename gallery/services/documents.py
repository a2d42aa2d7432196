"""The two things an exhibit is served as, ready made: its JSON document and its wall card."""

import json

from django.template.loader import render_to_string

from cms.api.answers import iso
from cms.core.addresses import MEDIA, SITE
from cms.core.text import fold_words
from gallery.cards import PLACEHOLDERS
from gallery.models.exhibits import Exhibit, ExhibitLabel


def document(exhibit: Exhibit, labels: list[ExhibitLabel], *, has_profile: bool = False) -> dict:
    """Everything other sites may know of an exhibit, as the contract words it. Addresses are placeholders.

    `has_profile` says that the photographer shows a profile; without a name on the exhibit nothing leads to it.
    """
    licence = exhibit.get_licence()
    awards = [{"slug": label.slug, "name": label.name} for label in labels if label.kind == "award"]
    photographer = None
    if exhibit.photographer_name or exhibit.photographer_role:
        photographer = {
            "name": exhibit.photographer_name or None,
            "slug": exhibit.photographer_slug or None,
            "role": exhibit.photographer_role or None,
            "department": exhibit.department.name,
            "url": f"{SITE}/people/{exhibit.photographer_slug}/" if has_profile else None,
        }
    return {
        "id": exhibit.public_id,
        "type": "exhibit",
        "url": SITE + exhibit.path,
        "title": exhibit.title,
        "caption": exhibit.caption,
        "alt": exhibit.alt_text,
        "long_description": exhibit.long_description,
        "technique": exhibit.technique,
        "credit": exhibit.credit,
        "photographer": photographer,
        "department": {"slug": exhibit.department.slug, "name": exhibit.department.name},
        "exhibition": {
            "slug": exhibit.exhibition.slug,
            "title": exhibit.exhibition.title,
            "url": f"{SITE}/exhibitions/{exhibit.exhibition.slug}/",
        },
        "category": {"slug": exhibit.category.slug, "name": exhibit.category.name},
        "tags": [label.name for label in labels if label.kind == "tag"],
        "awards": awards,
        "taken_on": exhibit.taken_on or None,
        "licence": {
            "code": licence.value,
            "label": licence.label,
            "url": licence.url or None,
            "reusable": licence.reusable,
        },
        "image": {
            "width": exhibit.width,
            "height": exhibit.height,
            "orientation": exhibit.orientation,
            "focal_point": [exhibit.focal_x, exhibit.focal_y],
            "colour": exhibit.colour,
            "placeholder": exhibit.placeholder,
            "sources": exhibit.sources.as_api(MEDIA),
        },
        "iiif": None,
        "embed": None,
        "hung_at": iso(exhibit.hung_at),
        "updated_at": iso(exhibit.updated_at),
    }


def write(exhibit: Exhibit, labels: list[ExhibitLabel], *, has_profile: bool = False) -> None:
    """Sets `document`, `card` and `search_text` on the exhibit; the caller saves it."""
    facts = document(exhibit, labels, has_profile=has_profile)
    exhibit.document = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    exhibit.card = render_to_string(
        "gallery/card.html",
        {"exhibit": exhibit, "awards": facts["awards"], "media": MEDIA, "site": SITE, **PLACEHOLDERS},
    )
    exhibit.search_text = fold_words(
        " \n".join(
            [
                exhibit.title,
                exhibit.photographer_name,
                exhibit.photographer_role,
                exhibit.caption,
                exhibit.alt_text,
                exhibit.long_description,
                exhibit.technique,
                exhibit.category.name,
                exhibit.department.name,
                exhibit.exhibition.title,
                *(label.name for label in labels),
            ]
        )
    )
