"""One exhibit complete in one call; lists narrowed, counted and paged; nothing that other sites may not show."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from gallery.models.exhibits import Exhibit, ExhibitLabel
from gallery.public.api import schemas
from gallery.services import clock, entries, exhibits, hanging, tending
from tests.factories.entries import make_entry
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory, curator

HOUR = dt.timedelta(hours=1)


def label(exhibit: Exhibit, kind: str, slug: str, name: str) -> None:
    ExhibitLabel.objects.create(exhibit=exhibit, kind=kind, slug=slug, name=name)
    exhibits.write(exhibit)
    clock.tick(now=timezone.now())


def test_one_exhibit_in_full(api):
    exhibit = make_exhibit(
        make_exhibition(slug="in-the-making", title="In the Making"),
        public_id="x7Kp2Q",
        slug="four-necks",
        category=CategoryFactory(slug="hands", name="Hands at work"),
        department=DepartmentFactory(slug="chem", name="Chemistry"),
        title="Four “Necks”",
        technique="One lamp.",
        hung_at=dt.datetime(2026, 11, 1, 9, 30, tzinfo=dt.UTC),
        sources=[
            {"type": "image/avif", "width": 640, "height": 427, "key": "exhibits/x/640.avif", "bytes": 38211},
            {"type": "image/jpeg", "width": 640, "height": 427, "key": "exhibits/x/640.jpg", "bytes": 51034},
        ],
    )
    label(exhibit, "tag", "glass", "Glass")
    label(exhibit, "award", "overall-winner", "Overall winner")
    golden = {
        "id": "x7Kp2Q",
        "type": "exhibit",
        "url": "https://portal.example/exhibitions/in-the-making/x7Kp2Q-four-necks/",
        "title": "Four “Necks”",
        "caption": "What is happening here.",
        "alt": "Two gloved hands hold a flask up to the light.",
        "long_description": "",
        "technique": "One lamp.",
        "credit": "Photo: A. Example, Our university",
        "photographer": {
            "name": "A. Example",
            "slug": "a-example",
            "role": "Glassblower",
            "department": "Chemistry",
            "url": None,
        },
        "department": {"slug": "chem", "name": "Chemistry"},
        "exhibition": {
            "slug": "in-the-making",
            "title": "In the Making",
            "url": "https://portal.example/exhibitions/in-the-making/",
        },
        "category": {"slug": "hands", "name": "Hands at work"},
        "tags": ["Glass"],
        "awards": [{"slug": "overall-winner", "name": "Overall winner"}],
        "taken_on": "2026-03",
        "licence": {
            "code": "cc-by-4.0",
            "label": "CC BY 4.0",
            "url": "https://creativecommons.org/licenses/by/4.0/",
            "reusable": True,
        },
        "image": {
            "width": 3000,
            "height": 2000,
            "orientation": "landscape",
            "focal_point": [0.5, 0.5],
            "colour": "#25313a",
            "placeholder": "mUkGJYZiZWiIdXWJiMd3kKaAiAmI",
            "sources": [
                {
                    "type": "image/avif",
                    "width": 640,
                    "height": 427,
                    "url": "https://portal.example/media/exhibits/x/640.avif",
                    "bytes": 38211,
                },
                {
                    "type": "image/jpeg",
                    "width": 640,
                    "height": 427,
                    "url": "https://portal.example/media/exhibits/x/640.jpg",
                    "bytes": 51034,
                },
            ],
        },
        "iiif": None,
        "embed": None,
        "hung_at": "2026-11-01T09:30:00Z",
        "updated_at": "2026-11-01T09:30:00Z",
    }
    assert api.json("exhibits/x7Kp2Q/") == golden
    assert api.json("exhibits/") == {"count": 1, "next": None, "previous": None, "items": [golden]}


@pytest.mark.django_db
def test_answers_have_the_shape_they_say(api):
    make_entry("hung", licence="exhibition-only", credit_name="withheld")
    make_entry("hung")
    answer = api.get("exhibits/").content
    listed = schemas.ExhibitList.model_validate_json(answer)
    assert [item.photographer is None for item in listed.items] == [False, True]
    assert [item.licence.reusable for item in listed.items] == [True, False]
    for item in listed.items:
        schemas.Exhibit.model_validate_json(api.get(f"exhibits/{item.id}/").content)


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow_with_the_wall(api, number):
    edition, category, department = make_exhibition(), CategoryFactory(), DepartmentFactory()
    for _ in range(number):
        last = make_exhibit(edition, category=category, department=department)
    for parameters in (
        {},
        {"limit": 100},
        {"exhibition": edition.slug},
        {"order": "wall"},
        {"order": "title", "tag": "x", "award": "y", "q": "flask", "department": department.slug},
    ):
        found = api.json("exhibits/", parameters)
        assert api.queries == 2, parameters
        assert len(found["items"]) == (0 if "tag" in parameters else min(number, parameters.get("limit", 20)))
    api.json(f"exhibits/{last.public_id}/")
    assert api.queries == 2


# --- Narrowing


@pytest.fixture
def wall(db) -> dict[str, Exhibit]:
    """Three exhibits that differ in everything one can ask for."""
    now = timezone.now()
    first, second = make_exhibition(slug="first"), make_exhibition(slug="second")
    hands, rigs = CategoryFactory(slug="hands"), CategoryFactory(slug="rigs")
    chem, life = DepartmentFactory(slug="chem"), DepartmentFactory(slug="life")
    CategoryFactory(slug="nothing-yet")
    found = {
        "a": make_exhibit(
            first,
            category=hands,
            department=chem,
            title="Anneal",
            licence="cc-by-4.0",
            photographer_slug="ann",
            hung_at=now - 3 * HOUR,
        ),
        "b": make_exhibit(
            first, category=rigs, department=life, title="bore", licence="exhibition-only", hung_at=now - 2 * HOUR
        ),
        "c": make_exhibit(
            second,
            category=hands,
            department=life,
            title="Crème",
            licence="cc-by-nc-sa-4.0",
            orientation="portrait",
            caption="A kiln cools.",
            hung_at=now - HOUR,
        ),
    }
    label(found["a"], "award", "overall-winner", "Overall winner")
    label(found["b"], "tag", "laser-lab", "Laser lab")
    return found


@pytest.mark.parametrize(
    ("parameters", "expected", "count"),
    [
        ({}, "cba", 3),
        ({"exhibition": "first"}, "ab", 2),
        ({"exhibition": "nowhere"}, "", 0),
        ({"category": "hands"}, "ca", 2),
        ({"category": "nothing-yet"}, "", 0),
        ({"department": "chem"}, "a", 1),
        ({"department": "life", "category": "hands"}, "c", None),
        ({"award": "overall-winner"}, "a", 1),
        ({"award": "Overall winner"}, "a", 1),
        ({"tag": "laser-lab"}, "b", None),
        ({"tag": "Laser Lab"}, "b", None),
        ({"photographer": "ann"}, "a", None),
        ({"licence": "exhibition-only"}, "b", None),
        ({"orientation": "portrait"}, "c", None),
        ({"q": "KILN"}, "c", None),
        ({"q": "creme kiln"}, "c", None),
        ({"q": "laser"}, "b", None),
        ({"q": "100% _"}, "", None),
        ({"order": "oldest"}, "abc", 3),
        ({"order": "newest", "exhibition": "first"}, "ba", 2),
        ({"order": "wall"}, "cab", 3),
    ],
)
def test_narrowing_and_counting(api, wall, parameters, expected, count):
    answer = api.json("exhibits/", parameters)
    names = {exhibit.public_id: name for name, exhibit in wall.items()}
    assert "".join(names[item["id"]] for item in answer["items"]) == expected
    assert answer["count"] == count


def test_title_order_does_not_mind_capitals(api, wall):
    assert api.ids(order="title") == [wall[name].public_id for name in "abc"]


@pytest.mark.parametrize("field", ["hung_since", "updated_since"])
def test_since_a_moment(api, wall, field):
    b = wall["b"].hung_at
    spellings = [b.isoformat(), b.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), b.replace(tzinfo=None).isoformat()]
    for spelling in spellings:
        assert api.ids(**{field: spelling}) == [wall["c"].public_id, wall["b"].public_id]
    assert api.ids(**{field: "2020-01-01"}) == [wall[name].public_id for name in "cba"]
    assert api.ids(**{field: "2020-01-01T00:00:00+14:00"}) == [wall[name].public_id for name in "cba"]


# --- Strictness


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colour", "red"),
        ("edition", "e2026"),
        ("Limit", "5"),
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "-1"),
        ("limit", "1_0"),
        ("limit", "5.0"),
        ("limit", " 5"),
        ("limit", "٥"),
        ("limit", ""),
        ("limit", "9" * 5000),
        ("order", "random"),
        ("order", ""),
        ("licence", "cc0"),
        ("licence", "open"),
        ("orientation", "Landscape"),
        ("exhibition", ""),
        ("exhibition", "a\x00b"),
        ("category", "x" * 5000),
        ("department", "two words"),
        ("photographer", "\x00"),
        ("tag", "\x00"),
        ("award", " "),
        ("q", ""),
        ("q", "   "),
        ("q", "hand\x00s"),
        ("q", "x" * 201),
        ("hung_since", "yesterday"),
        ("hung_since", "1700000000"),
        ("hung_since", "2026-03-01T10:00:00 01:00"),
        ("hung_since", "0001-01-01"),
        ("updated_since", "9999-12-31T23:59:59-12:00"),
        ("updated_since", "2026-02-30"),
        ("cursor", ""),
        ("cursor", "abc"),
        ("cursor", "\x00"),
        ("cursor", "é"),
        ("cursor", "[" * 1500),
        ("cursor", "W1tbW1tb" * 190),
    ],
)
def test_a_bad_parameter_is_named(refused, name, value):
    assert [error["parameter"] for error in refused("exhibits/", {name: value})] == [name]


def test_every_bad_value_is_named_at_once(refused):
    errors = refused("exhibits/", {"limit": "no", "order": "up", "orientation": "round"})
    assert [error["parameter"] for error in errors] == ["orientation", "order", "limit"]
    assert errors[2]["message"] == "Please give a whole number."


def test_a_repeated_parameter_is_refused(refused):
    errors = refused("exhibits/?department=chem&department=life")
    assert errors == [{"parameter": "department", "message": "Please give it once."}]


def test_the_rest_of_the_api_is_as_strict(api, refused):
    exhibit = make_exhibit(make_exhibition(slug="here"))
    for path in ("exhibitions/", "exhibitions/here/", f"exhibits/{exhibit.public_id}/"):
        assert refused(path, {"limit": "1"}) == [
            {"parameter": "limit", "message": "There is no such parameter. None are taken here."}
        ]


@pytest.mark.parametrize("id", ["nope", "a" * 13, "%00", "x-y", "é", "x" * 3000, "..%2f", "'"])
def test_an_unknown_id_is_404(api, id):
    response = api.get(f"exhibits/{id}/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


# --- Who may be shown elsewhere


def test_an_exhibit_that_is_not_shared_is_as_if_it_were_not_there(api):
    edition = make_exhibition(slug="here")
    make_exhibit(edition, title="Everybody may show this")
    ours = make_exhibit(edition, title="Ours alone", is_shared=False)
    label(ours, "tag", "glass", "Glass")
    label(ours, "award", "winner", "Winner")
    asked = [
        "exhibits/",
        "exhibits/?order=wall",
        "exhibits/?exhibition=here",
        f"exhibits/?department={ours.department.slug}",
        f"exhibits/?category={ours.category.slug}",
        "exhibits/?tag=glass",
        "exhibits/?award=winner",
        "exhibits/?q=ours",
        "exhibits/?photographer=a-example",
        "exhibitions/",
        "exhibitions/here/",
        "changes/",
        "docs/",
        "/api/v2/exhibits/?fields=*",
        "/api/v2/pages/?type=gallery.ExhibitionPage&fields=*",
    ]
    for path in asked:
        text = api.get(path).content.decode()
        assert ours.public_id not in text, path
        assert "Ours alone" not in text, path
    for path in asked[3:7]:
        assert api.json(path)["items"] == []
    assert [api.json(path)["count"] for path in ("exhibits/", asked[3], "exhibits/?award=winner")] == [1, 0, 0]
    assert api.get(f"exhibits/{ours.public_id}/").status_code == 404
    assert api.get(f"/api/v2/exhibits/{ours.public_id}/").status_code == 404


def test_people_who_refuse_other_sites_keep_the_picture_on_our_wall_only(api):
    entry = make_entry("hung", people=[{"name": "Ines", "email": "ines@x.example", "channels": ["web", "print"]}])
    assert Exhibit.objects.get().is_shared is False
    assert api.ids() == []
    assert api.get(f"exhibits/{entry.public_id}/").status_code == 404


def test_withdrawn_is_gone_and_says_nothing_more(api):
    entry = make_entry("hung", title="Shown once")
    address = f"exhibits/{entry.public_id}/"
    tag = api.get(address)["ETag"]
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    response = api.get(address, if_none_match=tag)
    assert response.status_code == 410
    assert response.json() == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "detail": "This photograph is no longer shown. Please delete your copy.",
    }
    assert api.queries == 2
    assert "Shown once" not in api.get("changes/").content.decode()
    assert api.ids() == []


def test_hung_again_keeps_its_address(api):
    entry = make_entry("hung")
    hanging.take_down(entry=entry, by=curator(), reason="A label.", now=timezone.now())
    assert api.get(f"exhibits/{entry.public_id}/").status_code == 410
    hanging.ask_to_hang(entry=entry, by=None, now=timezone.now())
    hanging.hang_if_due(entry_id=entry.pk)
    assert api.json(f"exhibits/{entry.public_id}/")["id"] == entry.public_id


def test_expiry_needs_nobody(api, monkeypatch):
    now = timezone.now()
    edition = make_exhibition(slug="here")
    staying = make_exhibit(edition)
    leaving = make_exhibit(edition, expires_at=now + HOUR)
    clock.tick(now=now)
    assert set(api.ids()) == {staying.public_id, leaving.public_id}
    tag = api.get("exhibits/")["ETag"]

    at(monkeypatch, now + HOUR)
    answer = api.get("exhibits/", if_none_match=tag)
    assert [item["id"] for item in answer.json()["items"]] == [staying.public_id]
    assert api.json("exhibits/")["count"] == 1
    assert api.json("exhibits/?exhibition=here")["count"] == 1
    assert api.json("exhibitions/here/")["count"] == 1
    assert api.get(f"exhibits/{leaving.public_id}/").status_code == 410
    assert api.json("changes/")["items"][-1] == {
        "id": leaving.public_id,
        "at": leaving.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "kind": "expired",
    }

    tending.tend(now=now + HOUR)
    assert api.ids() == [staying.public_id]
    assert api.json("changes/")["items"][-1]["kind"] == "expired"
    assert api.get(f"exhibits/{leaving.public_id}/").status_code == 410


def test_two_timed_changes_before_anybody_tends_are_two_answers(api, monkeypatch):
    now = timezone.now()
    edition = make_exhibition()
    make_exhibit(edition, expires_at=now + HOUR)
    make_exhibit(edition, expires_at=now + 2 * HOUR)
    clock.tick(now=now)
    at(monkeypatch, now + HOUR)
    first = api.get("exhibits/")
    assert api.get("exhibits/", if_none_match=first["ETag"]).status_code == 304
    at(monkeypatch, now + 2 * HOUR)
    second = api.get("exhibits/", if_none_match=first["ETag"])
    assert (first.json()["count"], second.status_code, second.json()["count"]) == (1, 200, 0)


def at(monkeypatch, moment: dt.datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


SECRETS = {
    "photographer's address": "secret-photographer@calderwick.example",
    "person's name": "Perpetua Secretname",
    "person's address": "perpetua-secret@x.example",
    "review note": "Please look at the label on the left",
    "approval note": "Everything is cleared",
    "file name": "IMG_0001",
}


def test_nothing_private_is_in_any_answer(api):
    from tests.factories.people import UserFactory

    people = [
        {"name": SECRETS["person's name"], "email": SECRETS["person's address"], "channels": ["web", "other-sites"]}
    ]
    entry = make_entry(
        "hung", photographer=UserFactory(email=SECRETS["photographer's address"], name="Ann Public"), people=people
    )
    make_entry("in-review", exhibition=entry.exhibition, title="Not yet decided")
    make_entry("on-hold", exhibition=entry.exhibition, title="Kept waiting")
    answers = "".join(
        api.get(path).content.decode()
        for path in (
            "",
            "exhibits/",
            f"exhibits/{entry.public_id}/",
            "exhibitions/",
            f"exhibitions/{entry.exhibition.slug}/",
            "changes/",
            "openapi.json",
            "docs/",
            "/api/v2/pages/?fields=*",
            f"/api/v2/pages/{entry.exhibition.pk}/?fields=*",
            "/api/v2/exhibits/?fields=*",
            f"/api/v2/exhibits/{entry.public_id}/",
        )
    )
    assert "Ann Public" in answers
    for secret in (*SECRETS.values(), "Not yet decided", "Kept waiting", "masters/", '"owner"', "revision"):
        assert secret not in answers, secret
    sources = json.loads(api.get(f"exhibits/{entry.public_id}/").content)["image"]["sources"]
    assert sources
    assert all(f"/media/exhibits/{entry.public_id}/" in source["url"] for source in sources)
