"""Contributions on their way to an editor: which wait, for how long, and the reminder when it is too long."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, TaskState, WorkflowState

from cms.core.addresses import absolute_url
from cms.core.waiting import age_words, is_overdue
from cms.jobs.periodic import Turn, every_round
from cms.mail.writing import write
from cms.people.models import User
from home.contributions.models import Nudge


@dataclass(frozen=True)
class Waiting:
    state: WorkflowState
    page: Page
    title: str
    kind: str
    by: str
    age: str
    overdue: bool

    @property
    def edit_path(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


def waiting(*, now: dt.datetime, groups: Iterable[Group] | None = None) -> list[Waiting]:
    """The longest waiting first. `groups`: only what these may decide."""
    steps = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    if groups is not None:
        steps = steps.filter(task__in=GroupApprovalTask.objects.filter(groups__in=groups))
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, current_task_state__in=steps)
    of_pages = states.filter(base_content_type=ContentType.objects.get_for_model(Page))
    rows = of_pages.select_related("requested_by", "current_task_state__revision").order_by("created_at")
    pages = Page.objects.in_bulk([int(row.object_id) for row in rows])
    return [
        Waiting(
            state=row,
            page=page,
            title=row.current_task_state.revision.object_str,
            kind=getattr(page.specific_class, "listed_as", "Page"),
            by=str(row.requested_by or "Somebody who has left"),
            age=age_words(row.created_at, now),
            overdue=is_overdue(row.created_at, now),
        )
        for row in rows
        if (page := pages.get(int(row.object_id)))
    ]


@every_round("editors reminded", Turn.TELL)
def nudge_overdue(now: dt.datetime) -> int:
    """Reminds the editors of whatever has waited longer than we promise. Says how many contributions that were."""
    nudged = set(Nudge.objects.values_list("sent_in", flat=True))
    late = [one for one in waiting(now=now) if one.overdue and one.state.pk not in nudged]
    for one in late:
        _nudge(one, now)
    return len(late)


@transaction.atomic
def _nudge(one: Waiting, now: dt.datetime) -> None:
    _, is_new = Nudge.objects.get_or_create(sent_in=one.state, defaults={"at": now})
    if not is_new:
        return
    address = absolute_url(one.edit_path)
    for editor in _deciders(one.state):
        words = {"one": one, "person": editor, "address": address}
        write(
            to=editor.email,
            user=editor,
            template="contributions/mail/contribution_waits.txt",
            context=words,
            now=now,
        )


def _deciders(state: WorkflowState) -> Iterable[User]:
    step = GroupApprovalTask.objects.filter(pk=state.current_task_state.task_id)
    members = get_user_model().objects.filter(is_active=True, groups__in=step.values("groups"))
    return members.exclude(pk=state.requested_by_id).distinct()
