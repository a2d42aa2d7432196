"""What can be checked by a script of whether everybody can use a page. Each check returns what is wrong, in words.

Scripts find perhaps a third of what gets in people's way; the accessibility statement says so.
"""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

#: Widths in CSS pixels with their colour schemes. 320 is also a 1280-pixel screen at 400 % (WCAG 1.4.10).
EVERY_VIEW = [(width, scheme) for width in (320, 768, 1440) for scheme in ("light", "dark")]
FEW_VIEWS = [(320, "dark"), (1440, "light")]

LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"

ASK = (Path(__file__).parent / "everyone.js").read_text().split("\n", 1)[1].strip()


def ask(page, what: str, *words: str):
    """One of the questions in everyone.js."""
    return page.evaluate(f"(words) => {{ const it = {ASK}; return it.{what}(...words); }}", list(words))


def axe(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found]


def reflow(page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} pixels to scroll sideways"] if wide > 0 else []


def text_spacing(page) -> list[str]:
    ask(page, "spaceOut")
    found = [f"cut off: {text}" for text in ask(page, "cutOff")] + reflow(page)
    page.evaluate("document.adoptedStyleSheets = []")
    return found


def long_word(page) -> list[str]:
    """The longest name of a place in place of each text, those of the menu too."""
    page.evaluate("document.querySelector('#menu')?.showPopover()")
    return ask(page, "brokenBy", LONG_WORD)


def targets(page) -> list[str]:
    return ask(page, "smallTargets")


def stillness(page) -> list[str]:
    page.emulate_media(reduced_motion="reduce")
    return [f"moves: {name}" for name in ask(page, "moving")]


def keyboard(page, most: int = 60) -> list[str]:
    """Tabs through the page: it starts at the skip link, every stop shows its focus and nothing lies over it."""
    found = []
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    for number in range(most):
        page.keyboard.press("Tab")
        stop = ask(page, "focused")
        if stop is None:
            break
        if number == 0 and "Skip" not in stop["name"]:
            found.append(f"starts at {stop['name']}")
        if not stop["seen"]:
            found.append(f"focus not seen: {stop['name']}")
        if not (stop["clear"] and stop["inView"]):
            found.append(f"focus hidden: {stop['name']}")
    return found


def forced_colours(page) -> list[str]:
    page.emulate_media(forced_colors="active")
    found = [f"no edge: {name}" for name in ask(page, "withoutEdge")]
    page.emulate_media(forced_colors="none")
    return found
