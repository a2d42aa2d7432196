"""The whole way on a real S3 server, and what happens when it goes away in the middle."""

import datetime as dt
import hashlib
import io
import os
import subprocess
import sys
import time
import traceback
from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from PIL import Image

from cms.images import encode
from cms.jobs.periodic import tend
from gallery.enums import EntryState
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.failures import FileJob, JobFailure
from gallery.models.masters import Master
from gallery.services import entries, hanging, masters, reviews
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory, curator, moderator
from tests.factories.photos import jpeg, upload
from tests.gallery.desk.forms import enter_url, filled_in, signed_in
from tests.s3 import KEY, PRIVATE, PUBLIC, SECRET, Server, status_of

pytestmark = [pytest.mark.django_db, pytest.mark.s3]
ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024
SORRY = "We could not store your photograph just now. Nothing is lost: please try again in a minute."


class PowerCut(SimpleUploadedFile):
    """A photograph during whose way to the store the server loses its power, once `after` bytes have left."""

    def __init__(self, data: bytes, server: Server, after: int) -> None:
        super().__init__("IMG_0001.jpg", data, content_type="image/jpeg")
        self.server, self.after, self.sent = server, after, 0

    def read(self, *size: int) -> bytes:
        part = self.file.read(*size)
        if any("s3transfer" in frame.filename for frame in traceback.extract_stack()):
            self.sent += len(part)
            if self.sent > self.after:
                self.server.stop()
        return part


def large_jpeg(megabytes: int) -> bytes:
    """A photograph of noise, which no encoder makes small."""
    edge = int((megabytes * MEGABYTE / 3) ** 0.5)
    noise = Image.frombytes("RGB", (edge, edge), os.urandom(edge * edge * 3))
    buffer = io.BytesIO()
    noise.save(buffer, "JPEG", quality=98, subsampling=0)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def large() -> bytes:
    data = large_jpeg(22)
    assert len(data) >= 20 * MEGABYTE
    return data


def private_address(s3: Server, name: str) -> str:
    return f"{s3.endpoint}/{PRIVATE}/{name}"


def test_settings_from_the_environment_put_every_file_on_s3(s3):
    """In a process of its own, as in production: fields choose their storage when models load."""
    look = (
        "from gallery.models.masters import Master; from cms.images.models import PortalImage;"
        "from django.core.files.storage import storages, default_storage;"
        "of = lambda model, name: model._meta.get_field(name).storage;"
        "print(*[getattr(s, 'bucket_name', s) for s in (default_storage, storages['private'], storages['public'],"
        " of(Master, 'file'), of(Master, 'preview'), of(PortalImage, 'file'))])"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "AWS_STORAGE_PRIVATE_BUCKET": PRIVATE,
        "AWS_STORAGE_PUBLIC_BUCKET": PUBLIC,
        "AWS_S3_ENDPOINT_URL": s3.endpoint,
    }
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "shell", "-v0", "-c", look],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.stdout.split() == [PRIVATE, PRIVATE, PUBLIC, PRIVATE, PRIVATE, PRIVATE], answer.stderr


def test_from_the_form_to_the_wall_and_away(s3, work):
    person = UserFactory()
    answer = signed_in(person).post(enter_url(make_exhibition()), filled_in())
    assert answer.status_code == 302
    work()
    entry = Entry.objects.get()
    master = entry.master
    assert sorted(s3.names(PRIVATE)) == sorted([master.file.name, master.preview.name])
    assert s3.names(PUBLIC) == []

    reviews.approve(entry=entry, by=moderator(), reason="Cleared.")
    work()
    exhibit = Exhibit.objects.get()
    document = Client().get(f"/api/gallery/v1/exhibits/{exhibit.pk}/").json()
    addresses = [source["url"] for source in document["image"]["sources"]]
    assert addresses == [f"{s3.endpoint}/{PUBLIC}/{source['key']}" for source in exhibit.sources]
    assert [status_of(address) for address in addresses] == [200, 200]
    for name in (master.file.name, master.preview.name):
        assert status_of(private_address(s3, name)) == 403
    preview = signed_in(person).get(f"/desk/entries/{entry.pk}/preview/")
    assert b"".join(preview.streaming_content)[:3] == b"\xff\xd8\xff"
    original = signed_in(person).get(f"/desk/entries/{entry.pk}/original/")
    assert hashlib.sha256(b"".join(original.streaming_content)).hexdigest() == master.sha256
    assert s3.endpoint not in str(preview.headers) + str(original.headers)

    entries.withdraw(entry=entry, by=person, now=timezone.now())
    work()
    assert (s3.names(PRIVATE), s3.names(PUBLIC)) == ([], [])
    assert {status_of(address) for address in addresses} <= {403, 404}


