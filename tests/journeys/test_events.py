"""From the calendar on a telephone to one event, and into the telephone's own calendar."""

import datetime as dt

from icalendar import Calendar


def test_from_the_calendar_to_an_event_and_its_file(demo, page):
    page.goto(f"{demo.url}/events/")
    first = page.locator(".event-row h3 a").first
    title = first.inner_text()
    day = page.locator(".event-row time").first.get_attribute("datetime")[:10]

    # By month: a list of days on a telephone, with real links to the months before and after.
    page.goto(f"{demo.url}/events/?month={day[:7]}")
    assert page.locator("table.month td:visible a").first.inner_text() == title
    assert page.locator("table.month td.free:visible").count() == 0
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator("table.month td.free:visible").count() > 20
    page.set_viewport_size({"width": 390, "height": 844})

    page.locator("table.month td:visible a").first.click()
    page.wait_for_selector("h1")
    assert page.locator("h1").inner_text() == title
    file = page.locator("a.button[href$='.ics']").get_attribute("href")
    status, body = demo.get(file)
    assert status == 200
    (entry,) = Calendar.from_ical(body).events
    assert (str(entry["summary"]), entry.start.date()) == (title, dt.date.fromisoformat(day))


def test_events_and_the_commitment_are_for_everyone(demo, page):
    """No axe violations and nothing to scroll sideways, on a small phone in the dark and on a desk."""
    from axe_playwright_python.sync_playwright import Axe

    paths = ("/events/", "/events/technicians-festival-2027/", "/our-commitment/", "/our-commitment/visibility/")
    plan = "/our-commitment/action-plan-2024-to-2027/"
    found = {}
    for width, scheme in ((320, "dark"), (1440, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        for path in (*paths, plan, f"{plan}?status=late"):
            assert page.goto(demo.url + path, wait_until="load").status == 200
            broken = [rule["id"] for rule in Axe().run(page).response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                broken.append("scrolls sideways")
            if broken:
                found[f"{path} at {width}"] = broken
    assert found == {}
