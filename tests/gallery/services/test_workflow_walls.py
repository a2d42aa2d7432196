"""Nobody goes round the review: not by a stock screen, not by a permission, not by code that means well."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Revision, Task, TaskState, Workflow, WorkflowTask
from wagtail.permissions import policy_registry

from cms.people.models import User
from gallery.enums import EntryState
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.reviews import ReviewDecision
from gallery.services import entries, reviews
from tests.factories.entries import make_entry
from tests.factories.people import UserFactory, administrator, curator, editor, moderator

pytestmark = pytest.mark.django_db

BASE = "/admin/snippets/gallery/entry"


def everything_allowed() -> User:
    """Somebody to whom a well-meaning administrator has ticked every box there is for the gallery."""
    call_command("migrate", verbosity=0)  # makes the permissions Wagtail adds for snippets
    group = Group.objects.create(name="Every box")
    group.permissions.set(Permission.objects.filter(content_type__app_label="gallery"))
    return UserFactory(groups=["Moderators", "Curators", "Editors", "Every box"])


PEOPLE = {
    "moderator": moderator,
    "curator": curator,
    "editor": editor,
    "administrator": administrator,
    "every box ticked": everything_allowed,
}


def attempts(entry: Entry) -> list[str]:
    """Stock addresses of a snippet with drafts, revisions, locks and a workflow."""
    pk, revision = entry.pk, entry.latest_revision_id
    task_state = TaskState.objects.filter(workflow_state__object_id=str(pk)).latest("pk").pk
    return [
        f"{BASE}/add/",
        f"{BASE}/copy/{pk}/",
        f"{BASE}/delete/{pk}/",
        f"{BASE}/unpublish/{pk}/",
        f"{BASE}/usage/{pk}/",
        f"{BASE}/inspect/{pk}/",
        f"{BASE}/reorder/{pk}/",
        f"{BASE}/lock/{pk}/",
        f"{BASE}/unlock/{pk}/",
        f"{BASE}/preview/",
        f"{BASE}/preview/{pk}/",
        f"{BASE}/history/{pk}/revisions/{revision}/view/",
        f"{BASE}/history/{pk}/revisions/{revision}/revert/",
        f"{BASE}/history/{pk}/revisions/{revision}/unschedule/",
        f"{BASE}/workflow/collect_action_data/{pk}/approve/{task_state}/",
        f"{BASE}/workflow/confirm_cancellation/{pk}/",
        f"{BASE}/workflow/preview/{pk}/1/",
        f"{BASE}/workflow_history/{pk}/",
        "/admin/snippets/choose/gallery/entry/",
        "/admin/snippets/choose/gallery/entry/results/",
        f"/admin/snippets/choose/gallery/entry/chosen/{pk}/",
        f"/admin/snippets/choose/gallery/entry/chosen-multiple/?id={pk}",
    ]


def standing(entry: Entry) -> tuple:
    row = Entry.objects.get(pk=entry.pk)
    facts = (row.state, row.live, row.title, row.latest_revision_id, row.live_revision_id, row.withdrawn_at)
    return (*facts, Exhibit.objects.count(), ReviewDecision.objects.of(row).count(), Entry.objects.count())


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("state", ["in-review", "withdrawn"])
def test_stock_screens_do_not_exist_for_entries(who, state):
    entry = make_entry(state, title="Four Necks")
    client = Client()
    client.force_login(PEOPLE[who]())
    before = standing(entry)
    typed = {"action-publish": "1", "title": "Gone round", "comment": "x", "next": "/admin/"}
    for address in attempts(entry):
        assert client.get(address).status_code == 404, address
        assert client.post(address, typed).status_code == 404, address
    assert standing(entry) == before


@pytest.mark.parametrize("who", PEOPLE)
def test_the_review_screen_ignores_stock_actions(who):
    entry = make_entry("in-review")
    client = Client()
    client.force_login(PEOPLE[who]())
    before = standing(entry)
    for action in ("publish", "submit", "cancel-workflow", "restart-workflow", "workflow-action", "unpublish"):
        data = {f"action-{action}": "1", "title": "Gone round", "workflow-action-name": "approve", "comment": "x"}
        answer = client.post(f"{BASE}/edit/{entry.pk}/", data)
        assert answer.status_code == (404 if who in ("editor", "curator") else 400)
    assert standing(entry) == before


@pytest.mark.parametrize("who", PEOPLE)
def test_bulk_actions_do_nothing(who):
    entry = make_entry("approved")
    client = Client()
    client.force_login(PEOPLE[who]())
    before = standing(entry)
    for action in ("delete", "publish", "unpublish"):
        for query in (f"?id={entry.pk}", "?id=all"):
            client.post(f"/admin/bulk/gallery/entry/{action}/{query}&next=/admin/", {"next": "/admin/"})
    assert standing(entry) == before


@pytest.mark.parametrize("who", PEOPLE)
def test_the_policy_lets_staff_look_and_nothing_else(who):
    user = PEOPLE[who]()
    entry = make_entry("approved")
    policy = policy_registry.get_by_type(Entry)
    for action in ("add", "change", "delete", "publish", "unpublish", "lock", "unlock", "bulk_delete", "copy"):
        assert not policy.user_has_permission(user, action)
        assert not policy.user_has_permission_for_instance(user, action, entry)
        assert list(policy.instances_user_has_permission_for(user, action)) == []
        assert list(policy.users_with_permission(action)) == []
    may_look = who != "editor"
    assert policy.user_has_permission(user, "view") is may_look
    assert policy.user_has_permission_for_instance(user, "view", entry) is may_look
    assert (user in policy.users_with_permission("view")) is may_look
    assert list(policy.instances_user_has_permission_for(user, "view")) == ([entry] if may_look else [])


@pytest.mark.parametrize("state", EntryState.values)
def test_no_revision_is_ever_published(state):
    entry = make_entry(state)
    if entry.latest_revision is None:
        entry.save_revision(clean=False)
    before = standing(entry)
    for publish in (
        lambda: entry.latest_revision.publish(),
        lambda: entry.latest_revision.publish(user=administrator(), skip_permission_checks=True),
        lambda: entry.publish(entry.latest_revision),
        lambda: entry.unpublish(),
    ):
        with pytest.raises(PermissionDenied):
            publish()
    assert standing(entry) == before


def test_a_date_does_not_publish_either():
    """Nothing sets these dates. Were they set by hand, Wagtail's timer would still stop short of publishing."""
    entry = make_entry("in-review")
    past = timezone.now() - dt.timedelta(days=1)
    Revision.objects.filter(pk=entry.latest_revision_id).update(approved_go_live_at=past)
    before = standing(entry)
    with pytest.raises(PermissionDenied):
        call_command("publish_scheduled")
    assert standing(entry) == before


