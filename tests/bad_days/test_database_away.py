"""The database stops, is held by somebody, or takes no changes. Nobody sees an error of ours, nothing is lost."""

import contextlib
import time
from collections.abc import Iterator

import psycopg
import pytest

from tests.bad_days.house import House, until

pytestmark = pytest.mark.drama
API = "/api/gallery/v1/exhibits/"
AWAY_SECONDS = 30.0


def test_the_database_is_away_for_half_a_minute(house: House, tell):
    web = house.web()
    entries = house.act("photograph('approved', number=4, slow=True)")
    worker = house.worker()
    until("the worker is at work", house.is_encoding)
    visitor = house.browser()
    house.database.stop()
    began = time.monotonic()
    while time.monotonic() < began + AWAY_SECONDS:
        page, answer = visitor.ask("/"), visitor.ask(API)
        assert (page.status, answer.status, answer.headers["Content-Type"]) == (
            503,
            503,
            "application/problem+json",
        )
        assert page.headers["Retry-After"] == answer.headers["Retry-After"] == "30"
        assert "<h1" in page.text
        assert max(page.seconds, answer.seconds) < 3
        assert visitor.ask("/healthz").status == 200
        assert visitor.ask("/readyz").status == 503
        time.sleep(2)
    house.database.start()
    tell(
        "the database is back: pages",
        until("pages", lambda: visitor.ask("/").status == visitor.ask(API).status == 200),
    )
    tell("readiness", until("ready", lambda: visitor.ask("/readyz").status == 200))
    tell("the last of four on the wall", until("hung", lambda: house.hung(*entries), patience=200))
    assert (web.poll(), worker.poll()) == (None, None)
    until("no job is left", lambda: house.jobs("RUNNING", "READY") == 0)
    assert house.jobs("FAILED") == 0


def test_somebody_holds_the_number_of_changes(house: House, tell):
    house.web()
    worker = house.worker()
    [entry] = house.act("photograph('hung', by='nia@portal.example')")
    owner = house.browser()
    owner.sign_in("nia@portal.example")
    path = house.python(
        f"from gallery.models.exhibits import Exhibit\nfrom gallery.models.entries import Entry\n"
        f"print(Exhibit.objects.get(pk=Entry.objects.get(pk={entry}).public_id).path)"
    )
    with psycopg.connect(house.database.url) as other:
        other.execute("UPDATE changes_sequence SET number = number WHERE id = 1")
        began = time.monotonic()
        tried = owner.send(f"/desk/entries/{entry}/withdraw/", csrfmiddlewaretoken="")
        assert tried.status == 503
        assert "Nothing was changed" in tried.text
        assert tried.seconds < 8
        tell("a withdrawal that cannot be written is told so", tried.seconds)
        while time.monotonic() < began + 20:
            for address in ("/", path, API, "/healthz"):
                answer = owner.ask(address)
                assert (answer.status, answer.seconds < 3) == (200, True), address
            time.sleep(1)
        other.rollback()
    assert house.hung(entry)
    assert owner.send(f"/desk/entries/{entry}/withdraw/", csrfmiddlewaretoken="").status == 302
    assert owner.ask(path).status == 410
    tell("withdrawn: file and master gone", until("gone", lambda: house.erased(entry)))
    assert worker.poll() is None


@contextlib.contextmanager
def read_only(house: House) -> Iterator[None]:
    house.database.do("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
    try:
        yield
    finally:
        own = "SET default_transaction_read_only = off"
        house.database.do(own, "ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")


def test_the_database_takes_no_changes_for_a_while(house: House, tell):
    web, worker = house.web(), house.worker()
    [hung] = house.act("photograph('hung', by='oz@portal.example')")
    until("ready", lambda: house.browser().ask("/readyz").status == 200)
    owner = house.browser()
    owner.sign_in("oz@portal.example")
    assert owner.ask("/").status == 200  # the first one ever writes the site's settings
    with read_only(house):
        until("it takes no changes", lambda: house.database.one("SHOW default_transaction_read_only") == "on")
        began = time.monotonic()
        statuses: dict[str, set[int]] = {}
        while time.monotonic() < began + 35:  # a round of the timer, too
            for address in ("/", API, "/desk/", "/healthz"):
                statuses.setdefault(address, set()).add(owner.ask(address).status)
            time.sleep(1)
        tried = owner.send(f"/desk/entries/{hung}/withdraw/", csrfmiddlewaretoken="")
        assert owner.ask("/readyz").status == 503
        assert house.start("manage.py", "tend").wait(60) == 1
        assert "takes no changes" in house.log
    assert statuses == {"/": {200}, API: {200}, "/desk/": {200}, "/healthz": {200}}
    assert tried.status == 503
    assert (web.poll(), worker.poll()) == (None, None)
    until("withdrawn", lambda: owner.send(f"/desk/entries/{hung}/withdraw/", csrfmiddlewaretoken="").status == 302)
    tell("written again: a withdrawn file is gone", until("gone", lambda: house.erased(hung)))
