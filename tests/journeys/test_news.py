"""An editor writes a news item with a photograph, sees it as a phone shows it, and publishes it."""

from tests.journeys.test_main_path import sign_in

TITLE = "The kiln that would not cool"
STANDFIRST = "Three technicians, one stuck damper and a long Tuesday night."
WORDS = "By midnight we had it moving again, with a broom handle and patience."
LEAD, BODY = "#panel-child-content-lead_picture-section", "#panel-child-content-body-section"


def add(page, panel: str, block: str) -> None:
    page.locator(f"{panel} .c-sf-add-button").last.click()
    page.locator("[role=option]", has_text=block).last.click()


def test_an_editor_writes_checks_and_publishes_a_news_item(demo, page):
    page.set_viewport_size({"width": 1366, "height": 800})
    sign_in(page, demo, "editor", "/admin/")
    page.get_by_role("link", name="News item").click()
    page.fill("[name=title]", TITLE)
    page.fill("[name=standfirst]", STANDFIRST)
    add(page, LEAD, "Photograph from the exhibition")
    page.locator(LEAD).get_by_role("button", name="Choose a photograph").click()
    page.locator(".modal table a").first.click()
    chosen = page.locator(f"{LEAD} .chooser__title")
    chosen.wait_for()
    page.wait_for_function("document.querySelector('[data-chooser-image]').naturalWidth > 0")
    photo, credit = chosen.inner_text().removesuffix(")").split(" (", 1)
    add(page, BODY, "Paragraph")
    page.locator(f"{BODY} [contenteditable=true]").click()
    page.keyboard.type(WORDS)

    # The preview is as wide as a phone, and its checker finds what we left wrong.
    add(page, BODY, "Heading")
    page.locator("[data-side-panel-toggle=preview]").click()
    preview = page.frame_locator("#w-preview-iframe")
    preview.locator("h1", has_text=TITLE).wait_for()
    assert preview.locator("html").evaluate("() => innerWidth") == 375
    page.locator("[data-side-panel-toggle=checks]").click()
    page.get_by_text("Empty heading found").wait_for()
    page.locator(f"{BODY} [title=Delete]").last.click()
    page.get_by_text("Empty heading found").wait_for(state="hidden")

    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    page.locator(".messages .success").wait_for()

    item = demo.json("/api/v2/pages/?type=news.ArticlePage&fields=lead_picture,text&order=-first_published_at")
    mine = next(one for one in item["items"] if one["title"] == TITLE)
    picture = mine["lead_picture"][0]["value"]
    assert (picture["title"], picture["credit"]) == (photo, credit)
    assert mine["text"] == f"{STANDFIRST}\n\n{WORDS}"
    page.goto(f"{demo.url}/news/")
    page.get_by_role("link", name=TITLE).first.click()
    page.locator("h1", has_text=TITLE).wait_for()
    assert credit in page.locator("main").inner_text()
    assert page.locator(f'main img[alt="{picture["alt"]}"]').count() == 1
    assert TITLE in demo.get("/")[1].decode()
