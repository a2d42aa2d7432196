"""Pages for clients that speak Wagtail: `/api/v2/pages/`."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import URLPattern
from django.utils import timezone
from rest_framework.fields import Field
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from wagtail.api.v2.filters import SearchFilter
from wagtail.api.v2.serializers import PageParentField, PageSerializer, get_serializer_class
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet as WagtailPagesAPIViewSet
from wagtail.models import Page, Site
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.api.conditional import tag_finished
from cms.api.viewsets import PublicAPIViewSet
from cms.core.addresses import absolute_url
from cms.core.date_ranges import midnight
from cms.core.listing import listed
from home.events.models import EventPage


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
    """`?type=events.EventPage&from=today` is what the events page shows now: what is not over, soonest first.
    `from=2027-06-01` is what is not over when that day begins."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Page], view: object) -> QuerySet[Page]:
        asked = request.GET.get("from")
        if asked is None:
            return queryset
        if not issubclass(queryset.model, EventPage):
            raise BadRequestError("from goes with events only: add type=events.EventPage")
        if asked == "today":
            moment = timezone.now()
        else:
            try:
                moment = midnight(dt.datetime.strptime(asked, "%Y-%m-%d").date())  # noqa: DTZ007
            except ValueError:
                raise BadRequestError("from must be “today” or a date such as 2027-06-01") from None
        found = queryset.filter(ends__gt=moment)
        return found if "order" in request.GET else found.order_by("starts", "pk")


class PagesAPIViewSet(PublicAPIViewSet, WagtailPagesAPIViewSet):
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
        return decorate_urlpatterns(super().get_urlpatterns(), tag_finished)
