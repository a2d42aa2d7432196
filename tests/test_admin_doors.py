"""Every address of the admin, asked by every role: what answers is what the table says, and no answer holds the
words of something that this role may not see."""

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone
from wagtail.models import Collection, GroupPagePermission, Site, Task, TaskState, Workflow, WorkflowState
from wagtail.users.models import UserProfile

from cms.images.models import PortalImage
from cms.people.models import Department, RoleFamily, Technician, User
from gallery.enums import CLEARED_STATES, EntryState
from gallery.models.exhibitions import Category
from gallery.models.exhibits import Exhibit
from gallery.models.reports import Report
from home.applications.models.lists import NetworkMember
from home.applications.models.mentoring import MentoringApplication
from home.news.models import NewsIndexPage
from home.pages.admin_access import TABLE, door_of, may_open, rows_of
from home.registration.models import LicensingAuthority, ProfessionalBody
from home.technicians.models import Facility
from home.topics.models import ImpactFigure, Theme
from search.models import Synonym
from tests.factories.commitment import ThemeFactory
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.news import make_article
from tests.factories.people import TechnicianFactory, UserFactory, administrator
from tests.factories.photos import jpeg
from tests.factories.portal import make_story
from tests.factories.registration import ImpactFigureFactory, LicensingAuthorityFactory, ProfessionalBodyFactory
from tests.strangers import body

pytestmark = pytest.mark.django_db

GROUPS = {
    "photographer": (),
    "judge": ("Judges",),
    "press": ("Press",),
    "contributor": ("Contributors",),
    "moderator": ("Moderators",),
    "curator": ("Curators",),
    "co-ordinator": ("Co-ordinators",),
    "editor": ("Editors",),
}
ROLES = ("visitor", *GROUPS, "administrator")
#: Words that stand in something → the roles that may read them in the admin.
MAY_READ = {
    **{f"Still{state}": {"moderator", "administrator"} for state in EntryState.values},
    **{f"Still{state}": {"moderator", "curator", "administrator"} for state in CLEARED_STATES},
    "Stilldraft": set(),
    "Stillhung": set(ROLES),
    "Embargoed Wing": {"editor", "co-ordinator", "administrator"},
    "Somebody Elses Draft": {"editor", "co-ordinator", "administrator"},
    "Hidden Hannah": {"editor", "co-ordinator", "curator", "administrator"},
    "Mentee Mina": {"co-ordinator", "administrator"},
    "Networker Noor": {"co-ordinator", "administrator"},
    "Wrong Label": {"moderator", "curator", "administrator"},
}


