"""What a browser sends from the entry form."""

from django.test import Client

from cms.people.models import User
from gallery.models.entries import CLEARANCES, Entry
from gallery.models.exhibitions import ExhibitionPage
from tests.factories.exhibitions import CategoryFactory
from tests.factories.people import DepartmentFactory
from tests.factories.photos import upload


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def filled_in(**changes: object) -> dict:
    """A complete form with a photograph. None leaves a field out."""
    fields = {
        "photo": upload(),
        "title": "Four Necks",
        "caption": "A flask with four necks, made in one sitting.",
        "alt_text": "A glass flask with four necks glows against a black background.",
        "technique": "One lamp behind a sheet of paper.",
        "category": CategoryFactory().slug,
        "department": DepartmentFactory().slug,
        "taken_on": "2026-03",
        "licence": "cc-by-4.0",
        "credit_name": "full",
        "people": "none",
        **dict.fromkeys(CLEARANCES, "yes"),
        "action": "submit",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def enter_url(exhibition: ExhibitionPage) -> str:
    return f"/exhibitions/{exhibition.slug}/enter/"


def desk_url(entry: Entry, ending: str = "") -> str:
    return f"/desk/entries/{entry.pk}/{ending}"
