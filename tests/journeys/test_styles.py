"""How every kind of page looks on a desk, in values that depend neither on the fonts of the machine nor on how long
its texts are. Style sheets can be joined, split and renamed as long as this stays.

Photographs are found by title: their addresses are new in each demo. Its dates move with the day it is seeded on;
of these pages only the calendar's months look different for that, so four of them are measured together.
"""

import datetime as dt
import hashlib

import pytest

from tests.pins.pinned import assert_as_pinned

pytestmark = pytest.mark.as_seeded

PHOTOGRAPH = "Breath and Flame"
PAGES = """
/ /search/?q=glass /feeds/ /accounts/login/ /accessibility/ /demo/
/exhibitions/ /people/ /people/adaeze-okonjo-marsh/
/events/ /events/technicians-festival-2026/
/news/ /news/made-visible-first-technicians-exhibition-opens/
/stories/ /stories/if-the-experiment-held-its-temperature-that-was-me/
/registration/ /registration/which/ /registration/rscitech/
/development/ /development/mentoring/ /development/apprenticeships/ /development/funding/
/our-commitment/ /our-commitment/first-self-assessment-2020/ /our-commitment/visibility/
/our-commitment/steering-group/
""".split()
PROPERTIES = """
color background-color text-decoration-line
font-size font-weight line-height text-align text-transform list-style-type
display position flex-wrap justify-content align-items grid-template-columns column-gap row-gap max-width
margin-top margin-right margin-bottom margin-left padding-top padding-right padding-bottom padding-left
border-top-width border-right-width border-bottom-width border-left-width border-top-left-radius
border-top-style border-right-style border-bottom-style border-left-style border-top-color
""".split()
#: Its greatest width is so many letters, and letters are as wide as the font makes them.
AS_WIDE_AS_LETTERS = ".ladder-steps .full"

#: Computed values, not those getComputedStyle resolves: margins and columns stay as they are written, however wide
#: they come out. Returns `tag.class.class` → every set of values an element of that name has.
#: The menu is folded first: whether it fits is a question of the font.
STYLES = """([properties, letters]) => {
    document.querySelector(".menu-ruler")?.style.setProperty("width", "100%");
    const styles = {};
    for (const element of document.querySelectorAll("body, body *")) {
        if (["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT"].includes(element.tagName)) continue;
        const name = [element.localName, ...[...element.classList].sort()].join(".");
        const computed = element.computedStyleMap();
        const values = properties.map((property) =>
            property === "max-width" && element.matches(letters) ? "" : String(computed.get(property)));
        (styles[name] ??= new Set()).add(values.join(" | "));
    }
    return Object.fromEntries(Object.entries(styles).map(([name, values]) => [name, [...values]]));
}"""


def months() -> list[str]:
    """From the month after the next one on: in the next, today may still be seen."""
    today = dt.date.today()  # noqa: DTZ011
    numbers = [today.year * 12 + today.month - 1 + later for later in (2, 3, 4, 5)]
    return [f"/events/?month={number // 12}-{number % 12 + 1:02}" for number in numbers]


def test_every_kind_of_page_looks_as_it_did(demo, browser):
    exhibits = demo.json("/api/gallery/v1/exhibits/?limit=100")["items"]
    photograph = next(exhibit["url"] for exhibit in exhibits if exhibit["title"] == PHOTOGRAPH)
    kinds = {path: [path] for path in PAGES}
    kinds |= {"/events/?month=": months(), PHOTOGRAPH: [photograph.removeprefix(demo.url)]}
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    found = {}
    for kind, paths in kinds.items():
        styles: dict[str, set[str]] = {}
        for path in paths:
            answer = page.goto(demo.url + path, wait_until="load")
            assert answer.status == 200, path
            for name, values in page.evaluate(STYLES, [PROPERTIES, AS_WIDE_AS_LETTERS]).items():
                styles.setdefault(name, set()).update(values)
        found[kind] = {name: short_hash(values) for name, values in styles.items()}
    context.close()
    assert_as_pinned("styles", found, line=100_000)


def short_hash(values: set[str]) -> str:
    return hashlib.sha256("\n".join(sorted(values)).encode()).hexdigest()[:8]
