"""How the installation is, as readiness, metrics and the screen all tell it: its lanes, their worker, its disks."""

import datetime as dt
import shutil
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min
from django_tasks_db.models import DBTaskResult

from cms.jobs.models import WorkerProcess
from cms.jobs.registry import Queue

from .models import Backup

#: How long the oldest job of a lane may wait before something must be wrong.
LONGEST_WAIT = {
    Queue.TAKE_DOWN: dt.timedelta(minutes=5),
    Queue.SOON: dt.timedelta(minutes=15),
    Queue.LONG: dt.timedelta(hours=1),
}
#: They are made every night, so one may fail before anybody is bothered.
BACKUP_LATE = dt.timedelta(days=2)
MEGABYTE = 1024 * 1024


class Waiting(NamedTuple):
    number: int = 0
    oldest: dt.datetime | None = None

    def is_late(self, queue: Queue, now: dt.datetime) -> bool:
        return self.oldest is not None and now - self.oldest > LONGEST_WAIT[queue]


def waiting_jobs() -> dict[Queue, Waiting]:
    """By lane. Jobs of queues that are not ours are done by the long one."""
    found = dict.fromkeys(Queue, Waiting())
    ours = {queue.value: queue for queue in Queue}
    rows = DBTaskResult.objects.ready().order_by().values_list("queue_name")
    for name, number, oldest in rows.annotate(Count("pk"), Min("enqueued_at")):
        queue = ours.get(name, Queue.LONG)
        before = found[queue]
        found[queue] = Waiting(before.number + number, min(filter(None, (before.oldest, oldest))))
    return found


def last_signs() -> dict[Queue, dt.datetime]:
    """When a worker that serves it was last heard of; without an entry nobody has been for an hour."""
    found: dict[Queue, dt.datetime] = {}
    for worker in WorkerProcess.objects.order_by("seen_at"):
        found |= {Queue(lane["queue"]): worker.seen_at for lane in worker.lanes}
    return found


def unserved(now: dt.datetime) -> list[Queue]:
    served = {lane["queue"] for worker in WorkerProcess.objects.heard_of(now) for lane in worker.lanes}
    return [queue for queue in Queue if queue.value not in served]


def last_backups() -> tuple[Backup | None, Backup | None]:
    """The last run, whatever came of it, and the last that went well."""
    last = Backup.objects.first()
    good = Backup.objects.filter(problem="").first() if last is not None and not last.went_well else last
    return last, good


def installed_at() -> dt.datetime | None:
    """When the first table was made."""
    first: dt.datetime | None = MigrationRecorder.Migration.objects.aggregate(first=Min("applied"))["first"]
    return first


class Disk(NamedTuple):
    name: str
    free_bytes: int

    @property
    def is_full(self) -> bool:
        return self.free_bytes < settings.LEAST_FREE_DISK_MB * MEGABYTE


def disks() -> list[Disk]:
    """The folders this process writes to. Buckets are their owner's to watch."""
    folders = {"working folder": settings.VAR}
    for alias, name in (("private", "private files"), ("public", "public files")):
        if isinstance(storage := storages[alias], FileSystemStorage):
            folders[name] = Path(storage.location)
    return [Disk(name, shutil.disk_usage(nearest(folder)).free) for name, folder in folders.items()]


def nearest(folder: Path) -> Path:
    """The folder itself, or the one above it in which it will be made."""
    return next(one for one in (folder, *folder.parents) if one.exists())
