"""A real browser on a line that breaks: nothing typed is typed twice, and nothing arrives twice."""

import random
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from PIL import Image

from gallery.models.entries import Entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory
from tests.gallery.desk.forms import enter_url, signed_in

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here"),
]


class Line:
    """A telephone line to the server. `mood` is "good", "breaks" (the connection is reset in the middle of an
    upload) or "deaf" (everything arrives, and the answer is lost)."""

    UPLOAD_BYTES = 100_000

    def __init__(self, port: int) -> None:
        self.port = port
        self.mood = "good"
        self.broken = 0
        self.ends: list[socket.socket] = []
        self.carriers: list[threading.Thread] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.port))
                self.ends += [browser, server]
                state = {"sent": 0}
                for ends in ((browser, server), (server, browser)):
                    carrier = threading.Thread(
                        target=self._carry, args=(*ends, ends[0] is browser, state), daemon=True
                    )
                    self.carriers.append(carrier)
                    carrier.start()

    def close(self) -> None:
        self.listener.close()
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for carrier in self.carriers:
            carrier.join(5)
        for end in self.ends:
            end.close()

    def _carry(self, source: socket.socket, target: socket.socket, is_upload: bool, state: dict[str, int]) -> None:
        with suppress(OSError):
            while data := source.recv(16_384):
                if is_upload:
                    state["sent"] += len(data)
                large = state["sent"] > self.UPLOAD_BYTES
                if large and self.mood == ("breaks" if is_upload else "deaf"):
                    self.broken += 1
                    break
                target.sendall(data)
        for end in (source, target):  # closed at the end, because the other direction still waits on both
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def line(live_server) -> Iterator[Line]:
    server, turn = live_server.thread.httpd, threading.Lock()
    answer = server.get_app()

    def one_at_a_time(environ, start_response):
        """The server's threads share one connection to a database in memory, which has one transaction."""
        with turn:
            return answer(environ, start_response)

    server.set_app(one_at_a_time)
    line = Line(live_server.thread.port)
    yield line
    line.close()
    for thread in threading.enumerate():  # each holds a connection to the database until it ends
        if "process_request_thread" in thread.name:
            thread.join(5)


def noise(path, seed: int) -> str:
    """A photograph of about 900 kB, which no format makes smaller."""
    pixels = random.Random(seed).randbytes(640 * 480 * 3)
    Image.frombytes("RGB", (640, 480), pixels).save(path, "JPEG", quality=95)
    return str(path)


def test_a_broken_line_costs_no_word_and_makes_no_second_draft(line, tmp_path):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    axe, barriers = Axe(), []
    exhibition, person = make_exhibition(entries_per_person=3), UserFactory()
    photos = [noise(tmp_path / f"IMG_{number}.jpg", number) for number in range(4)]
    session = signed_in(person).cookies["sessionid"].value
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
        context.add_cookies([{"name": "sessionid", "value": session, "url": line.url}])
        page = context.new_page()
        page.set_default_timeout(30_000)
        # Where the line breaks, the error page of the browser fades in no more than ours fades out.
        page.on(
            "pageerror",
            lambda error: "ViewTransition opt-in disabled" in str(error) or complaints.append(str(error)),
        )

        # Cut in the middle of the upload.
        page.goto(line.url + enter_url(exhibition))
        barriers.append(axe.run(page).violations_count)
        page.fill("[name=title]", "Sent from the cellar")
        line.mood = "breaks"
        page.set_input_files("#photo", photos[0])
        page.wait_for_selector("text=The connection broke. Nothing you wrote is lost.")
        after_the_cut = (line.broken > 0, page.input_value("[name=title]"))

        # Everything arrives, but we are not told.
        line.mood = "deaf"
        page.click("[data-try-again]")
        page.wait_for_selector("[data-try-again]", state="hidden")
        page.wait_for_selector("[data-try-again]", state="visible")
        line.mood = "good"
        page.click("[data-try-again]")
        page.wait_for_selector("text=The picture is here.")
        page.wait_for_selector("[data-picture] .found")

        # No line at all when the button is pressed; it goes by itself once there is one.
        page.fill("[name=caption]", "Written without a line.")
        context.set_offline(True)
        page.click("button[name=action][value=save]")
        page.wait_for_selector("text=Your words are safe on this page")
        barriers.append(axe.run(page).violations_count)
        offline = (page.input_value("[name=caption]"), page.is_visible("[data-send-again]"))
        context.set_offline(False)
        page.wait_for_url("**/desk/entries/*/")
        saved = page.url

        # Three more at once, with two places left; the line breaks again.
        page.goto(line.url + enter_url(exhibition))
        page.fill("[name=title]", "The second")
        line.mood = "breaks"
        page.set_input_files("#photo", photos[1:])
        page.wait_for_selector("[data-try-again]", state="visible")
        line.mood = "good"
        page.click("[data-try-again]")
        page.wait_for_selector("text=All done.")
        listed = page.locator("[data-sent] li").all_text_contents()
        page.click("[data-sent] a")
        page.wait_for_selector("text=Also kept: “The second”")

        # Mistakes, after a press of the button.
        page.click("button[name=action][value=submit]")
        page.wait_for_selector("#mistakes")
        barriers.append(axe.run(page).violations_count)
        browser.close()
    kept = list(Entry.objects.order_by("pk").select_related("master"))
    assert after_the_cut == (True, "Sent from the cellar")
    assert offline == ("Written without a line.", True)
    assert saved == f"{line.url}/desk/entries/{kept[0].pk}/"
    assert [(entry.title, entry.caption, entry.master.original_name) for entry in kept] == [
        ("Sent from the cellar", "Written without a line.", "IMG_0.jpg"),
        ("The second", "", "IMG_1.jpg"),
        ("", "", "IMG_2.jpg"),
    ]
    assert listed == [
        "“IMG_3.jpg” was not sent: all your places in this exhibition are used.",
        "“IMG_2.jpg” is kept as a draft, go on with it.",
    ]
    ours = [words for words in complaints if "Transition" not in words]  # Chromium's own, at a redirect
    assert (barriers, ours) == ([0, 0, 0], [])
