"""A photograph goes from a technician's phone to the wall and to other sites, and back again.

In a real browser, with a real worker, on the demo as a newcomer starts it.
"""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable

import pytest

from tests.factories.photos import jpeg
from tests.pins.pinned import assert_as_pinned

CALL = "in-the-making"
TITLE = "Nine Minutes of Solder"
ALT = "A bead of liquid solder climbs a copper wire on a green circuit board, lit from the left."
HIDDEN = ("p10", "p14", "p22", "p24", "p30", "p34", "p38")


def wait_for(what: str, check: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds} s"
        time.sleep(0.3)


def content(demo) -> dict[str, dict]:
    photos = json.loads((demo.folder / "home/demo/content.json").read_text())["photos"]
    return {photo["id"]: photo for photo in photos}


def sign_in(page, demo, role: str, then: str) -> None:
    account = demo.account(role)
    page.context.clear_cookies()
    page.goto(f"{demo.url}/accounts/login/?next={then}")
    page.fill("input[name=login]", account["email"])
    page.fill("input[name=password]", account["password"])
    page.keyboard.press("Enter")
    page.wait_for_url(demo.url + then)


def test_the_demo_opens_with_its_wall_and_hides_what_is_not_cleared(demo, page):
    photos = content(demo)
    page.goto(f"{demo.url}/exhibitions/steady-hands/")
    assert page.locator("h1").inner_text() == "Steady Hands"
    assert page.locator("#main li picture img").count() == 24
    listed = demo.json("/api/gallery/v1/exhibits/?limit=100")["items"]
    titles = {item["title"] for item in listed}
    hung = {photo["title"] for photo in photos.values() if photo["status"] in {"approved", "archived"}}
    assert titles == hung - {photos["p07"]["title"]}
    assert photos["p07"]["title"] in page.locator("#main").inner_text()


@pytest.mark.as_seeded
def test_check_public_finds_nothing(demo):
    answer = demo.manage("check_public")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert_as_pinned("check_public", {"says": answer.stdout})
    assert answer.stdout in (demo.folder / "README.md").read_text()
    assert "Nothing uncleared, no forbidden metadata." in answer.stdout
    assert "Credit 100%, licence 100%, description 100%." in answer.stdout


def test_no_public_file_carries_what_exiftool_would_find(demo):
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    tags = (
        "GPS:all XMP-exif:GPS* ThumbnailImage *SerialNumber* OwnerName MakerNotes:all UserComment Comment".split()
    )
    command = ["exiftool", "-q", "-r", "-j", "-G1", *(f"-{tag}" for tag in tags), str(demo.folder / "var/public")]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout or "[]")
    assert [file for file in found if set(file) - {"SourceFile"}] == []
    assert len(list((demo.folder / "var/public").rglob("*.avif"))) > 100


PUBLIC_PAGES = ("/", "/exhibitions/", "/exhibitions/steady-hands/", "/exhibitions/in-the-making/", "/about/")
OTHER_PAGES = ("/search/?q=glass", "/search/?q=zebrafish", "/not-there/", "/demo/", "/accounts/login/")


