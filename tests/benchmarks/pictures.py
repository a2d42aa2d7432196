"""Makes the README's pictures of a running demo: `bin/demo` in one window, `bin/bench pictures` in another."""

import io
import os
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

SITE = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WALL = "/exhibitions/steady-hands/"
DESK, TELEPHONE = {"width": 1440, "height": 1500}, {"width": 390, "height": 844}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        save("wall", open_page(chromium, WALL, DESK))
        closer = open_page(chromium, WALL, {"width": 1440, "height": 900})
        closer.get_by_role("link", name="Crystal Weather").first.click()
        closer.locator(".plate img").click()
        closer.wait_for_selector("dialog[open]")
        closer.wait_for_timeout(1500)
        save("viewer", closer)
        save("home", open_page(chromium, "/", TELEPHONE, color_scheme="dark", device_scale_factor=2))
        chromium.close()


def open_page(chromium: Browser, path: str, viewport: dict, **how: object) -> Page:
    page = chromium.new_page(viewport=viewport, **how)
    page.goto(SITE + path, wait_until="networkidle")
    return page


def save(name: str, page: Page) -> None:
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        shot.convert("RGB").save(FOLDER / f"{name}.jpg", quality=82, optimize=True)
    print(FOLDER / f"{name}.jpg")


if __name__ == "__main__":
    main()