def walk(patterns: list, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Every address as it is written in the code, with its name."""
    for pattern in patterns:
        route = before + re.sub(r"^\^|\$$", "", str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or ''}", route
        elif isinstance(pattern, URLResolver):
            yield from walk(
                pattern.url_patterns, route, space + (f"{pattern.namespace}:" if pattern.namespace else "")
            )


#: Left out: the sign-in of the admin leads everybody to the one way in.
ADDRESSES = [
    (name, f"/{route}")
    for name, route in walk(get_resolver().url_patterns)
    if route.startswith("admin/") and name != "wagtailadmin_login"
]


@pytest.fixture
def world() -> SimpleNamespace:
    """One of everything, and everything in each of its states."""
    now, day = timezone.now(), dt.timedelta(days=1)
    users = {role: UserFactory(name=role, groups=groups) for role, groups in GROUPS.items()}
    users["administrator"] = administrator(name="administrator")
    author = UserFactory(name="Another writer", groups=["Contributors"])
    full = {"avatar": "avatar_images/somebody.jpg", "preferred_language": "en", "theme": "dark"}
    UserProfile.objects.bulk_create(UserProfile(user=user, **full) for user in [*users.values(), author])
    exhibition = make_exhibition(hang="by-curator", opens_at=now - 10 * day)
    entries = [make_entry(state, exhibition=exhibition, title=f"Still{state}") for state in EntryState.values]
    image = PortalImage.objects.create(file=ContentFile(jpeg(), name="rig.jpg"), title="Rig", alt_text="A rig.")
    live = make_article(title="Open Day", by=author)
    draft = make_article(title="Somebody Elses Draft", by=author, publish=False)
    draft.get_workflow().start(draft, author)
    embargoed = make_article(
        title="Embargoed Wing", embargo_until=now + 5 * day, go_live_at=now + 5 * day, by=author
    )
    shown, hidden = TechnicianFactory(profile_public=True), TechnicianFactory(user__name="Hidden Hannah")
    hidden.department = entries[0].department
    hidden.save()
    Facility.objects.create(name="Glass shop", slug="glass-shop", department=hidden.department, what="Glass.")
    sent = {"sent_at": now, "name": "Mentee Mina", "email": "mina@calderwick.example", "hopes": "More."}
    MentoringApplication.objects.create(role="mentee", **sent)
    NetworkMember.objects.create(name="Networker Noor", email="noor@calderwick.example", joined_at=now)
    Report.objects.create(words="Wrong Label", sent_at=now)
    ImpactFigureFactory()
    ThemeFactory()
    Synonym.objects.create(words="kiln", means="furnace")
    ProfessionalBodyFactory(licensed_by=[LicensingAuthorityFactory()])
    Collection.get_first_root_node().add_child(name="Rigs")
    pages = [NewsIndexPage.objects.get(), live, draft, embargoed]
    return SimpleNamespace(users=users, entries=entries, image=image, pages=pages, people=[shown, hidden])


def rows(name: str, world: SimpleNamespace) -> list[object]:
    """What `pk` may stand for at an address of this name."""
    models = {
        "technician": Technician,
        "department": Department,
        "rolefamily": RoleFamily,
        "facility": Facility,
        "entry": None,
        "category": Category,
        "theme": Theme,
        "impactfigure": ImpactFigure,
        "synonym": Synonym,
        "professionalbody": ProfessionalBody,
        "licensingauthority": LicensingAuthority,
        "mentoring": MentoringApplication,
        "reports": Report,
        "wagtailsites": Site,
        "wagtailadmin_collections": Collection,
        "exhibit_chooser": Exhibit,
        "wagtailusers_users": User,
        "wagtailusers_groups": Group,
    }
    space = name.rpartition(":")[0]
    if space.startswith("wagtailsnippet"):
        space = space.rpartition("_")[2]
    if space == "entry":
        return [entry.pk for entry in world.entries]
    if space.startswith(("wagtailimages", "wagtailadmin_api:images")):
        return [world.image.pk]
    if space == "wagtailadmin_workflows":
        return [(Task if "task" in name else Workflow).objects.order_by("pk").values_list("pk", flat=True)[0]]
    if space == "profile_chooser":
        return [world.people[0].slug, world.people[1].slug]
    if (model := models.get(space)) is not None:
        return list(model.objects.order_by("-pk").values_list("pk", flat=True)[:2])
    return [page.pk for page in world.pages]


def values(key: str, name: str, world: SimpleNamespace) -> list[object]:
    pages = [page.pk for page in world.pages]
    first = {
        "page_id": pages,
        "page_pk": pages[:1],
        "parent_page_id": pages,
        "page_to_move_id": pages,
        "destination_id": pages[:1],
        "content_type_app_name": ["news"],
        "content_type_model_name": ["articlepage"],
        "image_id": [world.image.pk],
        "filter_spec": ["width-100"],
        "collection_id": [Collection.objects.last().pk],
        "action_name": ["approve"],
        "task_state_id": list(TaskState.objects.values_list("pk", flat=True)[:3]),
        "task_id": [Task.objects.first().pk],
        "workflow_pk": [Workflow.objects.first().pk],
        "workflow_state_id": list(WorkflowState.objects.values_list("pk", flat=True)[:2]),
        "revision_id": [world.pages[3].latest_revision_id],
        "revision_id_a": ["earliest"],
        "revision_id_b": ["latest"],
        "uploaded_file_id": [1],
        "redirect_id": [1],
        "session_id": [1],
        "object_id": [str(pages[2])],
        "uidb64": ["a"],
        "token": ["b"],
    }
    return first[key] if key in first else rows(name, world)


MODELS = ("wagtailcore.page", "gallery.entry", "people.technician", "images.portalimage", "people.user")
GAP = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*\)")


def fill(name: str, route: str, world: SimpleNamespace) -> Iterator[str]:
    """The addresses that a route stands for in this world."""
    route = route.replace(r"\.\.\.", "...")
    if "app_label" in route or "app_name>/<slug:model_name" in route:
        route = re.sub(r"<\w+:app_(label|name)>/<\w+:model_name>", "MODEL", route)
        actions = ("delete", "publish", "move", "add_tags", "assign_role") if "<str:action>" in route else ("",)
        for model, action in itertools.product((*MODELS, "core.portalsettings"), actions):
            found = route.replace("MODEL", model.replace(".", "/")).replace("<str:action>", action)
            yield from (f"{one}?id=all" if action else one for one in fill(name, found, world))
        return
    keys = [one or other for one, other in GAP.findall(route)]
    for chosen in itertools.product(*(values(key, name, world) for key in keys)):
        found = route
        for value in chosen:
            found = GAP.sub(str(value), found, count=1)
        yield found.replace("^.*/", "nothing/like/it/")


def test_the_walk_knows_every_address(world: SimpleNamespace) -> None:
    assert len(ADDRESSES) > 300
    for name, route in ADDRESSES:
        found = list(fill(name, route, world))
        assert found, name
        assert resolve(found[0].partition("?")[0]).url_name == (name.rpartition(":")[2] or None), name


LINK = re.compile(r'(?:href|action)="(/admin/[^"?#]*)')


def is_offered(user: User, link: str) -> bool:
    try:
        return may_open(user, resolve(link))
    except Resolver404:
        return False


#: Asked of every change; the roles between them by `bin/test --all`.
ALWAYS = {"visitor", "photographer"}


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=[] if role in ALWAYS else pytest.mark.drama) for role in ROLES]
)
def test_every_door_answers_as_the_table_says(role: str, world: SimpleNamespace, work) -> None:
    work()
    client, user = Client(raise_request_exception=False), world.users.get(role)
    if user is not None:
        client.force_login(user)
    #: Who has no place in the admin is told so, whatever they ask for.
    closed_with = 404 if user is not None and user.has_perm("wagtailadmin.access_admin") else 403
    wrong: list[str] = []
    closed: set[str] = set()
    links: set[tuple[str, str]] = set()
    for name, route in ADDRESSES:
        for address in fill(name, route, world):
            door = door_of(resolve(address.partition("?")[0]))
            is_open = user is not None and any(who(user) for who in rows_of(door))
            is_open = is_open and user.has_perm("wagtailadmin.access_admin")
            if not is_open and door in closed:
                continue  # asked once, whatever stands behind it
            closed |= set() if is_open else {door}
            answer = client.get(address)
            text = body(answer).decode(errors="replace")
            if name == "wagtailadmin_logout":
                right = answer.status_code == 405
            elif user is None:
                right = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
            else:
                right = answer.status_code < 500 if is_open else answer.status_code == closed_with
            if not right:
                wrong.append(f"{address} ({door}) answers {answer.status_code}")
            if answer.status_code == 200 and user is not None:
                links |= {(link, address) for link in LINK.findall(text)}
            names = [words for words, readers in MAY_READ.items() if role not in readers and words in text]
            wrong += [f"{address} names {words}" for words in names]
    links.discard(("/admin/pages/", "/admin/"))  # a form that admin.css hides from those who have no pages
    wrong += [f"{address} leads to {link}" for link, address in sorted(links) if not is_offered(user, link)]
    assert not wrong, "\n".join(wrong)


def test_no_row_of_the_table_is_for_an_address_that_is_gone(world: SimpleNamespace) -> None:
    doors = {
        door_of(resolve(address.partition("?")[0]))
        for name, route in ADDRESSES
        for address in fill(name, route, world)
    }
    used = {who for door in doors for who in rows_of(door)}
    assert used == {who for who, _, _ in TABLE}


@pytest.mark.parametrize("what", ["action", "collect_action_data"])
def test_a_step_is_decided_at_its_own_object_only(what: str) -> None:
    """A photograph's step at a page's address, whatever their numbers."""
    photograph, page = make_entry("in-review"), make_article(publish=False)
    page.get_workflow().start(page, UserFactory())
    client = Client()
    client.force_login(administrator())
    step = photograph.current_workflow_task_state
    WorkflowState.objects.filter(pk=step.workflow_state_id).update(object_id=str(page.pk))
    address = f"/admin/pages/workflow/{what}/{page.pk}/approve"
    assert client.get(f"{address}/{step.pk}/").status_code == 404
    assert client.post(f"{address}/{step.pk}/").status_code == 404
    assert client.get(f"{address}/{page.current_workflow_task_state.pk}/").status_code == 200
    another, mine = make_entry("in-review"), page.current_workflow_task_state
    WorkflowState.objects.filter(pk=mine.workflow_state_id).update(object_id=str(another.pk))
    address = f"/admin/snippets/gallery/entry/workflow/action/{another.pk}/approve/{mine.pk}/"
    assert client.get(address).status_code == 404


def test_who_edits_one_part_is_told_of_no_other(world: SimpleNamespace) -> None:
    """Bulk actions on “all” take the whole table."""
    part = make_story().get_parent()
    group = Group.objects.create(name="Story editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group, page=part, permission=Permission.objects.get(codename=right)
        )
    client = Client()
    client.force_login(UserFactory(groups=["Story editors"]))
    news = [page for page in world.pages if not page.live]
    for action in ("publish", "unpublish", "move", "delete"):
        answer = client.get(f"/admin/bulk/wagtailcore/page/{action}/?id=all")
        text = answer.content.decode()
        assert (answer.status_code, "Story" in text) == (200, True), action
        assert not [page.title for page in news if page.title in text], action
    for page in news:
        for path in (
            "",
            "edit/",
            "history/",
            "move/",
            f"move/{part.pk}/confirm/",
            "usage/",
            "revisions/compare/1...2/",
        ):
            assert client.get(f"/admin/pages/{page.pk}/{path}").status_code == 404, path
