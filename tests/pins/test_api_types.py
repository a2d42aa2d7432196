"""What other sites see: names of types they ask for and fields they read, in both APIs: Wagtail's and our own."""

import pytest
from django.db.models import Model
from django.test import Client
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.models import Page, get_page_models

from cms.api_urls import router

from .pinned import assert_as_pinned

pytestmark = pytest.mark.django_db


def answers(viewset: type[BaseAPIViewSet], model: type[Model]) -> dict:
    """The type's name and the fields of one in a list and of one in full, when nothing special is asked for."""
    listing, detail = (
        viewset._get_serializer_class(router, model, [], show_details=is_full) for is_full in (False, True)
    )
    type_field = detail(context={"view": viewset()}).fields["type"]
    return {
        type_field.to_representation(model()): {
            "in a list": list(listing.Meta.fields),
            "in full": list(detail.Meta.fields),
            "in full only, even when asked for": list(viewset.detail_only_fields),
        }
    }


def test_types_and_fields_of_wagtails_api():
    pages = [model for model in get_page_models() if model is not Page]
    found: dict[str, dict] = {}
    for name, viewset in router._endpoints.items():
        for model in pages if name == "pages" else [viewset.model]:
            found.setdefault(f"/api/v2/{name}/", {}).update(answers(viewset, model))
    assert_as_pinned("api_v2", found)


# --- The gallery's own


def kind(schema: dict) -> str:
    """`[ExhibitOut] or null` for a list of those that may be missing."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " or ".join(kind(one) for one in schema[several])
    if schema.get("type") == "array":
        return f"[{kind(schema.get('items', {}))}]"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"{{{kind(schema['additionalProperties'])}}}"
    choices = schema.get("enum", [schema["const"]] if "const" in schema else [])
    name = schema.get("type", "anything") + (f" ({schema['format']})" if "format" in schema else "")
    return f"{name}: {', '.join(map(str, choices))}" if choices else name


def described(method: dict) -> dict:
    return {
        "parameters": {
            f"{one['name']} in {one['in']}": kind(one["schema"]) + (", required" if one.get("required") else "")
            for one in method.get("parameters", [])
        },
        "answers": {
            code: ", ".join(
                f"{media}: {kind(content.get('schema', {}))}"
                for media, content in answer.get("content", {}).items()
            )
            for code, answer in method["responses"].items()
        },
    }


def test_paths_parameters_and_fields_of_the_gallerys_api():
    told = Client().get("/api/gallery/v1/openapi.json").json()
    found = {
        "paths": {
            f"{method.upper()} {path}": described(how)
            for path, methods in told["paths"].items()
            for method, how in methods.items()
        },
        "schemas": {
            name: {
                field: kind(what) + ("" if field in schema.get("required", []) else ", may be missing")
                for field, what in schema.get("properties", {}).items()
            }
            or kind(schema)
            for name, schema in told["components"]["schemas"].items()
        },
    }
    assert_as_pinned("api_gallery_v1", found)
