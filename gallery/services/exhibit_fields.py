"""What an entry lets the public know of it: the fields of its exhibit, and the credit inside every file."""

from django.conf import settings
from django.utils.text import slugify
from wagtail.models import Site

from cms.core.models import PortalSettings
from cms.core.text import fold
from cms.images.credit import Credit
from gallery.enums import Channel, CreditName, Orientation, People
from gallery.models.consents import PicturedPerson
from gallery.models.entries import Entry
from gallery.models.masters import Master

#: An entry with this tag says in every public file that it is not a photograph.
ILLUSTRATION = "illustration"


class NoPhotograph(Exception):
    """The entry has no master, so it was never sent in."""


def of(entry: Entry) -> dict[str, object]:
    """The exhibit's fields that come from the entry. All but its id, its files and its dates."""
    master = master_of(entry)
    named = entry.credit_name == CreditName.FULL
    return {
        "slug": slug_of(entry),
        "exhibition": entry.exhibition,
        "category": entry.category,
        "department": entry.department,
        "title": entry.title,
        "caption": entry.caption,
        "alt_text": entry.alt_text,
        "long_description": entry.long_description,
        "technique": entry.technique,
        "credit": credit_line(entry),
        "photographer_name": entry.photographer_name if named else "",
        "photographer_role": "" if entry.credit_name == CreditName.WITHHELD else entry.photographer_role,
        "photographer_slug": entry.photographer_slug if named else "",
        "taken_on": entry.taken_on,
        "licence": entry.licence,
        "is_shared": may_be_shared(entry),
        "width": master.width,
        "height": master.height,
        "orientation": Orientation.of(master.width, master.height),
        "focal_x": entry.focal_x,
        "focal_y": entry.focal_y,
        "colour": master.colour,
        "placeholder": master.placeholder,
        "wall_order": entry.wall_order,
    }


def master_of(entry: Entry) -> Master:
    """The photograph of an entry that was sent in, which always has one."""
    if entry.master is None:
        raise NoPhotograph(f"Entry {entry.pk} has no photograph.")
    return entry.master


def slug_of(entry: Entry) -> str:
    return slugify(fold(entry.title))[:100].strip("-") or "photograph"


def may_be_shared(entry: Entry) -> bool:
    """Everybody pictured lets other sites show it."""
    if entry.people != People.LISTED:
        return True
    return all(person.allows(Channel.OTHER_SITES) for person in PicturedPerson.objects.of(entry))


def institution() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return PortalSettings.of(site).institution if site else ""


def credit_line(entry: Entry) -> str:
    """The words that stand beside the picture everywhere, such as “Photo: A. Example, Calderwick University”."""
    who = {
        CreditName.FULL: entry.photographer_name,
        CreditName.ROLE: entry.photographer_role or "a technician",
        CreditName.WITHHELD: "",
    }[CreditName(entry.credit_name)]
    return f"Photo: {', '.join(part for part in (who, institution()) if part)}"


def credit_of(entry: Entry) -> Credit:
    """What is written into every public file."""
    licence = entry.licence_choice
    page = f"{settings.BASE_URL}/exhibitions/{entry.exhibition.slug}/{entry.public_id}-{slug_of(entry)}/"
    holder = entry.photographer_name if entry.credit_name == CreditName.FULL else institution()
    note = ". Illustration, not a photograph." if ILLUSTRATION in entry.tags else ""
    return Credit(
        title=entry.title,
        creator=holder,
        credit_line=credit_line(entry),
        copyright_notice=f"© {holder}",
        licence_url=licence.url or page,
        usage_terms=f"{licence.label}{note}",
        web_statement=page,
        source=institution(),
        alt_text=entry.alt_text,
    )