def test_every_page_is_for_everyone(demo, page):
    """No axe violations, nothing to scroll sideways, on a small phone in the dark and on a desk."""
    from axe_playwright_python.sync_playwright import Axe

    exhibit = demo.json("/api/gallery/v1/exhibits/?limit=1")["items"][0]["url"].removeprefix(demo.url)
    found = {}
    for width, scheme in ((320, "dark"), (1440, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        for path in (*PUBLIC_PAGES, *OTHER_PAGES, exhibit):
            page.goto(demo.url + path, wait_until="load")
            broken = [rule["id"] for rule in Axe().run(page).response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                broken.append("scrolls sideways")
            if broken:
                found[f"{path} at {width}"] = broken
    assert found == {}


def test_from_the_phone_to_the_wall_and_back(demo, page, tmp_path):
    photo = tmp_path / "IMG_2026.jpg"
    photo.write_bytes(jpeg(2400, 1600, tone=140))

    # The photographer leaves something out. The picture and every word are kept.
    sign_in(page, demo, "photographer", f"/exhibitions/{CALL}/enter/")
    page.set_input_files("input[name=photo]", str(photo))
    page.fill("[name=title]", TITLE)
    page.fill("[name=caption]", "The iron came off nine minutes ago, and the joint is still deciding.")
    page.fill("[name=technique]", "A macro lens and a desk lamp.")
    page.fill("[name=taken_on]", "2026-10")
    page.check("[name=category][value=hands-at-work]", force=True)
    page.check("[name=people][value=none]", force=True)
    for name in ("place", "safety", "confidential", "rights"):  # nobody is in it, so nobody is asked for
        page.check(f"[name=clear_{name}][value=yes]", force=True)
    page.check("[name=licence][value='cc-by-4.0']", force=True)
    page.click("button[name=action][value=submit]")
    page.wait_for_selector("p.problem >> text=Please describe the picture")
    assert page.input_value("[name=title]") == TITLE
    page.fill("[name=alt_text]", ALT)
    page.click("button[name=action][value=submit]")
    page.wait_for_url(re.compile(r"/desk/entries/\d+/"))
    entry = re.search(r"/desk/entries/(\d+)/", page.url)[1]
    assert "In review" in page.locator("#main").inner_text()
    assert TITLE not in demo.get(f"/exhibitions/{CALL}/")[1].decode()

    # A moderator finds it on the dashboard, and is not let off without a reason.
    sign_in(page, demo, "moderator", "/admin/")
    assert TITLE in page.locator("main").inner_text()
    page.goto(f"{demo.url}/admin/snippets/gallery/entry/edit/{entry}/")
    wait_for("the preview", lambda: page.evaluate(PREVIEW_IS_THERE) or (bool(page.reload()) and False))
    page.fill("textarea[name=reason]", "")
    page.click("button[name=action][value=approve]")
    page.wait_for_selector("[data-problem] >> text=Please give a reason")
    page.fill("textarea[name=reason]", "Everything is cleared. Lovely light.")
    page.click("button[name=action][value=approve]")
    page.wait_for_url(lambda url: f"/{entry}/" not in url or "problem" not in url)

    # The worker hangs it: on the wall, on its own page, in search and in both APIs.
    def shared() -> list[dict]:
        return [
            item for item in demo.json("/api/gallery/v1/exhibits/?order=newest")["items"] if item["title"] == TITLE
        ]

    wait_for("hanging", lambda: len(shared()) == 1)
    exhibit = shared()[0]
    path = exhibit["url"].removeprefix(demo.url)
    assert (exhibit["alt"], exhibit["licence"]["code"], exhibit["image"]["width"]) == (ALT, "cc-by-4.0", 2400)
    for address in (f"/exhibitions/{CALL}/", "/", "/search/?q=solder+nine", path, "/api/v2/exhibits/?limit=100"):
        assert TITLE in demo.get(address)[1].decode(), address
    files = [source["url"].removeprefix(demo.url) for source in exhibit["image"]["sources"]]
    assert [demo.get(file)[0] for file in files] == [200] * len(files)
    page.goto(f"{demo.url}{path}")
    assert page.locator("h1").inner_text() == TITLE

    # The photographer takes it back, and it is gone everywhere.
    sign_in(page, demo, "photographer", f"/desk/entries/{entry}/")
    page.goto(f"{demo.url}/desk/entries/{entry}/withdraw/")
    page.click("form button.danger")
    page.wait_for_url(lambda url: not url.endswith("/withdraw/"))
    assert demo.get(path)[0] == 410
    assert TITLE not in demo.get(path)[1].decode()
    assert demo.get(f"/api/gallery/v1/exhibits/{exhibit['id']}/")[0] == 410
    wait_for("the files to go", lambda: {demo.get(file)[0] for file in files} == {410})
    changes, more = [], "/api/gallery/v1/changes/?limit=100"
    while more:
        answer = demo.json(more)
        changes += answer["items"]
        more = (answer["next"] or "").removeprefix(demo.url) if answer["items"] else ""
    mine = [change for change in changes if change["id"] == exhibit["id"]]
    assert mine[-1]["kind"] == "removed"
    assert all(TITLE not in json.dumps(change) for change in mine)
    for address in (f"/exhibitions/{CALL}/", "/", "/search/?q=solder+nine", "/api/v2/exhibits/?limit=100"):
        assert TITLE not in demo.get(address)[1].decode(), address

    # Everybody got kind mails, which the demo shows.
    def subjects() -> str:
        return demo.get("/demo/mail/")[1].decode()

    expected = ["We have your photograph", "Approved", "On the wall", "Withdrawn"]
    wait_for("the mails", lambda: all(f"{subject}: {TITLE}" in subjects() for subject in expected))


#: The large picture of the review screen has arrived.
PREVIEW_IS_THERE = """() => [...document.images].some(image => image.complete && image.naturalWidth >= 1000)"""


def test_nothing_broke_on_the_way(demo):
    log = (demo.folder / "var/demo-web.log").read_text() + (demo.folder / "var/demo-worker.log").read_text()
    assert "Traceback" not in log
    assert "Internal Server Error" not in log
