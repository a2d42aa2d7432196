"""What the picture pipeline costs, beside libvips and beside a stock Wagtail doing the same work.

Contenders take turns, each in a process of its own, and the median of three counts: the machine has other things
to do. Peaks are the largest of the three.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "photos" / "v_45mp.jpg"
ROUNDS = 3
PICTURES = 4  # a worker's share when throughput is measured
OTHERS_AT_MOST = 0.2  # cores that others may use when throughput is judged
SMALL_PEAK, LARGE_PEAK = 250, 300  # MB at 24 and at 45 megapixels


def main() -> None:
    cores, load = os.cpu_count(), os.getloadavg()[0]
    print(f"Media, on {cores} cores (load before: {load:.1f}). Ten files a picture: five widths in AVIF and JPEG.")
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        _run("photographs", folder)
        small, large = Path(folder) / "24mp.jpg", Path(folder) / "45mp.jpg"
        for line in (*_ladders(small), *_memory(large), *_workers(small), *_wall()):
            print(line, flush=True)
    print(f"Load after: {os.getloadavg()[0]:.1f}.")


def _ladders(path: Path) -> Iterator[str]:
    """CPU and peak for one picture."""
    runs: dict[str, list[dict[str, Any]]] = {}
    for _ in range(ROUNDS):
        for name, command in {
            "ours": ("ours", path),
            "libvips": ("libvips", path, "progressive"),
            "libvips, baseline JPEG": ("libvips", path, "baseline"),
            "stock Wagtail": ("stock_wagtail", path),
        }.items():
            runs.setdefault(name, []).append(_run(*command))
    assert {run["files"] for found in runs.values() for run in found} == {10}
    cpu = {name: median(run["cpu"] for run in found) for name, found in runs.items()}
    peak = {name: max(run["peak"] for run in found) for name, found in runs.items()}
    size = {name: found[0]["bytes"] / 1e6 for name, found in runs.items()}

    def told(name: str) -> str:
        return f"{name}: {cpu[name]:.2f} CPU-s, {peak[name]:.0f} MB, {size[name]:.1f} MB of files"

    ours = told("ours")
    ratio = cpu["ours"] / cpu["libvips"]
    yield _line(ratio <= 1.25, f"{ratio:.2f} × libvips' CPU (≤ 1.25) at 24 megapixels", ours, told("libvips"))
    plain = "libvips, baseline JPEG"
    yield _line(None, f"{cpu['ours'] / cpu[plain]:.2f} × libvips' CPU if it made plain JPEGs", told(plain))
    ratio = cpu["stock Wagtail"] / cpu["ours"]
    yield _line(ratio >= 8, f"{ratio:.1f} × less CPU than stock Wagtail (≥ 8)", ours, told("stock Wagtail"))
    yield _peak("24 megapixels", peak["ours"], SMALL_PEAK)


def _memory(large: Path) -> Iterator[str]:
    for name, path in (("45 megapixels", large), ("45 megapixels, a real photograph", REAL)):
        if path.exists():
            yield _peak(name, max(_run("ours", path)["peak"] for _ in range(ROUNDS)), LARGE_PEAK)
        else:
            yield f"  not measured: {name} (no {path.name})"


def _workers(path: Path) -> Iterator[str]:
    """Pictures a minute of two processes at once, over those of one. Only a machine with nothing else to do can
    tell, so what others use of it meanwhile is counted too."""
    alone, together = [], []
    for _ in range(ROUNDS):
        alone.append(_share(path, processes=1))
        together.append(_share(path, processes=2))
    one, two = (median(share.pictures_a_minute for share in shares) for shares in (alone, together))
    cost = median(share.cpu for share in together) / median(share.cpu for share in alone)
    others = median(share.others for share in alone + together)
    met = None if others > OTHERS_AT_MOST and two / one < 1.8 else two / one >= 1.8
    yield _line(
        met,
        f"{two / one:.2f} × the pictures a minute with two workers (≥ 1.8)",
        f"one: {one:.0f} pictures a minute, two: {two:.0f}; a picture costs {cost:.2f} × the CPU beside another",
        f"meanwhile others used {others:.1f} cores" + (": too much for a verdict" if met is None else ""),
    )


@dataclass
class Share:
    """What some workers did at once. `others` is in cores, `cpu` in seconds a picture."""

    pictures_a_minute: float
    cpu: float
    others: float


def _share(path: Path, *, processes: int) -> Share:
    busy, started = _busy_seconds(), time.monotonic()
    told = [_answer(process) for process in [_start("ours", path, PICTURES) for _ in range(processes)]]
    seconds, pictures = time.monotonic() - started, PICTURES * processes
    cpu = sum(one["cpu"] for one in told)
    return Share(60 * pictures / seconds, cpu / pictures, max(0.0, (_busy_seconds() - busy - cpu) / seconds))


def _busy_seconds() -> float:
    """CPU seconds all cores have spent on anything since the machine started."""
    user, nice, system, _, _, irq, softirq, steal = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def _wall() -> Iterator[str]:
    runs = [_run("wall_page") for _ in range(ROUNDS)]
    first, warm = (median(run[name] for run in runs) for name in ("first", "warm"))
    yield _line(
        first <= 3 * warm and not any(run["encoding"] for run in runs),
        f"{first / warm:.2f} × a warm view: the first view of a wall after a hanging (≤ 3)",
        f"{1000 * first:.1f} ms and {1000 * warm:.1f} ms with {runs[0]['exhibits']} exhibits; nothing was encoded",
    )


def _peak(what: str, megabytes: float, limit: int) -> str:
    words = f"{megabytes / limit:.2f} × the {limit} MB a ladder may take at {what}"
    return _line(megabytes <= limit, words, f"{megabytes:.0f} MB")


def _line(met: bool | None, ratio: str, *numbers: str) -> str:
    verdict = {True: "met", False: "MISSED", None: "no verdict"}[met]
    return "\n".join([f"{ratio}: {verdict}", *(f"    {number}" for number in numbers)])


def _run(contender: str, *words: object) -> dict[str, Any]:
    return _answer(_start(contender, *words))


def _start(contender: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"tests.benchmarks.contenders.{contender}", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{process.args} ended with {process.returncode}")
    return json.loads(out.splitlines()[-1])


if __name__ == "__main__":
    main()
