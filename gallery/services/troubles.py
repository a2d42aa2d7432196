"""Notes work on files that fails, so that it is tried again later each time, and that people hear of it."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from cms.core.storage import STORAGE_PROBLEMS
from cms.images.refusal import PhotoRefused
from gallery import tasks
from gallery.models.entries import Entry, EntryQuerySet
from gallery.models.masters import Master
from gallery.models.troubles import Job, Trouble, TroubleQuerySet

log = logging.getLogger(__name__)

#: The longest wait between two tries, in minutes.
LONGEST_WAIT = 60
#: From this many failed tries on, people are told.
TOLD_AFTER = 3


def wait_after(tries: int) -> dt.timedelta:
    """1, 2, 4, 8, 16, 32 minutes, then an hour each time."""
    return dt.timedelta(minutes=min(LONGEST_WAIT, 2 ** min(tries - 1, 10)))


def waits(*, entry_id: int, job: Job, now: dt.datetime) -> bool:
    return Trouble.objects.waiting(job, now).filter(entry_id=entry_id).exists()


@contextmanager
def noted(*, entry_id: int, job: Job, now: dt.datetime) -> Iterator[None]:
    """Work inside that fails is written down, and raised on; work that succeeds wipes the slate."""
    try:
        yield
    except Exception as problem:
        _note(entry_id, job, problem, now)
        raise
    Trouble.objects.filter(entry_id=entry_id, job=job).delete()


@transaction.atomic
def _note(entry_id: int, job: Job, problem: Exception, now: dt.datetime) -> None:
    Trouble.objects.get_or_create(entry_id=entry_id, job=job, defaults={"since": now, "next_try_at": now})
    trouble = Trouble.objects.select_for_update().get(entry_id=entry_id, job=job)
    trouble.tries += 1
    trouble.problem = in_plain_words(problem)
    trouble.next_try_at = now + wait_after(trouble.tries)
    trouble.save(update_fields=["tries", "problem", "next_try_at"])
    log.warning("Entry %s: %s (try %s)", entry_id, trouble, trouble.tries)


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


def telling(entries: EntryQuerySet) -> TroubleQuerySet:
    """What has failed often enough to be told, of these entries."""
    told = Trouble.objects.filter(tries__gte=TOLD_AFTER, entry__in=entries.order_by())
    return told.select_related("entry").order_by("since", "pk")


def try_again(*, trouble: Trouble, now: dt.datetime) -> None:
    """Somebody has put right what was wrong and would rather not wait."""
    entry = trouble.entry
    Trouble.objects.filter(pk=trouble.pk).update(next_try_at=now)
    if trouble.job == Job.HANG:
        tasks.hang.enqueue(entry.pk)
    elif trouble.job == Job.SWEEP:
        tasks.sweep.enqueue(entry.pk)
    elif entry.master_id is not None:
        tasks.make_preview.enqueue(entry.master_id)


def forget_settled(now: dt.datetime) -> int:
    """Troubles with work nobody needs any more: withdrawn before it was hung, hung again before it was swept."""
    unmade = Master.objects.filter(preview="", erased_at=None)
    needed = {
        Job.HANG: Entry.objects.due_to_hang(),
        Job.SWEEP: Entry.objects.with_files_to_sweep(now),
        Job.PREVIEW: Entry.objects.filter(master__in=unmade),
    }
    forgotten = 0
    for job, entries in needed.items():
        idle = Trouble.objects.filter(job=job).exclude(entry__in=entries.order_by())
        forgotten += idle.delete()[0]
    return forgotten
