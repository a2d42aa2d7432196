"""Exhibits for clients that speak Wagtail: `/api/v2/exhibits/`, read from the same stored documents."""

import json
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone
from rest_framework.fields import Field
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api import APIField
from wagtail.api.v2.serializers import BaseSerializer
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet

from cms.api.answers import View
from cms.api.viewsets import RecordsAPIViewSet
from cms.core.addresses import fill_absolute
from gallery.models.exhibits import Exhibit, ExhibitQuerySet
from gallery.public.api.conditional import GalleryAnswer
from gallery.public.api.selection import select

#: What an exhibit's document holds, besides `id`, `type` and its page's address.
FIELDS = (
    "title",
    "caption",
    "alt",
    "long_description",
    "technique",
    "credit",
    "photographer",
    "department",
    "exhibition",
    "category",
    "tags",
    "awards",
    "taken_on",
    "licence",
    "image",
    "iiif",
    "embed",
    "hung_at",
    "updated_at",
)
ORDERS = {"hung_at", "updated_at", "title"}


def tag_exhibits(view: View) -> View:
    """The same tag and the same cheap 304 as the gallery's own API."""

    def tagging(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        answer = GalleryAnswer(request)
        if unchanged := answer.unchanged():
            return unchanged
        response = view(request, *args, **kwargs)
        if not isinstance(response, Response) or response.status_code != 200:
            return response
        return answer.stamp(response.render())

    return tagging


class DocumentField(Field):
    """One field of the stored document."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, exhibit: Exhibit) -> object:
        return exhibit.facts[self.field_name]  # type: ignore[attr-defined]


class IdField(Field):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, source="pk", **kwargs)

    def to_representation(self, value: str) -> str:
        return value


class ExhibitAddressField(DocumentField):
    def to_representation(self, exhibit: Exhibit) -> object:
        return exhibit.facts["url"]  # type: ignore[attr-defined]


class DocumentSerializer(BaseSerializer):
    """Reads each exhibit's document once."""

    def to_representation(self, instance: Exhibit) -> dict:
        instance.facts = json.loads(fill_absolute(instance.document))  # type: ignore[attr-defined]
        return super().to_representation(instance)


class ExhibitFilter(BaseFilterBackend):
    """`exhibition`, `category` and `department` by slug, `search` by words, `order` by a few columns."""

    def filter_queryset(self, request: Request, queryset: ExhibitQuerySet, view: object) -> ExhibitQuerySet:
        names = {"exhibition": "exhibition", "category": "category", "department": "department", "search": "q"}
        filters = {names[name]: value for name, value in request.GET.items() if name in names}
        if not all(value.strip() for value in filters.values()):
            raise BadRequestError("a filter is empty")
        found = select(filters, now=view.now)  # type: ignore[attr-defined]
        order = request.GET.get("order", "-hung_at")
        if order.removeprefix("-") not in ORDERS:
            raise BadRequestError(f"order must be one of {', '.join(sorted(ORDERS))}, with - for the reverse")
        return found.order_by(order, "pk")


class ExhibitsAPIViewSet(RecordsAPIViewSet):
    """Listing and detail. Keys are the exhibits' public ids."""

    name = "exhibits"
    model = Exhibit
    base_serializer_class = DocumentSerializer
    filter_backends = [ExhibitFilter]
    known_query_parameters = frozenset(
        ["limit", "offset", "fields", "order", "search", "exhibition", "category", "department"]
    )
    body_fields = [
        APIField("id", serializer=IdField()),
        *(APIField(name, serializer=DocumentField()) for name in FIELDS),
    ]
    meta_fields = [*BaseAPIViewSet.meta_fields, APIField("html_url", serializer=ExhibitAddressField())]
    listing_default_fields = [
        *BaseAPIViewSet.listing_default_fields,
        "html_url",
        "title",
        "alt",
        "credit",
        "licence",
        "image",
    ]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        self.now = timezone.now()
        super().initial(request, *args, **kwargs)

    def get_queryset(self) -> ExhibitQuerySet:
        return Exhibit.objects.shared(self.now).only("public_id", "document").order_by("-hung_at", "pk")

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", tag_exhibits(cls.as_view({"get": "listing_view"})), name="listing"),
            path("<slug:pk>/", tag_exhibits(cls.as_view({"get": "detail_view"})), name="detail"),
        ]
