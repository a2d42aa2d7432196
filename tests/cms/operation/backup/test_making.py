"""Making a backup: while people send in and leave, on a full disk, killed in the middle, twice at once."""

import json
import os
import resource
import signal
import tarfile
from pathlib import Path

import pytest

from tests.cms.operation.backup import acts
from tests.cms.operation.backup.sites import Running, Site, manage

pytestmark = pytest.mark.django_db(transaction=True)


def halted(site: Site, file: Path, step: str) -> Running:
    running = site.begin(acts.backup_until, str(file), step)
    running.wait_for(acts.HALTED)
    return running


def titles(site: Site, table: str = "gallery_entry") -> set[str]:
    return {row["title"] for row in site.rows()[table]}


@pytest.fixture
def busy(make_site) -> Site:
    site = make_site("busy", migrated=True)
    site.call(acts.fill)
    return site


def test_who_comes_while_it_is_made_is_not_in_it_and_who_leaves_leaves(busy, empty, tmp_path):
    """What is seen is of one moment; files are read after it."""
    before = busy.files("private")
    running = halted(busy, tmp_path / "portal.tar", "files.walk")
    busy.call(acts.go_on)
    busy.call(acts.work_off)
    running.go_on()
    code, said, _ = running.ended()
    assert code == 0, said
    assert "young" in titles(busy)
    empty.log.write_text(busy.log.read_text())
    said = empty.does("restore", str(tmp_path / "portal.tar"))
    assert "private files that came while the backup was made: no row names them." in said
    assert titles(empty) == titles(busy) - {"young"}
    assert titles(empty, "gallery_exhibit") == {"kept"}
    kept = empty.files("private")
    assert kept.items() <= before.items()
    assert len(before) - len(kept) == 2  # master and preview of whoever withdrew meanwhile


@pytest.mark.drama
def test_every_row_finds_its_file_however_busy_it_is(busy, empty, tmp_path):
    coming = busy.begin(acts.keep_coming, 8)
    coming.wait_for("came 2")
    busy.does("backup", str(tmp_path / "portal.tar"))
    assert coming.process.is_alive()
    coming.ended()
    empty.log.write_text(busy.log.read_text())
    empty.does("restore", str(tmp_path / "portal.tar"))
    rows, private = empty.rows(), empty.files("private")
    named = {row["file"] for row in rows["gallery_master"] if not row["erased_at"]}
    assert len(named) >= 8
    assert named <= set(private)
    assert len(rows["gallery_exhibit"]) == sum(row["state"] == "hung" for row in rows["gallery_entry"])


@pytest.mark.drama
@pytest.mark.parametrize("step", ["databases.dump", "files.open_stream", "withdrawals.mark"])
def test_killed_it_leaves_the_one_before_and_the_next_clears_up(filled, tmp_path, step):
    file = tmp_path / "portal.tar"
    filled.site.does("backup", str(file))
    before = file.read_bytes()
    halted(filled.site, file, step).kill()
    assert file.read_bytes() == before
    assert f"{file} is there already." in filled.site.fails("backup", str(file))
    filled.site.does("backup", "--overwrite", str(file))
    assert file.read_bytes() != before
    assert os.listdir(tmp_path) == ["portal.tar"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_two_at_once_do_not_write_into_each_other(filled, tmp_path):
    running = halted(filled.site, tmp_path / "portal.tar", "files.open_stream")
    said = filled.site.fails("backup", str(tmp_path / "portal.tar"))
    assert "There is no backup. Another process is writing a backup of this name." in said
    filled.site.does("backup", str(tmp_path / "another.tar"))
    running.go_on()
    assert running.ended()[0] == 0
    with tarfile.open(tmp_path / "portal.tar") as tar:
        assert tar.getnames()[-1] == "manifest.json"


def with_room(size: int, *command: str) -> None:
    """On a disk that takes no larger file."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    manage(*command)


def test_a_disk_without_room_leaves_the_one_before_and_says_so(filled, tmp_path):
    file = tmp_path / "portal.tar"
    filled.site.does("backup", str(file))
    before = file.read_bytes()
    room = len(before) - 2 * tarfile.RECORDSIZE
    code, said, _ = filled.site.begin(with_room, room, "backup", "--overwrite", str(file)).ended()
    assert code == 1
    assert "There is no backup. [Errno 27] File too large" in said
    assert "Traceback" not in said
    assert file.read_bytes() == before
    assert os.listdir(tmp_path) == ["portal.tar"]
    assert (
        max(filled.site.rows()["operation_backup"], key=lambda row: row["id"])["problem"]
        == "[Errno 27] File too large"
    )


def test_a_disk_without_room_for_the_database_alone_is_left_as_it_was(filled, tmp_path):
    code, said, _ = filled.site.begin(with_room, 50_000, "backup", str(tmp_path / "portal.tar")).ended()
    assert code == 1
    assert "There is no backup." in said
    assert "Traceback" not in said
    assert os.listdir(tmp_path) == []


def test_no_room_to_restore_is_said_and_with_more_room_it_goes_on(filled, empty):
    code, said, _ = empty.begin(with_room, 100_000, "restore", str(filled.backup)).ended()
    assert code == 1
    assert ". Put that right and run the same command again." in said
    assert "Traceback" not in said
    assert {status for status, _ in empty.call(acts.look, "/").values()} == {503}
    assert list(empty.var.glob("restoring-*")) == []
    assert "Restored." in empty.does("restore", str(filled.backup))


def test_without_its_log_it_is_made_and_says_what_that_means(filled, make_site, tmp_path):
    site = make_site("blind", migrated=True)
    site.log.unlink()
    site.log.mkdir()
    said = site.does("backup", str(tmp_path / "portal.tar"))
    assert "WITHDRAWALS_LOG cannot be written" in said
    empty = make_site()
    assert "is not the log of withdrawals that was kept" in empty.fails("restore", str(tmp_path / "portal.tar"))
    lines = empty.log.read_text()
    said = empty.does("restore", "--without-log", str(tmp_path / "portal.tar"))
    assert "No log of withdrawals" in said
    assert [json.loads(line)["is"] for line in empty.log.read_text()[len(lines) :].splitlines()] == ["restored"]


def test_words_of_an_operator_who_mistypes(filled, tmp_path):
    site = filled.site
    assert f"There is no folder {tmp_path}/none." in site.fails("backup", f"{tmp_path}/none/portal.tar")
    assert f"{tmp_path} is a folder." in site.fails("backup", str(tmp_path))
    assert f"There is no file {tmp_path}/portal.tar." in site.fails("restore", f"{tmp_path}/portal.tar")
    assert "The database is not empty." in site.fails("restore", str(filled.backup))