def test_an_older_revision_does_not_revive_a_withdrawn_entry():
    entry = make_entry("hung")
    older = entry.latest_revision
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    revived = older.as_object()
    assert (revived.state, revived.live, revived.public_id) == (EntryState.WITHDRAWN, False, entry.public_id)
    with pytest.raises(reviews.DecidedMeanwhile):
        reviews.approve(entry=entry, by=moderator(), reason="Back, please.", seen=older.pk)
    with pytest.raises(PermissionDenied):
        older.publish(skip_permission_checks=True)
    entry.refresh_from_db()
    assert (entry.state, Exhibit.objects.count()) == (EntryState.WITHDRAWN, 0)


def test_the_dashboards_own_action_decides_by_the_same_service(client):
    entry = make_entry("in-review")
    task_state = entry.current_workflow_state.current_task_state
    mo = moderator(name="Mo Farrant")
    client.force_login(mo)
    address = f"{BASE}/workflow/action/{entry.pk}/approve/{task_state.pk}/"
    assert client.get(address).json()["step"] == "action"
    client.post(address, {"comment": "  "})
    assert Entry.objects.get(pk=entry.pk).state == EntryState.IN_REVIEW
    client.post(address, {"comment": "Clear and kind."})
    entry.refresh_from_db()
    assert (entry.state, entry.reason) == (EntryState.APPROVED, "Clear and kind.")
    line = ReviewDecision.objects.of(entry).last()
    assert (line.decision, line.by, line.reason) == ("approved", mo, "Clear and kind.")