def test_a_wrong_secret_and_an_expired_signature_are_refused(s3):
    make_entry("draft")
    name = Master.objects.get().file.name
    with pytest.raises(ClientError) as refused:
        s3.client(secret="not-the-secret").get_object(Bucket=PRIVATE, Key=name)
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403

    def signed(client, seconds: int) -> str:
        return client.generate_presigned_url(
            "get_object", Params={"Bucket": PRIVATE, "Key": name}, ExpiresIn=seconds
        )

    own = storages["private"].connection.meta.client
    short, long = signed(own, 1), signed(own, 60)
    assert status_of(signed(s3.client(secret="not-the-secret"), 60)) == 403
    time.sleep(2.5)
    assert (status_of(short), status_of(long)) == (403, 200)


def test_a_wrong_secret_stores_nothing_and_says_so_kindly(s3, monkeypatch, caplog):
    entry = make_entry("draft")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong-secret-41d7")
    monkeypatch.setattr(Master._meta.get_field("file"), "storage", type(storages["private"])())
    with pytest.raises(masters.StorageAway):
        entries.attach_photo(entry=entry, file=upload(jpeg(tone=9)), now=timezone.now())
    assert Master.objects.exclude(pk__in=masters.unused()).count() == 1
    assert "wrong-secret-41d7" not in caplog.text


def test_a_large_photograph_arrives_whole(s3, large):
    entry = make_entry("draft", exhibition=make_exhibition(), photo=large)
    master = entry.master
    assert (master.bytes, s3.unfinished(PRIVATE)) == (len(large), [])
    kept = s3.client().get_object(Bucket=PRIVATE, Key=master.file.name)
    assert "-" in kept["ETag"]  # it came in several parts
    assert hashlib.sha256(kept["Body"].read()).hexdigest() == hashlib.sha256(large).hexdigest() == master.sha256
    masters.make_preview(master_id=master.pk)
    assert len(s3.names(PRIVATE)) == 2


@pytest.mark.drama
def test_the_server_stops_in_the_middle_of_an_upload(s3, large, work, django_capture_on_commit_callbacks):
    entry = make_entry("draft")
    before = (entry.master_id, s3.names(PRIVATE))
    file = PowerCut(large, s3, after=9 * MEGABYTE)
    with pytest.raises(masters.StorageAway) as refused:
        entries.attach_photo(entry=entry, file=file, now=timezone.now())
    assert file.sent > 9 * MEGABYTE
    assert refused.value.message == SORRY
    entry.refresh_from_db()
    assert entry.master_id == before[0]
    s3.start()
    assert s3.names(PRIVATE) == before[1]
    with django_capture_on_commit_callbacks(execute=True):
        master = entries.attach_photo(entry=entry, file=upload(large), now=timezone.now())
    work()
    assert [name for name in s3.names(PRIVATE) if name.startswith("masters/")] == [master.file.name]


def test_the_form_says_so_and_keeps_every_word(s3):
    exhibition, person = make_exhibition(), UserFactory()
    form = filled_in()
    s3.stop()
    answer = signed_in(person).post(enter_url(exhibition), form)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert SORRY in page
    for words in ("Four Necks", "A flask with four necks, made in one sitting.", "One lamp behind a sheet"):
        assert words in page
    entry = Entry.objects.get()
    assert (entry.title, entry.master, entry.state) == ("Four Necks", None, EntryState.DRAFT)
    s3.start()
    form["photo"] = upload()
    again = signed_in(person).post(f"/desk/entries/{entry.pk}/edit/", form)
    assert again.status_code == 302
    assert Entry.objects.get().state == EntryState.IN_REVIEW
    assert s3.names(PRIVATE) == [Entry.objects.get().master.file.name]


