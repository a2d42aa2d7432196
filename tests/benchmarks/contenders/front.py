"""The wall behind nginx with the cache of deploy/nginx-cache.conf, asked by wrk: whole pages and 304s a second."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PATH = os.environ.get("PATH", "") + ":/usr/sbin"
SECONDS = 5
CONF = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {shared}
    server {{
        listen 127.0.0.1:{front};
        location / {{ proxy_pass http://127.0.0.1:{back}; proxy_set_header Host $host; include {cache}; }}
    }}
}}
"""


def rates() -> dict[str, float]:
    """Answers a second with 32 connections."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        front, back = _free(), _free()
        environment = os.environ | {
            "PATH": PATH,
            "DATABASE_URL": f"sqlite:///{folder / 'wall.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.contenders.front_settings",
        }
        slug = subprocess.run(
            [sys.executable, "-c", _FILL], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        ).stdout.split()[-1]
        kept = re.findall(r"^(?:proxy_cache_path|map) .*$", (ROOT / "deploy/nginx.conf").read_text(), re.MULTILINE)
        shared = "\n".join(kept).replace("/var/cache/nginx/portal", f"{folder}/cache")
        cache = ROOT / "deploy/nginx-cache.conf"
        (folder / "nginx.conf").write_text(
            CONF.format(folder=folder, shared=shared, front=front, back=back, cache=cache)
        )
        gunicorn = [sys.executable, "-m", "gunicorn", "cms.wsgi", "-b", f"127.0.0.1:{back}", "-w", "1"]
        web = subprocess.Popen(gunicorn, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        nginx = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf", "-p", name], env=environment)
        try:
            address = f"http://127.0.0.1:{front}/exhibitions/{slug}/"
            tag = _tag(address)
            return {
                "whole pages": _rate(address),
                "304 answers": _rate(address, "-H", f"If-None-Match: {tag}"),
            }
        finally:
            for process in (nginx, web):
                process.terminate()
                process.wait(10)


_FILL = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.benchmarks.contenders.our_wall import fill
print(fill(60).slug)
"""


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _tag(address: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
                return answer.headers["ETag"]
        except OSError:
            time.sleep(0.3)
    raise SystemExit(f"{address} does not answer")


def _rate(address: str, *words: str) -> float:
    command = ["wrk", "-t1", "-c32", f"-d{SECONDS}s", *words, address]
    environment = os.environ | {"PATH": PATH}
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    strange = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    if found is None or strange is not None:
        raise SystemExit(told)
    return float(found[1])
