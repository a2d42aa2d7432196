"""What a page of the wall costs: beside the least a Django view could do, and beside a stock Wagtail page.

Contenders take turns, each in a process of its own. CPU is the web process's own, the least of many goes: what else
runs on the machine only adds to it. PostgreSQL when DATABASE_URL names one, SQLite in memory otherwise. Then what
nginx answers from its second of cache.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.contenders import front

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3
FEW, MANY = 30, 3000
LEAST, STOCK, QUERIES, CACHED = 11, 5, 3, 5000


def main() -> None:
    print(f"The wall, on {os.cpu_count()} cores (load before: {os.getloadavg()[0]:.1f}).")
    print(f"A page of 24, of {FEW} pictures and of {MANY}.")
    runs: dict[str, list[dict[str, Any]]] = {}
    for _ in range(ROUNDS):
        for name, words in {"ours": ("our_wall", FEW, MANY), "stock": ("stock_wall",)}.items():
            runs.setdefault(name, []).append(_run(*words))
    for line in (*_beside(runs), *_queries(runs), *_cached()):
        print(line, flush=True)
    print(f"Load after: {os.getloadavg()[0]:.1f}.")


def _beside(runs: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    cpu = {name: min(run["cpu"][name] for run in runs["ours"]) for name in runs["ours"][0]["cpu"]}
    stock = min(run["cpu"] for run in runs["stock"])
    few, bare = cpu["few"], cpu["bare"]
    told = f"{few:.2f} ms of CPU, the bare view {bare:.2f} ms ({runs['ours'][0]['database']})"
    met = few <= LEAST * bare or few <= 4.5
    yield _line(met, f"{few / bare:.1f} × a bare view with one query (≤ {LEAST}, or 4.5 ms)", told)
    told = f"{stock:.2f} ms"
    yield _line(stock >= STOCK * few, f"{stock / few:.1f} × less than stock Wagtail, warm (≥ {STOCK})", told)
    told = f"{cpu['many']:.2f} ms"
    yield _line(None, f"{cpu['many'] / few:.2f} × as much with {MANY} pictures as with {FEW}", told)
    for name, what in (
        ("narrowed", "narrowed by two filters and sorted"),
        ("after a tick", "first after a change"),
    ):
        less, more = cpu[f"{name} few"], cpu[f"{name} many"]
        told = f"{less:.2f} ms with {FEW}, {more:.2f} ms with {MANY}"
        yield _line(None, f"{less / few:.1f} × and {more / few:.1f} × a page of {FEW}: {what}", told)


def _queries(runs: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """The first query finds the page."""
    counted = runs["ours"][0]["queries"]
    kinds = {name.rsplit(" ", 1)[0] for name in counted}
    same = all(counted[f"{kind} few"] == counted[f"{kind} many"] for kind in kinds)
    ours = max(counted.values()) - 1
    words = f"{ours} queries beyond the one that finds the page (≤ {QUERIES}), however many hang"
    yield _line(
        same and ours <= QUERIES,
        words,
        ", ".join(f"{kind}: {counted[f'{kind} many'] - 1}" for kind in sorted(kinds)),
    )


def _cached() -> Iterator[str]:
    if missing := [name for name in ("nginx", "wrk") if not shutil.which(name, path=front.PATH)]:
        yield f"  not measured: cached answers (no {' and no '.join(missing)} here)"
        return
    for what, rate in front.rates().items():
        words = f"{rate / CACHED:.1f} × the {CACHED} {what} a second that are wanted from the cache"
        yield _line(rate >= CACHED, words, f"{rate:.0f} a second")


def _line(met: bool | None, ratio: str, *numbers: str) -> str:
    verdict = {True: "met", False: "MISSED", None: "no target"}[met]
    return "\n".join([f"{ratio}: {verdict}", *(f"    {number}" for number in numbers)])


def _run(contender: str, *words: object) -> dict[str, Any]:
    command = [sys.executable, "-m", f"tests.benchmarks.contenders.{contender}", *map(str, words)]
    found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(found.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
