from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail import blocks
from wagtail.models import PageQuerySet

from cms.people.blocks import ProfileBlock
from gallery.blocks import ExhibitBlock
from gallery.models.exhibits import Exhibit


class QuestionBlock(blocks.StructBlock):
    """A question and what somebody answered."""

    question = blocks.CharBlock(max_length=200)
    answer = blocks.TextBlock(max_length=2000, help_text="In their own words. An empty line begins a paragraph.")

    class Meta:
        icon = "help"
        label = "Question and answer"
        template = "technicians/question.html"


class MadeHereBlock(blocks.StructBlock):
    """A thing that was made here: its maker and a photograph of it. The maker's profile shows it as well."""

    name = blocks.CharBlock(max_length=120, help_text="What it is: “A recorder for one bat”.")
    words = blocks.TextBlock(max_length=400, help_text="What it is for, and what was hard about it.")
    maker = ProfileBlock(required=False)
    photograph = ExhibitBlock(required=False)

    class Meta:
        icon = "cog"
        label = "Made here"
        template = "technicians/made_here.html"


def telling_of(pages: PageQuerySet, slug: str) -> PageQuerySet:
    """Pages whose body shows something made by the person with this slug."""
    return pages.annotate(stored=Cast("body", TextField())).filter(stored__contains=f'"maker": "{slug}"')


def made_by(slug: str, pages: list[Any]) -> list[dict[str, Any]]:
    """What these pages show of somebody's making: `name`, `words`, `exhibit`, `page`. One query, none for none."""
    told = [
        (page, block["value"])
        for page in pages
        for block in page.body.raw_data
        if block["type"] == "made_here" and block["value"].get("maker") == slug
    ]
    keys = {value["photograph"] for _, value in told if value.get("photograph")}
    exhibits = Exhibit.objects.on_wall().select_related("exhibition").in_bulk(keys) if keys else {}
    return [
        {
            "name": value["name"],
            "words": value["words"],
            "exhibit": exhibits.get(value.get("photograph")),
            "page": page,
        }
        for page, value in told
    ]
