"""The platform's own sections of the Operation screen. Features register theirs (`gallery.viewsets.operation`)."""

import datetime as dt

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.template.defaultfilters import filesizeformat, pluralize
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.changes import purging
from cms.changes.models import Purge
from cms.core.logs import mask
from cms.core.waiting import age_words
from cms.jobs.models import SILENCE, WorkerProcess
from cms.jobs.registry import Queue, name_of
from cms.mail.models import Message

from . import state
from .sections import Button, Line, section

#: How many of a kind are shown; the others follow once these are settled.
SHOWN = 20
#: A cache in front may be away for a moment; withdrawn pictures leave it within a minute all the same.
PURGE_LATE = dt.timedelta(minutes=15)
LANES = {
    Queue.TAKE_DOWN: "Taking down",
    Queue.SOON: "Hanging and purging",
    Queue.LONG: "Mail, previews and all else",
}


def _number_and_oldest(rows: QuerySet, written: str) -> tuple[int, dt.datetime | None]:
    """In one query: between two, the last may have gone."""
    found = rows.order_by().aggregate(number=Count("pk"), oldest=Min(written))
    return found["number"], found["oldest"]


@section("Workers", 10)
def workers(now: dt.datetime) -> list[Line]:
    lines = []
    unserved = state.unserved(now)
    if len(unserved) == len(Queue):
        lines.append(
            Line(
                "No worker is at work",
                "Nothing is taken down or put on the wall, and no mail goes out, until one is started.",
                wrong=True,
            )
        )
    else:
        what = "What waits there stays until one does."
        lines += [Line(f"No worker serves “{LANES[queue]}”", what, wrong=True) for queue in unserved]
    for worker in WorkerProcess.objects.filter(stopped_at=None):
        age = age_words(worker.started_at, now)
        if now - worker.seen_at > SILENCE:
            heard = age_words(worker.seen_at, now)
            detail = f"Last heard of {heard} ago. If it was killed, this line goes by itself within an hour."
        else:
            detail = f"Since {age}. " + " ".join(_lane_words(lane, now) for lane in worker.lanes)
        lines.append(Line(worker.place, detail))
    return lines


def _lane_words(lane: dict[str, str], now: dt.datetime) -> str:
    doing = (
        f"{lane['job']}, {age_words(dt.datetime.fromisoformat(lane['since']), now)}" if "job" in lane else "idle"
    )
    return f"{LANES[Queue(lane['queue'])]}: {doing}."


@section("Jobs that wait", 20)
def lanes(now: dt.datetime) -> list[Line]:
    lines = []
    for queue, waiting in state.waiting_jobs().items():
        detail = "Nothing waits."
        if waiting.oldest:
            oldest = age_words(waiting.oldest, now)
            detail = f"{waiting.number} wait{pluralize(waiting.number, 's,')}; the oldest for {oldest}."
        lines.append(Line(LANES[queue], detail, waiting.is_late(queue, now)))
    return lines


@section("Jobs that failed", 30)
def failed_jobs(now: dt.datetime) -> list[Line]:
    failed = DBTaskResult.objects.failed().order_by("-finished_at")
    return [
        Line(
            _capital(name_of(job)),
            f"{_day(job.finished_at)}: {_last_words(job)}",
            wrong=True,
            buttons=_buttons("job", str(job.pk), name_of(job)),
        )
        for job in failed[:SHOWN]
    ]


def _last_words(job: DBTaskResult) -> str:
    """Of the error, and without addresses. A job that was broken off three times has none."""
    lines = job.traceback.strip().splitlines()
    return mask(lines[-1])[:300] if lines else "Its worker was stopped or killed three times while it was at it."


@section("Mail", 40)
def mails(now: dt.datetime) -> list[Line]:
    lines = []
    stuck = Message.objects.stuck()
    for mail in stuck.select_related("user").order_by("created_at", "pk")[:SHOWN]:
        whom = str(mail.user.name or mail.user) if mail.user else "somebody without an account"
        fate = "Given up" if mail.given_up_at else f"Tried {mail.tries} times, and still tried"
        lines.append(
            Line(
                f"To {mask(whom)}: {mail.subject}",
                f"Written {_day(mail.created_at)}. {fate}. {mail.problem}".strip(),
                wrong=True,
                url=reverse("wagtailusers_users:edit", args=[mail.user.pk]) if mail.user else "",
                buttons=_buttons("mail", str(mail.pk), f"the mail to {mask(whom)}"),
            )
        )
    standing_since = Message.objects.standing_since(now)
    if standing_since is not None:
        answer = Message.objects.last_answer()
        said = f"The mail server’s last answer: {answer}" if answer else "The mail server was not asked."
        age = age_words(standing_since, now)
        detail = f"The oldest has waited for {age}. Nobody can sign up, or sign in by a code. {said}"
        lines.append(Line("No mail goes out", detail, wrong=True))
    owed = Message.objects.owed().exclude(pk__in=stuck.order_by().values("pk"))
    number, oldest = _number_and_oldest(owed, "created_at")
    if oldest is not None:
        words = f"{number} mail{pluralize(number)} on the way"
        lines.append(Line(words, f"The oldest was written {age_words(oldest, now)} ago."))
    return lines


@section("Cache in front", 50)
def purges(now: dt.datetime) -> list[Line]:
    if not purging.is_set_up():
        return [Line("None is set up", "Pages and pictures are gone from every cache within a minute.")]
    number, oldest = _number_and_oldest(Purge.objects.all(), "asked_at")
    if oldest is None:
        return [Line("It has been told everything")]
    words = f"{number} purge{pluralize(number)} it has not taken"
    detail = f"The oldest is owed for {age_words(oldest, now)}. It is told again by itself."
    return [Line(words, detail, wrong=now - oldest > PURGE_LATE)]


@section("Disks", 60)
def disks(now: dt.datetime) -> list[Line]:
    what = (
        f"That is less than {settings.LEAST_FREE_DISK_MB} MB: uploads are refused, and what waits is tried again. "
        "Make room, for instance by moving old backups and logs to another disk, or give it a larger one."
    )
    return [
        Line(
            _capital(disk.name),
            f"{filesizeformat(disk.free_bytes)} free. {what if disk.is_full else ''}".strip(),
            wrong=disk.is_full,
        )
        for disk in state.disks()
    ]


@section("Backup", 70)
def backups(now: dt.datetime) -> list[Line]:
    if settings.DEMO:
        return [Line("The demo is not backed up")]
    last, good = state.last_backups()
    lines = []
    if good is None:
        installed_at = state.installed_at()
        late = installed_at is None or now - installed_at > state.BACKUP_LATE
        detail = "If the disk fails now, everything is lost. The document on deployment says how it is set up."
        lines.append(Line("There has never been one", detail if late else "The first is made tonight.", wrong=late))
    else:
        late = now - good.started_at > state.BACKUP_LATE
        words = f"The last was made {age_words(good.started_at, now)} ago"
        what = f"{filesizeformat(good.bytes)}, {good.files} private file{pluralize(good.files)}"
        lines.append(Line(words, f"{_day(good.started_at)}: {what}.", wrong=late))
    if last is not None and not last.went_well:
        lines.append(Line("The last try failed", f"{_day(last.started_at)}: {mask(last.problem)}"))
    return lines


def _buttons(kind: str, key: str, about: str) -> tuple[Button, ...]:
    return (
        Button("Try again", f"{kind}-again {key}", about=about),
        Button("Let it go", f"{kind}-let-go {key}", about=about),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _day(moment: dt.datetime | None) -> str:
    return f"{timezone.localtime(moment):%-d %B, %H:%M}" if moment else "Some time ago"
