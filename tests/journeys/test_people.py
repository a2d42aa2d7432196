"""A technician hides their page on the desk and it is gone; they show it again and it is back."""

TICK = "input[name=profile_public]"


def sign_in(page, demo) -> None:
    account = demo.account("photographer")
    page.context.clear_cookies()
    page.goto(f"{demo.url}/accounts/login/?next=/desk/profile/")
    page.fill("[name=login]", account["email"])
    page.fill("[name=password]", account["password"])
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/desk/profile/")


def save(page, *, shown: bool) -> None:
    page.set_checked(TICK, shown)
    page.click("button[value=save]")
    page.wait_for_selector(".messages .good")
    assert page.is_checked(TICK) is shown


def test_hide_my_profile_and_see_it_gone(demo, page):
    sign_in(page, demo)
    path = page.get_attribute("text=See your page", "href")
    name = demo.account("photographer")["name"]
    page.click("text=See your page")
    assert page.inner_text("h1").startswith(name)

    page.goto(f"{demo.url}/desk/profile/")
    try:
        save(page, shown=False)
        assert "gone, from everywhere" in page.inner_text(".messages")
        assert demo.get(path)[0] == 404
        assert f">{name}<" not in demo.get("/people/")[1].decode()
        assert name not in [person["name"] for person in demo.json("/api/v2/people/?limit=20")["items"]]
        page.goto(f"{demo.url}{path}?past-the-cache")  # the browser may keep its copy for half a minute
        page.click("text=Meet the others")
        page.wait_for_url("**/people/")
        assert page.locator(".person").count() > 10
    finally:
        page.goto(f"{demo.url}/desk/profile/")
        save(page, shown=True)
    assert demo.get(path)[0] == 200
