"""What differs from browser to browser, in Firefox and in WebKit: focus, menus, a refused disk, the console."""

import pytest

from tests.journeys.other_browsers import Firefox, WebKit
from tests.journeys.test_main_path import wait_for
from tests.journeys.test_slideshow import SCREEN

#: Nothing of Firefox's own goes to the network, and its first start shows no page of its own.
QUIET = {
    "app.normandy.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
}
NO_COOKIES = {"network.cookie.cookieBehavior": 2}
SIGN_IN = """
    document.querySelector("[name=login]").value = "nobody@calderwick.example";
    document.querySelector("[name=password]").value = "something else";
    document.querySelector("main form").requestSubmit();
"""


@pytest.fixture
def firefox(tmp_path):
    if Firefox.program is None:
        pytest.skip("Firefox is not installed")
    started: list[Firefox] = []

    def start(**prefs: object) -> Firefox:
        started.append(Firefox(tmp_path / f"profile-{len(started)}", QUIET | prefs))
        return started[-1]

    yield start
    for browser in started:
        browser.close()


@pytest.fixture
def webkit():
    if WebKit.program is None or not WebKit.browsers:
        pytest.skip("WebKitGTK and its driver are not installed")
    browser = WebKit()
    yield browser
    browser.close()


@pytest.fixture
def kinds_of_page(demo):
    edition = demo.json("/api/gallery/v1/exhibitions/steady-hands/")
    exhibit = demo.json("/api/gallery/v1/exhibits/?exhibition=steady-hands")["items"][0]
    paths = [item["url"].removeprefix(demo.url) for item in (edition, exhibit)]
    return [*paths, "/", "/exhibitions/", "/people/", "/news/", "/events/", "/search/?q=light", "/accounts/login/"]


def a_mistake_is_heard_first(browser, demo) -> None:
    browser.goto(f"{demo.url}/accounts/login/")
    browser.run(SIGN_IN)
    wait_for("the answer", lambda: "look again" in browser.run("return document.title"))
    wait_for("focus", lambda: browser.run("return document.activeElement.id") == "mistakes")


def no_page_is_wider_than_a_phone(browser, demo, paths) -> None:
    wide = []
    for path in paths:
        browser.goto(demo.url + path)
        if browser.run("return document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []


def test_firefox_shows_every_kind_of_page_without_a_complaint(demo, firefox, kinds_of_page):
    browser = firefox()
    browser.resize(390, 844)
    no_page_is_wider_than_a_phone(browser, demo, kinds_of_page)
    a_mistake_is_heard_first(browser, demo)
    assert [line for line in browser.complaints if "422" not in line] == []


def test_a_browser_that_keeps_nothing_drops_what_left_the_wall_all_the_same(demo, firefox):
    browser = firefox(**NO_COOKIES)
    first, second = demo.json(f"{SCREEN}photographs.json")["items"][:2]
    title = "return document.querySelector('.slide-title')?.textContent.trim()"
    browser.goto(f"{demo.url}{SCREEN}?seconds=300")
    assert browser.run("return caches.open('x').then(() => true, () => false)") is False
    assert browser.run(title) == first["title"]
    hide = "from gallery.models.exhibits import Exhibit; from django.utils import timezone; "
    hide += f"Exhibit.objects.filter(pk={first['id']!r}).update(expires_at={{}})"
    assert demo.manage("shell", "-c", hide.format("timezone.now()")).returncode == 0
    try:
        browser.run("dispatchEvent(new Event('online'))")
        wait_for("the next", lambda: browser.run(title) == second["title"])
    finally:
        assert demo.manage("shell", "-c", hide.format("None")).returncode == 0


def test_whoever_blocks_cookies_is_told_so(demo, firefox):
    browser = firefox(**NO_COOKIES)
    browser.goto(f"{demo.url}/accounts/login/")
    browser.run(SIGN_IN)
    wait_for("the answer", lambda: browser.run("return document.title").startswith("Cookies are off"))


def test_webkit_shows_every_kind_of_page_and_keeps_focus_where_somebody_is(demo, webkit, kinds_of_page):
    webkit.resize(447, 844)
    no_page_is_wider_than_a_phone(webkit, demo, kinds_of_page)
    a_mistake_is_heard_first(webkit, demo)
    webkit.goto(demo.url)
    webkit.run("document.getElementById('menu').showPopover()")
    assert webkit.run("return document.activeElement.textContent.trim()") == "Close"
