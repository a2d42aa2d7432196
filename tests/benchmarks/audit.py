"""Lighthouse and the Nu HTML checker over the demo, on production settings behind nginx; writes docs/audit.md.

`bin/bench audit / /about/` looks at these addresses alone and only prints. RUNS changes how often Lighthouse
measures a page (3). npm fetches both tools into var/audit/.
"""

import datetime as dt
import json
import os
import re
import secrets
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import django
from django.core.management import call_command

from tests.benchmarks.contenders import front

ROOT = Path(__file__).resolve().parents[2]
DEMO, WORK = ROOT / "var/portal.sqlite3", ROOT / "var/audit"
REPORT = ROOT / "docs/audit.md"
NEEDED = ("nginx", "openssl", "node", "npm", "java")
LIGHTHOUSE, CHECKER = "12.8.2", "26.9.27"
#: Of each category, the least that will do.
TARGETS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
LCP_SECONDS = 2.0
#: Lighthouse runs of a page; the median counts.
RUNS = int(os.environ.get("RUNS", "3"))
WALL = "/exhibitions/steady-hands/"
PHOTOGRAPH = re.compile(rf"{WALL}\w{{8}}-[\w-]+/")
#: Checked besides what the walk meets: it does not sign in, search or make mistakes.
UNLINKED = ("/search/?q=glass", "/search/?q=zzzz", "/not/there/", "/accounts/login/", "/accounts/signup/")


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    paths = sys.argv[1:]
    if wrong := [path for path in paths if not path.startswith("/")]:
        sys.exit(f"The audit takes addresses that begin with a slash, not {' or '.join(wrong)}.")
    if missing := [name for name in NEEDED if not shutil.which(name, path=front.PATH)]:
        sys.exit(f"The audit needs {', '.join(NEEDED)}; not here: {', '.join(missing)}.")
    if not DEMO.exists():
        sys.exit("There is no demo yet. Start bin/demo once; it may be stopped again when it is ready.")
    port = front.free_port()
    site, load = f"https://127.0.0.1:{port}", os.getloadavg()[0]
    prepare(site)
    pages, mistakes = read_pages(paths)
    mistakes += check(pages)
    measured = paths or ["/", WALL, next(path for path in pages if PHOTOGRAPH.fullmatch(path)), "/about/"]
    with front.serving(WORK, front=port, environment=os.environ, options=[], secure=True):
        rows = [measure(site, path) for path in measured]
    mistakes += [f"`{row['path']}`: {failure}" for row in rows for failure in row["failures"]]
    text = report(rows, len(pages), mistakes, load)
    print(f"\n{text}")
    if not paths:
        REPORT.write_text(text, encoding="utf-8")
        print(f"Written to {REPORT.relative_to(ROOT)}.")
    sys.exit(1 if mistakes or "**" in text else 0)


