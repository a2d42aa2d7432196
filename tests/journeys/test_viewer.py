"""A visitor looks closely at photographs: by keyboard, by button and by finger, and without scripts."""

import re
import time

WALL = "/exhibitions/steady-hands/"
#: How much larger than whole the picture is seen, and where.
SEEN = """() => {
  const picture = document.querySelector("[data-stage] picture");
  const [x, y, scale] = picture.style.transform.match(/-?[\\d.]+/g).map(Number);
  return { x, y, scale };
}"""
STATUS = "dialog [data-status]"


def until(page, script: str, expected: object, seconds: float = 8) -> None:
    deadline = time.monotonic() + seconds
    while (found := page.evaluate(script)) != expected:
        assert time.monotonic() < deadline, f"{script} is {found!r}, not {expected!r}"
        page.wait_for_timeout(50)


def focused(page) -> str:
    return page.evaluate(
        "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText.trim()"
    )


def first_card(page, demo) -> str:
    """Opens the first photograph from the wall, and returns its title."""
    page.goto(demo.url + WALL)
    card = page.locator(".wall .card a").first
    title = card.locator(".card-title").inner_text()
    card.click()
    page.wait_for_url(re.compile(r"/exhibitions/steady-hands/\w+-[\w-]+/$"))
    assert page.locator("h1").inner_text() == title
    return title


def look(page) -> None:
    page.locator("[data-look]").press("Enter")
    until(page, "document.querySelector('dialog').open", True)
    page.wait_for_timeout(400)  # a view transition takes no keys


def test_from_the_wall_closer_and_on_to_the_next(demo, page):
    title = first_card(page, demo)
    first = page.url
    look(page)
    assert page.url == f"{first}#look"
    assert focused(page) == "Zoom in"
    assert page.locator("#viewer-title").inner_text() == title

    page.keyboard.press("+")
    assert page.evaluate(SEEN)["scale"] == 1.5
    until(page, f"document.querySelector('{STATUS}').textContent", "150 %")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SEEN)["x"] < 0
    page.click("[data-act=left]")
    assert page.evaluate(SEEN)["x"] == 0
    page.keyboard.press("0")
    until(page, f"document.querySelector('{STATUS}').textContent", "Whole picture")
    assert page.evaluate(SEEN) == {"x": 0, "y": 0, "scale": 1}
    page.click("[data-act=in]")
    page.click("[data-act=out]")
    assert page.evaluate(SEEN)["scale"] == 1
    assert not page.locator("[data-pan]").is_visible()
    page.locator("[data-stage]").dblclick()
    assert page.evaluate(SEEN)["scale"] == 2.5
    until(page, "parseInt(document.querySelector('[data-stage] img').sizes) > 900", True)
    page.keyboard.press("0")

    onward = page.locator("[data-turn=next]")
    following = onward.locator("[data-title]").inner_text()
    assert onward.inner_text().split() == ["Next:", *following.split()]
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('#viewer-title').textContent", following)
    second = page.url.removesuffix("#look")
    assert second not in (first, page.url)
    until(page, f"document.querySelector('{STATUS}').textContent.startsWith({following!r})", True)
    assert page.evaluate("document.querySelector('link[rel=canonical]').href") == second

    page.keyboard.press("Escape")
    until(page, "document.querySelector('dialog').open", False)
    until(page, "location.href", second)
    until(page, "document.activeElement.hasAttribute('data-look')", True)
    assert page.locator("h1").inner_text() == following

    page.go_back()
    page.wait_for_url(demo.url + WALL)


def test_back_closes_and_an_address_opens(demo, page):
    first_card(page, demo)
    address = page.url
    look(page)
    page.go_back()
    until(page, "document.querySelector('dialog').open", False)
    assert page.url == address
    page.goto("about:blank")
    page.goto(f"{address}#look")
    until(page, "document.querySelector('dialog').open", True)
    page.wait_for_timeout(400)
    page.click("[data-act=close]")
    until(page, "document.querySelector('dialog').open", False)
    assert page.url == address


def test_fingers_turn_and_zoom(demo, page):
    first_card(page, demo)
    look(page)
    title = page.locator("#viewer-title").inner_text()
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *points: tuple[int, int]) -> None:
        points_at = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points_at})

    fingers("touchStart", (180, 300), (210, 300))
    for wider in range(10, 60, 10):
        fingers("touchMove", (180 - wider, 300), (210 + wider, 300))
    fingers("touchEnd")
    assert page.evaluate(SEEN)["scale"] > 2
    page.click("[data-act=whole]")

    fingers("touchStart", (300, 300))
    for further in range(20, 160, 20):
        fingers("touchMove", (300 - further, 302))
    fingers("touchEnd")
    until(page, f"document.querySelector('#viewer-title').textContent !== {title!r}", True)


def test_looking_closer_is_for_everyone(demo, page):
    from axe_playwright_python.sync_playwright import Axe

    first_card(page, demo)
    page.emulate_media(reduced_motion="reduce")
    found = {}
    for width, scheme in ((320, "dark"), (768, "light"), (1440, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        for state in ("closed", "open", "closer"):
            if state == "open":
                look(page)
            elif state == "closer":
                page.keyboard.press("+")
            broken = [rule["id"] for rule in Axe().run(page).response["violations"]]
            small = page.evaluate(
                """() => [...document.querySelectorAll("dialog[open] :is(button, a)")]
                .filter((one) => one.offsetParent && Math.min(one.offsetWidth, one.offsetHeight) < 44)
                .map((one) => one.outerHTML)"""
            )
            if page.evaluate("document.documentElement.scrollWidth") > width:
                broken.append("scrolls sideways")
            if broken or small:
                found[f"{state} at {width} {scheme}"] = broken + small
        page.keyboard.press("Escape")
        until(page, "document.querySelector('dialog').open", False)
    assert found == {}


def test_without_scripts_everything_is_there(demo, browser):
    item = demo.json("/api/gallery/v1/exhibits/?limit=1&licence=cc-by-4.0")["items"][0]
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(item["url"])
    box = page.locator(".plate img").bounding_box()
    assert box["height"] <= 800
    for words in (item["title"], item["caption"], item["credit"], item["licence"]["label"], "Take a copy"):
        assert page.get_by_text(words, exact=False).first.is_visible(), words
    assert page.locator("main button:visible").count() == 0
    assert not page.locator("dialog").is_visible()
    with page.expect_download() as download:
        page.locator("a[download]").first.click()
    assert download.value.suggested_filename.endswith(".jpg")
    context.close()
