"""A backup of a filled site, restored into an empty one: everything is there again, but for what was taken back."""

import json
import re
import shutil
from collections.abc import Iterator

import pytest

from tests.cms.operation.backup import acts
from tests.cms.operation.backup.conftest import Filled
from tests.cms.operation.backup.sites import Rows, Site

pytestmark = pytest.mark.django_db(transaction=True)
#: Of tables in which something goes or is made anew: what makes a row the same. Every other table is as it was.
MAY_GO = {
    "django_session": lambda row: False,  # everybody signs in again
    "operation_backup": lambda row: False,  # the run itself is no part of what it copies
    "images_portalrendition": lambda row: False,  # made when somebody asks
    "people_user": lambda row: row["name"] != "Leaves Us",
    "gallery_exhibit": lambda row: row["title"] == "kept",
    "gallery_entry": lambda row: row["title"] not in {"withdrawn", "down"},
}
MADE_ANEW = {
    "gallery_exhibit": {"sources", "updated_at", "document", "card"},
    "images_portalimage": {"sources"},
    "changes_kindversion": {"number", "changed_at", "lost", "next_at", "totals"},
    "changes_sequence": {"number"},
    "gallery_entry": {"media"},
}
#: What is done at a restore is written down beside what there was.
MORE = {
    "changes_change",
    "changes_kindversion",
    "gallery_reviewdecision",
    "wagtailcore_modellogentry",
    "django_tasks_database_dbtaskresult",
}
#: SQLite's own: numbers given, and the index of words in pages of the file's.
OWN = re.compile(r"sqlite_|wagtailsearch_indexentry_fts")


@pytest.fixture(scope="module")
def restored(
    filled: Filled, tmp_path_factory: pytest.TempPathFactory, django_db_blocker
) -> Iterator[tuple[Site, Rows]]:
    with django_db_blocker.unblock():
        site = Site(tmp_path_factory.mktemp("restored") / "restored")
        try:
            shutil.copy(filled.site.log, site.log)
            assert "Restored." in site.does("restore", str(filled.backup))
            yield site, site.rows()
        finally:
            site.remove()


def same(table: str, rows: list[dict]) -> list[str]:
    stays, anew = MAY_GO.get(table, lambda row: True), MADE_ANEW.get(table, set())
    return sorted(str({name: row[name] for name in row if name not in anew}) for row in rows if stays(row))


def test_every_row_of_every_table_is_there_again(filled, restored):
    _, rows = restored
    assert {name for name in filled.rows if not OWN.match(name)} == {name for name in rows if not OWN.match(name)}
    assert sum(map(len, filled.rows.values())) > 800
    for table, before in filled.rows.items():
        if not OWN.match(table):
            was, now = same(table, before), same(table, rows[table])
            assert set(was) <= set(now) if table in MORE else was == now, table
            assert was or table in MAY_GO or not before, table


def test_every_private_file_is_there_again(filled, restored):
    site, _ = restored
    assert len(filled.private) > 10
    assert site.files("private") == filled.private


def test_what_hung_hangs_and_its_files_are_made_anew(filled, restored):
    site, _ = restored
    path, article = filled.facts["paths"]["kept"], filled.facts["article"]
    pages = site.call(acts.look, path, article)
    for address in (path, article):
        status, page = pages[address]
        files = set(re.findall(r"/media/[\w./-]+", page))
        assert (status, bool(files)) == (200, True), address
        assert {status for status, _ in site.call(acts.look, *files).values()} == {200}
    public = site.files("public")
    assert {name.split("/")[0] for name in public} == {"exhibits", "library"}
    assert all(data[:3] == b"\xff\xd8\xff" for name, data in public.items() if name.endswith(".jpg"))


def test_what_was_taken_back_since_stays_away(filled, restored):
    site, rows = restored
    gone = [filled.facts["paths"][name] for name in ("withdrawn", "down")]
    assert [status for status, _ in site.call(acts.look, *gone).values()] == [410, 410]
    assert [row["title"] for row in rows["gallery_exhibit"]] == ["kept"]
    assert {
        row["title"]: row["state"] for row in rows["gallery_entry"] if row["title"] in ("withdrawn", "down")
    } == {
        "withdrawn": "withdrawn",
        "down": "approved",
    }
    assert all(
        name.split("/")[1] in filled.facts["paths"]["kept"] for name in site.files("public") if "exhibits/" in name
    )


def test_a_reader_of_changes_goes_on_without_missing_or_repeating_any(filled, restored):
    site, rows = restored
    ids = {name: path.split("/")[3].split("-")[0] for name, path in filled.facts["paths"].items()}
    since, later = filled.facts["since"], filled.later
    found = site.call(acts.look, since, later, acts.CHANGES)
    items = [(one["id"], one["kind"]) for one in json.loads(found[since][1])["items"]]
    assert sorted(items) == sorted(
        [(ids["withdrawn"], "removed"), (ids["down"], "removed"), (ids["kept"], "upsert")]
    )
    status, text = found[later]
    assert status == 422
    assert "Begin without it" in text
    assert json.loads(found[acts.CHANGES][1])["next"] == json.loads(found[since][1])["next"]
    numbers = [row["number"] for row in rows["changes_change"]]
    assert len(set(numbers)) == len(numbers)


def test_nobody_is_signed_in_and_nothing_is_left_over(restored):
    site, rows = restored
    assert rows["django_session"] == []
    assert "portal_being_restored" not in rows
    assert [file.name for file in site.var.iterdir() if file.is_file()] == []
    assert json.loads(site.log.read_text().splitlines()[-1])["is"] == "restored"


def test_life_goes_on(filled, restored):
    """Numbers of rows go on where they were, and whoever was withdrawn loses the original, too."""
    site, _ = restored
    assert site.call(acts.live_on) == {"hung": 200}
    assert (
        len(site.files("private")) == len(filled.private) + 2 - 1 - 1
    )  # a new one with preview, a withdrawn one less
