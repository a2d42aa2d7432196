"""Editions and exhibits. Entries have a file of their own: they go through the services."""

import datetime as dt
import itertools

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from cms.changes.models import How
from cms.changes.recording import PublicChange, record_all
from gallery.enums import EXHIBIT
from gallery.models.exhibitions import Category, ExhibitionIndexPage, ExhibitionPage
from gallery.models.exhibits import Exhibit
from gallery.services import exhibits
from tests.factories.people import DepartmentFactory

_numbers = itertools.count(1)


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"Category {n}")
    slug = factory.Sequence(lambda n: f"category-{n}")


def make_exhibition(**facts: object) -> ExhibitionPage:
    """An edition whose call is open now and takes small pictures, under the real index page."""
    now = timezone.now()
    number = next(_numbers)
    day = dt.timedelta(days=1)
    page = ExhibitionPage(
        **{
            "title": f"Edition {number}",
            "slug": f"edition-{number}",
            "year": 2027,
            "intro": "Show us something half built.",
            "opens_at": now - 10 * day,
            "closes_at": now + 30 * day,
            "on_show_from": now + 60 * day,
            "on_show_until": now + 120 * day,
            "min_long_edge": 64,
            **facts,
        }
    )
    return ExhibitionIndexPage.objects.get().add_child(instance=page)


def make_exhibit(exhibition: ExhibitionPage, **facts: object) -> Exhibit:
    """A public row as hanging writes it, without entry and without files: for tests of what public code reads."""
    now = facts.pop("hung_at", timezone.now())
    number = next(_numbers)
    exhibit = Exhibit(
        **{
            "public_id": f"Z{number:07d}",
            "slug": f"exhibit-{number}",
            "exhibition": exhibition,
            "category": facts.pop("category", None) or CategoryFactory(),
            "department": facts.pop("department", None) or DepartmentFactory(),
            "title": f"Exhibit {number}",
            "caption": "What is happening here.",
            "alt_text": "Two gloved hands hold a flask up to the light.",
            "credit": "Photo: A. Example, Our university",
            "photographer_name": "A. Example",
            "photographer_role": "Glassblower",
            "photographer_slug": "a-example",
            "taken_on": "2026-03",
            "licence": "cc-by-4.0",
            "is_shared": True,
            "width": 3000,
            "height": 2000,
            "orientation": "landscape",
            "colour": "#25313a",
            "placeholder": "mUkGJYZiZWiIdXWJiMd3kKaAiAmI",
            "sources": [
                {
                    "type": mime,
                    "width": width,
                    "height": width * 2 // 3,
                    "key": f"exhibits/x/{width}.{ending}",
                    "bytes": width * 40,
                }
                for width in (1024, 640, 320)
                for mime, ending in (("image/avif", "avif"), ("image/jpeg", "jpg"))
            ],
            "wall_order": number,
            "hung_at": now,
            "updated_at": now,
            **facts,
        }
    )
    exhibit.save(force_insert=True)
    exhibits.write(exhibit)
    record_all(EXHIBIT, [PublicChange(exhibit.public_id, How.UPSERT, shared=exhibit.is_shared)], now=now)
    return exhibit
