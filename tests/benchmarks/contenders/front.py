"""The site behind nginx as deploy/nginx.conf sets it up; the wall asked there by wrk, whole pages and 304s."""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PATH = os.environ.get("PATH", "") + ":/usr/sbin"
SECONDS = 5
READY_SECONDS = 90
CONF = """
daemon off; user root; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {site}
}}
"""


def nginx_conf(site: str, *, folder: Path, front: int, back: int, secure: bool, files: Path = ROOT / "var") -> str:
    """`site`, the text of deploy/nginx.conf, with this checkout's folders, these ports and the certificate in
    `folder`. The user it names is heeded only when root starts it; nobody else's nginx could read this checkout."""
    live = "/etc/letsencrypt/live/technicians.example.ac.uk"
    replacements = {
        "listen 80;": f"listen unix:{folder}/plain.sock;",  # the server that only leads to the other
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{front}{' ssl http2' if secure else ''};",
        "listen [::]:443 ssl http2;": "",
        f"ssl_certificate {live}/fullchain.pem;": f"ssl_certificate {folder}/certificate.pem;" if secure else "",
        f"ssl_certificate_key {live}/privkey.pem;": f"ssl_certificate_key {folder}/key.pem;" if secure else "",
        "/srv/portal/var/": f"{files}/",
        "/srv/portal/": f"{ROOT}/",
        "/var/cache/nginx-portal": f"{folder}/cache",
        "/var/log/nginx": f"{folder}",
        "127.0.0.1:8000": f"127.0.0.1:{back}",
    }
    for theirs, ours in replacements.items():
        if theirs not in site:
            raise SystemExit(f"deploy/nginx.conf no longer says “{theirs}”, which {Path(__file__).name} replaces.")
        site = site.replace(theirs, ours)
    return CONF.format(folder=folder, site=site)


@contextmanager
def serving(
    folder: Path,
    *,
    front: int,
    environment: Mapping[str, str],
    options: list[str],
    secure: bool = False,
    files: Path = ROOT / "var",
) -> Iterator[None]:
    """nginx on port `front`, with what is public and private in `files`, and gunicorn with these options behind it,
    until the block ends. What they say stands in `folder`."""
    back = free_port()
    if secure:
        _certify(folder)
    site = (ROOT / "deploy/nginx.conf").read_text()
    (folder / "nginx.conf").write_text(
        nginx_conf(site, folder=folder, front=front, back=back, secure=secure, files=files)
    )
    nginx = ["nginx", "-c", f"{folder}/nginx.conf", "-p", str(folder)]
    gunicorn = [sys.executable, "-m", "gunicorn", "cms.wsgi", "-b", f"127.0.0.1:{back}", *options]
    log = folder / "site.log"
    with log.open("w") as out:
        start = partial(subprocess.Popen, cwd=ROOT, env=environment, stdout=out, stderr=out)
        children = [start(command) for command in (nginx, gunicorn)]
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not _answers(back):
            if time.monotonic() > deadline or any(child.poll() is not None for child in children):
                raise SystemExit(f"The site does not answer:\n{log.read_text()[-2000:]}")
            time.sleep(0.3)
        yield
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(40)  # gunicorn allows its workers 30


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _certify(folder: Path) -> None:
    """A certificate nobody else would believe."""
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", folder / "key.pem", "-nodes"]
    command = ["openssl", "req", "-x509", *key, "-out", folder / "certificate.pem", "-subj", "/CN=127.0.0.1"]
    subprocess.run(command, check=True, capture_output=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def rates() -> dict[str, float]:
    """Answers a second with 32 connections."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        front = free_port()
        environment = os.environ | {
            "PATH": PATH,
            "DATABASE_URL": f"sqlite:///{folder / 'wall.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.contenders.front_settings",
        }
        slug = subprocess.run(
            [sys.executable, "-c", _FILL], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        ).stdout.split()[-1]
        address = f"http://127.0.0.1:{front}/exhibitions/{slug}/"
        with serving(folder, front=front, environment=environment, options=["--workers=1"]):
            with urllib.request.urlopen(address, timeout=10) as answer:
                tag = answer.headers["ETag"]
            return {
                "whole pages": _rate(address),
                "304 answers": _rate(address, "-H", f"If-None-Match: {tag}"),
            }


_FILL = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.benchmarks.contenders.our_wall import fill
print(fill(60).slug)
"""


def _rate(address: str, *words: str) -> float:
    command = ["wrk", "-t1", "-c32", f"-d{SECONDS}s", *words, address]
    environment = os.environ | {"PATH": PATH}
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    strange = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    if found is None or strange is not None:
        raise SystemExit(told)
    return float(found[1])
