"""How much memory each process of the installation has had at most, as docs/measured.md says."""

import contextlib
import os
import threading
import time
from pathlib import Path

import pytest

from tests.bad_days.house import ENTER, SLUG, House, noise, until

pytestmark = pytest.mark.drama
#: What docs/deployment.md counts on, in MB, with room for another Python.
MOST = {"web": 250, "worker": 250, "timer": 250, "picture": 600}


class Watch(threading.Thread):
    """Of the house's processes: the largest each kind has been, in MB."""

    def __init__(self, house: House) -> None:
        super().__init__(daemon=True)
        self.house, self.peaks, self.over = house, dict.fromkeys(MOST, 0), False

    def run(self) -> None:
        while not self.over:
            sessions = {process.pid for process in self.house.processes}
            for entry in Path("/proc").glob("[0-9]*"):
                with contextlib.suppress(OSError, ValueError):
                    if os.getsid(int(entry.name)) in sessions:
                        self.look(entry)
            time.sleep(0.05)

    def look(self, entry: Path) -> None:
        words = (entry / "cmdline").read_text().split("\0")
        kinds = {"gunicorn": "web", "cms.images.sandbox": "picture", "work": "worker", "tend": "timer"}
        kind = next((kinds[word] for word in words if word in kinds), None)
        lines = (entry / "status").read_text().splitlines()
        peaks = [
            int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")
        ]  # one that has ended: none
        if kind is not None:
            self.peaks[kind] = max(self.peaks[kind], *peaks, 0)


def test_what_each_process_has_at_most(house: House, capsys):
    watch = Watch(house)
    house.web()
    house.worker()
    watch.start()
    owner = house.someone("ned@portal.example")
    assert owner.send(ENTER, photo=noise(6000, 4000), title="Large", action="save").status == 302
    [entry] = house.act("photograph('approved', by='ned@portal.example', slow=True)")
    until("hung", lambda: house.hung(entry))
    for path in ("/", f"/exhibitions/{SLUG}/", "/api/gallery/v1/exhibits/", "/desk/", "/search/?q=glass"):
        for _ in range(20):
            assert owner.ask(path).status == 200
    assert house.start("manage.py", "tend").wait(60) == 0
    watch.over = True
    watch.join()
    with capsys.disabled():
        print(f"\n  peaks in MB: {watch.peaks}")
    assert {kind: peak for kind, peak in watch.peaks.items() if not 0 < peak < MOST[kind]} == {}
