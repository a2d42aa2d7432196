"""A backup of a site whose files are in buckets, and back into empty ones."""

import pytest

from cms.core.storage import PrivateS3Storage, PublicS3Storage
from cms.images.models import PortalImage, PortalRendition
from tests.cms.operation.backup import acts
from tests.s3 import PRIVATE, PUBLIC, Server, status_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.s3, pytest.mark.drama]


@pytest.fixture(autouse=True)
def _library_on_s3(s3, monkeypatch):
    monkeypatch.setattr(PortalImage._meta.get_field("file"), "storage", PrivateS3Storage())
    monkeypatch.setattr(PortalRendition._meta.get_field("file"), "storage", PublicS3Storage())


def contents(s3: Server, bucket: str) -> dict[str, bytes]:
    client = s3.client()
    return {name: client.get_object(Bucket=bucket, Key=name)["Body"].read() for name in s3.names(bucket)}


def test_buckets_are_filled_again(s3, make_site, tmp_path):
    site, empty, file = make_site("buckets", migrated=True), make_site(), tmp_path / "portal.tar"
    facts = site.call(acts.fill)
    private, rows = contents(s3, PRIVATE), site.rows()
    assert len(private) > 10
    site.does("backup", str(file))
    site.call(acts.go_on)
    empty.log.write_text(site.log.read_text())

    assert "There are private files already." in empty.fails("restore", str(file))
    s3.stop()
    assert "Put that right and run the same command again." in empty.fails("restore", str(file))
    s3.start()
    s3.empty()
    halted = empty.begin(acts.restore_until, str(file), "files.put")
    halted.wait_for(acts.HALTED)
    assert 0 < len(s3.names(PRIVATE)) < len(private)
    halted.kill()
    assert "Restored." in empty.does("restore", str(file))

    assert contents(s3, PRIVATE) == private
    assert len(empty.rows()["gallery_entry"]) == len(rows["gallery_entry"])
    paths = facts["paths"]
    found = empty.call(acts.look, *paths.values(), facts["article"])
    assert [status for status, _ in found.values()] == [200, 410, 410, 200]
    public = s3.names(PUBLIC)
    assert {name.split("/")[0] for name in public} == {"exhibits", "library"}
    assert all(name in found[paths["kept"]][1] for name in public if name.startswith("exhibits/"))
    assert {status_of(f"{s3.endpoint}/{PUBLIC}/{name}") for name in public} == {200}
    assert {status_of(f"{s3.endpoint}/{PRIVATE}/{name}") for name in private} == {403}
