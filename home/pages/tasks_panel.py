"""What waits today for whoever looks after the portal: one line each, each a link to where it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component

from cms.core.review_dates import due
from cms.core.waiting import age_words
from cms.operation.sections import what_is_wrong
from cms.people.models import User
from gallery import permissions
from gallery.enums import EntryState
from gallery.models.entries import Entry
from gallery.models.reports import Report
from gallery.viewsets.waiting import longest_waiting_first
from home.applications.models.mentoring import MentoringApplication
from home.applications.permissions import looks_after_people
from home.contributions.admin import waiting_for


@dataclass(frozen=True)
class Waiting:
    count: int
    words: str
    url: str


def photographs_to_look_at() -> Waiting:
    queue = Entry.objects.filter(state=EntryState.IN_REVIEW)
    count, oldest = queue.count(), longest_waiting_first(queue).first()
    since = oldest.waiting_since if oldest else None
    age = f", the longest for {age_words(since, timezone.now())}" if since else ""
    words = f"{count} photograph{'s' if count != 1 else ''} waiting{age}."
    entries = reverse("wagtailsnippets_gallery_entry:list")
    return Waiting(count, words, f"{entries}?state={EntryState.IN_REVIEW.value}")


def tasks_of(user: User) -> list[dict[str, Any]]:
    """Each `what`, `count` and `url`. Only those this person may do; the counts are of what they may see."""
    tasks: list[tuple[str, int, str]] = []
    if permissions.sees_entries(user):
        tasks.append(
            ("Somebody says something is wrong", Report.objects.waiting().count(), reverse("reports:list"))
        )
    if permissions.is_moderator(user):
        photographs = photographs_to_look_at()
        tasks.append(("Photographs to look at", photographs.count, photographs.url))
    if looks_after_people(user):
        new = MentoringApplication.objects.new().count()
        tasks.append(("Mentoring forms to answer", new, reverse("mentoring:list")))
    finder = AdminURLFinder(user)
    if user.has_perm("wagtailadmin.access_admin") and may_edit_pages(user):
        old = sum(1 for one in due(timezone.localdate()) if finder.get_edit_url(one.what))
        tasks.append(("Pages to check again", old, reverse("to_check")))
        tasks.append(
            ("Contributions to read", len(waiting_for(user)), reverse("wagtailadmin_reports:workflow_tasks"))
        )
    if user.is_superuser and (wrong := what_is_wrong(timezone.now())):
        words = f"Needs a hand: {', '.join(wrong).lower()}"
        tasks.insert(0, (words, sum(wrong.values()), reverse("operation:index")))
    return [{"what": what, "count": count, "url": url} for what, count, url in tasks]


def may_edit_pages(user: User) -> bool:
    return user.is_superuser or user.groups.filter(page_permissions__isnull=False).exists()


class TasksPanel(Component):
    name = "tasks"
    order = 50
    template_name = "home/admin/tasks.html"

    def __init__(self, tasks: list[dict[str, Any]]) -> None:
        self.tasks = tasks

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"tasks": self.tasks, "quiet": not any(task["count"] for task in self.tasks)}


def panels_for(user: permissions.Visitor) -> list[Component]:
    tasks = tasks_of(user) if isinstance(user, User) else []
    return [TasksPanel(tasks)] if tasks else []
