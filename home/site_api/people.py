"""People for clients that speak Wagtail: `/api/v2/people/`, everybody who shows a profile and nobody else."""

from django.db.models import QuerySet
from django.urls import URLPattern, path
from rest_framework.fields import Field
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from wagtail.api import APIField
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet

from cms.api.conditional import tag_finished
from cms.api.viewsets import RecordsAPIViewSet
from cms.core.addresses import absolute_url
from cms.people.models import Profile
from gallery.models.exhibits import Exhibit
from home.technicians.directory import says
from home.technicians.models import CaseStudyPage, open_profiles

ORDERS = {"name", "joined"}


class WholeField(Field):
    """A field made from the whole profile."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(read_only=True, source="*", **kwargs)


class SlugField(Field):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(read_only=True, source="pk", **kwargs)

    def to_representation(self, value: str) -> str:
        return value


class ProfileAddressField(WholeField):
    def to_representation(self, profile: Profile) -> str:
        return absolute_url(profile.path)


class GroupField(Field):
    """A department or a role family."""

    def to_representation(self, group: object) -> dict[str, str]:
        return {"slug": group.slug, "name": group.name}  # type: ignore[attr-defined]


class AnswerPairsField(Field):
    def to_representation(self, pairs: list[list[str]]) -> list[dict[str, str]]:
        return [{"question": pair[0], "answer": pair[1]} for pair in pairs]


class PortraitField(WholeField):
    """Ready-made sizes with description and credit; null without a portrait."""

    def to_representation(self, profile: Profile) -> dict | None:
        return profile.portrait.as_api() if profile.portrait else None


class ExhibitsField(WholeField):
    """Their photographs that other sites may show, newest first. On one person only: one query."""

    def to_representation(self, profile: Profile) -> list[dict[str, str]]:
        hanging = (
            Exhibit.objects.shared()
            .filter(photographer_slug=profile.slug)
            .select_related("exhibition")
            .only("public_id", "slug", "title", "exhibition__slug")
            .order_by("-hung_at", "public_id")
        )
        return [
            {
                "id": exhibit.public_id,
                "title": exhibit.title,
                "url": absolute_url(exhibit.path),
                "detail_url": absolute_url(f"/api/gallery/v1/exhibits/{exhibit.public_id}/"),
            }
            for exhibit in hanging
        ]


class StoriesField(WholeField):
    """Stories about them, and those that show something they made. On one person only: one query."""

    def to_representation(self, profile: Profile) -> list[dict[str, object]]:
        return [
            {
                "id": page.pk,
                "title": page.title,
                "introduction": page.introduction,
                "url": absolute_url(page.address),
                "detail_url": absolute_url(f"/api/v2/pages/{page.pk}/"),
            }
            for page in CaseStudyPage.objects.about(profile.slug).shown()
        ]


class PeopleFilter(BaseFilterBackend):
    """`department` and `role_family` by slug, `search` by words, `order` by name or year."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Profile], view: object) -> QuerySet[Profile]:
        for name in ("department", "role_family"):
            if name in request.GET:
                if not request.GET[name].strip():
                    raise BadRequestError(f"{name} is empty")
                queryset = queryset.filter(**{f"{name}__slug": request.GET[name]})
        order = request.GET.get("order", "name")
        if order.removeprefix("-") not in ORDERS:
            raise BadRequestError(f"order must be one of {', '.join(sorted(ORDERS))}, with - for the reverse")
        words = request.GET.get("search", "")
        if words:
            found = [profile.pk for profile in queryset if says(profile, words)]
            queryset = queryset.filter(pk__in=found)
        return queryset.order_by(order, "pk")


class PeopleAPIViewSet(RecordsAPIViewSet):
    """Listing and detail. Keys are the profiles' slugs, as in their pages' addresses."""

    name = "people"
    model = Profile
    filter_backends = [PeopleFilter]
    known_query_parameters = frozenset(
        ["limit", "offset", "fields", "order", "search", "department", "role_family"]
    )
    body_fields = [
        APIField("id", serializer=SlugField()),
        APIField("slug", serializer=SlugField()),
        APIField("name"),
        APIField("role"),
        APIField("department", serializer=GroupField(read_only=True)),
        APIField("role_family", serializer=GroupField(read_only=True)),
        APIField("registration"),
        APIField("joined"),
        APIField("skills"),
        APIField("bio"),
        APIField("quote"),
        APIField("answers", serializer=AnswerPairsField(read_only=True)),
        APIField("top_tip"),
        APIField("portrait", serializer=PortraitField()),
        APIField("exhibits", serializer=ExhibitsField()),
        APIField("stories", serializer=StoriesField()),
    ]
    detail_only_fields = ["exhibits", "stories"]
    meta_fields = [*BaseAPIViewSet.meta_fields, APIField("html_url", serializer=ProfileAddressField())]
    listing_default_fields = [
        *BaseAPIViewSet.listing_default_fields,
        *("html_url", "slug", "name", "role", "department", "role_family", "registration", "quote", "portrait"),
    ]

    def get_queryset(self) -> QuerySet[Profile]:
        return open_profiles().select_related("department", "role_family", "portrait")

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", tag_finished(cls.as_view({"get": "listing_view"})), name="listing"),
            path("<slug:pk>/", tag_finished(cls.as_view({"get": "detail_view"})), name="detail"),
        ]
