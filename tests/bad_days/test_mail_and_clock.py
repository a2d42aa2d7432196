"""The mail server says nothing; the clock is in another year."""

import shutil
import socketserver
import threading
from collections.abc import Iterator

import pytest

from tests.bad_days.house import Door, House, until

pytestmark = pytest.mark.drama


class PostOffice(socketserver.StreamRequestHandler):
    """Takes every mail and keeps it."""

    mails: list[str] = []

    def handle(self) -> None:
        self.say("220 here")
        for line in self.rfile:
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.say("354 go on")
                self.mails.append("".join(iter(lambda: self.rfile.readline().decode(), ".\r\n")))
            self.say("221 bye" if word == b"QUIT" else "250 ok")
            if word == b"QUIT":
                return

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def post_office() -> Iterator[Door]:
    PostOffice.mails.clear()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), PostOffice) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Door(server.server_address[1])
        server.shutdown()


@pytest.mark.parametrize("state", ["silent", "closed"])
def test_the_mail_server_is_away(house: House, post_office: Door, tell, state):
    own = house.environment["EMAIL_URL"]
    house.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{post_office.port}"
    try:
        house.web()
        [entry] = house.act(f"photograph('approved', by='{state}-mail@portal.example')")
        house.database.do("DELETE FROM mail_message")
        post_office.be(state)
        worker = house.worker()
        visitor = house.browser()
        email = f"new-{state}@portal.example"
        answer = visitor.send("/accounts/signup/", name="Ann", email=email, password1="three odd words")
        assert answer.status == 302
        tell(f"{state} mail server: somebody signs up", answer.seconds)
        assert visitor.ask("/accounts/confirm-email/").status == 200
        tell("a photograph is hung meanwhile", until("hung", lambda: house.hung(entry)))
        tried = 'SELECT tries FROM mail_message WHERE "to" = %s'
        until("it was tried", lambda: house.database.one(tried, email))
        assert PostOffice.mails == []
        post_office.be("open")
        tell(
            "it answers: the code arrives", until("the code", lambda: any(email in one for one in PostOffice.mails))
        )
        unsent = "SELECT count(*) FROM mail_message WHERE sent_at IS NULL"
        tell("every other mail, too", until("all mails", lambda: house.database.one(unsent) == 0, patience=300))
        assert worker.poll() is None
        assert email not in house.log
    finally:
        house.environment["EMAIL_URL"] = own


@pytest.mark.skipif(not shutil.which("faketime"), reason="needs faketime")
@pytest.mark.parametrize("far", ["+365d", "-365d"])
def test_the_clock_is_in_another_year_for_a_while(house: House, far):
    [entry] = house.act("photograph('hung', by='una@portal.example')")
    house.python(
        "import datetime as dt\nfrom django.utils import timezone\n"
        "from gallery.models.entries import Entry\nfrom gallery.models.exhibits import Exhibit\n"
        f"public = Entry.objects.get(pk={entry}).public_id\n"
        "print(Exhibit.objects.filter(pk=public).update(expires_at=timezone.now() + dt.timedelta(days=90)))"
    )
    house.tend()
    facts = [
        "SELECT count(*) FROM gallery_exhibit",
        "SELECT count(*) FROM mail_message",
        "SELECT count(*) FROM django_tasks_database_dbtaskresult",
        "SELECT number FROM changes_sequence",
    ]
    before = [house.database.one(fact) for fact in facts]
    for _ in range(2):
        house.tend(under=("faketime", "-f", far))
    assert [house.database.one(fact) for fact in facts] == before
    house.tend()
    assert [house.database.one(fact) for fact in facts] == before
    assert house.database.one("SELECT count(*) FROM jobs_timerclock WHERE doubted_since IS NULL") == 1
