"""Web and worker are killed, or started twice, in the middle of something."""

import contextlib
import http.client
import threading
import time

import pytest

from tests.bad_days.house import ENTER, House, noise, until

pytestmark = pytest.mark.drama


def test_the_web_dies_while_a_photograph_arrives(house: House, tell):
    web = house.web()
    browser = house.someone("kim@portal.example")
    body, headers = browser.form(ENTER, photo=noise(), title="Half way", action="save")
    before = house.files()
    call = http.client.HTTPConnection("127.0.0.1", house.port)
    call.putrequest("POST", ENTER, skip_host=True)
    for name, value in (browser.headers(ENTER) | headers | {"Content-Length": str(len(body))}).items():
        call.putheader(name, value)
    call.endheaders()
    with contextlib.closing(call):
        call.send(body[: len(body) // 2])
        time.sleep(1.0)
        house.kill(web)
    assert (house.files(), house.drafts("Half way")) == (before, (0, 0))
    began = time.monotonic()
    house.web()
    tell("the web is back", time.monotonic() - began)
    assert browser.ask(ENTER, body, **headers).status == 302
    assert house.drafts("Half way") == (1, 1)


def test_the_web_dies_while_a_photograph_is_judged(house: House, tell):
    web = house.web()
    browser = house.someone("lee@portal.example")
    body, headers = browser.form(ENTER, photo=noise(), title="Judged", action="save")
    before = house.files()

    def send() -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            browser.ask(ENTER, body, **headers)

    sending = threading.Thread(target=send)
    sending.start()
    until("it is being judged", house.is_encoding)
    house.kill(web)
    sending.join(20)
    assert (house.files(), house.drafts("Judged")[1]) == (before, 0)
    house.web()
    assert browser.ask(ENTER, body, **headers).status == 302
    assert house.drafts("Judged") == (1, 1)


def test_a_worker_dies_while_it_hangs(house: House, tell):
    house.web()
    [entry] = house.act("photograph('approved', slow=True)")
    worker = house.worker()
    until("it is being hung", lambda: house.is_encoding() and house.files("public"))
    house.kill(worker)
    assert house.files("tmp") == []
    house.worker()
    tell("a worker that died while it hung: on the wall", until("hung", lambda: house.hung(entry)))
    assert house.left_public() == []
    assert house.jobs("FAILED") == 0


def test_a_second_worker_takes_nothing_from_the_first(house: House, tell):
    house.web()
    entries = house.act("photograph('approved', number=2, slow=True); photograph('approved', number=6)")

    def folder() -> object:
        return house.database.one("SELECT media FROM gallery_entry WHERE id = %s", entries[0])

    first = house.worker()
    until("the first hangs", lambda: house.is_encoding() and folder())
    begun = folder()
    second = house.worker()
    tell("eight hung by two workers", until("all hang", lambda: house.hung(*entries)))
    assert folder() == begun
    assert [one.poll() for one in (first, second)] == [None, None]
    assert house.left_public() == []
    assert house.jobs("FAILED") == 0
    assert house.database.one("SELECT count(*) FROM gallery_jobfailure WHERE entry_id = ANY(%s)", entries) == 0
