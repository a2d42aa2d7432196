"""Until the last step of a restore nobody is served anything; and whatever is killed goes on where it was."""

import json

import pytest

from tests.cms.operation.backup import acts
from tests.cms.operation.backup.conftest import Filled
from tests.cms.operation.backup.sites import Running, Site, manage

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = ["_restore_files", "files.put", "_restore_database", "_drop_nameless_files", "_replay"]
STEPS += ["_make_public_files", "public_files.sweep", "guard.take_sign_down"]
SAID = "A backup is being restored. The site answers again when that is done."


def halted(site: Site, filled: Filled, step: str) -> Running:
    """A restore that stands still before this step, having done all before it."""
    running = site.begin(acts.restore_until, str(filled.backup), step)
    running.wait_for(acts.HALTED)
    return running


def is_as_it_should(site: Site, filled: Filled) -> None:
    paths = filled.facts["paths"]
    found = site.call(acts.look, *paths.values(), filled.facts["article"])
    assert [status for status, _ in found.values()] == [200, 410, 410, 200]
    assert site.files("private") == filled.private
    rows = site.rows()
    assert len(rows["gallery_entry"]) == len(filled.rows["gallery_entry"])
    assert "portal_being_restored" not in rows


def erased(site: Site) -> list[dict]:
    return [row for row in site.rows()["gallery_master"] if row["erased_at"]]


def test_meanwhile_nobody_is_served_anything(filled, empty):
    running = halted(empty, filled, "_replay")  # every row is there, what was withdrawn included
    path = filled.facts["paths"]["withdrawn"]
    api = f"/api/gallery/v1/exhibits/{path.split('/')[3].split('-')[0]}/"
    found = empty.call(acts.look, path, api, "/", "/accounts/login/", "/readyz", "/healthz")
    assert {address: status for address, (status, _) in found.items()} == {
        **dict.fromkeys([path, api, "/", "/accounts/login/", "/readyz"], 503),
        "/healthz": 200,
    }
    assert "One moment, please" in found[path][1]
    assert "still there" not in found[path][1]  # not what came after the backup
    assert json.loads(found[api][1])["status"] == 503
    assert json.loads(found["/readyz"][1])["database"] == "problem"
    assert empty.files("public") == {}
    assert SAID in empty.fails("tend")
    assert f"There is no backup. {SAID}" in empty.fails("backup", str(empty.folder / "another.tar"))
    running.kill()


def test_a_worker_says_what_it_waits_for_and_goes_on_by_itself(filled, empty):
    running = halted(empty, filled, "_make_public_files")
    worker = empty.begin(manage, "work")
    worker.wait_for(f"A lane of the worker waits. {SAID}")
    worker.wait_for(f"Tending waits for half a minute. {SAID}")
    assert "Traceback" not in worker.said()
    running.go_on()
    code, said, _ = running.ended()
    assert code == 0, said
    worker.wait_until(lambda: len(erased(empty)) == 2)  # one before the backup, one after it


@pytest.mark.drama
@pytest.mark.parametrize("step", STEPS)
def test_killed_anywhere_it_goes_on_when_it_is_called_again(filled, empty, step):
    halted(empty, filled, step).kill()
    found = empty.call(acts.look, filled.facts["paths"]["withdrawn"], "/")
    assert {status for status, _ in found.values()} == {503}
    assert "Restored." in empty.does("restore", str(filled.backup))
    is_as_it_should(empty, filled)


def test_killed_it_lets_no_other_backup_in(filled, empty, tmp_path):
    halted(empty, filled, "_restore_database").kill()
    filled.site.does("backup", str(tmp_path / "another.tar"))
    (empty.log).write_text(filled.site.log.read_text())
    assert "Another backup was being restored here." in empty.fails("restore", str(tmp_path / "another.tar"))


def test_what_cannot_be_carried_out_keeps_the_site_closed(filled, empty):
    line = json.loads(empty.log.read_text().splitlines()[-1])
    with empty.log.open("a") as log:
        log.write(json.dumps(line | {"is": "done", "id": "x", "kind": "unheard of", "key": "1"}) + "\n")
    code, said, _ = empty.begin(manage, "restore", str(filled.backup)).ended()
    assert code == 1
    assert "Not carried out: unheard of 1" in said
    assert "1 of them could not be carried out, so the site stays closed." in said
    assert empty.call(acts.look, "/")["/"][0] == 503
    empty.log.write_text(empty.log.read_text().replace("unheard of", "page unpublished"))
    empty.does("restore", str(filled.backup))
    assert empty.call(acts.look, filled.facts["paths"]["withdrawn"])[filled.facts["paths"]["withdrawn"]][0] == 410
