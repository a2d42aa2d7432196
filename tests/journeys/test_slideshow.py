"""A screen in a foyer, left alone: it runs, loses the network, forgets what is withdrawn, and goes dark at last."""

import io

import pytest
from PIL import Image

from tests.journeys.test_main_path import wait_for

SCREEN = "/exhibitions/steady-hands/slideshow/"
KEPT = """async (mime) => {
    const found = [];
    for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
    return found.filter((path) => path.endsWith(mime));
}"""


@pytest.fixture
def screen(browser, demo):
    """1080p, with a clock the test turns, and reduced motion so that pictures change at a stroke."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.clock.install()
    yield page
    context.close()
    assert broken == []


def title(page) -> str:
    return page.locator(".slide-title").inner_text()


def state(page) -> str:
    return page.evaluate("document.documentElement.dataset.state")


def all_kept(page, how_many: int) -> None:
    wait_for("keeping the pictures", lambda: len(page.evaluate(KEPT, ".jpg")) == how_many)


def test_runs_by_itself_and_stops_skips_and_goes_back_by_key(demo, screen):
    from axe_playwright_python.sync_playwright import Axe

    titles = [item["title"] for item in demo.json(f"{SCREEN}photographs.json")["items"]]
    screen.goto(f"{demo.url}{SCREEN}?seconds=10")
    screen.wait_for_selector("[data-state=on]")
    assert title(screen) == titles[0]
    screen.clock.run_for(11_000)
    wait_for("the next photograph", lambda: title(screen) == titles[1])
    assert Axe().run(screen).response["violations"] == []

    screen.keyboard.press("Space")
    assert screen.locator("[role=status]").inner_text() == "Paused"
    screen.clock.run_for(60_000)
    assert title(screen) == titles[1]
    screen.keyboard.press("ArrowRight")
    wait_for("skipping", lambda: title(screen) == titles[2])
    screen.keyboard.press("ArrowLeft")
    wait_for("going back", lambda: title(screen) == titles[1])
    screen.keyboard.press("Space")
    screen.clock.run_for(11_000)
    wait_for("going on", lambda: title(screen) == titles[2])

    assert screen.locator(".controls").evaluate("one => getComputedStyle(one).opacity") == "0"
    screen.mouse.move(300, 300)
    screen.mouse.move(320, 300)
    wait_for(
        "controls", lambda: screen.locator(".controls").evaluate("one => getComputedStyle(one).opacity") == "1"
    )
    screen.get_by_role("button", name="Pause").click()
    assert screen.locator("[role=status]").inner_text() == "Paused"
    assert Axe().run(screen).response["violations"] == []


def test_the_code_on_the_screen_can_be_read(demo, screen):
    zxingcpp = pytest.importorskip("zxingcpp")
    first = demo.json(f"{SCREEN}photographs.json")["items"][0]
    screen.goto(demo.url + SCREEN)
    screen.wait_for_selector("[data-state=on]")
    screen.wait_for_function("[...document.images].every((image) => image.complete)")
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(screen.screenshot())))
    assert [code.text for code in read] == [demo.url + first["url"]]


def test_goes_on_without_a_network_forgets_what_left_the_wall_and_is_blank_in_the_end(demo, screen):
    items = demo.json(f"{SCREEN}photographs.json")["items"]
    screen.goto(f"{demo.url}{SCREEN}?seconds=10")
    screen.evaluate("navigator.serviceWorker.ready")
    all_kept(screen, len(items))

    # The network fails; the screen goes on, even switched off and on again.
    screen.context.set_offline(True)
    for item in items[1:3]:
        screen.clock.run_for(11_000)
        wait_for("the next photograph", lambda item=item: title(screen) == item["title"])
    screen.reload()
    screen.wait_for_selector("[data-state=on]")
    assert title(screen) == items[0]["title"]
    screen.context.set_offline(False)

    # Two photographs expire. At the next heartbeat they leave the screen and its disk, though it was stopped there.
    screen.keyboard.press("Space")
    hide = (
        "from django.utils import timezone; from gallery.models.exhibits import Exhibit; "
        f"Exhibit.objects.filter(pk__in={[item['id'] for item in items[:2]]}).update(expires_at={{}})"
    )
    assert demo.manage("shell", "-c", hide.format("timezone.now()")).returncode == 0
    try:
        screen.clock.run_for(46_000)
        all_kept(screen, len(items) - 2)
        kept = " ".join(screen.evaluate(KEPT, ""))
        assert [item["id"] for item in items if item["id"] in kept] == [item["id"] for item in items[2:]]
        wait_for("the next on the wall", lambda: title(screen) == items[2]["title"])
    finally:
        assert demo.manage("shell", "-c", hide.format("None")).returncode == 0

    # Twelve hours without a word: nothing is shown and nothing is kept, whether it stays on or starts again.
    screen.context.set_offline(True)
    screen.clock.fast_forward(12 * 3600 * 1000 + 60_000)
    wait_for("the dark", lambda: state(screen) == "blank")
    assert screen.locator(".slide").count() == 0
    wait_for("forgetting", lambda: screen.evaluate(KEPT, ".jpg") == [])
    screen.reload()
    wait_for("the dark", lambda: state(screen) == "blank")
    assert screen.locator(".slide").count() == 0

    # And it comes back by itself.
    screen.context.set_offline(False)
    screen.clock.run_for(46_000)
    wait_for("light", lambda: state(screen) == "on")


def test_is_dark_when_the_building_is_closed(demo, screen):
    screen.clock.set_system_time("2027-06-01T05:30:00Z")  # half past six in London
    screen.goto(f"{demo.url}{SCREEN}?from=07:00&to=19:00")
    screen.clock.run_for(2_000)
    wait_for("the dark", lambda: state(screen) == "dark")
    assert screen.locator(".slide").count() == 0
    screen.clock.set_system_time("2027-06-01T06:01:00Z")
    screen.clock.run_for(50_000)
    wait_for("light", lambda: state(screen) == "on")


def test_without_scripts_it_is_a_page_with_a_way_on(demo, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    items = demo.json(f"{SCREEN}photographs.json")["items"]
    page.goto(demo.url + SCREEN)
    assert title(page) == items[0]["title"]
    page.get_by_role("link", name="Next").click()
    assert title(page) == items[1]["title"]
    context.close()
