"""Who may open which address of the admin: one table, whoever mounted the address. What stands in no row is there
for nobody. A row opens a door; the screen behind it still asks what this person may do with what it shows."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import lru_cache

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve
from wagtail.admin.auth import reject_request
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from cms.people.models import User
from cms.people.roles import may_appoint
from gallery.permissions import Visitor, sees_entries
from home.applications.permissions import looks_after_people
from home.contributions.admin import only_contributes, shown_pages
from home.contributions.unpublished import contributor

ADMIN = "/admin/"
#: Rows have smaller numbers than this.
MOST = 2**63
Who = Callable[[User], bool]


def administers(user: User) -> bool:
    return user.is_superuser


def works_here(user: User) -> bool:
    return True


def writes(user: User) -> bool:
    """Has something to do with pages, contributors included."""
    return user.is_superuser or user.groups.filter(page_permissions__isnull=False).exists()


def edits(user: User) -> bool:
    return is_one_of(writes, user) and not only_contributes(user)


def sees_people(user: User) -> bool:
    return user.has_perm("people.view_technician")


def keeps_people(user: User) -> bool:
    return user.has_perm("people.change_technician")


def keeps_facilities(user: User) -> bool:
    return user.has_perm("technicians.change_facility")


def keeps_settings(user: User) -> bool:
    return user.has_perm("core.change_portalsettings")


def keeps_categories(user: User) -> bool:
    return user.has_perm("gallery.change_category")


def keeps_topics(user: User) -> bool:
    return user.has_perm("topics.change_theme") and user.has_perm("topics.change_impactfigure")


def keeps_registers(user: User) -> bool:
    return user.has_perm("registration.change_professionalbody")


def keeps_synonyms(user: User) -> bool:
    return user.has_perm("search.change_synonym")


#: What can be done with a snippet, and with what is chosen on a form.
SCREENS = "list list_results add edit delete usage history history_results copy reorder"
KEEPING = "list list_results add edit usage history history_results copy"
CHOOSING = "choose choose_results chosen chosen_multiple"

#: Who · namespace, if it has one · names; `*` stands for anything. Addresses that name a model have it and its
#: action behind their own name: `wagtail_bulk_action:people.user.delete`.
TABLE: tuple[tuple[Who, str, str], ...] = (
    (works_here, "", "wagtailadmin_home wagtailadmin_account wagtailadmin_logout wagtailadmin_dismissibles"),
    (works_here, "", "wagtailadmin_sprite wagtailadmin_javascript_catalog"),
    # --- Photographs and what visitors say of them
    (sees_entries, "wagtailsnippets_gallery_entry", "*"),
    (sees_entries, "reports", "list report"),
    # --- People who have written to us
    (looks_after_people, "mentoring", "list application"),
    (looks_after_people, "lists", "list network names"),
    # --- Pages
    (writes, "", "wagtailadmin_explore_root wagtailadmin_explore wagtailadmin_explore_results"),
    (writes, "wagtailadmin_api", "pages:listing pages:detail"),
    (writes, "wagtailadmin_pages", "add add_subpage edit delete copy search search_results usage"),
    (writes, "wagtailadmin_pages", "preview_on_add preview_on_edit view_draft unpublish lock unlock"),
    (writes, "wagtailadmin_pages", "revisions_* history history_results workflow_history workflow_history_detail"),
    (writes, "wagtailadmin_pages", "confirm_workflow_cancellation"),
    (writes, "wagtailadmin_editing_sessions", "ping:* release"),
    (writes, "", "wagtailadmin_block_preview wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete:*"),
    (edits, "wagtailadmin_pages", "move move_confirm set_page_position set_privacy convert_alias"),
    (edits, "wagtailadmin_pages", "workflow_action collect_workflow_action_data workflow_preview"),
    (writes, "wagtail_bulk_action", "wagtailcore.page.*"),
    (writes, "", "to_check next_edition"),
    (writes, "wagtailadmin_reports", "workflow workflow_results workflow_tasks workflow_tasks_results"),
    (edits, "wagtailadmin_reports", "aging_pages aging_pages_results"),
    # --- What is chosen while writing
    (writes, "", "wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search"),
    (writes, "", "wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_external_link"),
    (writes, "", "wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link"),
    (writes, "", "wagtailadmin_choose_page_anchor_link"),
    (writes, "exhibit_chooser", CHOOSING),
    (writes, "profile_chooser", CHOOSING),
    (writes, "wagtailimages_chooser", f"{CHOOSING} create"),
    (writes, "wagtailsnippetchoosers_people_department", CHOOSING),
    (writes, "wagtailsnippetchoosers_topics_impactfigure", CHOOSING),
    (edits, "wagtailsnippetchoosers_registration_professionalbody", CHOOSING),
    (edits, "wagtailsnippetchoosers_registration_licensingauthority", CHOOSING),
    # --- The library of pictures
    (edits, "wagtailimages", "index index_results add edit delete image_usage"),
    (edits, "wagtailimages", "add_multiple edit_multiple delete_multiple"),
    (edits, "wagtail_bulk_action", "images.portalimage.*"),
    # --- Technicians
    (sees_people, "", "coverage"),
    (sees_people, "wagtailsnippets_people_technician", "list list_results"),
    (sees_people, "wagtail_bulk_action", "people.technician.delete"),
    (keeps_people, "wagtailsnippets_people_technician", KEEPING),
    (keeps_people, "wagtailsnippets_people_department", KEEPING),
    (keeps_people, "wagtailsnippets_people_rolefamily", KEEPING),
    (keeps_people, "account_chooser", "choose choose_results chosen"),
    (keeps_people, "wagtail_bulk_action", "people.department.delete people.rolefamily.delete"),
    (keeps_people, "wagtailsnippetchoosers_people_rolefamily", CHOOSING),
    (keeps_people, "wagtailsnippetchoosers_people_department", CHOOSING),
    (keeps_facilities, "wagtailsnippets_technicians_facility", SCREENS),
    (keeps_facilities, "wagtail_bulk_action", "technicians.facility.delete"),
    # --- What the whole portal has
    (may_appoint, "roles", "list person"),
    (keeps_settings, "wagtailsettings", "edit:core.portalsettings"),
    (edits, "", "site_menu"),
    (keeps_categories, "wagtailsnippets_gallery_category", SCREENS),
    (keeps_categories, "wagtail_bulk_action", "gallery.category.*"),
    (keeps_topics, "wagtailsnippets_topics_*", SCREENS),
    (keeps_topics, "wagtail_bulk_action", "topics.*"),
    (keeps_registers, "wagtailsnippets_registration_*", SCREENS),
    (keeps_registers, "wagtail_bulk_action", "registration.*"),
    (keeps_registers, "wagtailsnippetchoosers_registration_licensingauthority", CHOOSING),
    (keeps_synonyms, "wagtailsnippets_search_synonym", SCREENS),
    (keeps_synonyms, "wagtail_bulk_action", "search.synonym.*"),
    # --- What only administrators do
    (administers, "wagtailsnippets_people_*", SCREENS),
    (administers, "wagtail_bulk_action", "people.*"),
    (administers, "wagtailusers_users", "index index_results add edit delete history history_results usage"),
    (administers, "wagtailusers_groups", "index index_results add edit delete history history_results usage"),
    (administers, "wagtailsites", "index index_results add edit delete history history_results usage copy"),
    (administers, "wagtailadmin_collections", "index add edit delete set_privacy"),
    (administers, "wagtailadmin_workflows", "*"),
    (administers, "wagtailadmin_reports", "site_history site_history_results page_types_usage*"),
    (administers, "wagtailadmin_reports", "locked_pages locked_pages_results"),
    (administers, "wagtailadmin_pages", "type_use type_use_results choose_parent*"),
    (administers, "wagtailredirects", "*"),
    (administers, "operation", "index"),
)


def door_of(match: ResolverMatch) -> str:
    """The name of an address, with the model and the action it names."""
    names = (match.kwargs.get(key) for key in ("app_label", "app_name", "model_name", "action"))
    return ":".join(part for part in (match.view_name, ".".join(name for name in names if name)) if part)


@lru_cache(maxsize=1024)
def rows_of(door: str) -> tuple[Who, ...]:
    """Who may open it: one who fits is enough."""
    rows = ((who, f"{space}:{name}" if space else name) for who, space, names in TABLE for name in names.split())
    return tuple(dict.fromkeys(who for who, pattern in rows if fnmatchcase(door, pattern)))


def comes_in(user: Visitor) -> bool:
    """Has a place in the admin at all."""
    return isinstance(user, User) and user.has_perm("wagtailadmin.access_admin")


def may_open(user: Visitor, match: ResolverMatch) -> bool:
    if not isinstance(user, User) or not comes_in(user):
        return False
    return any(is_one_of(who, user) for who in rows_of(door_of(match)))


def is_one_of(who: Who, user: User) -> bool:
    """Asked once a request, however many items a menu has."""
    answers: dict[Who, bool] = user.__dict__.setdefault("_admin_access", {})
    if who not in answers:
        answers[who] = who(user)
    return answers[who]


# --- What an address names

#: Addresses whose rows stand in the query.
ASKED_BY_NUMBER = {
    "wagtail_bulk_action",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailimages_chooser:chosen_multiple",
    "wagtailsnippetchoosers_people_department:chosen_multiple",
}


def page_ids(match: ResolverMatch) -> set[int]:
    keys = {"page_id", "parent_page_id", "page_to_move_id", "destination_id"}
    if match.namespace in {"wagtailadmin_pages", "wagtailadmin_api:pages"}:
        keys.add("pk")
    return {int(value) for key, value in match.kwargs.items() if key in keys}


def asked_ids(request: HttpRequest) -> list[str]:
    """Of what was chosen before, and of what a bulk action is for: numbers, or `all`."""
    return [one for one in request.GET.getlist("id") if one != "all"]


def is_number(text: object) -> bool:
    """One that a database takes for a row's."""
    return str(text).isascii() and str(text).isdecimal() and int(str(text)) < MOST