def prepare(site: str) -> None:
    """The tools, a copy of the demo's database, static files, and this process's environment for all it starts."""
    print("Preparing a copy of the demo on production settings …", flush=True)
    WORK.mkdir(exist_ok=True)
    os.environ |= {
        "PATH": front.PATH,
        "CHROME_PATH": os.environ.get("CHROME_PATH") or shutil.which("chromium") or "",  # Chrome it finds itself
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.contenders.audit_settings",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": site,
        "DATABASE_URL": f"sqlite:///{WORK}/portal.sqlite3",
        "CACHE_URL": "",
        "EMAIL_URL": "dummymail://",
        "TRUSTED_PROXIES": "1",
        "SECURE_SSL_REDIRECT": "1",
        "PUBLIC_MEDIA_URL": "/media/",
        "AWS_STORAGE_PRIVATE_BUCKET": "",
        "PRIVATE_ACCEL_PREFIX": "",
        "DEMO": "",
    }
    tools = (f"lighthouse@{LIGHTHOUSE}", f"vnu-jar@{CHECKER}")
    npm = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", WORK / "tools", *tools]
    subprocess.run(npm, check=True, env=os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"})
    (WORK / "portal.sqlite3").unlink(missing_ok=True)
    with closing(sqlite3.connect(DEMO)) as demo, closing(sqlite3.connect(WORK / "portal.sqlite3")) as copy:
        demo.backup(copy)
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def read_pages(paths: list[str]) -> tuple[dict[str, str], list[str]]:
    """The HTML of these addresses, or else of all that a stranger meets, and what went wrong on the way."""
    from gallery.management.auditing import Walk  # models: only once Django is set up

    print("Reading the pages …", flush=True)
    walk = Walk() if paths else Walk().run()
    for path in paths or UNLINKED:
        answer = walk.client.get(path, secure=True)
        walk.bodies[path] = answer.getvalue().decode()
        if answer.status_code >= 500:
            walk.problems.append(f"{path} answers {answer.status_code}.")
    html = {path: body for path, body in walk.bodies.items() if body.lstrip()[:9].lower() == "<!doctype"}
    return html, walk.problems


def check(pages: dict[str, str]) -> list[str]:
    """Every kind of error and warning of the Nu HTML checker, with the first page that makes it."""
    print(f"Checking the HTML of {len(pages)} pages …", flush=True)
    folder = WORK / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, html in enumerate(pages.values()):
        (folder / f"{number}.html").write_text(html, encoding="utf-8")
    checker = WORK / "tools/node_modules/vnu-jar/build/dist/vnu.jar"
    command = ["java", "-jar", checker, "--format", "json", "--stdout", "--exit-zero-always", folder]
    answer = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    paths = list(pages)
    places: dict[str, list[str]] = {}
    for message in json.loads(answer.stdout)["messages"]:
        if message["type"] == "info" and message.get("subType") != "warning":
            continue
        extract = " ".join(message.get("extract", "").split())[:120]
        place = f"`{paths[int(Path(message['url']).stem)]}` line {message.get('lastLine')}"
        places.setdefault(f"{message.get('subType', 'error')}: {message['message']} `{extract}`", []).append(place)
    return [f"{found[0]}, one of {len(found)} places, {mistake}" for mistake, found in places.items()]


def measure(site: str, path: str) -> dict:
    """The medians of `RUNS` runs: scores by category, `lcp` in seconds, `bytes`; `failures` of any run."""
    print(f"Lighthouse: {path} …", flush=True)
    runs = [run for _ in range(RUNS) if (run := run_lighthouse(site + path))]  # a busy machine fails one at times
    if not runs:
        sys.exit(f"Lighthouse could not measure {path}; see var/audit/lighthouse.json.")
    medians = {key: statistics.median_low(run[key] for run in runs) for key in (*TARGETS, "lcp", "bytes")}
    return {"path": path, "failures": sorted({failure for run in runs for failure in run["failures"]}), **medians}


def run_lighthouse(address: str) -> dict | None:
    file = WORK / "lighthouse.json"
    file.unlink(missing_ok=True)
    flags = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --ignore-certificate-errors"
    program = WORK / "tools/node_modules/.bin/lighthouse"
    command = [program, address, "--output=json", f"--output-path={file}", "--quiet", f"--chrome-flags={flags}"]
    subprocess.run(command, check=False, timeout=300)
    answer = json.loads(file.read_text()) if file.exists() else {"categories": {}}
    scores = {name: category["score"] for name, category in answer["categories"].items() if name in TARGETS}
    if len(scores) < len(TARGETS) or None in scores.values():
        return None
    audits = answer["audits"]
    weighty = {
        audit["id"]: name
        for name in list(TARGETS)[1:]  # what performance lacks shows in its own numbers
        for audit in answer["categories"][name]["auditRefs"]
        if audit["weight"]
    }
    return {
        **{name: round(score * 100) for name, score in scores.items()},
        "lcp": audits["largest-contentful-paint"]["numericValue"] / 1000,
        "bytes": audits["total-byte-weight"]["numericValue"],
        "failures": [f"{audits[id]['title']} ({name})" for id, name in weighty.items() if audits[id]["score"] == 0],
    }


def report(rows: list[dict], pages: int, mistakes: list[str], load: float) -> str:
    """Markdown; numbers that miss their target are bold."""
    lines = [
        "# Audit",
        "",
        f"Measured on {dt.datetime.now().astimezone():%-d %B %Y} by `bin/bench audit`: production settings behind",
        f"nginx, with the demo's content. Lighthouse {LIGHTHOUSE} as a telephone on slow 4G, median of {RUNS}; the",
        f"Nu HTML checker {CHECKER}. The machine had {os.cpu_count()} cores and a load of {load:.1f} when it",
        "began: with more load than cores, performance says little about the pages.",
        "",
        f"Targets: performance {TARGETS['performance']} or more, everything else 100, the largest thing painted",
        f"within {LCP_SECONDS:.1f} s, no HTML errors.",
        "",
        "| page | performance | accessibility | best practice | SEO | LCP | over the line |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cells = [f"{row[name]}" if row[name] >= least else f"**{row[name]}**" for name, least in TARGETS.items()]
        lcp = f"{row['lcp']:.1f} s" if row["lcp"] < LCP_SECONDS else f"**{row['lcp']:.1f} s**"
        lines.append(f"| `{row['path']}` | {' | '.join(cells)} | {lcp} | {row['bytes'] / 1000:.0f} kB |")
    lines += ["", f"HTML: {pages} pages checked.", *(["", "What fell short:", ""] if mistakes else [])]
    return "\n".join([*lines, *(f"* {mistake}" for mistake in mistakes), ""])


if __name__ == "__main__":
    main()
