"""What the API says about itself: OpenAPI 3.1, a page for people, and the list of its addresses."""

import datetime as dt
import functools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gallery.models.exhibits import Exhibit

from .answers import here, tagged
from .routes import ROOT, api

WRITTEN_AT = dt.datetime.fromtimestamp(
    max(path.stat().st_mtime for path in Path(__file__).parent.glob("*.py")), tz=dt.UTC
)


def index(request: HttpRequest) -> HttpResponse:
    """Where to begin."""
    names = ("exhibitions/", "exhibits/", "changes/", "openapi.json", "docs/")
    body = json.dumps({name.rstrip("/").removesuffix(".json"): here(ROOT + name) for name in names})
    return tagged(request, HttpResponse(body, content_type="application/json"), changed_at=WRITTEN_AT)


# --- For machines


@functools.cache
def openapi() -> dict:
    """ninja's own schema, put right where it cannot know: problems have a media type of their own, and leaving a
    parameter out is not the same as sending null."""
    schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix=ROOT)))
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    response["content"] = {"application/problem+json": response["content"]["application/json"]}
            for parameter in operation["parameters"]:
                parameter["schema"] = _without_null(parameter["schema"])
    return schema


def _without_null(schema: dict) -> dict:
    """An optional parameter's own schema: `anyOf` with null says nothing in an address."""
    told = {
        name: value for name, value in schema.items() if name not in ("anyOf", "default", "description", "title")
    }
    if schema.get("default") is not None:
        told["default"] = schema["default"]
    (wanted,) = [choice for choice in schema.get("anyOf", [{}]) if choice != {"type": "null"}]
    return {**wanted, **told}


def openapi_json(request: HttpRequest) -> HttpResponse:
    schema = {**openapi(), "servers": [{"url": here("")}]}
    body = json.dumps(schema, ensure_ascii=False)
    return tagged(request, HttpResponse(body, content_type="application/json"), changed_at=WRITTEN_AT)


# --- For people


def docs(request: HttpRequest) -> HttpResponse:
    """Every address with its parameters, its answer's fields, and examples that work today."""
    newest = (
        Exhibit.objects.shared(timezone.now())
        .order_by("-hung_at", "public_id")
        .values("public_id", "exhibition__slug", "category__slug", "department__slug")
        .first()
    )
    context = {
        "about": openapi()["info"]["description"],
        "root": here(ROOT),
        "operations": list(_operations(newest)),
    }
    return tagged(request, render(request, "gallery/api/docs.html", context), changed_at=WRITTEN_AT)


def _operations(newest: Mapping[str, object] | None) -> Iterator[dict]:
    schema = openapi()
    shapes = schema["components"]["schemas"]
    examples = _examples(newest)
    for path, methods in schema["paths"].items():
        operation = methods["get"]
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        yield {
            "id": operation["operationId"],
            "path": path.removeprefix(ROOT),
            "summary": operation["summary"],
            "description": operation.get("description", ""),
            "parameters": [
                {
                    "name": parameter["name"],
                    "kind": _kind(parameter["schema"], shapes),
                    "description": parameter.get("description", ""),
                }
                for parameter in operation["parameters"]
            ],
            "fields": _fields(answer, shapes),
            "examples": examples.get(operation["operationId"], []),
        }


def _examples(newest: Mapping[str, object] | None) -> dict[str, list[dict]]:
    """Addresses that answer with something, by operation."""

    def example(words: str, path: str, **parameters: object) -> dict:
        query = f"?{urlencode(parameters)}" if parameters else ""
        return {"words": words, "url": here(f"{ROOT}{path}{query}")}

    if newest is None:
        return {"editions": [example("Every edition", "exhibitions/")]}
    edition, department = newest["exhibition__slug"], newest["department__slug"]
    return {
        "editions": [example("Every edition", "exhibitions/")],
        "edition": [example("The edition of the newest photograph", f"exhibitions/{edition}/")],
        "exhibits": [
            example("The newest four of one department", "exhibits/", department=department, limit=4),
            example("A wall, as we hang it", "exhibits/", exhibition=edition),
            example("Wide pictures for a screen", "exhibits/", orientation="landscape", order="newest"),
            example("One category by title", "exhibits/", category=newest["category__slug"], order="title"),
            example("A word", "exhibits/", q="hands"),
            example("A mistake, to see what that looks like", "exhibits/", limit=1000, colour="red"),
        ],
        "exhibit": [example("The newest photograph", f"exhibits/{newest['public_id']}/")],
        "changes": [example("From the beginning", "changes/", limit=10)],
    }


def _kind(schema: dict, shapes: dict) -> str:
    """A type in words."""
    if "$ref" in schema:
        schema = shapes[schema["$ref"].rsplit("/", 1)[-1]]
    if "anyOf" in schema:
        return " or ".join(_kind(choice, shapes) for choice in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema["type"] == "array":
        return f"list of {_kind(schema['items'], shapes)}"
    if schema["type"] == "object":
        return schema["title"]
    if "minimum" in schema:
        return f"{schema['type']}, {schema['minimum']} to {schema['maximum']}"
    return schema.get("format", schema["type"])


def _fields(schema: dict, shapes: dict) -> list[dict]:
    """The fields of an answer, one level deep; the rest stands in the OpenAPI document."""
    shape = shapes[schema["$ref"].rsplit("/", 1)[-1]]
    return [
        {"name": name, "kind": _kind(field, shapes), "description": field.get("description", "")}
        for name, field in shape["properties"].items()
    ]
