"""Pages keep their shape whatever font the reader's machine has, and however long a word is."""

import shutil
import subprocess

import pytest

from . import everyone
from .test_everyone import addresses

#: A wide one, a narrow one, and the one that Linux desktops most often have.
FONTS = ("DejaVu Sans", "Liberation Sans", "Noto Sans")


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
