"""Work on files that fails: tried again later each time, one at a time, and without stopping the rest."""

import datetime as dt

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from cms.jobs.periodic import tend
from cms.jobs.retries import wait_after
from gallery.enums import EntryState
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.failures import FileJob, JobFailure
from gallery.services import entries, hanging, maintenance, masters
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import curator
from tests.factories.photos import upload
from tests.gallery.services.test_hanging import public_files

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def lose_the_photograph(entry: Entry) -> bytes:
    """Its file is gone from under it; returned so that it can be put back."""
    with entry.master.file.open("rb") as file:
        kept = file.read()
    entry.master.file.storage.delete(entry.master.file.name)
    return kept


def put_back(entry: Entry, kept: bytes) -> None:
    entry.master.file.storage.save(entry.master.file.name, upload(kept))


def test_the_wait_doubles_up_to_an_hour():
    waits = [wait_after(tries) // MINUTE for tries in (1, 2, 3, 4, 5, 6, 7, 8, 100)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_hanging_waits_longer_after_each_failure_and_starts_anew_after_success():
    entry = make_entry("approved")
    kept = lose_the_photograph(entry)
    started = now = timezone.now()
    for tries, wait in enumerate((1, 2, 4, 8), start=1):
        assert tend(now=now)["hung"] == 0
        trouble = JobFailure.objects.get()
        assert (trouble.entry_id, trouble.job, trouble.tries) == (entry.pk, FileJob.HANG, tries)
        assert (trouble.since, trouble.next_try_at) == (started, now + wait * MINUTE)
        assert trouble.problem == "Its file is not where we keep photographs."
        tend(now=trouble.next_try_at - dt.timedelta(seconds=1))
        assert JobFailure.objects.get().tries == tries
        now = trouble.next_try_at
    put_back(entry, kept)
    assert tend(now=now)["hung"] == 1
    assert JobFailure.objects.count() == 0
    assert Exhibit.objects.get().public_id == entry.public_id


def test_a_doorbell_does_not_shorten_the_wait_but_a_curator_does(work):
    entry = make_entry("approved", exhibition=make_exhibition(hang="by-curator"))
    now = timezone.now()
    JobFailure.objects.create(
        entry=entry, job=FileJob.HANG, tries=3, problem="-", since=now, next_try_at=now + 30 * MINUTE
    )
    Entry.objects.filter(pk=entry.pk).update(hang_asked_at=now)
    assert hanging.hang_if_due(entry_id=entry.pk, now=now) is None
    hanging.ask_to_hang(entry=entry, by=curator(), now=now)
    work()
    assert (Exhibit.objects.count(), JobFailure.objects.count()) == (1, 0)


def test_one_bad_entry_does_not_stop_the_others():
    bad, good = make_entry("approved"), make_entry("approved")
    lose_the_photograph(bad)
    assert tend()["hung"] == 1
    assert [exhibit.public_id for exhibit in Exhibit.objects.all()] == [good.public_id]
    assert [trouble.entry_id for trouble in JobFailure.objects.all()] == [bad.pk]


def test_a_hanging_that_broke_off_leaves_nothing_behind():
    """The disk is full after the first size."""
    entry = make_entry("approved")
    storage = storages["public"]
    save, saved = storage.save, []

    class Full(OSError):
        pass

    def fill_up(name, content, **options):
        if saved:
            raise Full("No space left on device: /srv/secret-place")
        saved.append(save(name, content, **options))
        return saved[0]

    now = timezone.now()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(storage, "save", fill_up)
        with pytest.raises(Full):
            hanging.hang_if_due(entry_id=entry.pk, now=now)
    assert (len(saved), public_files(), Exhibit.objects.count()) == (1, [], 0)
    assert JobFailure.objects.get().problem == "The place where we keep files did not answer as it should (Full)."
    assert tend(now=now)["swept"] == 1
    assert (public_files(), Entry.objects.get().media) == ([], "")
    assert tend(now=now + MINUTE)["hung"] == 1
    assert public_files() == sorted(source["key"] for source in Exhibit.objects.get().sources)


def test_files_are_swept_when_the_storage_is_back(settings):
    entry = make_entry("hung")
    left = public_files()
    away = settings.MEDIA_ROOT.with_name("away")
    settings.MEDIA_ROOT.rename(away)
    settings.MEDIA_ROOT.write_text("")  # what was mounted here is not
    now = timezone.now()
    hanging.take_down(entry=entry, by=curator(), reason="The roof leaks above it.", now=now)
    assert tend(now=now)["swept"] == 0
    assert (Exhibit.objects.count(), JobFailure.objects.get().job) == (0, FileJob.SWEEP)
    settings.MEDIA_ROOT.unlink()
    away.rename(settings.MEDIA_ROOT)
    assert public_files() == left
    assert tend(now=now + dt.timedelta(seconds=59))["swept"] == 0
    assert tend(now=now + MINUTE)["swept"] == 1
    assert (public_files(), JobFailure.objects.count(), Entry.objects.get().media) == ([], 0, "")


def test_one_folder_that_cannot_be_swept_does_not_stop_the_others():
    bad, good = make_entry("hung"), make_entry("hung")
    now = timezone.now()
    for entry in (bad, good):
        hanging.take_down(entry=entry, by=curator(), reason="The roof leaks above it.", now=now)
    Entry.objects.filter(pk=bad.pk).update(media="elsewhere/no-folder-of-ours")
    assert tend(now=now)["swept"] == 1
    assert Entry.objects.get(pk=good.pk).media == ""
    trouble = JobFailure.objects.get()
    assert (trouble.entry_id, trouble.job) == (bad.pk, FileJob.SWEEP)
    assert trouble.problem == "Something unexpected happened (ValueError)."


def test_a_preview_that_fails_is_asked_for_later_each_time(work):
    bad, good = make_entry("in-review"), make_entry("in-review")
    kept = lose_the_photograph(bad)
    now = timezone.now() + 3 * MINUTE
    assert tend(now=now)["previews"] == 2
    masters.make_preview(master_id=good.master_id, now=now)
    with pytest.raises(FileNotFoundError):
        masters.make_preview(master_id=bad.master_id, now=now)
    assert tend(now=now)["previews"] == 0
    assert tend(now=now + MINUTE)["previews"] == 1
    with pytest.raises(FileNotFoundError):
        masters.make_preview(master_id=bad.master_id, now=now + MINUTE)
    assert JobFailure.objects.get().next_try_at == now + 3 * MINUTE
    masters.make_preview(master_id=bad.master_id, now=now + 2 * MINUTE)  # too early: nothing is tried
    assert JobFailure.objects.get().tries == 2
    put_back(bad, kept)
    masters.make_preview(master_id=bad.master_id, now=now + 3 * MINUTE)
    bad.master.refresh_from_db()
    assert (bool(bad.master.preview), JobFailure.objects.count()) == (True, 0)


def test_one_opening_that_fails_does_not_stop_the_others(monkeypatch):
    opens = timezone.now() + dt.timedelta(days=60)
    exhibition = make_exhibition(hang="at-opening", on_show_from=opens)
    bad, good = make_entry("approved", exhibition=exhibition), make_entry("approved", exhibition=exhibition)
    ask = hanging.ask_to_hang

    def refuse_one(*, entry, by, now):
        if entry == bad:
            raise hanging.CannotHang("Decided meanwhile.")
        return ask(entry=entry, by=by, now=now)

    monkeypatch.setattr(hanging, "ask_to_hang", refuse_one)
    assert tend(now=opens)["opened"] == 1
    assert [exhibit.public_id for exhibit in Exhibit.objects.all()] == [good.public_id]


def test_one_expiry_that_fails_does_not_stop_the_others(monkeypatch):
    bad, good = make_entry("hung"), make_entry("hung")
    now = timezone.now()
    Exhibit.objects.update(expires_at=now)
    record_all = maintenance.record_all

    def refuse_one(kind, changes=(), **options):
        if any(change.key == bad.public_id for change in changes):
            raise RuntimeError("A number is missing.")
        return record_all(kind, changes, **options)

    with monkeypatch.context() as patched:
        patched.setattr(maintenance, "record_all", refuse_one)
        assert tend(now=now)["expired"] == 1
    assert [exhibit.public_id for exhibit in Exhibit.objects.all()] == [bad.public_id]
    assert Entry.objects.get(pk=bad.pk).state == EntryState.HUNG
    assert Entry.objects.get(pk=good.pk).state == EntryState.APPROVED
    assert tend(now=now)["expired"] == 1


def test_a_part_of_the_round_that_fails_does_not_stop_the_rest(monkeypatch, caplog):
    entry = make_entry("approved")

    def fail(*, now):
        raise ConnectionRefusedError("mail")

    monkeypatch.setattr("cms.mail.sending.send_due", fail)
    done = tend()
    assert (done["mails"], done["hung"], done["clock"]) == (0, 1, 1)
    assert Exhibit.objects.get().public_id == entry.public_id
    assert "Tending: mails failed; the next round tries again." in caplog.text


def test_trouble_with_work_nobody_needs_any_more_is_forgotten(work):
    entry = make_entry("approved")
    lose_the_photograph(entry)
    now = timezone.now()
    tend(now=now)
    assert JobFailure.objects.count() == 1
    entries.withdraw(entry=entry, by=entry.photographer, now=now)
    hanging.sweep(entry_id=entry.pk, now=now)
    assert tend(now=now)["failures settled"] == 1
    assert JobFailure.objects.count() == 0


def test_a_photograph_that_cannot_be_stored_leaves_nothing(settings, tmp_path, work):
    entry = make_entry("draft")
    before = (entry.master_id, masters.Master.objects.count())
    in_the_way = tmp_path / "in-the-way"
    in_the_way.write_text("")
    kept_in, settings.PRIVATE_ROOT = settings.PRIVATE_ROOT, in_the_way
    storage = masters.Master._meta.get_field("file").storage
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(masters.Master._meta.get_field("file"), "storage", type(storage)())
        with pytest.raises(masters.StorageAway) as refused:
            entries.attach_photo(entry=entry, file=upload(), now=timezone.now())
    settings.PRIVATE_ROOT = kept_in
    assert refused.value.message == (
        "We could not store your photograph just now. Nothing is lost: please try again in a minute."
    )
    entry.refresh_from_db()
    assert entry.master_id == before[0]
    work()
    assert masters.Master.objects.count() == before[1]
