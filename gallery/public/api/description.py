"""What the API says about itself: OpenAPI 3.1, a page for people, and the list of its addresses."""

import datetime as dt
import functools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.api.conditional import tagged
from cms.core.addresses import absolute_url
from gallery.models.exhibits import Exhibit

from .parameters import ChangesQuery, ExhibitQuery
from .routes import ROOT, api

WRITTEN_AT = dt.datetime.fromtimestamp(
    max(path.stat().st_mtime for path in Path(__file__).parent.glob("*.py")), tz=dt.UTC
)


def index(request: HttpRequest) -> HttpResponse:
    """Where to begin."""
    names = ("exhibitions/", "exhibits/", "changes/", "openapi.json", "docs/")
    body = json.dumps({name.rstrip("/").removesuffix(".json"): absolute_url(ROOT + name) for name in names})
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
    for query in (ExhibitQuery, ChangesQuery):  # written out as parameters above
        schema["components"]["schemas"].pop(query.__name__, None)
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
    schema = {**openapi(), "servers": [{"url": settings.BASE_URL}]}
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
        "about": _words(openapi()["info"]["description"]),
        "root": absolute_url(ROOT),
        "operations": [_operation(path, methods["get"], newest) for path, methods in openapi()["paths"].items()],
        "shapes": list(_shapes()),
    }
    return tagged(request, render(request, "gallery/api/docs.html", context), changed_at=WRITTEN_AT)


def _operation(path: str, operation: dict, newest: Mapping[str, object] | None) -> dict:
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return {
        "id": operation["operationId"],
        "path": path.removeprefix(ROOT),
        "summary": operation["summary"],
        "description": _words(operation.get("description", "")),
        "parameters": [
            {
                "name": parameter["name"],
                "kind": _kind(parameter["schema"]),
                "description": _words(parameter.get("description", "")),
            }
            for parameter in operation["parameters"]
        ],
        "answer": _kind(answer),
        "examples": _examples(newest).get(operation["operationId"], []),
    }


def _shapes() -> Iterator[dict]:
    for name, shape in openapi()["components"]["schemas"].items():
        if "properties" in shape:
            yield {
                "name": name,
                "description": _words(shape.get("description", "")),
                "fields": [
                    {"name": field, "kind": _kind(kind), "description": _words(kind.get("description", ""))}
                    for field, kind in shape["properties"].items()
                ],
            }


def _examples(newest: Mapping[str, object] | None) -> dict[str, list[dict]]:
    """Addresses that answer with something today, by operation."""

    def example(words: str, path: str, **parameters: object) -> dict:
        path += f"?{urlencode(parameters)}" if parameters else ""
        return {"words": words, "path": path, "url": absolute_url(ROOT + path)}

    every = {"editions": [example("Every edition", "exhibitions/")]}
    if newest is None:
        return every
    edition, department = newest["exhibition__slug"], newest["department__slug"]
    return every | {
        "edition": [example("The edition of the newest photograph", f"exhibitions/{edition}/")],
        "exhibits": [
            example("The newest four of one department", "exhibits/", department=department, limit=4),
            example("A wall, as we hang it", "exhibits/", exhibition=edition),
            example("Wide pictures for a screen", "exhibits/", orientation="landscape", order="newest"),
            example("One category by title", "exhibits/", category=newest["category__slug"], order="title"),
            example("A word", "exhibits/", q="hands"),
            example("A mistake, to see what that looks like", "exhibits/", limit=1000),
        ],
        "exhibit": [example("The newest photograph", f"exhibits/{newest['public_id']}/")],
        "changes": [example("From the beginning", "changes/", limit=10)],
    }


def _words(text: str) -> SafeString:
    """Words with `code` in them."""
    parts = text.split("`")
    return format_html_join(
        "",
        "{}",
        ((format_html("<code>{}</code>", part) if place % 2 else part,) for place, part in enumerate(parts)),
    )


def _kind(schema: dict) -> SafeString:
    """A type in words, with a link to the shape it names."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        shape = openapi()["components"]["schemas"][name]
        return _kind(shape) if "enum" in shape else format_html('<a href="#{0}">{0}</a>', name)
    if "anyOf" in schema:
        return format_html_join(" or ", "{}", ((_kind(choice),) for choice in schema["anyOf"]))
    if "enum" in schema:
        return format_html_join(" | ", "<code>{}</code>", ((value,) for value in schema["enum"]))
    if "const" in schema:
        return format_html("<code>{}</code>", schema["const"])
    if schema["type"] == "array":
        return format_html("list of {}", _kind(schema["items"]))
    if "minimum" in schema:
        return format_html("{}, {} to {}", schema["type"], schema["minimum"], schema["maximum"])
    return format_html("{}", schema.get("format", schema["type"]))
