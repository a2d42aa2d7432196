"""Keeps what exhibits are served as in step with the facts they are made of."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from cms.changes.models import How
from cms.changes.recording import PublicChange, record_all
from cms.core.text import name_slug, one_of_each
from cms.images.sources import Sources
from cms.people.models import Profile
from gallery import jobs
from gallery.enums import EXHIBIT
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit, ExhibitLabel, ExhibitQuerySet
from gallery.services import documents, exhibit_fields
from gallery.services.addresses import list_exhibit_addresses


def change_of(exhibit: Exhibit, how: How) -> PublicChange:
    """What is recorded of it. Ask while it still knows its files and whether it may be shared."""
    return PublicChange(exhibit.public_id, how, list_exhibit_addresses(exhibit), exhibit.is_shared)


def label(exhibit: Exhibit, *, awards: Sequence[str] | None = None, tags: Sequence[str] | None = None) -> None:
    """Gives an exhibit its awards or its tags, in place of those it had."""
    for kind, names in ((ExhibitLabel.Kind.AWARD, awards), (ExhibitLabel.Kind.TAG, tags)):
        if names is not None:
            exhibit.labels.filter(kind=kind).delete()
            ExhibitLabel.objects.bulk_create(
                ExhibitLabel(exhibit=exhibit, kind=kind, name=name, slug=name_slug(name))
                for name in one_of_each(names)
            )


def write(exhibit: Exhibit) -> None:
    """Rebuilds one exhibit's document, card and search text and saves it."""
    has_profile = bool(_shown_profiles([exhibit]))
    documents.write(exhibit, list(exhibit.labels.all()), has_profile=has_profile)
    exhibit.save()


def follow_entry(row: Entry, *, sources: Sources | None = None, now: dt.datetime) -> PublicChange:
    """Gives the exhibit of an entry that hangs what the entry says now, and new files if there are any. In the
    caller's transaction, which records the change that is returned."""
    exhibit = Exhibit.objects.select_for_update().get(pk=row.public_id)
    before = change_of(exhibit, How.UPSERT)
    for name, value in {**exhibit_fields.of(row), "updated_at": now}.items():
        setattr(exhibit, name, value)
    addresses = [*dict.fromkeys([*before.addresses, *list_exhibit_addresses(exhibit)])]  # of new files nobody knows
    if sources is not None:
        exhibit.sources = sources
    label(exhibit, awards=row.awards, tags=row.tags)
    write(exhibit)
    how = How.CORRECTED if before.shared and not exhibit.is_shared else How.UPSERT
    return before._replace(how=how, addresses=addresses, shared=before.shared or exhibit.is_shared)


@transaction.atomic
def refresh(queryset: ExhibitQuerySet, *, now: dt.datetime | None = None) -> int:
    """Rebuilds the exhibits whose document or card no longer says what is true, and numbers each change.

    Returns how many changed. An exhibit whose words come out the same is left alone.
    """
    now = now or timezone.now()
    changes = []
    related = queryset.select_related("exhibition", "category", "department").prefetch_related("labels")
    exhibits = list(related.select_for_update(of=("self",)))
    # After the rows are locked: a profile that goes meanwhile waits for them, and then brings them into step.
    shown = _shown_profiles(exhibits)
    for exhibit in exhibits:
        has_profile = exhibit.photographer_slug in shown
        labels = list(exhibit.labels.all())
        before = (exhibit.document, exhibit.card, exhibit.search_text)
        documents.write(exhibit, labels, has_profile=has_profile)
        if (exhibit.document, exhibit.card, exhibit.search_text) == before:
            continue
        exhibit.updated_at = now
        documents.write(exhibit, labels, has_profile=has_profile)
        exhibit.save()
        changes.append(change_of(exhibit, How.UPSERT))
    if changes:
        record_all(EXHIBIT, changes, now=now)
    return len(changes)


def _shown_profiles(exhibits: Sequence[Exhibit]) -> set[str]:
    slugs = {exhibit.photographer_slug for exhibit in exhibits if exhibit.photographer_slug}
    return set(Profile.objects.filter(pk__in=slugs).values_list("pk", flat=True)) if slugs else set()


def follow_profile(*, slug: str) -> int:
    """Links the photographs of one person to their profile, or takes the links away once it is hidden."""
    return refresh(Exhibit.objects.filter(photographer_slug=slug)) if slug else 0


def wait_for_profile(exhibit: Exhibit) -> None:
    """Lets nobody hide the photographer's profile before the caller's transaction has written a new exhibit."""
    list(Profile.objects.select_for_update().filter(pk=exhibit.photographer_slug).values_list("pk"))


@jobs.REFRESH_EXHIBITS.handler
def refresh_where(**facts: int) -> int:
    """For the worker: `refresh_where(department_id=3)`."""
    return refresh(Exhibit.objects.filter(**facts))
