"""Who sees an entry where, in every state of its life. The one table the whole product rests on."""

import pytest
from django.test import Client
from django.urls import reverse

from gallery.enums import EntryState
from gallery.models.entries import Entry
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory, administrator, curator, editor, moderator
from tests.strangers import body

pytestmark = pytest.mark.django_db

TITLE = "Quartz Under Crossed Polars"
WORD = "isochromatics"
CAPTION = f"Bands called {WORD} show where the plate is strained."

PUBLIC = {
    "wall",
    "home",
    "exhibit page",
    "search",
    "API list",
    "API one",
    "API changes",
    "v2 list",
    "v2 one",
    "files",
}
OWNER = {"desk", "desk page"}
OWNER_FILES = {"desk preview", "desk original"}
STAFF = {"review list", "review page"}
STAFF_FILES = {"review picture", "review thumbnail", "review original"}
ADMIN_SEES_EXHIBITS = {"exhibit chooser"}


def expected(viewer: str, state: EntryState) -> set[str]:
    """The rule, in words the design uses."""
    seen: set[str] = set()
    hung = state == EntryState.HUNG
    files_exist = state != EntryState.WITHDRAWN
    if hung:
        seen |= PUBLIC
        if viewer in {"editor", "administrator"}:
            seen |= ADMIN_SEES_EXHIBITS
    if viewer == "owner":
        seen |= OWNER | (OWNER_FILES if files_exist else set())
    reviews = viewer in {"moderator", "administrator"} and state != EntryState.DRAFT
    curates = viewer == "curator" and state in {EntryState.APPROVED, EntryState.HUNG}
    if reviews or curates:
        seen |= STAFF | (STAFF_FILES if files_exist else set())
    return seen


def admin(name: str, *arguments: object) -> str:
    return reverse(f"wagtailsnippets_gallery_entry:{name}", args=arguments)


def looks(entry: Entry) -> dict[str, tuple[str, bytes]]:
    """Where to look → address, and what gives the entry away there."""
    words, jpeg = TITLE.encode(), b"\xff\xd8\xff"
    slug, key = entry.exhibition.slug, entry.public_id
    return {
        "wall": (f"/exhibitions/{slug}/", words),
        "home": ("/", words),
        "exhibit page": (f"/exhibitions/{slug}/{key}-quartz-under-crossed-polars/", WORD.encode()),
        "search": (f"/search/?q={WORD}", words),
        "API list": ("/api/gallery/v1/exhibits/?limit=100", WORD.encode()),
        "API one": (f"/api/gallery/v1/exhibits/{key}/", WORD.encode()),
        "API changes": ("/api/gallery/v1/changes/", b'"upsert"'),
        "v2 list": ("/api/v2/exhibits/", words),
        "v2 one": (f"/api/v2/exhibits/{key}/", words),
        "desk": ("/desk/", words),
        "desk page": (f"/desk/entries/{entry.pk}/", words),
        "desk preview": (f"/desk/entries/{entry.pk}/preview/", jpeg),
        "desk original": (f"/desk/entries/{entry.pk}/original/", jpeg),
        "review list": (admin("list"), words),
        "review page": (admin("edit", entry.pk), words),
        "review picture": (admin("picture", entry.pk), jpeg),
        "review thumbnail": (admin("thumbnail", entry.pk), jpeg),
        "review original": (admin("original", entry.pk), jpeg),
        "exhibit chooser": (reverse("exhibit_chooser:choose"), words),
        "images in the admin": ("/admin/images/", words),
        "admin API": ("/admin/api/main/images/", words),
        "admin page search": (f"/admin/pages/search/?q={WORD}", words),
        "entry chooser": ("/admin/snippets/choose/gallery/entry/", words),
        "v2 images": ("/api/v2/images/", words),
        "v2 documents": ("/api/v2/documents/", words),
        "master by path": (f"/media/{entry.master.file.name}", jpeg),
        "preview by path": (f"/media/{entry.master.preview.name or 'previews/none.jpg'}", jpeg),
    }


def sees(client: Client, address: str, sign: bytes) -> bool:
    answer = client.get(address)
    assert answer.status_code < 500, address
    return answer.status_code == 200 and sign in body(answer)


def public_files_answer(client: Client, entry: Entry) -> bool:
    if not entry.media:
        return False
    answers = [client.get(f"/media/{entry.media}/120.{ending}") for ending in ("avif", "jpg")]
    return all(answer.status_code == 200 and body(answer) for answer in answers)


@pytest.mark.parametrize("state", EntryState.values)
def test_everybody_sees_exactly_what_they_may(state, work):
    owner = UserFactory()
    exhibition = make_exhibition(hang="by-curator", opens_at=make_exhibition().opens_at)
    entry = make_entry(state, exhibition=exhibition, photographer=owner, title=TITLE, caption=CAPTION)
    work()
    entry = Entry.objects.select_related("master", "exhibition").get(pk=entry.pk)
    viewers = {
        "anonymous": None,
        "another photographer": UserFactory(),
        "owner": owner,
        "moderator": moderator(),
        "curator": curator(),
        "editor": editor(),
        "administrator": administrator(),
    }
    found, rule = {}, {}
    for viewer, user in viewers.items():
        client = Client()
        if user is not None:
            client.force_login(user)
        found[viewer] = {place for place, (address, sign) in looks(entry).items() if sees(client, address, sign)}
        if public_files_answer(client, entry):
            found[viewer].add("files")
        rule[viewer] = expected(viewer, EntryState(state))
    assert found == rule
