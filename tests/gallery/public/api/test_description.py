"""What the API says about itself is complete, true, and asks nothing of third parties."""

import re

import pytest
from django.utils import timezone

from gallery.public.api.parameters import ChangesQuery, ExhibitQuery
from tests.factories.exhibitions import make_exhibit, make_exhibition


def refs(value: object) -> set[str]:
    if isinstance(value, dict):
        found = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return found.union(*map(refs, value.values()))
    return set().union(*map(refs, value)) if isinstance(value, list) else set()


def test_openapi_names_every_address_parameter_and_answer(api):
    schema = api.json("openapi.json")
    assert api.queries == 0
    assert schema["openapi"] == "3.1.0"
    assert schema["servers"] == [{"url": "https://portal.example"}]
    root = "/api/gallery/v1/"
    statuses = {path.removeprefix(root): sorted(each["get"]["responses"]) for path, each in schema["paths"].items()}
    assert statuses == {
        "exhibitions/": ["200", "304", "422"],
        "exhibitions/{slug}/": ["200", "304", "404", "422"],
        "exhibits/": ["200", "304", "422"],
        "exhibits/{id}/": ["200", "304", "404", "410", "422"],
        "changes/": ["200", "304", "422"],
    }
    parameters = {
        path.removeprefix(root): [parameter["name"] for parameter in each["get"]["parameters"]]
        for path, each in schema["paths"].items()
    }
    assert parameters["exhibits/"] == list(ExhibitQuery.model_fields)
    assert parameters["changes/"] == list(ChangesQuery.model_fields)
    assert parameters["exhibits/{id}/"] == ["id"]
    known = {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}
    assert refs(schema) == known


def test_openapi_says_what_the_server_does(api):
    schema = api.json("openapi.json")
    operation = schema["paths"]["/api/gallery/v1/exhibits/"]["get"]
    told = {parameter["name"]: parameter["schema"] for parameter in operation["parameters"]}
    assert told["limit"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
    assert told["licence"] == {"$ref": "#/components/schemas/Licence"}
    assert told["hung_since"] == {"type": "string", "format": "date-time"}
    assert "null" not in str(told)
    assert operation["responses"]["422"]["content"] == {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
    }
    exhibit = schema["components"]["schemas"]["Exhibit"]
    assert exhibit["required"] == list(exhibit["properties"])
    assert exhibit["additionalProperties"] is False


def test_the_page_for_people(api):
    exhibit = make_exhibit(make_exhibition(slug="here"))
    page = api.get("docs/").content.decode()
    assert page.count("<h1>") == 1
    for name in ("exhibits/{id}/", "changes/", "hung_since", "photographer", "licence"):
        assert f"<code>{name}</code>" in page or f"GET {name}" in page
    links = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert not [link for link in links if "//" in link and not link.startswith("https://portal.example/")]
    assert "<script" not in page
    assert " style=" not in page
    examples = [link.replace("&amp;", "&") for link in links if link.startswith("https://portal.example/api/")]
    assert f"https://portal.example/api/gallery/v1/exhibits/{exhibit.public_id}/" in examples
    answers = [api.get(link).status_code for link in examples]
    assert sorted(set(answers)) == [200, 422]
    assert answers.count(422) == 1


@pytest.mark.django_db
def test_the_page_before_anything_hangs(api):
    assert api.get("docs/").status_code == 200


def test_the_page_shows_nothing_that_other_sites_may_not(api):
    edition = make_exhibition()
    ours = make_exhibit(edition, is_shared=False, hung_at=timezone.now())
    assert ours.public_id not in api.get("docs/").content.decode()


def test_the_list_of_addresses(api):
    assert api.json("") == {
        "exhibitions": "https://portal.example/api/gallery/v1/exhibitions/",
        "exhibits": "https://portal.example/api/gallery/v1/exhibits/",
        "changes": "https://portal.example/api/gallery/v1/changes/",
        "openapi": "https://portal.example/api/gallery/v1/openapi.json",
        "docs": "https://portal.example/api/gallery/v1/docs/",
    }
