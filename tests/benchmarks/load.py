"""Visitors, photographers and moderators at once: how long pages, hanging and taking down wait, and for what.

`bin/bench load --seconds 90 --visitors 150 --jobs 1000`: on PostgreSQL when DATABASE_URL names a database, empty or
of an earlier run (the demo is seeded into it), on SQLite in var/load otherwise. nginx and gunicorn as in
docs/deployment.md, and one worker. Public pages are asked for by visitors alone first, then while photographs are
sent in, judged, approved and hung; the ratios are between the two.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import django

from tests.benchmarks.contenders import crowd, front
from tests.benchmarks.contenders.crowd import Notes, Person

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "var/load"
SHARED = ROOT.parent / "shared" / "photos"
PASSWORD = "four-clamps-and-a-lamp"
PUBLIC = ("wall", "home", "exhibit", "API", "search", "file")
#: Megabytes of a photograph as cameras make them.
MEGABYTES = (5, 16)
PAGE_SECONDS, GONE_SECONDS = 1.0, 60.0
NOBODY = 10**9


def main() -> None:
    words = read_words()
    if not shutil.which("nginx", path=front.PATH):
        sys.exit("Not measured: there is no nginx here.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    port = words.port or front.free_port()
    site = f"http://127.0.0.1:{port}"
    prepare(site)
    photos = make_photographs()
    people = make_people(words.photographers, words.moderators)
    print(
        f"Load, on {os.cpu_count()} cores (load before: {os.getloadavg()[0]:.1f}): {words.visitors} visitors,"
        f" {words.photographers} photographers, {words.moderators} moderators, {words.jobs} jobs waiting.",
        flush=True,
    )
    with front.serving(WORK, front=port, environment=os.environ, options=[], files=WORK), working():
        alone, _ = run(site, words, words.seconds / 2, photos=[], people=[])
        ring(words.jobs)
        notes, watch = run(site, words, words.seconds, photos=photos, people=people)
    for line in report(alone, notes, watch, words.seconds):
        print(line)
    print(f"Load after: {os.getloadavg()[0]:.1f}.")


def read_words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench load")
    for name, usual in {
        "seconds": 90,
        "visitors": 150,
        "photographers": 15,
        "moderators": 3,
        "jobs": 0,
        "port": 0,
    }.items():
        parser.add_argument(f"--{name}", type=int, default=usual, metavar="N")
    return parser.parse_args()


# --- The stage


def prepare(site: str) -> None:
    WORK.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "PATH": front.PATH,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{WORK}/portal.sqlite3",
        "VAR_FOLDER": str(WORK),
        "BASE_URL": site,
        "DEMO": "1",
        "EMAIL_URL": "dummymail://",
        "CACHE_URL": "",
        "AWS_STORAGE_PRIVATE_BUCKET": "",
        "PRIVATE_ACCEL_PREFIX": "/private-files/",
        "TRUSTED_PROXIES": "1",
    }
    print("The demo, with a database of its own …", flush=True)
    command = [sys.executable, "manage.py", "seed_demo", "--make-database"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    os.environ["DEMO"] = ""
    django.setup()
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from gallery.enums import EntryState, HangMode
    from gallery.models.entries import Entry
    from gallery.models.exhibitions import ExhibitionPage
    from gallery.services import entries, hanging

    for entry in Entry.objects.filter(title__startswith="Load ").exclude(state=EntryState.WITHDRAWN):
        entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now(), quietly=True)
        hanging.sweep(entry_id=entry.pk)
    DBTaskResult.objects.all().delete()
    slug = crowd.CALL.strip("/").rpartition("/")[2]
    ExhibitionPage.objects.filter(slug=slug).update(entries_per_person=10_000, hang=HangMode.ON_APPROVAL)


def make_people(photographers: int, moderators: int) -> list[tuple[str, str]]:
    """(role, e-mail address) of accounts that share one password."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import Group

    from cms.people.models import User

    people = [("photographer", number) for number in range(photographers)]
    people += [("moderator", number) for number in range(moderators)]
    hashed, found = make_password(PASSWORD), []
    for role, number in people:
        email = f"{role}-{number}@load.example"
        user, _ = User.objects.update_or_create(
            email=email, defaults={"password": hashed, "name": f"{role.title()} {number}"}
        )
        EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
        if role == "moderator":
            user.groups.add(Group.objects.get(name="Moderators"))
        found.append((role, email))
    return found


