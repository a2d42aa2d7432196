"""The demo, started as a newcomer starts it, and a real browser to walk through it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next((path for path in map(shutil.which, ("chromium", "chromium-browser")) if path), None)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
#: A first start takes in forty pictures and hangs thirty-three.
PATIENCE_SECONDS = 600


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is measured on the demo as it was seeded comes before the journeys that change it."""
    items.sort(key=lambda item: item.get_closest_marker("as_seeded") is None)


@dataclass
class Demo:
    folder: Path
    url: str
    process: subprocess.Popen

    def account(self, role: str) -> dict[str, str]:
        accounts = json.loads((self.folder / "var/demo-accounts.json").read_text())
        return next(account for account in accounts if account["role"] == role)

    def get(self, path: str) -> tuple[int, bytes]:
        """As a stranger, without following redirects to other sites."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=20) as answer:  # noqa: S310
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()

    def json(self, path: str) -> dict:
        status, body = self.get(path)
        assert status == 200, path
        return json.loads(body)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        own = {"DEMO": "1", "BASE_URL": self.url, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
        return subprocess.run(
            [str(self.folder / ".venv/bin/python"), "manage.py", *arguments],
            cwd=self.folder,
            env=os.environ | own,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`bin/demo` in a clone of its own, with this environment's packages."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    folder = tmp_path_factory.mktemp("newcomer") / "portal"
    left = shutil.ignore_patterns(".venv", "var", ".git", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, folder, ignore=left)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (folder / "demo.log").open("w")
    process = subprocess.Popen(
        [str(folder / "bin/demo")],
        cwd=folder,
        env=os.environ | {"PORT": str(port)},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    site = Demo(folder, f"http://127.0.0.1:{port}", process)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "Ready after" not in (folder / "demo.log").read_text():
        assert process.poll() is None, (folder / "demo.log").read_text()
        assert time.monotonic() < deadline, (folder / "demo.log").read_text()
        time.sleep(0.5)
    yield site
    process.send_signal(signal.SIGINT)
    process.wait(20)
    log.close()


@pytest.fixture(scope="module")
def browser() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser) -> Iterator:
    """A phone. Anything the console complains of fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # A page that is left before its transition began says so as an error; nobody sees anything of it. The last is
    # Wagtail's checker, which tells the console too of what it finds in a draft.
    expected = ("410 (Gone)", "404 (Not Found)", "422 (Unprocessable", "Transition was", "axe.run results")
    assert [text for text in complaints if not any(known in text for known in expected)] == []
