"""Who stands in the list of people for a given address: which profiles, which filters, which page.

A university has a few hundred technicians, so all profiles are read at once: one query, exact counts, and words
that are found whatever their accents.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from cms.people.models import Profile
from gallery.models.exhibits import Exhibit, fold

PER_PAGE = 48
#: Longest search that is read.
MOST_WORDS = 12
LONGEST = 100
FILTERS = ("department", "role_family")


def directory(params: Mapping[str, str]) -> dict:
    """Template context for one page of the list of people. One query."""
    everybody = sorted(
        Profile.objects.select_related("department", "role_family", "portrait"),
        key=lambda profile: fold(profile.name),
    )
    words = params.get("q", "").replace("\x00", "").strip()[:LONGEST]
    chosen = {name: params[name] for name in FILTERS if params.get(name)}
    found = [profile for profile in everybody if says(profile, words)]
    shown = [profile for profile in found if _matches(profile, chosen)]
    asked = params.get("page", "")
    number = max(1, min(int(asked), 1_000)) if asked.isdecimal() else 1
    start = (number - 1) * PER_PAGE
    return {
        "words": words,
        "chosen": chosen,
        "everybody": len(everybody),
        "total": len(shown),
        "people": shown[start : start + PER_PAGE],
        "filters": {name: _choices(found, name, chosen, words) for name in FILTERS},
        "next_page": _address(chosen, words, number + 1) if len(shown) > start + PER_PAGE else None,
        "previous_page": _address(chosen, words, number - 1) if number > 1 else None,
        "canonical_query": _address(chosen, words, number).removesuffix("?"),
    }


def with_newest_photograph(people: list[Profile]) -> list[tuple[Profile, Exhibit | None]]:
    """Each with the photograph of theirs that was hung last. One query."""
    slugs = [profile.slug for profile in people]
    hanging = (
        Exhibit.objects.on_wall()
        .filter(photographer_slug__in=slugs)
        .defer("document", "card", "search_text")
        .order_by("hung_at", "public_id")
    )
    newest = {exhibit.photographer_slug: exhibit for exhibit in hanging}
    return [(profile, newest.get(profile.slug)) for profile in people]


def says(profile: Profile, words: str) -> bool:
    if not words:
        return True
    said = fold(
        " ".join(
            [
                *(profile.name, profile.role, profile.registration, profile.bio, profile.quote),
                *(profile.department.name, profile.role_family.name, *profile.skills),
            ]
        )
    )
    return all(word in said for word in fold(words).split()[:MOST_WORDS])


def _matches(profile: Profile, chosen: Mapping[str, str]) -> bool:
    return all(getattr(profile, name).slug == slug for name, slug in chosen.items())


def _choices(found: list[Profile], name: str, chosen: Mapping[str, str], words: str) -> list[dict]:
    """The choices of one filter, each with its link and how many people it would show beside the other filter."""
    others = {other: slug for other, slug in chosen.items() if other != name}
    beside = [profile for profile in found if _matches(profile, others)]
    groups = {getattr(profile, name).slug: getattr(profile, name) for profile in beside}
    every = {
        "name": "All",
        "count": len(beside),
        "address": _address(others, words),
        "chosen": name not in chosen,
    }
    order = (lambda group: (group.sort_order, group.name)) if name == "role_family" else (lambda group: group.name)
    return [
        every,
        *(
            {
                "name": group.name,
                "count": sum(getattr(profile, name).slug == group.slug for profile in beside),
                "address": _address({**others, name: group.slug}, words),
                "chosen": chosen.get(name) == group.slug,
            }
            for group in sorted(groups.values(), key=order)
        ),
    ]


def _address(chosen: Mapping[str, str], words: str, page: int = 1) -> str:
    return "?" + urlencode({**chosen, **({"q": words} if words else {}), **({"page": page} if page > 1 else {})})
