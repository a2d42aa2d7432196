"""Every kind of page, for everyone. A few views of each in every run; all of them, written down for the
accessibility statement, with `EVERYONE=all bin/test tests/journeys/test_everyone.py`.
"""

import datetime as dt
import json
import os
import re
from pathlib import Path

import pytest

from . import everyone

ALL = os.environ.get("EVERYONE") == "all"
RESULTS = Path(__file__).resolve().parents[2] / "home" / "pages" / "accessibility.json"
#: Addresses that are not pages of the tree.
OTHERS = (
    "/search/?q=glass",
    "/search/?q=zebrafish",
    "/feeds/",
    "/forms/report/?about=/",
    "/accounts/login/",
    "/not-there/",
    "/demo/components/",
)


def addresses(demo) -> dict[str, str]:
    """One address for each kind of page: the first of each type in the tree, a photograph, a person, the rest."""
    kinds: dict[str, str] = {}
    offset = 0
    while True:
        answer = demo.json(f"/api/v2/pages/?limit=100&offset={offset}")
        for page in answer["items"]:
            kinds.setdefault(page["meta"]["type"], page["meta"]["html_url"].removeprefix(demo.url))
        offset += 100
        if offset >= answer["meta"]["total_count"]:
            break
    exhibit = demo.json("/api/gallery/v1/exhibits/?limit=1")["items"][0]["url"].removeprefix(demo.url)
    kinds |= {"exhibit": exhibit, **{address: address for address in OTHERS}}
    for kind, listing in (("profile", "/people/"), ("department", "/departments/")):
        links = re.findall(rf'href="({listing}(?!facilities)[a-z0-9-]+/)"', demo.get(listing)[1].decode())
        if links:
            kinds[kind] = links[0]
    return kinds


@pytest.fixture(scope="module")
def found(demo, browser) -> dict:
    """Problems of every check, by kind of page and view."""
    problems: dict[str, dict[str, list[str]]] = {}
    seen = addresses(demo)
    for width, scheme in everyone.EVERY_VIEW if ALL else everyone.FEW_VIEWS:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        checks = [everyone.axe, everyone.reflow]
        if scheme == "light" or not ALL:
            checks += [everyone.targets, everyone.text_spacing]
        if scheme == "light":
            checks += [everyone.keyboard, everyone.forced_colours, everyone.stillness]
        for kind, address in seen.items():
            page.goto(demo.url + address, wait_until="load")
            for check in checks:
                if wrong := check(page):
                    problems.setdefault(check.__name__, {})[f"{kind} at {width}, {scheme}"] = wrong
            page.emulate_media(reduced_motion="no-preference")
        context.close()
    if ALL:
        RESULTS.write_text(json.dumps(report(seen, problems), indent=1, ensure_ascii=False) + "\n")
    return problems


def report(seen: dict[str, str], problems: dict) -> dict:
    names = "axe reflow targets text_spacing keyboard forced_colours stillness".split()
    return {
        "date": dt.date.today().isoformat(),  # noqa: DTZ011
        "kinds_of_page": len(seen),
        "widths": sorted({width for width, _ in everyone.EVERY_VIEW}),
        "checks": {name: sum(len(wrong) for wrong in problems.get(name, {}).values()) for name in names},
    }


@pytest.mark.parametrize(
    "check", ["axe", "reflow", "targets", "text_spacing", "keyboard", "forced_colours", "stillness"]
)
def test_every_kind_of_page(found, check):
    assert found.get(check, {}) == {}
