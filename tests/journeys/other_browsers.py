"""Firefox and WebKit, driven by the little that the journeys ask of them: go to a page, run a script there.

Firefox speaks WebDriver BiDi by itself; WebKitGTK comes with a driver that speaks WebDriver and needs a screen.
"""

import json
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from itertools import count
from pathlib import Path

import websocket

PATIENCE_SECONDS = 60


class Firefox:
    """`prefs` are set before it starts. `complaints` are the errors of its console."""

    program = shutil.which("firefox-esr") or shutil.which("firefox")

    def __init__(self, folder: Path, prefs: dict[str, object]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in prefs.items())
        (folder / "user.js").write_text("\n".join(lines))
        log = folder / "firefox.log"
        command = [self.program, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port=0"]
        with log.open("w") as file:
            self.process = subprocess.Popen([*command, "about:blank"], stdout=file, stderr=subprocess.STDOUT)
        address = _wait(lambda: re.search(r"BiDi listening on (ws://\S+)", log.read_text()))[1]
        self.socket = websocket.create_connection(
            f"{address}/session", timeout=PATIENCE_SECONDS, suppress_origin=True
        )
        self.numbers, self.complaints = count(1), list[str]()
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        self.context = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def resize(self, width: int, height: int) -> None:
        self._ask("browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height})

    def goto(self, address: str) -> None:
        self._ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def run(self, body: str) -> object:
        """What the `body` of a function returns, once it is settled."""
        wrapped = f"(async () => JSON.stringify(await (async () => {{ {body} }})() ?? null))()"
        answer = self._ask(
            "script.evaluate", expression=wrapped, target={"context": self.context}, awaitPromise=True
        )
        if answer["type"] == "exception":
            raise AssertionError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def close(self) -> None:
        with suppress(OSError, websocket.WebSocketException):
            self._ask("browser.close")
        self.socket.close()
        self.process.terminate()
        self.process.wait(20)

    def _ask(self, method: str, **parameters: object) -> dict:
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self.socket.recv())
            if told.get("method") == "log.entryAdded" and told["params"]["level"] == "error":
                self.complaints.append(told["params"]["text"])
            if told.get("id") == number:
                if told["type"] == "error":
                    raise AssertionError(f"{method}: {told['message']}")
                return told["result"]


class WebKit:
    """WebKitGTK's small browser, on a screen of its own."""

    program = shutil.which("WebKitWebDriver")
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-*/MiniBrowser"))

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/session"
        command = ["xvfb-run", "--auto-servernum", self.program, f"--port={port}"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        options = {"binary": str(self.browsers[-1]), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}}
        self.address += "/" + _wait(lambda: self._ask("", {"capabilities": wanted}))["sessionId"]

    def resize(self, width: int, height: int) -> None:
        self._ask("/window/rect", {"width": width, "height": height})

    def goto(self, address: str) -> None:
        self._ask("/url", {"url": address})

    def run(self, body: str) -> object:
        return self._ask("/execute/sync", {"script": f"return (async () => {{ {body} }})()", "args": []})

    def close(self) -> None:
        with suppress(OSError):
            urllib.request.urlopen(urllib.request.Request(self.address, method="DELETE"), timeout=10)  # noqa: S310
        subprocess.run(["pkill", "--session", str(self.process.pid)], check=False)
        self.process.wait(20)

    def _ask(self, path: str, answer: dict) -> dict:
        asked = urllib.request.Request(  # noqa: S310
            self.address + path, json.dumps(answer).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE_SECONDS) as told:  # noqa: S310
                return json.load(told)["value"]
        except urllib.error.HTTPError as refused:
            raise AssertionError(refused.read().decode()) from refused


def _wait(look):
    """Whatever `look` finds; until then it may find nothing or be refused."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with suppress(OSError):
            if found := look():
                return found
        if time.monotonic() > deadline:
            raise TimeoutError("The browser did not start.")
        time.sleep(0.2)
