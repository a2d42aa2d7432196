"""The ways in that hold other parts' pages, and other ways to say what people search for."""

from __future__ import annotations

from typing import Any

from home.demo.seed.portal import Portal
from home.pages.models import SectionPage
from search.models import Synonym


def seed(content: dict[str, Any], portal: Portal) -> None:
    for words, means in content["search_synonyms"].items():
        Synonym.objects.create(words=words, means=means)
    for facts in content["sections"]:
        portal.add(
            SectionPage(
                title=facts["title"],
                slug=facts["slug"],
                standfirst=facts["standfirst"],
                search_description=facts["standfirst"],
                show_in_menus=True,
            )
        )