def names_only_shown(user: User, match: ResolverMatch) -> bool:
    """Every page it names is one they may see. A refusal further in would say the page's title."""
    named = page_ids(match)
    if not all(is_number(one) for one in named):
        return False
    if not named or user.is_superuser:
        return True
    if match.view_name.startswith("wagtailadmin_choose_page"):
        pages = shown_pages(Page.objects.all(), user)
    else:
        pages = policy_registry.get_by_type(Page).explorable_instances(user)
    return pages.filter(pk__in=named).count() == len(named)


def names_its_own_step(match: ResolverMatch) -> bool:
    """The step of a workflow is one of this very page. Entries have steps, too, and may have a page's number."""
    if match.namespace != "wagtailadmin_pages" or "task_state_id" not in match.kwargs:
        return True
    steps = TaskState.objects.filter(
        pk=match.kwargs["task_state_id"],
        workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
        workflow_state__object_id=str(match.kwargs["page_id"]),
    )
    return steps.exists()


class AdminAccessMiddleware:
    """Nothing under /admin/ is reached but by the table. Strangers are asked to sign in, whatever they ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(ADMIN) or not isinstance(request.user, User):
            return self.get_response(request)
        token = contributor.set(request.user.pk if is_one_of(only_contributes, request.user) else None)
        try:
            return self.get_response(request)
        finally:
            contributor.reset(token)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        user, match = request.user, request.resolver_match
        if not request.path.startswith(ADMIN) or match is None:
            return None
        if match.view_name == "wagtailadmin_login":  # there is one way in, and people remember this address
            return redirect(f"{settings.LOGIN_URL}?{request.META['QUERY_STRING']}".rstrip("?"))
        if match.view_name == "wagtailadmin_logout" and request.method != "POST":
            return HttpResponseNotAllowed(["POST"])  # Wagtail says so, too, and takes the session's cookie away
        if not isinstance(user, User):
            return reject_request(request)
        if not comes_in(
            user
        ):  # whatever they asked for: they learn that it is not for them, and where their desk is
            raise PermissionDenied
        if not may_open(user, match) or not names_only_shown(user, match) or not names_its_own_step(match):
            raise Http404
        if match.view_name in ASKED_BY_NUMBER and not all(is_number(one) for one in asked_ids(request)):
            raise Http404
        return None


def leads_somewhere(request: HttpRequest, item: MenuItem) -> bool:
    """Menus offer no closed door."""
    if not item.url.startswith(ADMIN):
        return True
    try:
        return may_open(request.user, resolve(item.url.partition("?")[0]))
    except Resolver404:
        return False
