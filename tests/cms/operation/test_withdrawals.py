"""The log of withdrawals: what is in it, whatever fails; and that what it says happens again."""

import datetime as dt
import json
import os
import stat
from multiprocessing import get_context
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.core.models import PrivateModel
from cms.operation import withdrawals
from cms.operation.deletions import promised
from cms.operation.models import OwedLine
from cms.operation.withdrawals import Line, Step, append, list_since, replay_since, write_owed
from cms.people.models import Profile, Technician, User
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.services import hanging
from gallery.services.entries import withdraw
from tests.factories.entries import make_entry
from tests.factories.news import make_article
from tests.factories.people import TechnicianFactory, UserFactory, curator

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = dt.timedelta(hours=3)


@pytest.fixture(autouse=True)
def log(tmp_path: Path, settings) -> Path:
    settings.WITHDRAWALS_LOG = tmp_path / "log" / "withdrawals.log"
    settings.WITHDRAWALS_LOG.parent.mkdir()
    return settings.WITHDRAWALS_LOG


def read(log: Path) -> list[dict]:
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def steps(log: Path, kind: str) -> list[str]:
    return [line["is"] for line in read(log) if line["kind"] == kind]


def replay() -> list[str]:
    said: list[str] = []
    replay_since(timezone.now(), say=said.append)
    return said


def test_a_withdrawal_stands_there_before_it_commits_and_again_once_it_has(log):
    entry = make_entry("hung")
    with transaction.atomic():
        withdraw(entry=entry, by=entry.photographer, now=timezone.now())
        assert steps(log, "entry withdrawn") == ["asked"]
    assert steps(log, "entry withdrawn") == ["asked", "done"]
    assert not OwedLine.objects.exists()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_it_holds_ids_kinds_and_times_and_nothing_else(log):
    entry = make_entry(
        "hung", title="Four Necks", people=[{"name": "Inês", "email": "i@x.example", "channels": ["web"]}]
    )
    withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    entry.photographer.delete()
    for line in read(log):
        assert set(line) == {"is", "id", "at", "kind", "key"}
        assert line["key"] == entry.public_id or line["key"].isdigit()


def test_what_was_rolled_back_is_not_carried_out(log):
    entry = make_entry("hung")
    with transaction.atomic():
        withdraw(entry=entry, by=entry.photographer, now=timezone.now())
        transaction.set_rollback(True)
    assert steps(log, "entry withdrawn") == ["asked"]
    assert [line.kind for line in list_since(timezone.now())] == ["entry withdrawn"]  # a crash now: somebody asked
    write_owed(timezone.now() + LONG_AGO)
    assert steps(log, "entry withdrawn") == ["asked", "undone"]
    assert list_since(timezone.now()) == []
    write_owed(timezone.now() + LONG_AGO)
    assert steps(log, "entry withdrawn") == ["asked", "undone"]


def test_people_do_not_wait_for_the_log_and_it_is_written_later(log, caplog):
    entry = make_entry("hung")
    log.parent.rmdir()
    withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    assert not Exhibit.objects.exists()
    assert "cannot be written" in caplog.text
    assert write_owed(timezone.now()) == 0
    log.parent.mkdir()
    assert write_owed(timezone.now()) == 1
    assert [(line["is"], line["key"]) for line in read(log)] == [("done", entry.public_id)]
    assert not OwedLine.objects.exists()


def test_a_process_that_dies_after_the_commit_leaves_the_line_to_the_timer(log, monkeypatch):
    entry = make_entry("hung")
    with monkeypatch.context() as patched:
        patched.setattr(withdrawals, "settle", lambda owed: None)
        withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    write_owed(timezone.now() + LONG_AGO)
    assert steps(log, "entry withdrawn") == ["asked", "done"]


def test_half_a_line_spoils_no_other(log):
    append(Line(Step.DONE, "1", timezone.now(), "page unpublished", "1"))
    with log.open("a") as file:
        file.write('{"is": "done", "id": "2", "at": "20')
    append(Line(Step.DONE, "3", timezone.now(), "page unpublished", "3"))
    assert [line.id for line in list_since(timezone.now())] == ["1", "3"]


def _append_many(path: str, who: int) -> None:
    from django.conf import settings

    settings.WITHDRAWALS_LOG = path
    for number in range(50):
        append(Line(Step.DONE, f"{who}-{number}", timezone.now(), "page unpublished", "1"))


