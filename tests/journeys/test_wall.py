"""A visitor at a long wall: narrowing it by keyboard, going on and on, looking at a picture and coming back."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

WALL = "/exhibitions/steady-hands/"
TAKE_AWAY = """
from django.utils import timezone
from cms.changes.recording import PublicChange, record_all
from gallery.enums import EXHIBIT
from gallery.models.exhibits import Exhibit
Exhibit.objects.filter(title__contains=" · ").delete()
record_all(EXHIBIT, now=timezone.now())
"""
SHIFTS = """() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.fixture(scope="module")
def long_wall(demo) -> Iterator[str]:
    """Copies of the pictures, enough for three pages."""
    added = demo.manage("seed_demo", "--scale", "90")
    assert added.returncode == 0, added.stderr
    yield demo.url + WALL
    removed = demo.manage("shell", "-v", "0", "-c", TAKE_AWAY)
    assert removed.returncode == 0, removed.stderr


def cards(page) -> list[str]:
    return page.eval_on_selector_all(".card", "cards => cards.map(card => card.id)")


def hanging(page) -> int:
    """How many photographs the wall says it shows."""
    return int(page.locator("h2#wall").text_content().split()[0])


def scroll_through(page) -> None:
    """Lazy pictures load as they come near."""
    page.evaluate("""async () => {
        for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
            scrollTo(0, y);
            await new Promise((done) => setTimeout(done, 120));
        }
        scrollTo(0, 0);
    }""")


def test_narrowing_by_keyboard_and_taking_it_away_again(page, long_wall) -> None:
    page.goto(long_wall)
    everything = hanging(page)
    summary = page.get_by_text("Search and filter")
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Words on this wall").fill("glass")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=glass**")
    found = hanging(page)
    assert 0 < found < everything
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="Category").get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**category=**")
    chosen = page.get_by_role("list", name="Shown now").get_by_role("link")
    assert chosen.count() == 3
    assert 0 < hanging(page) <= found
    chosen.nth(1).click()
    page.wait_for_url(lambda address: "category=" not in address)
    assert hanging(page) == found


def test_more_twice_then_a_picture_and_back_to_it(page, long_wall) -> None:
    page.goto(long_wall)
    first = cards(page)
    for number in (2, 3):
        page.get_by_role("link", name="More photographs").click()
        page.locator(".card").nth(24 * (number - 1)).wait_for()
        shown = cards(page)
        assert page.evaluate("document.activeElement.closest('.card').id") == shown[24 * (number - 1)]
        assert re.search(rf"\?page={number}#{shown[24 * (number - 1)]}$", page.url)
        assert re.search(r"\d+ more photographs, \d+ of \d+", page.get_by_role("status").text_content())
    assert shown[:24] == first
    assert len(set(shown)) == len(shown)

    wanted = shown[30]
    page.locator(f'[id="{wanted}"] a').click()
    page.wait_for_url(re.compile(f"/{wanted}-"))
    page.go_back()
    page.wait_for_url(re.compile(rf"\?page=2#{wanted}$"))
    expect(page.locator(f'[id="{wanted}"]')).to_be_in_viewport()

    page.reload()
    expect(page.locator(f'[id="{wanted}"]')).to_be_in_viewport()
    assert page.get_by_role("link", name="Earlier on the wall").count() == 1


def test_without_scripts_the_pages_are_pages(browser, long_wall) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(long_wall)
    page.get_by_role("link", name="More photographs").click()
    assert page.url.endswith("?page=2")
    assert page.get_by_role("link", name="Earlier on the wall").is_visible()
    link = page.locator(".card a").nth(3)
    wanted = page.locator(".card").nth(3).get_attribute("id")
    link.click()
    page.get_by_role("link", name=re.compile("Back to the wall")).first.click()
    assert page.url.endswith(f"?page=2#{wanted}")
    page.locator("summary", has_text="Search and filter").click()
    assert page.get_by_label("Words on this wall").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_moves_and_nobody_is_shut_out(browser, long_wall, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.add_init_script(f"({SHIFTS})()")
    page.goto(long_wall)
    scroll_through(page)
    assert page.evaluate("window.shifted") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("summary", has_text="Search and filter").click()
    assert Axe().run(page).response["violations"] == []
    page.goto(long_wall.replace("steady-hands/", ""))
    scroll_through(page)
    assert page.evaluate("window.shifted") == 0
    assert Axe().run(page).response["violations"] == []
    context.close()


@pytest.mark.parametrize("path", [WALL, "/exhibitions/"])
def test_nothing_moves_while_a_slow_telephone_reads_the_page(browser, demo, path: str) -> None:
    """It draws what it has read so far, were it not told what to wait for."""
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 20})
    page.add_init_script(f"({SHIFTS})()")
    page.goto(demo.url + path)
    assert page.evaluate("window.shifted") == 0
    context.close()


#: The first photograph's top, the widest one, whether the page scrolls sideways.
PICTURES = """() => {
    const boxes = [...document.querySelectorAll("main picture")].map((picture) => picture.getBoundingClientRect());
    const idle = document.documentElement.scrollWidth > innerWidth;
    return [Math.min(...boxes.map(({ top }) => top)), Math.max(...boxes.map(({ width }) => width)), idle];
}"""


@pytest.mark.parametrize(("width", "height", "highest"), [(1440, 900, 400), (390, 844, 600), (3840, 2160, 400)])
def test_pictures_come_first(browser, demo, width: int, height: int, highest: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    for path in (WALL, "/exhibitions/", "/people/"):
        page.goto(demo.url + path)
        top, widest, is_sideways = page.evaluate(PICTURES)
        assert (top < highest, is_sideways) == (True, False), (path, top)
        if path == WALL:
            assert widest >= min(1000, width)
            right = page.evaluate("document.querySelector('.lead-row picture').getBoundingClientRect().right")
            assert width - right <= width * 0.05
    context.close()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1440, 900)])
def test_a_photograph_its_title_and_its_maker_share_the_first_screen(
    browser, demo, width: int, height: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    for exhibit in demo.json("/api/gallery/v1/exhibits/?limit=5")["items"]:
        page.goto(exhibit["url"])
        assert page.locator(".exhibit-maker").bounding_box()["y"] + 24 < height
    context.close()
