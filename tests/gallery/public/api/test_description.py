"""What the API says about itself is complete, true, and asks nothing of third parties."""

import json
import re

from django.contrib.staticfiles import finders

from gallery.public.api.parameters import ChangesQuery, ExhibitQuery


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
    problem = schema["components"]["schemas"]["Problem"]  # a client made from it reads a 404, which has no errors
    assert problem["required"] == list(api.get("exhibits/zzzz/").json())
    exhibit = schema["components"]["schemas"]["Exhibit"]
    assert exhibit["required"] == list(exhibit["properties"])
    assert exhibit["additionalProperties"] is False


def test_the_page_for_people(api):
    response = api.get("docs/")
    page = response.content.decode()
    assert page.count("<h1>") == 1
    links = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert {"/api/gallery/v1/", "/api/gallery/v1/openapi.json", "/api/gallery/v1/docs/"} <= set(links)
    assert not [link for link in links if "//" in link]
    settings = json.loads(
        re.search(r'<script type="application/json" id="swagger-settings">(.*?)</script>', page, re.S)[1]
    )
    assert settings["url"] == "/api/gallery/v1/openapi.json"
    assert settings["validatorUrl"] is None


def test_the_page_is_no_exception_to_our_rules_for_scripts_and_styles(api):
    response, other = api.get("docs/"), api.get("")
    policy, usual = (sorted(each["Content-Security-Policy"].split("; ")) for each in (response, other))
    assert policy == usual
    page = response.content.decode()
    assert re.findall(r"<script (\w+)=", page) == ["type", "src", "src"]
    assert "<style" not in page
    assert " style=" not in page


def test_what_the_page_loads_is_served_from_here(api):
    loaded = re.findall(r'(?:href|src)="/static/(ninja/[^"]+)"', api.get("docs/").content.decode())
    assert loaded == ["ninja/swagger-ui.css", "ninja/swagger-ui-bundle.js", "ninja/swagger-ui-init.js"]
    assert all(finders.find(name) for name in loaded)


def test_the_list_of_addresses(api):
    assert api.json("") == {
        "exhibitions": "https://portal.example/api/gallery/v1/exhibitions/",
        "exhibits": "https://portal.example/api/gallery/v1/exhibits/",
        "changes": "https://portal.example/api/gallery/v1/changes/",
        "openapi": "https://portal.example/api/gallery/v1/openapi.json",
        "docs": "https://portal.example/api/gallery/v1/docs/",
    }
