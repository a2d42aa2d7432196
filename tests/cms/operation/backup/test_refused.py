"""What is no backup of this site, or none for this system, is refused in words, before anything is touched."""

import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from cms.operation import restore as restoring
from cms.operation.restore import CannotRestore
from tests.cms.operation.backup.sites import manage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(filled, tmp_path, settings) -> Path:
    """The backup, to be spoilt, and the log that was kept beside it."""
    settings.WITHDRAWALS_LOG = tmp_path / "withdrawals.log"
    shutil.copy(filled.site.log, settings.WITHDRAWALS_LOG)
    return Path(shutil.copy(filled.backup, tmp_path / "portal.tar"))


def refusal(file: Path, *, without_log: bool = False) -> str:
    with pytest.raises(CannotRestore) as refused:
        restoring.restore(file, without_log=without_log, say=lambda words: None)
    return str(refused.value)


def write_again(file: Path, change: Callable[[dict], object], *, but: str = "") -> None:
    """With another manifest, and without the file of that name."""
    with tarfile.open(file) as tar:
        members = [(member, tar.extractfile(member).read()) for member in tar if member.name != but]
    with tarfile.open(file, "w", format=tarfile.PAX_FORMAT) as tar:
        for member, data in members:
            if member.name == "manifest.json":
                manifest = json.loads(data)
                change(manifest)
                data = json.dumps(manifest).encode()
                member.size = len(data)
            tar.addfile(member, io.BytesIO(data))


def test_a_byte_that_has_changed(file):
    data = bytearray(file.read_bytes())
    with tarfile.open(file) as tar:
        places = {member.name: member.offset_data for member in tar}
    name = next(name for name in places if name.startswith("private/"))
    data[places[name]] ^= 1
    file.write_bytes(data)
    assert f"1 of its files are not as they were written, {name} among them." in refusal(file)


@pytest.mark.parametrize("kept", [0, 100, 512, 1024, 0.3, 0.5, 0.7, 0.9])
def test_one_that_was_cut_off(file, kept):
    data = file.read_bytes()
    file.write_bytes(data[: kept if isinstance(kept, int) else int(len(data) * kept)])
    assert "it is damaged." in (said := refusal(file)) or "its end is missing." in said


def test_one_that_was_cut_off_between_two_files(file):
    with tarfile.open(file) as tar:
        third = list(tar)[3]
    file.write_bytes(file.read_bytes()[: third.offset])
    assert "It has no manifest" in refusal(file)


def test_something_else(file):
    file.write_text("Dear diary")
    assert "cannot be restored" in refusal(file)
    with tarfile.open(file, "w") as tar:
        tar.add(__file__, "notes.py")
    assert "it is no backup of this site" in refusal(file)
    with tarfile.open(file, "w") as tar:
        tar.add(Path(__file__).parent, "folder")
    assert "folder is not a file." in refusal(file)


def test_a_file_that_is_missing_and_one_too_many(file):
    with tarfile.open(file) as tar:
        name = tar.getnames()[1]
    write_again(file, lambda manifest: None, but=name)
    assert f"{name} among them" in refusal(file)
    write_again(file, lambda manifest: manifest["checksums"].pop(name))
    with tarfile.open(file, "a") as tar:
        tar.add(__file__, "private/more.jpg")
    assert "Something stands behind its manifest." in refusal(file)


def test_one_that_was_written_in_another_way(file):
    write_again(file, lambda manifest: manifest.update(format=2))
    assert "writes backups in another way" in refusal(file)


def test_one_of_a_newer_version(file):
    write_again(file, lambda manifest: manifest["migrations"]["gallery"].append("0099_of_tomorrow"))
    said = refusal(file)
    assert "from a newer version of the site (gallery.0099_of_tomorrow is not in this one)" in said


def test_one_of_another_kind_of_database(file):
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    write_again(file, lambda manifest: manifest.update(database=other))
    assert f"holds a database of {other}, DATABASE_URL names one of {connection.vendor}." in refusal(file)


@pytest.mark.parametrize(
    "log", ["", '{"is": "backup", "id": "1", "at": "2026-01-01T00:00:00+00:00", "key": "other"}\n']
)
def test_the_log_of_another_site(file, settings, log):
    settings.WITHDRAWALS_LOG.write_text(log)
    assert "is not the log of withdrawals that was kept beside this backup." in refusal(file)
    settings.WITHDRAWALS_LOG.unlink()
    missing = f"There is no {settings.WITHDRAWALS_LOG}, the log of withdrawals that was kept beside this backup."
    assert missing in refusal(file)


def test_a_database_with_something_in_it(file):
    assert "The database is not empty." in refusal(file)
    assert "The database is not empty." in refusal(file, without_log=True)


def test_private_files_with_something_in_them(filled, empty):
    (empty.var / "private/masters").mkdir(parents=True)
    (empty.var / "private/masters/one.jpg").write_bytes(b"x")
    assert "There are private files already." in empty.fails("restore", str(filled.backup))
    assert set(empty.rows()) <= {"sqlite_sequence"}
    (empty.var / "private/masters/one.jpg").unlink()
    assert "Restored." in empty.does("restore", str(filled.backup))


def test_a_photograph_that_is_missing_keeps_no_other(filled, file, empty):
    """As where a disk had lost it before the backup."""
    (kept,) = (row for row in filled.rows["gallery_entry"] if row["title"] == "kept")
    (master,) = (row["file"] for row in filled.rows["gallery_master"] if row["id"] == kept["master_id"])
    write_again(file, lambda manifest: manifest["checksums"].pop(f"private/{master}"), but=f"private/{master}")
    code, said, _ = empty.begin(manage, "restore", str(file)).ended()
    assert code == 1
    assert f"Not made: photograph {kept['public_id']}: Its file is not where we keep photographs." in said
    assert "Restored and open, but 1 picture could not be made and shown." in said
    assert {name.split("/")[0] for name in empty.files("public")} == {"library"}
    rows = empty.rows()
    assert rows["gallery_exhibit"] == []
    assert [row["job"] for row in rows["gallery_jobfailure"]] == ["hang"]
