"""gunicorn's own file: where processes count, and what is left of those that are gone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOADED = """
import runpy
print(runpy.run_path("gunicorn.conf.py")["COUNTS"])
"""


def start(temp: Path) -> Path:
    """Where a server that starts would count."""
    kept = {name: value for name, value in os.environ.items() if name != "PROMETHEUS_MULTIPROC_DIR"}
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOADED],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "cms.settings.test", "TMPDIR": str(temp)},
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(told.stdout.strip())


def ended_process() -> int:
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_counts_need_no_disk_and_those_of_processes_that_are_gone_go(tmp_path):
    """A memory map in a file that finds no block ends its process."""
    gone = tmp_path / f"portal-counts-{ended_process()}-abc"
    alive, odd = tmp_path / f"portal-counts-{os.getpid()}-abc", tmp_path / "portal-counts-old-abc"
    for folder in (gone, alive, odd):
        folder.mkdir()
        (folder / "counter_1.db").write_bytes(b"")
    first = start(tmp_path)
    assert first.parent == Path("/dev/shm")
    assert [folder.is_dir() for folder in (gone, alive, odd, first)] == [False, True, True, True]
    second = start(tmp_path)
    assert (first.is_dir(), second.is_dir()) == (False, True)
    shutil.rmtree(second)
