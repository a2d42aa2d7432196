"""The widget of docs/api.md, copied as it stands into a page of another origin, in a real browser."""

import re
import shutil
from pathlib import Path

import pytest
from django.test import Client

from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import DepartmentFactory
from tests.factories.photos import jpeg
from tests.strangers import body

DOCS = Path(__file__).resolve().parents[4] / "docs" / "api.md"
CHROMIUM = shutil.which("chromium")
HERE, ELSEWHERE = "https://portal.example", "https://chemistry.example"


def widget() -> str:
    (code,) = re.findall(r"```html\n(.*?)```", DOCS.read_text(), re.DOTALL)
    return code.replace("http://127.0.0.1:8000", HERE)


def answers(address: str) -> dict[str, dict]:
    """What the site answers to the widget's one call, and every picture it might then ask for."""
    found = {}
    call = Client().get(address.removeprefix(HERE), headers={"origin": ELSEWHERE})
    pictures = [source["url"] for item in call.json()["items"] for source in item["image"]["sources"]]
    for url, response in [(address, call), *((url, Client().get(url.removeprefix(HERE))) for url in pictures)]:
        found[url] = {
            "status": response.status_code,
            "headers": dict(response.headers),
            "body": body(response),
        }
    return found


def test_it_is_short():
    assert len(widget().splitlines()) <= 25


@pytest.mark.journey
@pytest.mark.django_db
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here")
def test_another_site_shows_four_of_one_department():
    from playwright.sync_api import sync_playwright

    edition, chem = make_exhibition(), DepartmentFactory(slug="chem")
    for number in range(5):
        photo = jpeg(640, 427, tone=number)
        make_entry("hung", exhibition=edition, department=chem, title=f"Picture {number}", photo=photo)
    make_entry("hung", exhibition=edition, title="Of another department")
    (address,) = re.findall(r'"(https://[^"]+)"', widget())
    given = answers(address)
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.route(f"{HERE}/**", lambda route: route.fulfill(**given[route.request.url]))
        page.route(f"{ELSEWHERE}/", lambda route: route.fulfill(body=widget(), content_type="text/html"))
        page.goto(f"{ELSEWHERE}/")
        page.wait_for_function("[...document.images].filter((image) => image.naturalWidth > 0).length === 4")
        captions = page.locator("figcaption").all_text_contents()
        alts = page.eval_on_selector_all("img", "images => images.map((image) => image.alt)")
        links = page.eval_on_selector_all("figure a", "links => links.map((link) => link.href)")
        browser.close()
    assert said == []
    # Playwright lets an answer given this way through whatever its headers say, so they are read here.
    assert given[address]["headers"]["Access-Control-Allow-Origin"] == "*"
    assert [caption.split(".")[0] for caption in captions] == ["Picture 4", "Picture 3", "Picture 2", "Picture 1"]
    assert all("Photo: Person" in caption and caption.endswith("CC BY 4.0") for caption in captions)
    assert alts == ["A glass flask with four necks glows against a black background."] * 4
    assert all(link.startswith(f"{HERE}/exhibitions/{edition.slug}/") for link in links)
