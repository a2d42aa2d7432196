"""Who is seen and who is not yet: for co-ordinators, in the admin only. Reads private rows and names people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from django.conf import settings

from cms.people.models import Department, Profile, RoleFamily, Technician
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit


@dataclass
class Coverage:
    """One department or role family. `headcount` is None where nobody counted."""

    name: str
    headcount: int | None
    known: list[Technician] = field(default_factory=list)
    shown: int = 0
    entrants: int = 0
    exhibits: int = 0

    @property
    def total(self) -> int:
        """Of whom `shown` have a profile: those counted, or at least those we know."""
        return max(self.headcount or 0, len(self.known))

    @property
    def sentence(self) -> str:
        have = "has" if self.shown == 1 else "have"
        return f"{self.name}: {self.shown} of {self.total} {have} a profile"

    @property
    def to_invite(self) -> list[Technician]:
        return [technician for technician in self.known if not technician.profile_public]


def by_department() -> list[Coverage]:
    groups = {one.pk: Coverage(one.name, one.technician_count) for one in Department.objects.order_by("name")}
    return _filled(groups, "department_id")


def by_role_family() -> list[Coverage]:
    return _filled({one.pk: Coverage(one.name, None) for one in RoleFamily.objects.all()}, "role_family_id")


def _filled(groups: dict[int, Coverage], key: str) -> list[Coverage]:
    """The least seen first. Four queries, however many people there are."""
    technicians = list(Technician.objects.select_related("user"))
    shown = set(Profile.objects.values_list("slug", flat=True))
    sent_in = Entry.objects.exclude(submitted_at=None).order_by().values_list("photographer_id", flat=True)
    entrants = set(sent_in.distinct())
    pictures = list(Exhibit.objects.on_wall().values_list("photographer_slug", flat=True))
    for technician in technicians:
        group = groups[getattr(technician, key)]
        group.known.append(technician)
        group.shown += technician.slug in shown
        group.entrants += technician.user_id is not None and technician.user_id in entrants
        group.exhibits += pictures.count(technician.slug)
    return sorted(groups.values(), key=lambda one: (one.shown / one.total if one.total else 0, one.name))


def invitation(technicians: Iterable[Technician], *, sender: str) -> str:
    """A `mailto:` with kind words; empty when we have no address of any of them."""
    addresses = [technician.user.email for technician in technicians if technician.user is not None]
    if not addresses:
        return ""
    subject = "A page about you and your work"
    body = (
        "Hello,\n\nour portal shows the people behind the university’s work, and you are not on it yet. "
        "You tick one box and answer six short questions; take the tick away and you are gone again.\n\n"
        f"{settings.BASE_URL}/desk/profile/\n\nWould you like to?\n\n{sender}"
    )
    to = addresses[0] if len(addresses) == 1 else f"?bcc={','.join(addresses)}"
    return f"mailto:{to}{'&' if '?' in to else '?'}subject={quote(subject)}&body={quote(body)}"
