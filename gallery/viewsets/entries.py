"""Entries in the Wagtail admin: an allow-list of screens. What is not named here does not exist."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, re_path
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import SnippetAdminURLFinder
from wagtail.snippets.views.snippets import HistoryView, RevisionsCompareView, SnippetViewSet, WorkflowActionView

from gallery import permissions
from gallery.models.entries import Entry
from gallery.viewsets.corrections import CorrectionView
from gallery.viewsets.dashboard import try_again
from gallery.viewsets.entry_files import original, picture, thumbnail
from gallery.viewsets.entry_listing import EntryIndexView
from gallery.viewsets.entry_review import ReviewView


def shown_or_404(request: HttpRequest, entry: Entry) -> None:
    if not permissions.may_see_as_staff(request.user, entry):
        raise Http404


class EntryHistoryView(HistoryView):
    any_permission_required = ["view"]

    def get_object(self) -> Entry:
        entry = super().get_object()
        shown_or_404(self.request, entry)
        return entry


class EntryCompareView(RevisionsCompareView):
    """What changed between two versions of the words."""

    permission_required = "view"

    def get_object(self, queryset: QuerySet[Entry] | None = None) -> Entry:
        entry = super().get_object(queryset)
        shown_or_404(self.request, entry)
        return entry


class EntryActionView(WorkflowActionView):
    """The pop-up with which the dashboard asks for a reason. The step must be one of this very entry."""

    def get_object(self) -> Entry:
        entry = super().get_object()
        shown_or_404(self.request, entry)
        return entry

    def check_action(self) -> None:
        state = self.task_state.workflow_state
        entries = ContentType.objects.get_for_model(Entry)
        if (state.base_content_type_id, state.object_id) != (entries.pk, str(self.object.pk)):
            raise Http404
        super().check_action()


class EntryURLFinder(SnippetAdminURLFinder):
    """Leads staff to the review screen; everybody else, and stock usage lists, to nothing."""

    edit_url_name = "wagtailsnippets_gallery_entry:edit"

    def get_edit_url(self, instance: Entry) -> str | None:
        if self.user is not None and not permissions.may_see_as_staff(self.user, instance):
            return None
        return self.construct_edit_url(instance)


class EntryViewSet(SnippetViewSet):
    model = Entry
    icon = "view"
    menu_label = "Photographs"
    menu_name = "photographs"
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 24
    index_view_class = EntryIndexView
    history_view_class = EntryHistoryView
    workflow_action_view_class = EntryActionView
    revisions_compare_view_class = EntryCompareView
    index_template_name = "gallery/admin/entries.html"
    index_results_template_name = "wagtailadmin/generic/index_results.html"
    search_fields = ["title", "photographer_name"]
    search_backend_name = None
    url_finder_class = EntryURLFinder
    #: For comparing versions; no screen has a form made of these.
    panels = [FieldPanel(name) for name in Entry.REVISED_FIELDS]

    #: Screens that stock views would link to.
    MOUNTED = {"list", "list_results", "edit", "history", "history_results", "revisions_compare", "workflow_action"}

    def get_common_view_kwargs(self, **kwargs: object) -> dict:
        names = super().get_common_view_kwargs(**kwargs)
        return {
            key: value
            for key, value in names.items()
            if not key.endswith("_url_name") or str(value).partition(":")[2] in self.MOUNTED
        }

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="list"),
            path("results/", self.index_results_view, name="list_results"),
            path("edit/<int:pk>/", self.construct_view(ReviewView), name="edit"),
            path("correct/<int:pk>/", CorrectionView.as_view(), name="correct"),
            path("history/<int:pk>/", self.history_view, name="history"),
            path("history-results/<int:pk>/", self.history_results_view, name="history_results"),
            re_path(
                r"^history/(?P<pk>\d+)/revisions/compare/"
                r"(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$",
                self.revisions_compare_view,
                name="revisions_compare",
            ),
            path(
                "workflow/action/<int:pk>/<slug:action_name>/<int:task_state_id>/",
                self.workflow_action_view,
                name="workflow_action",
            ),
            path("picture/<int:pk>/", picture, name="picture"),
            path("thumbnail/<int:pk>/", thumbnail, name="thumbnail"),
            path("original/<int:pk>/", original, name="original"),
            path("try-again/<int:pk>/", try_again, name="try_again"),
        ]

    def register_chooser_viewset(self) -> None:
        """None: Wagtail's chooser would show drafts to everybody in the admin."""

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.filter(
            content_type__app_label="gallery", codename__in=["hang_entry", "judge_entry"]
        )
