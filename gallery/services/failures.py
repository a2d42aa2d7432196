"""Notes work on files that fails, so that it is tried again later each time, and that people hear of it."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from cms.core.storage import STORAGE_PROBLEMS
from cms.images.refusal import PhotoRefused
from cms.jobs.periodic import Turn, every_round
from gallery import jobs
from gallery.models.entries import Entry, EntryQuerySet
from gallery.models.failures import FileJob, JobFailure, JobFailureQuerySet
from gallery.models.masters import Master

log = logging.getLogger(__name__)

#: From this many failed tries on, people are told.
TOLD_AFTER = 3


def waits(*, entry_id: int, job: FileJob, now: dt.datetime) -> bool:
    return JobFailure.objects.waiting(job, now).filter(entry_id=entry_id).exists()


@contextmanager
def recording_failures(*, entry_id: int, job: FileJob, now: dt.datetime | None) -> Iterator[None]:
    """Work inside that fails is written down, and raised on; work that succeeds wipes the slate. `now` is when it
    failed; None if that is yet to come."""
    try:
        yield
    except Exception as problem:
        note(entry_id=entry_id, job=job, problem=problem, now=now or timezone.now())
        raise
    JobFailure.objects.filter(entry_id=entry_id, job=job).delete()


@transaction.atomic
def note(*, entry_id: int, job: FileJob, problem: Exception, now: dt.datetime) -> None:
    JobFailure.objects.get_or_create(entry_id=entry_id, job=job, defaults={"since": now, "next_try_at": now})
    failure = JobFailure.objects.select_for_update().get(entry_id=entry_id, job=job)
    failure.problem = in_plain_words(problem)
    failure.count_try(now)
    failure.save(update_fields=["tries", "problem", "next_try_at"])
    log.warning("Entry %s: %s (try %s)", entry_id, failure, failure.tries)


def in_plain_words(problem: Exception) -> str:
    """What went wrong, without the exception's own words, which may name addresses, folders or keys."""
    name = type(problem).__name__
    if isinstance(problem, PhotoRefused):
        return problem.message[:200]
    if isinstance(problem, FileNotFoundError):
        return "Its file is not where we keep photographs."
    if isinstance(problem, STORAGE_PROBLEMS):
        return f"The place where we keep files did not answer as it should ({name})."
    if isinstance(problem, MemoryError):
        return "The picture needs more memory than the worker has."
    return f"Something unexpected happened ({name})."


def lasting(entries: EntryQuerySet) -> JobFailureQuerySet:
    """What has failed often enough to be told, of these entries."""
    told = JobFailure.objects.filter(tries__gte=TOLD_AFTER, entry__in=entries.order_by())
    return told.select_related("entry").order_by("since", "pk")


def try_again(*, failure: JobFailure, now: dt.datetime) -> None:
    """Somebody has put right what was wrong and would rather not wait."""
    entry = failure.entry
    JobFailure.objects.filter(pk=failure.pk).update(next_try_at=now)
    if failure.job == FileJob.HANG:
        jobs.HANG.ring()
    elif failure.job == FileJob.SWEEP:
        jobs.SWEEP.ring(entry_id=entry.pk)
    elif failure.job == FileJob.REWRITE:
        jobs.REWRITE.ring(entry_id=entry.pk)
    elif entry.master_id is not None:
        jobs.MAKE_PREVIEW.ring(master_id=entry.master_id)


@every_round("failures settled", Turn.FORGET)
def forget_settled(now: dt.datetime) -> int:
    """Failures of work nobody needs any more: withdrawn before it was hung, hung again before it was swept."""
    unmade = Master.objects.filter(preview="", erased_at=None)
    needed = {
        FileJob.HANG: Entry.objects.due_to_hang(),
        FileJob.SWEEP: Entry.objects.with_files_to_sweep(now),
        FileJob.PREVIEW: Entry.objects.filter(master__in=unmade),
        FileJob.REWRITE: Entry.objects.with_files_to_rewrite(),
    }
    forgotten = 0
    for job, entries in needed.items():
        idle = JobFailure.objects.filter(job=job).exclude(entry__in=entries.order_by())
        forgotten += idle.delete()[0]
    return forgotten