@pytest.mark.drama
def test_the_server_stops_in_the_middle_of_a_hanging(s3, monkeypatch):
    """After the first derivative. Nothing half hung shows; all is well once the server is back."""
    entry = make_entry("approved")
    ladder = encode.ladder

    def cut_after_the_first(file, *, credit):
        for number, picture in enumerate(ladder(file, credit=credit)):
            if number == 1:
                s3.stop()
            yield picture

    now = timezone.now()
    with monkeypatch.context() as patched:
        patched.setattr(encode, "ladder", cut_after_the_first)
        assert tend(now=now)["hung"] == 0
    entry.refresh_from_db()
    assert (Exhibit.objects.count(), entry.state) == (0, EntryState.APPROVED)
    assert Client().get(f"/api/gallery/v1/exhibits/{entry.public_id}/").status_code == 404
    failures = {failure.job: failure.tries for failure in JobFailure.objects.all()}
    assert failures == {FileJob.HANG: 1}
    hanged = JobFailure.objects.get(job=FileJob.HANG).problem
    assert hanged.startswith("The place where we keep files did not answer as it should (")

    s3.start()
    left_behind = s3.names(PUBLIC)
    assert len(left_behind) == 1
    assert tend(now=now + dt.timedelta(seconds=59))["hung"] == 0
    assert tend(now=now + dt.timedelta(minutes=1))["hung"] == 1
    exhibit = Exhibit.objects.get()
    assert sorted(s3.names(PUBLIC)) == sorted(source["key"] for source in exhibit.sources)
    assert left_behind[0] not in s3.names(PUBLIC)
    assert JobFailure.objects.filter(job=FileJob.HANG).count() == 0
    tend(now=now + dt.timedelta(minutes=1))
    assert JobFailure.objects.count() == 0


def test_taken_down_with_the_storage_away_is_gone_at_once(s3):
    entry = make_entry("hung")
    exhibit = Exhibit.objects.get()
    files = [f"{s3.endpoint}/{PUBLIC}/{source['key']}" for source in exhibit.sources]
    s3.stop()
    now = timezone.now()
    hanging.take_down(entry=entry, by=curator(), reason="The roof leaks above it.", now=now)
    assert Client().get(exhibit.path).status_code == 410
    assert Client().get(f"/api/gallery/v1/exhibits/{exhibit.pk}/").status_code == 410
    assert Client().get(f"/api/v2/exhibits/{exhibit.pk}/").status_code == 404
    assert tend(now=now)["swept"] == 0
    assert JobFailure.objects.get().job == FileJob.SWEEP
    s3.start()
    assert [status_of(file) for file in files] == [200, 200]
    assert tend(now=now + dt.timedelta(minutes=1))["swept"] == 1
    assert s3.names(PUBLIC) == []
    assert {status_of(file) for file in files} <= {403, 404}
    assert (JobFailure.objects.count(), Entry.objects.get().media) == (0, "")


def test_a_withdrawn_original_is_deleted_once_the_storage_is_back(s3):
    entry = make_entry("in-review")
    s3.stop()
    now = timezone.now()
    entries.withdraw(entry=entry, by=entry.photographer, now=now)
    tend(now=now)
    assert Master.objects.get().erased_at is None
    s3.start()
    tend(now=now + dt.timedelta(minutes=1))
    assert s3.names(PRIVATE) == []
    assert Master.objects.get().erased_at == now + dt.timedelta(minutes=1)


def test_no_key_stands_in_the_queue_in_the_log_or_in_what_people_read(s3, caplog):
    """Nor has any job failed: they come back until the buckets do."""
    caplog.set_level("DEBUG", logger="gallery")
    caplog.set_level("DEBUG", logger="django_tasks")
    approved, hung = make_entry("approved"), make_entry("hung")
    hanging.take_down(entry=hung, by=curator(), reason="The roof leaks above it.", now=timezone.now())
    s3.stop()
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )
    while (job := DBTaskResult.objects.ready().first()) is not None:
        job.claim("tests")
        worker.run_task(job)
    tend()
    waiting = {job.args_kwargs["args"][0] for job in DBTaskResult.objects.filter(status="READY")}
    assert waiting >= {"hang next", "sweep entry", "make preview"}
    assert not DBTaskResult.objects.failed().exists()
    assert approved.pk in {trouble.entry_id for trouble in JobFailure.objects.all()}
    queue = repr(list(DBTaskResult.objects.values()))
    told = repr(list(JobFailure.objects.values()))
    assert caplog.text != ""
    for place in (queue, told, caplog.text):
        assert SECRET not in place
        assert KEY not in place
