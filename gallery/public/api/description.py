"""What the API says about itself: OpenAPI 3.1, a page for people, and the list of its addresses."""

import functools
import json
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja.openapi.views import openapi_view

from cms.api.conditional import tagged, written_at
from cms.core.addresses import absolute_url

from .parameters import ChangesQuery, ExhibitQuery
from .routes import ROOT, api

WRITTEN_AT = written_at(Path(__file__).parent)


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
    """ninja's own browser, in a page of ours: `templates/ninja/swagger.html`."""
    return tagged(request, openapi_view(request, api), changed_at=WRITTEN_AT)
