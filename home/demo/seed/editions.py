"""The three editions with their categories: one in the archive, one on show, one open for entries."""

from typing import Any

from django.utils.text import slugify

from gallery.models.exhibitions import Category, ExhibitionIndexPage, ExhibitionPage
from home.demo.content import moment


def categories(content: dict[str, Any]) -> dict[str, Category]:
    return {
        facts["id"]: Category.objects.create(
            name=facts["name"], slug=facts["slug"], description=facts["description"], sort_order=place
        )
        for place, facts in enumerate(content["categories"], start=1)
    }


def decided_how(content: dict[str, Any]) -> str:
    """As the page of that name says, with what judges score."""
    (page,) = (page for page in content["pages"] if page["slug"] == "how-we-decide")
    scored = "; ".join(f"{one['name'].lower()} ({one['weight']} of 100)" for one in content["judging_criteria"])
    return "\n\n".join([*page["body"], f"Judges score: {scored}."])


def editions(content: dict[str, Any], in_category: dict[str, Category]) -> dict[str, ExhibitionPage]:
    index = ExhibitionIndexPage.objects.get()
    index.introduction_text = content["home"]["exhibitions"]
    index.save_revision().publish()
    rules = content["exhibition_rules"]
    made = {}
    for facts in content["editions"]:
        page = ExhibitionPage(
            title=facts["title"],
            slug=facts.get("slug") or slugify(facts["title"]),
            year=facts["year"],
            intro=facts["intro"],
            opens_at=moment(facts["call_opens"]),
            closes_at=moment(facts["call_closes"]),
            review_until=moment(facts["moderation_ends"], hour=17),
            judging_until=moment(facts["judging"][1], hour=17),
            on_show_from=moment(facts["on_show"][0]),
            on_show_until=moment(facts["on_show"][1], hour=17),
            hang=facts["hang"],
            venues=[("venue", venue) for venue in facts["venues"]],
            rooms=[("room", room) for room in facts.get("rooms", [])],
            prizes=[("prize", {"award": one["award"], "what": one["prize"]}) for one in content["prizes"]],
            how_we_decide=decided_how(content),
            entries_per_person=rules["entries_per_person"],
            max_megabytes=rules["max_upload_mb"],
            min_long_edge=rules["min_long_edge_px"],
            max_photo_age_years=rules["age_of_photo_years_max"],
        )
        index.add_child(instance=page)
        page.categories.set(in_category.values())
        page.save_revision().publish()
        made[facts["id"]] = page
    return made
