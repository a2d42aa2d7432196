"""Who stands in the list of people for a given address: which profiles, which filters, which page.

A university has a few hundred technicians, so all profiles are read at once: one query, exact counts, and words
that are found whatever their accents.
"""

from collections import Counter
from collections.abc import Mapping

from cms.core import text
from cms.core.listing import Choice, make_pager, offer_choices, page_address, read_page_number
from cms.people.models import Profile
from gallery.models.exhibits import Exhibit

PER_PAGE = 48
#: Longest search that is read.
LONGEST = 100
FILTERS = ("department", "role_family")


def directory(params: Mapping[str, str]) -> dict:
    """Template context for one page of the list of people. One query."""
    everybody = sorted(
        Profile.objects.select_related("department", "role_family", "portrait"),
        key=lambda profile: text.fold(profile.name),
    )
    words = params.get("q", "").strip()[:LONGEST]
    chosen = {name: params[name] for name in FILTERS if params.get(name)}
    found = [profile for profile in everybody if says(profile, words)]
    shown = [profile for profile in found if _matches(profile, chosen)]
    page = read_page_number(params)
    start = (page - 1) * PER_PAGE
    people = shown[start : start + PER_PAGE]
    return {
        "words": words,
        "chosen": chosen,
        "everybody": len(everybody),
        "total": len(shown),
        "people": people,
        "filters": {name: _choices(found, name, chosen, words) for name in FILTERS},
        "pager": make_pager(
            page,
            size=PER_PAGE,
            shown=len(people),
            more=len(shown) > start + PER_PAGE,
            total=len(shown),
            address=lambda number: _address(chosen, words, number),
        ),
        "canonical_query": _address(chosen, words, page).removesuffix("?"),
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
    said = [
        *(profile.name, profile.role, profile.registration, profile.bio, profile.quote),
        *(profile.department.name, profile.role_family.name, *profile.skills),
    ]
    return not words or text.says(" ".join(said), words)


def _matches(profile: Profile, chosen: Mapping[str, str]) -> bool:
    return all(getattr(profile, name).slug == slug for name, slug in chosen.items())


def _choices(found: list[Profile], name: str, chosen: Mapping[str, str], words: str) -> list[Choice]:
    """The choices of one filter, each with its link and how many people it would show beside the other filter."""
    others = {other: slug for other, slug in chosen.items() if other != name}
    groups = Counter(getattr(profile, name) for profile in found if _matches(profile, others))
    order = (lambda group: (group.sort_order, group.name)) if name == "role_family" else (lambda group: group.name)
    offers = [(group.slug, group.name, groups[group]) for group in sorted(groups, key=order)]
    return offer_choices(
        [("", "All", groups.total()), *offers],
        chosen=chosen.get(name, ""),
        address=lambda slug: _address({**others, name: slug} if slug else others, words),
    )


def _address(chosen: Mapping[str, str], words: str, page: int = 1) -> str:
    return page_address({**chosen, **({"q": words} if words else {})}, page)