def make_photographs() -> list[bytes]:
    """Photographs of 5 to 16 MB: real ones saved once more at a camera's quality where there are some."""
    from PIL import Image

    from tests.benchmarks.contenders.photographs import photograph

    folder = WORK / "photographs"
    if not folder.exists():
        folder.mkdir()
        found = [
            SHARED / name
            for name in ("kleiber_20mp.jpg", "mr_lee_13mp.jpg", "v_45mp.jpg", "hmd_nokia83_gps_wide.jpg")
        ]
        pictures = [Image.open(path).convert("RGB") for path in found if path.exists()]
        for number, picture in enumerate(pictures or [photograph(6000, 4000), photograph(4608, 3456)]):
            for quality in (90, 94, 96, 98):
                path = folder / f"{number}-{quality}.jpg"
                picture.save(path, quality=quality, subsampling=0)
                if not MEGABYTES[0] <= path.stat().st_size / 1e6 <= MEGABYTES[1]:
                    path.unlink()
    photos = [path.read_bytes() for path in sorted(folder.glob("*.jpg"))]
    sizes = ", ".join(f"{len(photo) / 1e6:.1f}" for photo in photos)
    print(f"Photographs of {sizes} MB.", flush=True)
    return photos


@contextmanager
def working() -> Iterator[None]:
    with (WORK / "worker.log").open("w") as log:
        worker = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, stdout=log, stderr=log)
        try:
            yield
        finally:
            worker.terminate()
            worker.wait(30)


