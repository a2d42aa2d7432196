"""A moderator decides without a mouse: keys act at once, say what they do, and an approval can be called back."""

from tests.journeys.test_main_path import sign_in


def test_approved_called_back_and_approved_by_key(demo, page):
    sign_in(page, demo, "moderator", "/admin/")
    page.goto(f"{demo.url}/admin/snippets/gallery/entry/?state=in-review")
    page.get_by_role("link", name="Plant Room Score").first.click()
    page.get_by_label("Use keys").check()
    said = page.locator("[data-keys-said]")

    page.keyboard.press("a")  # though the focus is still in the tick box
    assert said.inner_text() == "Approving in 10 seconds. Esc calls it back, A again does it now."
    assert page.locator("[data-reason]").input_value().startswith("Thank you: clear")
    page.keyboard.press("Escape")
    assert said.inner_text() == "Called back. Nothing was decided."

    page.locator("[data-reason]").fill("")
    page.keyboard.press("h")  # typed into the box, where it is a letter
    assert page.locator("[data-reason]").input_value() == "h"
    page.locator("[data-reason]").fill("")
    page.locator(".review-title").click()
    page.keyboard.press("h")
    assert said.inner_text() == "Put on hold: say what to do, then press Ctrl and Enter."
    assert page.evaluate("document.activeElement.matches('[data-reason]')")

    page.locator(".review-title").click()
    page.keyboard.press("a")
    page.keyboard.press("a")
    page.get_by_text("Not approved yet: something is still open.").wait_for()  # the same rules as for the button
