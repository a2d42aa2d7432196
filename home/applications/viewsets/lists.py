"""Who has joined the network, and who has put their name down for what: to read, and to take away as a table."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from cms.core.spreadsheets import table
from home.applications.models.lists import Interest, NetworkMember
from home.applications.services import interests
from home.applications.viewsets.screens import PeopleMenuItem, PeopleScreen

#: In digits: databases know no larger ones.
LONGEST_NUMBER = 18


def number_or_404(words: str) -> int:
    """What a button of ours sends is the number of a row; whatever else comes is of none."""
    if not words.isdecimal() or len(words) > LONGEST_NUMBER:
        raise Http404
    return int(words)


class ListsView(PeopleScreen):
    template_name = "applications/admin/lists.html"
    page_title = "Network and lists"
    header_icon = "list-ul"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = Interest.objects.values("page", "page_title").annotate(count=Count("pk")).order_by("page_title")
        pages = {page.pk: page for page in Page.objects.filter(pk__in=[one["page"] for one in counted]).specific()}
        lists = [{**one, "is_open_again": interests.is_open_again(pages.get(one["page"]))} for one in counted]
        return super().get_context_data(**kwargs) | {
            "members": NetworkMember.objects.select_related("department"),
            "lists": lists,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Takes somebody off the network's list, as they have asked us to, or keeps the promise to write."""
        if "tell" in request.POST:
            page = get_object_or_404(Page, pk=number_or_404(request.POST["tell"])).specific
            told = interests.tell_all(page=page, now=timezone.now())
            messages.success(request, f"We have written to {told} and deleted their names, as promised.")
            return redirect("lists:list")
        member = get_object_or_404(NetworkMember, pk=number_or_404(request.POST.get("member", "")))
        member.delete()
        messages.success(request, f"{member.name} is off the list.")
        return redirect("lists:list")


class NetworkTableView(PeopleScreen):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        members = NetworkMember.objects.select_related("department")
        rows = (
            (one.name, one.email, one.department or "", timezone.localdate(one.joined_at).isoformat())
            for one in members
        )
        return table("network", ["Name", "E-mail", "Department", "Joined"], rows)


class InterestTableView(PeopleScreen):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        names = Interest.objects.filter(page=kwargs["pk"])
        rows = ((one.name, one.email, timezone.localdate(one.put_down_at).isoformat()) for one in names)
        return table(f"names-{kwargs['pk']}", ["Name", "E-mail", "Put down"], rows)


class ListsViewSet(ViewSet):
    icon = "list-ul"
    menu_label = "Network and lists"
    menu_name = "network-and-lists"
    menu_order = 171
    menu_item_class = PeopleMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ListsView.as_view(), name="list"),
            path("network.csv", NetworkTableView.as_view(), name="network"),
            path("<int:pk>.csv", InterestTableView.as_view(), name="names"),
        ]


lists_viewset = ListsViewSet("lists", url_prefix="network-and-lists")