def ring(jobs: int) -> None:
    """Jobs of both queues that find nothing to do."""
    from django_tasks_db.models import DBTaskResult

    from gallery.jobs import DISCARD, MAKE_PREVIEW

    for number in range(jobs // 2):
        MAKE_PREVIEW.ring(master_id=NOBODY + number)
        DISCARD.ring(master_id=NOBODY + number)
    print(f"{DBTaskResult.objects.ready().count()} jobs wait.", flush=True)


# --- The run


class Watch(threading.Thread):
    """Looks once a second at the queue, at what hangs, and at the processes."""

    def __init__(self, notes: Notes, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.notes, self.over = notes, over
        self.longest: Counter[str] = Counter()
        self.last: Counter[str] = Counter()
        self.megabytes: dict[str, float] = defaultdict(float)
        self.at_work: list[int] = []

    def run(self) -> None:
        from django.db import connection
        from django.utils import timezone

        self.began = timezone.now()
        while not self.over.wait(1):
            self.look()
        self.look()
        self.made, self.waits = self.count_jobs()
        connection.close()

    def look(self) -> None:
        from django.db.models import Count
        from django_tasks_db.models import DBTaskResult

        from gallery.models.entries import Entry

        waiting = DBTaskResult.objects.ready().values_list("queue_name").annotate(number=Count("pk"))
        self.last = Counter(dict(waiting.order_by()))
        for queue, number in self.last.items():
            self.longest[queue] = max(self.longest[queue], number)
        new = set(self.notes.approved) - set(self.notes.hung)
        for entry in Entry.objects.filter(pk__in=new, state="hung").values_list("pk", flat=True):
            self.notes.hung[entry] = time.monotonic()
        for name, megabytes in processes():
            self.megabytes[name] = max(self.megabytes[name], megabytes)

    def count_jobs(self) -> tuple[Counter[str], dict[str, list[float]]]:
        from django_tasks_db.models import DBTaskResult

        made: Counter[str] = Counter()
        waits: dict[str, list[float]] = defaultdict(list)
        columns = ("task_path", "args_kwargs", "queue_name", "enqueued_at", "started_at")
        for path, words, queue, asked, started in DBTaskResult.objects.filter(
            enqueued_at__gte=self.began
        ).values_list(*columns):
            ours = path.endswith("registry.run")
            made[words["args"][0] if ours else f"{path.rpartition('.')[2]} {words['args'][1]}"] += 1
            if started:
                waits[queue].append((started - asked).total_seconds())
        return made, waits


def processes() -> Iterator[tuple[str, float]]:
    """(kind, MB) of each process this one has started, directly or not."""
    found: dict[int, tuple[int, str, float]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            pages = int((folder / "statm").read_text().split()[1])
        except (OSError, ValueError):
            continue
        found[int(folder.name)] = (parent, command, pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
    for parent, command, megabytes in found.values():
        above = parent
        while above in found and above != os.getpid():
            above = found[above][0]
        for kind, mark in {"web": "gunicorn", "worker": "manage.py work", "picture": "cms.images.sandbox"}.items():
            if above == os.getpid() and mark in command:
                yield kind, megabytes


def run(
    site: str, words: argparse.Namespace, seconds: float, *, photos: list[bytes], people: list[tuple[str, str]]
) -> tuple[Notes, Watch]:
    notes, over, signing_in = Notes(), threading.Event(), Notes()
    deeds: list[tuple[Callable, Person, tuple]] = []
    for role, email in people:
        person = Person(site, signing_in, over)
        person.sign_in(email, PASSWORD)
        person.notes = notes
        deeds.append((crowd.enter, person, (photos, [])) if role == "photographer" else (crowd.review, person, ()))
    deeds += [(crowd.visit, Person(site, notes, over), ()) for _ in range(words.visitors)]
    watch = Watch(notes, over)
    threads = [
        watch,
        *(threading.Thread(target=act, args=(do, who, *more), daemon=True) for do, who, more in deeds),
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    over.set()
    for thread in threads:
        thread.join(crowd.GONE_SECONDS + crowd.TIMEOUT)
    print(f"{'With photographs' if people else 'Visitors alone'}: {time.monotonic() - began:.0f} s.", flush=True)
    return notes, watch


def act(do: Callable, person: Person, *more: object) -> None:
    try:
        do(person, *more)
    except BaseException as problem:  # a thread's own is shown to nobody
        person.notes.errors.append(f"{do.__name__}: {problem!r}")


# --- The report


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def report(alone: Notes, notes: Notes, watch: Watch, seconds: int) -> Iterator[str]:
    yield f"{'':14}{'n':>6}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>8}   seconds; × p95 of visitors alone"
    for kind, took in sorted(
        notes.seconds.items(), key=lambda item: PUBLIC.index(item[0]) if item[0] in PUBLIC else 9
    ):
        numbers = "".join(f"{percentile(took, share):8.2f}" for share in (0.5, 0.95, 0.99, 1))
        ratio = ""
        if kind in PUBLIC and alone.seconds[kind]:
            usual = percentile(alone.seconds[kind], 0.95)
            ratio = f"   {percentile(took, 0.95) / usual:.1f} × {usual:.3f}"
        yield f"{kind:14}{len(took):6}{numbers}{ratio}"
    public = [one for kind in PUBLIC for one in notes.seconds[kind]]
    p95 = percentile(public, 0.95)
    yield line(p95 <= PAGE_SECONDS, f"{p95 / PAGE_SECONDS:.2f} × the second that public pages may take (p95)")
    gone = [one for what in ("page gone", "API gone", "file gone") for one in notes.seconds[what]]
    if gone:
        words = f"{max(gone) / GONE_SECONDS:.2f} × the minute in which a withdrawn photograph is gone"
        yield line(max(gone) <= GONE_SECONDS, f"{words} ({len(notes.seconds['file gone'])} withdrawn)")
    errors = Counter(alone.errors + notes.errors)
    yield line(
        not errors, f"{errors.total()} errors in {sum(map(len, notes.seconds.values()))} requests {dict(errors)}"
    )
    to_wall = [hung - notes.approved[pk] for pk, hung in notes.hung.items() if pk in notes.approved]
    sent, approved = len(notes.seconds["upload"]), len(notes.approved)
    if to_wall:
        yield f"{sent} sent in, {approved} approved, {len(to_wall)} of them seen on the wall:"
        yield f"    after {median(to_wall):.1f} s in the middle, {percentile(to_wall, 0.95):.1f} s (p95)"
    yield f"Jobs waiting at most {dict(watch.longest)}, at the end {dict(watch.last)}."
    if sent:
        yield f"Jobs made: {watch.made.total() / sent:.1f} a photograph sent in. {dict(watch.made.most_common())}"
    for queue, waits in sorted(watch.waits.items()):
        p50, p95 = median(waits), percentile(waits, 0.95)
        yield f"    {queue}: {len(waits)} jobs waited {p50:.1f} s in the middle, {p95:.1f} s (p95)"
    yield f"Memory of the largest: {', '.join(f'{name} {size:.0f} MB' for name, size in watch.megabytes.items())}."


def line(met: bool, words: str) -> str:
    return f"{words}: {'met' if met else 'MISSED'}"


if __name__ == "__main__":
    main()
