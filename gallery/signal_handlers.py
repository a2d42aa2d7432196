"""When a fact that exhibits repeat changes elsewhere, they are brought into step: by the worker, but for people
who hide their profile, who need not wait for one."""

from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    Notifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import PageViewRestriction, TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from cms.changes.models import How
from cms.changes.recording import record, record_all
from cms.core import former_slugs
from cms.people.models import Department, Profile, User
from gallery import jobs
from gallery.enums import EXHIBIT, EXHIBITION
from gallery.models.entries import Entry
from gallery.models.exhibitions import Category, ExhibitionPage
from gallery.services import departures, editions, exhibits
from gallery.services.addresses import list_edition_addresses


def department_saved(instance: Department, created: bool, **kwargs: object) -> None:
    if not created:
        jobs.REFRESH_EXHIBITS.ring(department_id=instance.pk)


def category_saved(instance: Category, created: bool, **kwargs: object) -> None:
    if not created:
        jobs.REFRESH_EXHIBITS.ring(category_id=instance.pk)


def profile_shown(instance: Profile, created: bool, **kwargs: object) -> None:
    if created:
        exhibits.follow_profile(slug=instance.pk)


def profile_hidden(instance: Profile, **kwargs: object) -> None:
    exhibits.follow_profile(slug=instance.pk)


def account_goes(instance: User, **kwargs: object) -> None:
    """Django says so for each account it deletes, one or many, in the admin or in a shell."""
    departures.let_go(photographer=instance, now=timezone.now())


def exhibition_changed(instance: ExhibitionPage, **kwargs: object) -> None:
    """Its dates and title stand in answers other sites keep."""
    how = How.UPSERT if instance.live else How.REMOVED
    now = timezone.now()
    record(EXHIBITION, str(instance.pk), how, list_edition_addresses(instance), now=now)
    record_all(EXHIBIT, now=now)  # whether they are public is their edition's to say
    editions.follow_editions(now=now)
    jobs.REFRESH_EXHIBITS.ring(exhibition_id=instance.pk)


def exhibition_named(instance: ExhibitionPage, **kwargs: object) -> None:
    before = kwargs.get("instance_before")
    former_slugs.renamed("exhibition", before.slug if isinstance(before, ExhibitionPage) else "", instance.slug)


def privacy_changed(**kwargs: object) -> None:
    """Behind a password, or out from behind one, go editions too, and what hangs in them: because it was set
    somewhere above them, or because pages were moved below it."""
    now = timezone.now()
    for kind in (EXHIBITION, EXHIBIT):
        record_all(kind, now=now)
    editions.follow_editions(now=now)


for signal in (post_save, post_delete):
    signal.connect(privacy_changed, sender=PageViewRestriction, dispatch_uid="privacy-changed")
post_page_move.connect(privacy_changed, dispatch_uid="pages-moved")
post_save.connect(department_saved, sender=Department, dispatch_uid="refresh-department")
post_save.connect(category_saved, sender=Category, dispatch_uid="refresh-category")
post_save.connect(profile_shown, sender=Profile, dispatch_uid="link-profile")
pre_delete.connect(account_goes, sender=User, dispatch_uid="photographer-leaves")
post_delete.connect(profile_hidden, sender=Profile, dispatch_uid="unlink-profile")
former_slugs.follow(Category, "category")
page_slug_changed.connect(exhibition_named, sender=ExhibitionPage, dispatch_uid="exhibition-renamed")
page_published.connect(exhibition_named, sender=ExhibitionPage, dispatch_uid="exhibition-named")
page_published.connect(exhibition_changed, sender=ExhibitionPage, dispatch_uid="exhibition-published")
page_unpublished.connect(exhibition_changed, sender=ExhibitionPage, dispatch_uid="exhibition-unpublished")


class PagesOnly:
    """Wagtail's workflow mail, for pages. Entries have mails of our own: kinder, and sent by the worker."""

    def __init__(self, notifier: Notifier) -> None:
        self.notifier = notifier

    def __call__(self, instance: WorkflowState | TaskState, **kwargs: object) -> bool:
        workflow_state = instance.workflow_state if isinstance(instance, TaskState) else instance
        if isinstance(workflow_state.content_object, Entry):
            return False
        return self.notifier(instance=instance, **kwargs)


# A receiver with a name that is taken is not connected again. This app is ready before wagtail.admin, so these
# stand in for the receivers of the same names there.
STAND_INS = [
    (
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        GroupApprovalTaskStateSubmissionEmailNotifier,
    ),
    (
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
        WorkflowStateSubmissionEmailNotifier,
    ),
    (
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        WorkflowStateRejectionEmailNotifier,
    ),
    (
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        WorkflowStateApprovalEmailNotifier,
    ),
]
for signal, sender, name, notifier in STAND_INS:
    signal.connect(PagesOnly(notifier()), sender=sender, dispatch_uid=name, weak=False)