def test_several_processes_write_whole_lines(log):
    writers = [get_context("fork").Process(target=_append_many, args=(str(log), who)) for who in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len({line["id"] for line in read(log)}) == 200


def test_lines_before_a_restore_say_nothing_about_a_younger_backup(log):
    now = timezone.now()
    append(Line(Step.DONE, "1", now, "people.user deleted", "7"))
    append(Line(Step.RESTORED, "2", now + dt.timedelta(minutes=1), key="b"))
    assert [line.key for line in list_since(now)] == ["7"]
    assert list_since(now + dt.timedelta(minutes=2)) == []


def test_a_line_that_cannot_be_carried_out_is_named_and_keeps_no_other(log):
    append(Line(Step.DONE, "1", timezone.now(), "unheard of", "1"))
    entry = make_entry("hung")
    append(Line(Step.DONE, "2", timezone.now(), "entry withdrawn", entry.public_id))
    assert "unheard of 1" in replay()[0]
    assert Entry.objects.get().state == "withdrawn"


def test_withdrawn_again_without_a_word_to_anybody(log, mailoutbox):
    entry = make_entry("hung")
    append(Line(Step.DONE, "1", timezone.now(), "entry withdrawn", entry.public_id))
    for _ in range(2):
        assert replay() == []
    assert Entry.objects.get().state == "withdrawn"
    assert not Exhibit.objects.exists()


def test_taken_down_stays_down_unless_it_was_hung_again(log):
    entry, by = make_entry("hung"), curator()
    hanging.take_down(entry=entry, by=by, reason="A face nobody asked.", now=timezone.now())
    assert [line.key for line in list_since(timezone.now())] == [entry.public_id]
    hanging.ask_to_hang(entry=entry, by=by, now=timezone.now() + dt.timedelta(seconds=1))
    hanging.hang_if_due(entry_id=entry.pk)
    assert list_since(timezone.now()) == []
    append(Line(Step.DONE, "1", timezone.now(), "entry taken down", entry.public_id))
    replay()
    assert (Entry.objects.get().state, Entry.objects.get().hang_asked_at) == ("approved", None)


def test_deleted_accounts_and_their_drafts_stay_deleted(log):
    user = UserFactory()
    draft = make_entry("draft", photographer=user)
    key, draft_key = user.pk, draft.pk
    user.delete()
    assert {(line.kind, line.key) for line in list_since(timezone.now())} == {
        ("people.user deleted", str(key)),
        ("gallery.entry deleted", str(draft_key)),
    }
    UserFactory(pk=key)
    replay()
    assert not User.objects.filter(pk=key).exists()


def test_a_hidden_profile_and_a_page_taken_off_stay_away(log):
    technician = TechnicianFactory(profile_public=True)
    technician.profile_public = False
    technician.save()
    page = make_article()
    page.unpublish()
    hidden = make_article()
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="x")
    Technician.objects.get().save()
    assert {line.kind for line in list_since(timezone.now())} == {
        "profile hidden",
        "page unpublished",
        "page made private",
    }
    Page.objects.filter(pk=page.pk).update(live=True)
    PageViewRestriction.objects.all().delete()  # this lifts it
    Technician.objects.update(profile_public=True)
    replay()
    assert not Page.objects.get(pk=page.pk).live
    assert not Technician.objects.get().profile_public
    assert not Profile.objects.exists()
    assert not PageViewRestriction.objects.exists()


def test_shown_again_is_shown_after_a_restore(log):
    page = make_article()
    page.unpublish()
    page.get_latest_revision().publish()
    assert list_since(timezone.now()) == []


#: Whose deletion promises nothing to anybody: it goes with something that does, or is housekeeping.
HOUSEKEEPING = {
    *("applications.Link", "changes.Purge", "contributions.Nudge", "mail.Message"),
    *("gallery.JobFailure", "gallery.Master", "gallery.ReviewDecision", "gallery.Suggestion"),
    *("jobs.TimerClock", "jobs.WorkerProcess", "operation.Backup", "operation.OwedLine"),
}


def test_every_private_model_says_whether_its_deletion_is_a_promise():
    private = {model._meta.label for model in apps.get_models() if issubclass(model, PrivateModel)}
    kept = {model._meta.label for model in promised}
    assert private - kept == HOUSEKEEPING
    assert {"people.User", "images.PortalImage", "wagtailcore.Page"} <= kept


def test_every_kind_has_room_in_its_row():
    longest = OwedLine._meta.get_field("kind").max_length
    assert [kind for kind in withdrawals._replays if len(kind) > longest] == []


def test_a_full_disk_takes_back_nothing_it_has_not_written(log, monkeypatch):
    monkeypatch.setattr(os, "write", lambda file, data: len(data) - 1)
    with pytest.raises(OSError, match="half a line"):
        append(Line(Step.DONE, "1", timezone.now()))
