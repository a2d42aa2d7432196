"""Pages that answer more addresses than their own: one for each person, one for each department."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin

from cms.core.models import PAGE_CACHE_CONTROL, StandfirstPage


@dataclass(frozen=True)
class PageMeta:
    """What `meta.html` tells other sites of an address that is no page of its own. Takes the part of a page."""

    title: str
    address: str
    introduction: str = ""
    share_picture: dict | None = None
    structured_data: dict | None = None


class RoutedPage(RoutablePageMixin, StandfirstPage):
    """There is one of each, right below home and always under the same slug: other parts of the site know it."""

    fixed_slug = ""
    private_page_options: list[str] = []  # search and the APIs tell of the same people and departments

    class Meta:
        abstract = True

    def clean(self) -> None:
        self.slug = self.fixed_slug
        super().clean()

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        response.setdefault("Cache-Control", PAGE_CACHE_CONTROL)
        return response
