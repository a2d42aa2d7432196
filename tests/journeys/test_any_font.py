"""Pages keep their shape whatever font the reader's machine has, and however long a word is."""

import shutil
import subprocess

import pytest

from . import everyone
from .conftest import CHROMIUM, FLAGS
from .test_everyone import addresses

pytestmark = pytest.mark.drama

#: A wide one, a narrow one, and the one that Linux desktops most often have.
FONTS = ("DejaVu Sans", "Liberation Sans", "Noto Sans")
WIDTHS = sorted({*range(320, 2561, 64), 1024, 1280, 1366, 1440, 1920})

#: Whether the menu stands in the header, is folded behind its button, or what is wrong with it.
MENU = """() => {
    const place = document.querySelector(".menu-place"), box = (e) => e.getBoundingClientRect();
    const items = [...document.querySelectorAll("#menu li")].filter((e) => e.checkVisibility()).map(box);
    const button = [...place.querySelectorAll(".menu-button")].filter((e) => e.checkVisibility()).map(box);
    const [name, header] = [".site-name", ".site-header .wrap"].map((part) => box(document.querySelector(part)));
    if (document.documentElement.scrollWidth > innerWidth) return "scrolls sideways";
    if (!items.length) {
        if (button.length !== 1) return `${button.length} buttons`;
        return button[0].left >= name.right && button[0].right <= innerWidth ? "folded" : "button out of place";
    }
    if (button.length) return "stands beside its button";
    if (new Set(items.map(({ top }) => top)).size > 1) return "on several rows";
    if (items[0].left < name.right) return "over the name";
    const inside = ({ right, top, bottom }) => right <= innerWidth && top >= header.top && bottom <= header.bottom;
    return items.every(inside) ? "stands" : "outside the header";
}"""


@pytest.fixture(params=FONTS)
def font(request) -> str:
    matcher = shutil.which("fc-match")
    if matcher is None:
        pytest.skip("fontconfig is not installed")
    command = [matcher, "-f", "%{family}", request.param]
    nearest = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if request.param not in nearest.split(","):
        pytest.skip(f"{request.param} is not installed")
    return request.param


@pytest.fixture
def show(demo, browser, font):
    """Opens an address in that font, on the narrowest screen."""
    context = browser.new_context(viewport={"width": 320, "height": 900}, bypass_csp=True)
    page = context.new_page()
    style = f":root {{ --text: '{font}' !important; --display: '{font}' !important; --mono: '{font}' !important }}"

    def show(address: str):
        page.goto(demo.url + address, wait_until="load")
        page.add_style_tag(content=style)
        return page

    yield show
    context.close()


def test_no_page_scrolls_sideways(demo, show):
    problems = {}
    for kind, address in addresses(demo).items():
        page = show(address)
        for check in (everyone.reflow, everyone.text_spacing, everyone.long_word):
            if wrong := check(page):
                problems[f"{check.__name__} on {kind}, {address}"] = wrong
    assert problems == {}


def test_no_page_scrolls_sideways_with_text_twice_as_large(demo, browser):
    """The reader's own size of text on a telephone (WCAG 1.4.4)."""
    flags = [*FLAGS, "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"]
    large = browser.browser_type.launch(executable_path=CHROMIUM, args=flags)
    page = large.new_page(viewport={"width": 390, "height": 844})
    problems = {}
    for kind, address in addresses(demo).items():
        page.goto(demo.url + address, wait_until="load")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        if wrong := everyone.reflow(page):
            problems[f"{kind}, {address}"] = wrong
    large.close()
    assert problems == {}


def test_the_menu_stands_on_one_row_or_is_folded(show):
    page = show("/")
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate(MENU)
    assert [state for _, state in sorted(found.items())] == sorted(found.values()), found  # folded, then standing
    assert (found[320], found[1024], found[1920], found[2560]) == ("folded", "folded", "stands", "stands")
    assert set(found.values()) == {"folded", "stands"}


def test_a_folded_menu_unfolds(show):
    page = show("/")
    page.click(".menu-place > .menu-button")
    assert page.locator("#menu a:visible").count() == page.locator("#menu a").count() > 0
    page.click("#menu .menu-button")
    assert page.locator("#menu a:visible").count() == 0
    page.set_viewport_size({"width": 1920, "height": 900})
    assert page.locator("#menu a:visible").count() == page.locator("#menu a").count()
    page.locator(".site-name").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelector('#menu a')")
