"""What a first look at the wall costs a telephone on a poor line: bytes, requests, movement, and no strangers."""

import gzip

WALL = "/exhibitions/steady-hands/"
FIRST_VIEW, MARKUP, STYLE, SCRIPT = 500_000, 40_000, 20_000, 25_000


def test_the_first_view_of_the_wall_stays_within_its_budgets(browser, demo) -> None:
    """Text counts as it is sent in production: compressed. The demo's own server sends it plain."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    page = context.new_page()
    complaints: list[str] = []
    spent = {"document": 0, "stylesheet": 0, "script": 0, "image": 0, "other": 0}
    answers: list = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: answers.append(answer))
    page.add_init_script("""
        window.shifted = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shifted += entry.value)))
            .observe({ type: "layout-shift", buffered: true });
    """)
    page.goto(demo.url + WALL, wait_until="networkidle")

    for answer in answers:
        kind, sent = answer.request.resource_type, answer.body()
        is_picture = answer.headers.get("content-type", "").startswith("image/") and "svg" not in answer.url
        spent[kind if kind in spent else "other"] += len(sent) if is_picture else len(gzip.compress(sent, 6))
    assert complaints == []
    assert {answer.url.split("/", 3)[2] for answer in answers} == {demo.url.split("/", 3)[2]}
    assert context.cookies() == []
    assert page.evaluate("window.shifted") == 0
    assert spent["image"] > 0
    assert sum(spent.values()) < FIRST_VIEW, spent
    assert spent["document"] < MARKUP, spent
    assert spent["stylesheet"] < STYLE, spent
    assert spent["script"] < SCRIPT, spent
    context.close()
