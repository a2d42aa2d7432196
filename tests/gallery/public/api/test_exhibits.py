"""One exhibit complete in one call; lists narrowed, counted and paged."""

import datetime as dt

import pytest
from django.utils import timezone

from cms.changes.recording import record_all
from gallery.enums import EXHIBIT
from gallery.models.exhibits import Exhibit, ExhibitLabel
from gallery.public.api import schemas
from gallery.services import exhibits
from tests.factories.entries import make_entry
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory

HOUR = dt.timedelta(hours=1)


def label(exhibit: Exhibit, kind: str, slug: str, name: str) -> None:
    ExhibitLabel.objects.create(exhibit=exhibit, kind=kind, slug=slug, name=name)
    exhibits.write(exhibit)
    record_all(EXHIBIT, now=timezone.now())


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
    api.json("exhibits/", {"category": "x"})  # reads former names, which every answer remembers
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
