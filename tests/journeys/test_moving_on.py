"""Somebody asks for a mentor on a phone, forgets something, and the co-ordinator has it in the queue."""

from tests.journeys.test_main_path import sign_in, wait_for

HOPES = "I run the concrete laboratory alone, and from March there are two of us."


def test_a_gap_loses_nothing_and_the_form_reaches_the_queue_and_the_mailbox(demo, page):
    page.goto(f"{demo.url}/development/mentoring/")
    page.click("text=I would like a mentor")
    page.fill("[name=name]", "Owain Merridew-Pugh")
    page.fill("[name=hopes]", HOPES)
    page.click("text=Send it")
    assert page.locator("#mistakes").inner_text().count("Please give us an address") == 1
    assert page.input_value("[name=hopes]") == HOPES
    assert page.is_checked("[name=role][value=mentee]")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    page.click("#mistakes a")
    assert page.evaluate("document.activeElement.name") == "email"
    page.keyboard.type("owain.merridew-pugh@calderwick.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forms/mentoring/thanks/**")
    wait_for("the mail", lambda: b"We have your mentoring form" in demo.get("/demo/mail/")[1])
    assert HOPES.encode() not in demo.get("/development/mentoring/")[1]

    sign_in(page, demo, "curator", "/admin/mentoring/")
    page.click("text=Owain Merridew-Pugh")
    assert HOPES in page.locator("blockquote").inner_text()
