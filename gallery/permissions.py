"""Who may do what, as questions. Every screen asks here; none decides for itself."""

from django.contrib.auth.models import AnonymousUser
from wagtail.models import TaskState

from cms.people.models import User
from gallery.enums import CLEARED_STATES, EntryState
from gallery.models.entries import Entry, EntryQuerySet
from gallery.models.reviews import EntryReviewTask

Visitor = User | AnonymousUser


def is_moderator(user: Visitor) -> bool:
    """In the group of any review step, or an administrator."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or EntryReviewTask.objects.filter(active=True, groups__user=user).exists()


def is_curator(user: Visitor) -> bool:
    return user.is_authenticated and user.has_perm("gallery.hang_entry")


def is_judge(user: Visitor) -> bool:
    return user.is_authenticated and user.has_perm("gallery.judge_entry")


def may_see_as_staff(user: Visitor, entry: Entry) -> bool:
    """On the review screen: not for the photographer's own entry unless they are staff as well."""
    if entry.submitted_at is None:
        return False
    return is_moderator(user) or (is_curator(user) and entry.state in CLEARED_STATES)


def sees_entries(user: Visitor) -> bool:
    """Has anything to do with entries in the admin at all."""
    return is_moderator(user) or is_curator(user)


def entries_shown_to(user: Visitor) -> EntryQuerySet:
    """The list in the admin: everything that was sent in for moderators, what is cleared for curators."""
    if is_moderator(user):
        return Entry.objects.seen_by_staff()
    if is_curator(user):
        return Entry.objects.seen_by_staff().filter(state__in=CLEARED_STATES)
    return Entry.objects.none()


def may_decide(user: Visitor, task_state: TaskState | None, entry: Entry) -> bool:
    """In the group of the step the entry is at. Nobody decides on their own photograph."""
    if task_state is None or entry.photographer_id == user.pk:
        return False
    return task_state.task.specific.user_can_access_editor(entry, user)


def may_describe(user: Visitor, entry: Entry) -> bool:
    """Add a long description, tags and the focal point, settle clearances. Nobody clears their own photograph."""
    return (
        entry.submitted_at is not None
        and entry.photographer_id != user.pk
        and entry.state != EntryState.WITHDRAWN
        and (is_moderator(user) or is_curator(user))
    )


def may_correct(user: Visitor, entry: Entry) -> bool:
    """Put words right that somebody has cleared. Photographers suggest theirs, staff among them too."""
    return entry.state in CLEARED_STATES and entry.photographer_id != user.pk and sees_entries(user)


def may_take_down(user: Visitor) -> bool:
    """Off the wall for now. Whoever reads a complaint can act on it."""
    return sees_entries(user)


def may_hang(user: Visitor) -> bool:
    return is_curator(user)


def may_withdraw(user: Visitor, entry: Entry) -> bool:
    """The photographer, or those who act for a person pictured."""
    if entry.photographer_id == user.pk:
        return True
    return entry.submitted_at is not None and (is_curator(user) or is_moderator(user))
