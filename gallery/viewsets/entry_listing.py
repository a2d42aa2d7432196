"""The list of photographs: the longest waiting first."""

from typing import Any

import django_filters
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, TitleColumn
from wagtail.snippets.views.snippets import IndexView

from cms.core.waiting import age_words, is_overdue
from gallery import permissions
from gallery.enums import UNDER_REVIEW_STATES, EntryState
from gallery.models.entries import Entry
from gallery.models.exhibitions import Category, ExhibitionPage
from gallery.viewsets.waiting import with_waiting_since

STATES = [(state.value, state.label) for state in EntryState if state is not EntryState.DRAFT]


class EntryFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(choices=STATES, widget=CheckboxSelectMultiple, label="State")
    exhibition = django_filters.ModelChoiceFilter(
        queryset=ExhibitionPage.objects.order_by("-year"), label="Exhibition"
    )
    category = django_filters.ModelChoiceFilter(queryset=Category.objects.all(), label="Category")
    is_left_behind = django_filters.BooleanFilter(
        field_name="photographer", lookup_expr="isnull", label="The photographer’s account is deleted"
    )

    class Meta:
        model = Entry
        fields = ["state", "exhibition", "category"]


class ThumbnailColumn(BaseColumn):
    cell_template_name = "gallery/admin/thumbnail_cell.html"


class StateColumn(StatusTagColumn):
    def get_primary(self, instance: Entry) -> bool:
        return instance.state == EntryState.IN_REVIEW


class WaitingColumn(Column):
    """How long ago it was sent in, while it waits."""

    cell_template_name = "gallery/admin/waiting_cell.html"

    def get_value(self, instance: Any) -> str:
        if instance.state not in UNDER_REVIEW_STATES or instance.waiting_since is None:
            return ""
        return age_words(instance.waiting_since, timezone.now())

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict:
        context = super().get_cell_context_data(instance, parent_context)
        context["overdue"] = bool(context["value"]) and is_overdue(instance.waiting_since, timezone.now())
        return context


class EntryIndexView(IndexView):
    any_permission_required = ["view"]
    filterset_class = EntryFilterSet
    page_title = "Photographs"

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            ThumbnailColumn("picture", label=""),
            TitleColumn("title", label="Title", accessor=str, get_url=self.get_edit_url, sort_key="title"),
            Column("photographer_name", label="Photographer", sort_key="photographer_name", classname="photo-wide"),
            StateColumn("state", label="State", accessor="get_state_display", sort_key="state"),
            WaitingColumn("waiting", label="Waiting"),
            Column("category", label="Category", classname="photo-wide"),
            Column("exhibition", label="Exhibition", accessor="exhibition.title", classname="photo-wide"),
        ]

    def get_edit_url(self, instance: Entry) -> str:
        return reverse("wagtailsnippets_gallery_entry:edit", args=[instance.pk])

    def get_base_queryset(self) -> QuerySet[Entry]:
        entries = permissions.entries_shown_to(self.request.user)
        return with_waiting_since(entries).select_related("exhibition", "category", "master")

    def order_queryset(self, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        """In review first, the longest waiting on top; then what is on hold; then the rest, newest first."""
        if self.is_explicitly_ordered and self.ordering:
            return super().order_queryset(queryset)
        rank = Case(
            When(state=EntryState.IN_REVIEW, then=Value(0)),
            When(state=EntryState.ON_HOLD, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        waiting = Case(When(state__in=UNDER_REVIEW_STATES, then=F("waiting_since")))
        return queryset.annotate(rank=rank, waiting=waiting).order_by("rank", "waiting", "-updated_at", "-pk")
