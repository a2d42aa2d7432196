"""Shows and hides technicians' profiles. The only code that writes them."""

from typing import Any

from django.db import transaction

from .models import Profile, Technician

#: Fields a profile takes over from its technician, word for word.
PUBLIC_FIELDS = [
    *("name", "role", "department_id", "role_family_id", "registration", "joined"),
    *("skills", "bio", "quote", "answers", "top_tip", "portrait_id"),
]


def bring_into_step(technician: Technician) -> Profile | None:
    """Writes the profile of a technician who shows one and deletes that of one who does not."""
    if not technician.profile_public:
        for profile in Profile.objects.filter(pk=technician.slug):
            profile.delete()  # one by one: the search index listens
        return None
    facts = {name: getattr(technician, name) for name in PUBLIC_FIELDS}
    profile, _ = Profile.objects.update_or_create(pk=technician.slug, defaults=facts)
    return profile


@transaction.atomic
def describe(*, technician: Technician, words: dict[str, Any]) -> None:
    """Keeps what somebody wrote about themselves, `profile_public` included. Shown or hidden with it at once."""
    for name, value in words.items():
        setattr(technician, name, value)
    technician.save(update_fields=list(words))


def as_seen(technician: Technician) -> Profile:
    """What others would see of a technician. Not saved, and not for public pages."""
    return Profile(slug=technician.slug, **{name: getattr(technician, name) for name in PUBLIC_FIELDS})


def hide(slug: str) -> None:
    for profile in Profile.objects.filter(pk=slug):
        profile.delete()
