"""Words typed into the entry form in a real browser, which is then reloaded, left in a hurry or forgotten."""

import re
import shutil

import pytest

from gallery.models.entries import Entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory
from tests.gallery.desk.forms import desk_url, enter_url, signed_in
from tests.gallery.desk.test_bad_line import FLAGS, line  # noqa: F401
from tests.journeys.test_main_path import wait_for

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here"),
]

#: Nothing that a script sends arrives.
NO_LINE = """
    window.fetch = () => Promise.reject(new Error("no line"));
    XMLHttpRequest.prototype.send = function () { this.dispatchEvent(new Event("error")); };
"""
TITLE = "日本語 ‘Łukasz’ 🔬"
CAPTION = "First line\nsecond, with <b> & “quotes”"


def test_nothing_typed_is_lost(line):  # noqa: F811
    from playwright.sync_api import sync_playwright

    exhibition, person, other = make_exhibition(), UserFactory(), UserFactory()
    address = line.url + enter_url(exhibition)
    sessions = {who: signed_in(who).cookies["sessionid"].value for who in (person, other)}
    seen = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 390, "height": 844})
        complaints = []
        context.on("page", lambda page: page.on("pageerror", lambda error: complaints.append(str(error))))
        page = context.new_page()
        page.add_init_script(NO_LINE)

        def sign_in(someone) -> None:
            context.add_cookies([{"name": "sessionid", "value": sessions[someone], "url": line.url}])

        def drafts() -> int:
            desk = context.request.get(f"{line.url}/desk/").text()
            return len(set(re.findall(r"/desk/entries/\d+/", desk)))

        def words() -> tuple[str, ...]:
            return tuple(page.input_value(f"[name={name}]") for name in ("title", "caption", "taken_on"))

        # No line at all: nothing reaches us, and the device keeps it, for this person only.
        sign_in(person)
        page.goto(address)
        page.fill("[name=title]", TITLE)
        page.fill("[name=caption]", CAPTION)
        page.fill("[name=taken_on]", "some spring")
        page.check("[name=people][value=listed]", force=True)
        for number in range(5):
            if number:
                page.click("[data-add-person]")
            page.fill(f"[name=people-{number}-name]", f"Person {number}")
        page.close()
        page = context.new_page()
        seen["nothing sent"] = drafts()
        sign_in(other)
        page.goto(address)
        seen["another"] = words()
        sign_in(person)
        page.goto(address)
        page.wait_for_selector("[data-kept-words]", state="visible")
        seen["again"] = words()
        seen["people"] = page.input_value("[name=people-4-name]")

        # A line again. The date cannot be read, so the device goes on keeping it.
        page.fill("[name=alt_text]", "Two gloved hands")
        page.wait_for_url(re.compile(r"/desk/entries/\d+/edit/"))
        edit = page.url
        seen["drafts"] = drafts()
        page.reload()
        page.wait_for_selector("[data-kept-words]", state="visible")
        seen["reloaded"] = words()
        page.fill("[name=title]", TITLE + "!" * 90)
        page.wait_for_selector("text=but for what is not right yet")
        page.reload()
        page.wait_for_selector("[data-kept-words]", state="visible")
        seen["too long"] = page.input_value("[name=title]") == TITLE + "!" * 90

        # Signed out while typing.
        context.clear_cookies(name="sessionid")
        page.fill("[name=title]", TITLE)
        page.wait_for_selector("text=Not saved: you were signed out")
        page.reload()
        sign_in(person)
        page.goto(edit)
        page.wait_for_selector("[data-kept-words]", state="visible")
        seen["signed in again"] = words()
        page.fill("[name=taken_on]", "2026-10")
        page.wait_for_selector("text=/Saved at [0-9:]+\\./")
        page.reload()
        seen["saved"] = (*words(), page.is_visible("[data-kept-words]"))
        seen["left on the device"] = page.evaluate("Object.keys(localStorage).length")

        # A new one, left for the desk at once, and back again.
        page.goto(address)
        page.fill("[name=title]", "The second")
        page.click(".desk-nav a[href='/desk/']")
        page.wait_for_url("**/desk/")
        wait_for("the words", lambda: drafts() == 2)
        page.go_back()
        page.wait_for_url(re.compile(r"/desk/entries/\d+/edit/"))
        seen["back"] = words()
        page.goto(address)  # by a link: another one
        page.wait_for_timeout(500)
        seen["the third is empty"] = words()
        browser.close()
    first, second = Entry.objects.order_by("pk")
    assert seen == {
        "nothing sent": 0,
        "another": ("", "", ""),
        "again": (TITLE, CAPTION, "some spring"),
        "people": "Person 4",
        "drafts": 1,
        "reloaded": (TITLE, CAPTION, "some spring"),
        "too long": True,
        "signed in again": (TITLE, CAPTION, "some spring"),
        "saved": (TITLE, CAPTION, "2026-10", False),
        "left on the device": 0,
        "back": ("The second", "", ""),
        "the third is empty": ("", "", ""),
    }
    assert (first.title, first.caption, first.taken_on) == (TITLE, CAPTION, "2026-10")
    assert (first.photographer, second.title) == (person, "The second")
    assert [words for words in complaints if "Transition" not in words] == []  # Chromium's own, at a redirect
    assert desk_url(first) != desk_url(second)
