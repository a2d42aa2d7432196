"""The buckets refuse or fall silent; the disk is full."""

import time
from pathlib import Path

import pytest

from tests.bad_days.house import ENTER, SLUG, Door, House, noise, until
from tests.s3 import KEY, PRIVATE, PUBLIC, SECRET, Server

pytestmark = pytest.mark.drama
SORRY = "We could not store your photograph just now. Nothing is lost"


@pytest.fixture
def door(s3_server: Server) -> Door:
    return Door(s3_server.port)


def buckets(door: Door) -> dict[str, str]:
    return {
        "AWS_STORAGE_PRIVATE_BUCKET": PRIVATE,
        "AWS_STORAGE_PUBLIC_BUCKET": PUBLIC,
        "AWS_S3_ENDPOINT_URL": f"http://127.0.0.1:{door.port}",
        "AWS_S3_REGION_NAME": "us-east-1",
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "PUBLIC_MEDIA_URL": f"http://127.0.0.1:{door.port}/{PUBLIC}/",
    }


@pytest.mark.s3
@pytest.mark.parametrize("state", ["silent", "closed"])
def test_the_buckets_are_away(house: House, door: Door, tell, state):
    house.environment |= buckets(door)
    try:
        house.web()
        house.worker()
        owner = house.someone(f"{state}@portal.example")
        assert owner.send(ENTER, photo=noise(), title=f"Before {state}", action="save").status == 302
        entry = house.database.one("SELECT id FROM gallery_entry WHERE title = %s", f"Before {state}")
        preview = f"/desk/entries/{entry}/preview/"
        until("the preview is there", lambda: owner.ask(preview).status == 200)
        house.end()
        [approved] = house.act(f"photograph('approved', by='{state}@portal.example')")
        house.web()
        door.be(state)
        house.worker()
        asked = {path: owner.ask(path) for path in (preview, f"/desk/entries/{entry}/original/", "/readyz")}
        assert {path: answer.status for path, answer in asked.items()} == dict.fromkeys(asked, 503)
        assert asked["/readyz"].seconds < 4
        for path in ("/desk/", f"/desk/entries/{entry}/", "/", f"/exhibitions/{SLUG}/", "/healthz"):
            answer = owner.ask(path)
            assert (answer.status, answer.seconds < 4) == (200, True), path
        refused = owner.send(ENTER, photo=noise(), title=f"During {state}", action="save")
        assert refused.status in (422, 503)
        assert SORRY in refused.text
        assert f"During {state}" in refused.text
        tell(f"{state} buckets: an upload is refused", refused.seconds)
        tell(f"{state} buckets: a preview is refused", asked[preview].seconds)
        time.sleep(20)  # the worker tries, and fails
        door.be("open")
        tell("the buckets answer: ready", until("ready", lambda: owner.ask("/readyz").status == 200))
        assert owner.send(ENTER, photo=noise(), title=f"After {state}", action="save").status == 302
        tell("what was due is on the wall", until("hung", lambda: house.hung(approved), patience=180))
    finally:
        door.be("closed")
        for name in buckets(door):
            del house.environment[name]


def test_the_disk_is_full(house: House, small_disk: Path, tell):
    own = house.environment["VAR_FOLDER"], house.environment["TMPDIR"], house.var
    (small_disk / "tmp").mkdir()
    (small_disk / "static").symlink_to(house.var / "static")
    house.environment |= {"VAR_FOLDER": str(small_disk), "TMPDIR": str(small_disk / "tmp")}
    house.var = small_disk
    try:
        house.web()
        owner = house.someone("max@portal.example")
        [waiting] = house.act("photograph('approved', by='max@portal.example', slow=True)")
        fill(small_disk, but=300_000)
        house.worker()
        assert until("readyz says so", lambda: b'"disk": "problem"' in owner.ask("/readyz").body) < 60
        refused = owner.send(ENTER, photo=noise(), title="No room", action="save")
        assert refused.status in (422, 503)
        assert "No room" in refused.text
        tell("a full disk: an upload is refused", refused.seconds)
        failed = "SELECT count(*) FROM gallery_jobfailure WHERE entry_id = %s"
        until("the worker has tried", lambda: house.database.one(failed, waiting) == 1)
        assert house.files("public") == []
        assert house.files("tmp") == []
        for path in ("/", f"/exhibitions/{SLUG}/", "/desk/"):
            assert owner.ask(path).status == 200, path
        (small_disk / "filler").unlink()
        tell("room again: ready", until("ready", lambda: owner.ask("/readyz").status == 200))
        assert owner.send(ENTER, photo=noise(), title="Room", action="save").status == 302
        tell("room again: on the wall", until("hung", lambda: house.hung(waiting), patience=180))
        assert house.left_public() == []
        assert house.drafts("No room")[1] == 0
    finally:
        house.end()
        house.environment["VAR_FOLDER"], house.environment["TMPDIR"], house.var = own


def fill(disk: Path, *, but: int) -> None:
    """Leaves so many bytes of it."""
    with (disk / "filler").open("wb") as file:
        try:
            while True:
                file.write(bytes(100_000))
                file.flush()
        except OSError:
            file.truncate(file.tell() - but)
