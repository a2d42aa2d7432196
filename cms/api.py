"""Everything under `/api/`: the gallery's own API, and Wagtail's for clients that speak Wagtail.

Wagtail's `images` and `documents` are not here: they hand out originals.
"""

import datetime as dt

from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, URLPattern, include, path, resolve
from django.utils import timezone
from rest_framework.fields import Field
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from wagtail.api.v2.filters import SearchFilter
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import PageParentField, PageSerializer, get_serializer_class
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet as WagtailPagesAPIViewSet
from wagtail.models import Page, Site
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.core.addresses import absolute_url
from cms.core.listing import listed
from gallery.public.api import urls as gallery
from gallery.public.api.answers import Moment, View, open_to_all, problem, tagged
from gallery.public.v2 import ExhibitsAPIViewSet, StrangersAPIViewSet
from home.api import PeopleAPIViewSet
from home.models import EventPage
from home.spans import midnight


class PageAddressField(Field):
    """Under the site's own address, whatever host name the site record holds."""

    def get_attribute(self, instance: Page) -> Page:
        return instance

    def to_representation(self, page: Page) -> str | None:
        parts = page.get_url_parts(self.context["request"])
        return absolute_url(parts[2]) if parts and parts[2] else None


class ParentField(PageParentField):
    """Wagtail's own, with our addresses."""

    def to_representation(self, value: Page) -> dict:
        names = ["id", "type", "detail_url", "html_url", "title"]
        shape = get_serializer_class(type(value), names, meta_fields=names[1:4], base=PortalPageSerializer)
        return shape(context=self.context).to_representation(value)


class PortalPageSerializer(PageSerializer):
    html_url = PageAddressField(read_only=True)
    parent = ParentField(read_only=True)


def tag_pages(view: View) -> View:
    """A page's answer may hold exhibits, and pages have no clock: the tag is that of the finished answer."""

    def tagging(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        shown = Moment(request).changed_at
        published = Page.objects.live().aggregate(at=Max("last_published_at"))["at"]
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponse) or response.status_code != 200:
            return response
        response.render()  # type: ignore[attr-defined]
        return tagged(request, response, changed_at=max(shown, published or shown))

    return tagging


class WordsFilter(SearchFilter):
    """Wagtail hands SQLite's word index quotation marks, which are syntax there, and fails if no word is left."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Page], view: object) -> QuerySet[Page]:
        words = request.GET.get("search")
        if words is not None and not any(letter.isalnum() for letter in words):
            return queryset.none()
        if words is not None and '"' in words:
            asked = request.GET.copy()
            asked["search"] = words.replace('"', " ")
            request._request.GET = asked
        return super().filter_queryset(request, queryset, view)


class FromFilter(BaseFilterBackend):
    """`?type=home.EventPage&from=today` is what the events page shows now: what is not over, soonest first.
    `from=2027-06-01` is what is not over when that day begins."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Page], view: object) -> QuerySet[Page]:
        asked = request.GET.get("from")
        if asked is None:
            return queryset
        if not issubclass(queryset.model, EventPage):
            raise BadRequestError("from goes with events only: add type=home.EventPage")
        if asked == "today":
            moment = timezone.now()
        else:
            try:
                moment = midnight(dt.datetime.strptime(asked, "%Y-%m-%d").date())  # noqa: DTZ007
            except ValueError:
                raise BadRequestError("from must be “today” or a date such as 2027-06-01") from None
        found = queryset.filter(ends__gt=moment)
        return found if "order" in request.GET else found.order_by("starts", "pk")


class PagesAPIViewSet(StrangersAPIViewSet, WagtailPagesAPIViewSet):
    """Live pages that everybody may see. A page behind a password or a group is as if it were not there, and a
    copied page does not name its source, which need not be public."""

    base_serializer_class = PortalPageSerializer
    filter_backends = [FromFilter, *WagtailPagesAPIViewSet.filter_backends[:-1], WordsFilter]
    known_query_parameters = WagtailPagesAPIViewSet.known_query_parameters - {
        "site",
        "rich_text_format",
        "_",
        "format",
    } | {"from"}
    meta_fields = [name for name in WagtailPagesAPIViewSet.meta_fields if name != "alias_of"]

    def get_base_queryset(self) -> QuerySet[Page]:
        site = Site.find_for_request(self.request)
        if site is None:
            return Page.objects.none()
        return listed(Page.objects.descendant_of(site.root_page, inclusive=True)).order_by("id")

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return decorate_urlpatterns(super().get_urlpatterns(), tag_pages)


router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PagesAPIViewSet)
router.register_endpoint("exhibits", ExhibitsAPIViewSet)
router.register_endpoint("people", PeopleAPIViewSet)


def missing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """An address we do not have, or one that only wants its last stroke."""
    if not rest.endswith("/"):
        try:
            known = resolve(f"{request.path}/").func is not missing_view
        except Resolver404:
            known = False
        if known:
            query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
            return HttpResponseRedirect(f"{request.path}/{query}", preserve_request=True)
    return problem(404, "There is nothing at this address. The list of addresses is at /api/gallery/v1/docs/.")


missing_view = open_to_all(missing)

urlpatterns = [
    path("gallery/v1/", include(gallery, namespace="gallery-v1")),
    path("v2/", include((decorate_urlpatterns(router.get_urlpatterns(), open_to_all), "wagtailapi"))),
    path("<path:rest>", missing_view),
]
