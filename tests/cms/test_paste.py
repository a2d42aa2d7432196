"""What the text editor is handed when a table is pasted into it, in a real browser."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.news import make_article
from tests.factories.people import administrator

CHROMIUM = shutil.which("chromium")
PASTED = """
<style>td { color: red }</style><p>Before <b>bold</b></p>
<table><caption>Dates</caption><tr><th>Day</th><th>Where</th></tr>
<tr><td> 1
 June </td><td></td><td><p>Foyer</p><p>upstairs</p></td></tr>
<tr><td>nested</td><td><table><tr><td>one</td><td>two</td></tr></table></td></tr></table>
<script>alert(1)</script><p>After</p>
"""


@pytest.mark.django_db
def test_every_page_editor_brings_it() -> None:
    client = Client()
    client.force_login(administrator())
    assert "cms/js/paste.js" in client.get(f"/admin/pages/{make_article().pk}/edit/").content.decode()


@pytest.mark.journey
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here")
def test_cells_do_not_glue_together() -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_content("<div class='public-DraftEditor-content' contenteditable></div><textarea></textarea>")
        page.add_script_tag(content=(Path(settings.ROOT) / "cms/static/cms/js/paste.js").read_text())

        def paste(place: str, html: str) -> list[str]:
            """The HTML that each listener on the page is handed."""
            return page.evaluate(
                """([place, html]) => {
                    const got = [];
                    document.body.onpaste = (event) => got.push(event.clipboardData.getData("text/html"));
                    const clipboardData = new DataTransfer();
                    clipboardData.setData("text/html", html);
                    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
                    document.querySelector(place).dispatchEvent(event);
                    return got;
                }""",
                [place, html],
            )

        (table,) = paste("div", PASTED)
        plain = paste("div", "<p>No table</p>")
        elsewhere = paste("textarea", PASTED)
        page.set_content(table)
        lines = [line for line in page.inner_text("body").splitlines() if line.strip()]
        bold = page.inner_text("b")
        browser.close()
    assert lines == [
        "Before bold",
        "Dates",
        "Day · Where",
        "1 June · Foyer upstairs",
        "nested · one · two",
        "After",
    ]
    assert (bold, plain, elsewhere) == ("bold", ["<p>No table</p>"], [PASTED])
