"""A tired technician finds out, on a phone, whether letters after the name are for them."""

QUESTIONS = 5


def answer_by_keyboard(page) -> None:
    """The first option of each question: tab to the choices, space, enter sends the form."""
    for number in range(1, QUESTIONS + 1):
        assert f"{number} of {QUESTIONS}" in page.locator("main form").inner_text()
        page.locator(".question input").first.focus()
        page.keyboard.press("Space")
        with page.expect_navigation():
            page.keyboard.press("Enter")


def test_what_it_costs_whom_to_ask_and_when_stand_within_two_screens(demo, page):
    page.goto(f"{demo.url}/registration/")
    for words in ("What we pay", "Who to ask", "Next writing session"):
        box = page.get_by_text(words, exact=True).bounding_box()
        assert box["y"] + box["height"] < 2 * 844, words
    assert "No date yet" not in page.locator("dl.terms").first.inner_text()


def test_five_answers_by_keyboard_and_back_again(demo, page):
    page.goto(f"{demo.url}/registration/which/")
    answer_by_keyboard(page)
    assert page.locator(".pick .letters").first.inner_text() == "RSciTech"
    page.get_by_role("link", name="Change “How long”").click()
    assert page.locator(".question input:checked").get_attribute("value") == "new"
    page.locator(".question input[value=long]").check()
    page.get_by_role("button", name="Go on").click()
    assert page.locator(".pick .letters").first.inner_text() == "RSciTech"
    assert "More than five years" in page.locator("section[aria-labelledby=answers]").inner_text()


def test_five_answers_without_scripts(demo, browser):
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo.url}/registration/which/")
    for value in ("creative", "long", "leading", "none", "none"):
        page.locator(f".question input[value={value}]").check()
        page.locator(".onward button").click()
    assert page.locator(".pick").count() >= 1
    page.goto(f"{demo.url}/registration/rscitech/")
    assert page.locator(".checklist li").count() == 5
    assert page.locator(".checklist input").count() == 0
    context.close()


def test_ticks_stay_in_this_browser(demo, page):
    page.goto(f"{demo.url}/registration/rscitech/")
    page.get_by_label("CV", exact=True).check()
    assert "1 of 5 collected" in page.locator(".checklist-count").inner_text()
    page.reload()
    assert page.get_by_label("CV", exact=True).is_checked()
    page.emulate_media(media="print")
    assert not page.locator(".site-header").is_visible()
    assert not page.get_by_role("button", name="Print this list").is_visible()
    assert page.locator(".checklist li").first.is_visible()
