"""A withdrawal while two thousand jobs wait: off the wall, the APIs and the disk within seconds, whatever happens
to the worker. The worker is the real one, in a process of its own, on real files and a real database.

Dramas are long: `bin/test --all` plays them.
"""

import contextlib
import io
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as in_use
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from gallery import jobs
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.masters import Master
from gallery.services import entries
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drama]
ROOT = Path(__file__).resolve().parents[2]
WAITING = 1000
#: It takes one or two on a quiet machine, and must not fail on a busy one.
PATIENCE_SECONDS = 60.0
STOP_SECONDS = 15.0
#: Ids of nothing: their jobs look, find nothing and are done.
NOBODY = 1_000_000


class Stage:
    """One database and one folder of files, shared by this process, which serves the site, and by the workers."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database
        self.workers: list[subprocess.Popen] = []
        self.mail = ""

    def start_worker(self, *arguments: str) -> subprocess.Popen:
        roots = f"PRIVATE_ROOT, MEDIA_ROOT = Path({str(in_use.PRIVATE_ROOT)!r}), Path({str(in_use.MEDIA_ROOT)!r})"
        text = f"from pathlib import Path\nfrom cms.settings.test import *\n{roots}\n{self.mail}\n"
        (self.folder / "stage_settings.py").write_text(text)
        with (self.folder / "worker.log").open("a") as log:
            worker = subprocess.Popen(
                [sys.executable, "-W", "ignore", "manage.py", "work", *arguments],
                cwd=ROOT,
                env={
                    "PATH": os.environ["PATH"],
                    "PYTHONPATH": str(self.folder),
                    "DJANGO_SETTINGS_MODULE": "stage_settings",
                    "DATABASE_URL": self.database,
                },
                stdout=log,
                stderr=log,
            )
        self.workers.append(worker)
        return worker

    def seconds_until(self, is_so: Callable[[], bool], *, patience: float = PATIENCE_SECONDS) -> float:
        began = time.monotonic()
        while not is_so():
            if time.monotonic() > began + patience:
                pytest.fail(f"Not after {patience:.0f} s.\n" + (self.folder / "worker.log").read_text()[-3000:])
            time.sleep(0.05)
        return time.monotonic() - began

    def end(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait(10)


@pytest.fixture
def stage(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with shared_database(tmp_path, monkeypatch) as address:
        stage = Stage(tmp_path, address)
        yield stage
        stage.end()
        connection.close()


@contextlib.contextmanager
def shared_database(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database that other processes can use as well. SQLite's tests run in memory: it is copied
    into a file for as long."""
    facts = connection.settings_dict
    if connection.vendor == "postgresql":
        who = f"{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}"
        yield f"postgres://{who}/{facts['NAME']}"
        return
    connection.ensure_connection()
    in_memory, file = connection.connection, folder / "stage.sqlite3"
    with contextlib.closing(sqlite3.connect(file)) as copy:
        in_memory.backup(copy)
    with monkeypatch.context() as patched:
        patched.setitem(facts, "NAME", str(file))
        connection.connection = None
        yield f"sqlite:///{file}"
        connection.close()
    connection.connection = in_memory


@pytest.fixture
def hung(stage: Stage) -> list[Entry]:
    """Three on the wall; then three that are slow to encode, and behind them two thousand jobs. Those that hang
    never are more than one."""
    edition = make_exhibition()
    on_wall = [make_entry("hung", exhibition=edition) for _ in range(3)]
    for _ in range(3):
        make_entry("approved", exhibition=edition, photo=slow_to_encode())
    for number in range(WAITING):
        jobs.DISCARD.ring(master_id=NOBODY + number)
        jobs.MAKE_PREVIEW.ring(master_id=NOBODY + number)
    return on_wall


def slow_to_encode() -> bytes:
    """Seconds of work, as a real photograph is: noise, which no encoder finds easy."""
    buffer = io.BytesIO()
    bands = [Image.effect_noise((3000, 2000), 90) for _ in "RGB"]
    Image.merge("RGB", bands).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def is_encoding() -> bool:
    return Entry.objects.filter(hanging_until__isnull=False, media__gt="").exists()


def waiting() -> int:
    return DBTaskResult.objects.ready().count()


def failed() -> list[str]:
    return [f"{job.args_kwargs}\n{job.traceback}" for job in DBTaskResult.objects.failed()]