def test_a_refused_decision_from_the_dashboard_leads_to_the_entry_and_says_why(client):
    entry = make_entry("in-review", clear_place="fix")
    task_state = entry.current_workflow_state.current_task_state
    client.force_login(moderator())
    answer = client.post(f"{BASE}/workflow/action/{entry.pk}/approve/{task_state.pk}/", {"comment": "Fine."})
    assert (answer.status_code, answer.url) == (302, f"{BASE}/edit/{entry.pk}/?problem=not-cleared")
    page = client.get(answer.url).content.decode()
    assert "Not approved yet: something is still open." in page
    assert "Not yet settled: Whoever runs the space knows." in page


@pytest.mark.parametrize("action", ["approve", "reject", "hold", "refuse", "resume"])
def test_the_dashboards_action_needs_the_right_person_and_the_right_entry(client, action):
    mo = moderator()
    own = make_entry("in-review", photographer=mo)
    other = make_entry("in-review")
    draft = make_entry("draft")
    step = {entry: entry.current_workflow_state.current_task_state.pk for entry in (own, other)}
    before = standing(own), standing(other), standing(draft)

    def tries(user: User, entry: Entry, task_state: int) -> int:
        client.force_login(user)
        return client.post(
            f"{BASE}/workflow/action/{entry.pk}/{action}/{task_state}/",
            {"comment": "Round the back."},
            headers={"x-requested-with": "XMLHttpRequest"},
        ).status_code

    assert tries(mo, own, step[own]) == 403  # one's own
    assert tries(mo, own, step[other]) == 404  # another entry's step
    assert tries(mo, draft, step[other]) == 404
    assert tries(curator(), other, step[other]) == 404  # not cleared, so not there for a curator
    assert tries(editor(), other, step[other]) == 404
    assert (standing(own), standing(other), standing(draft)) == before


def test_a_stock_approval_step_added_later_approves_nothing():
    """Wagtail's own step needs no reason. One put behind ours while an entry waits does not get it through."""
    entry = make_entry("in-review")
    stock = GroupApprovalTask.objects.create(name="Nod it through")
    stock.groups.add(Group.objects.get(name="Moderators"))
    workflow = Workflow.objects.get(name="Photograph review")
    WorkflowTask.objects.create(workflow=workflow, task=stock, sort_order=9)
    assert reviews.approve(entry=entry, by=moderator(), reason="Clear.").state == EntryState.IN_REVIEW
    at = Entry.objects.get(pk=entry.pk).current_workflow_state.current_task_state
    assert at.task.specific == stock
    stock.on_action(at, moderator(), "approve")
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (EntryState.IN_REVIEW, False)


def test_the_step_still_serves_pages_if_somebody_uses_it_for_them():
    from gallery.models.exhibitions import ExhibitionIndexPage
    from gallery.models.reviews import EntryReviewTask

    page = ExhibitionIndexPage.objects.get()
    page.save_revision()
    workflow = Workflow.objects.create(name="Pages")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(name="Clear the photograph"), sort_order=0)
    state = workflow.start(page, administrator())
    step = EntryReviewTask.objects.get()
    assert [name for name, *_ in step.get_actions(page, moderator())] == ["reject", "approve", "approve"]
    step.on_action(state.current_task_state, moderator(), "approve", comment="Good.")
    state.refresh_from_db()
    assert state.status == "approved"