class Leaving:
    """What a visitor, another site and the disk still have of an exhibit."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        exhibit = Exhibit.objects.get(pk=entry.public_id)
        self.files = [source["key"] for source in exhibit.sources]
        self.answers = {
            exhibit.path: 410,
            f"/api/gallery/v1/exhibits/{exhibit.pk}/": 410,
            f"/api/v2/exhibits/{exhibit.pk}/": 404,
        }
        assert {Client().get(address).status_code for address in self.answers} == {200}
        assert self.stored() == self.files

    def stored(self) -> list[str]:
        return [name for name in self.files if storages["public"].exists(name)]

    def is_over(self) -> bool:
        said = {address: Client().get(address).status_code for address in self.answers}
        erased = Master.objects.get(pk=self.entry.master_id).erased_at is not None
        return said == self.answers and self.stored() == [] and erased


def withdraw(entry: Entry) -> None:
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())


def tell(capsys: pytest.CaptureFixture[str], what: str, seconds: float) -> None:
    with capsys.disabled():
        print(f"\n  {what}, on {connection.vendor}: gone after {seconds:.1f} s")


def test_two_thousand_waiting_jobs_do_not_delay_it(stage, hung, capsys):
    leaving = Leaving(hung[0])
    stage.start_worker()
    stage.seconds_until(is_encoding)
    assert waiting() > WAITING
    withdraw(hung[0])
    tell(capsys, "two thousand waiting", stage.seconds_until(leaving.is_over))
    assert Exhibit.objects.filter(pk=hung[1].public_id).exists()
    stage.seconds_until(lambda: waiting() == 0, patience=300)
    assert failed() == []
    stage.seconds_until(lambda: Exhibit.objects.count() == 5)  # two that stayed, three that were slow


def test_a_mail_server_that_says_nothing_does_not_delay_it(stage, hung, capsys):
    leaving = Leaving(hung[0])
    with socket.create_server(("127.0.0.1", 0)) as silent:
        smtp = "django.core.mail.backends.smtp.EmailBackend"
        host, port = silent.getsockname()
        stage.mail = f"EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = {smtp!r}, {host!r}, {port}"
        stage.start_worker()
        silent.settimeout(PATIENCE_SECONDS)
        call, _ = silent.accept()  # somebody wants to send a mail, and waits
        with call:
            withdraw(hung[0])
            tell(capsys, "a silent mail server", stage.seconds_until(leaving.is_over))


def test_a_worker_for_each_queue_takes_it_down_as_well(stage, hung, capsys):
    leaving = Leaving(hung[0])
    for queue in ("soon", "long"):
        stage.start_worker("--only", queue)
    stage.seconds_until(is_encoding)
    withdraw(hung[0])
    tell(capsys, "a worker for each queue", stage.seconds_until(leaving.is_over))


def test_a_worker_that_was_killed_takes_it_down_when_it_is_back(stage, hung, capsys):
    """Even if the job died with it."""
    first, second = Leaving(hung[0]), Leaving(hung[1])
    worker = stage.start_worker()
    stage.seconds_until(is_encoding)
    worker.kill()
    worker.wait(10)
    withdraw(hung[0])
    taken_on = DBTaskResult.objects.ready().get(
        args_kwargs={"args": ["sweep entry"], "kwargs": {"entry_id": hung[0].pk}}
    )
    taken_on.claim("a worker that was killed")
    withdraw(hung[1])
    assert (first.stored(), second.stored()) == (first.files, second.files)
    stage.start_worker()
    seconds = stage.seconds_until(lambda: first.is_over() and second.is_over())
    tell(capsys, "killed and started again", seconds)


@pytest.mark.parametrize(("signals", "within"), [([signal.SIGTERM], STOP_SECONDS), ([signal.SIGINT] * 2, 5.0)])
def test_a_worker_that_is_asked_to_stop_ends_in_time_and_loses_no_job(stage, hung, signals, within):
    """Asked once, jobs may end; asked twice, it ends at once."""
    before = DBTaskResult.objects.count()
    worker = stage.start_worker()
    stage.seconds_until(is_encoding)
    began = time.monotonic()
    for number in signals:
        worker.send_signal(number)
        time.sleep(0.5)
    assert worker.wait(PATIENCE_SECONDS) == 0
    assert time.monotonic() - began < within
    assert DBTaskResult.objects.running().count() == 0
    assert failed() == []
    assert DBTaskResult.objects.count() >= before
    stage.start_worker()
    stage.seconds_until(lambda: Exhibit.objects.count() == 6, patience=120)


def test_a_database_that_goes_away_for_a_while_loses_no_job(stage, hung, capsys):
    if connection.vendor != "postgresql":
        pytest.skip("a file does not go away")
    leaving = Leaving(hung[0])
    worker = stage.start_worker()
    stage.seconds_until(is_encoding)
    name = connection.settings_dict["NAME"]
    with elsewhere() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        time.sleep(5)
        cursor.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')
    withdraw(hung[0])
    tell(capsys, "a database that was away for 5 s", stage.seconds_until(leaving.is_over))
    stage.seconds_until(lambda: waiting() == 0 and Exhibit.objects.count() == 5, patience=300)
    assert worker.poll() is None
    stage.seconds_until(lambda: DBTaskResult.objects.running().count() == 0)


@contextlib.contextmanager
def elsewhere() -> Iterator:
    """A connection to the server's other database; ours is closed, so that its own can be cut."""
    import psycopg

    facts = connection.settings_dict
    connection.close()
    words = {name: facts[name.upper()] or None for name in ("user", "password", "host", "port")}
    with psycopg.connect(dbname="postgres", autocommit=True, **words) as other, other.cursor() as cursor:
        yield cursor
