"""The whole installation, as docs/deployment.md runs it, in processes that can be killed: a PostgreSQL of its own,
web, worker and timer on production's settings; and doors, through which they reach whoever may fall silent.
"""

import contextlib
import functools
import http.client
import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from tests.benchmarks.contenders.front import free_port
from tests.deployment.visit import hidden_fields

ROOT = Path(__file__).resolve().parents[2]
HOST = "portal.example"
PASSWORD = "one-lamp-behind-paper"
#: Of the edition everybody sends photographs to.
SLUG = "bad-days"
ENTER = f"/exhibitions/{SLUG}/enter/"
PATIENCE_SECONDS = 120.0


def postgres(name: str) -> str | None:
    """One of PostgreSQL's programs, which Debian keeps by version."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def whats_missing() -> str:
    if os.geteuid() != 0:
        return "root, who may mount and become postgres"
    return "" if postgres("initdb") else "PostgreSQL's server"


def until(what: str, is_so: Callable[[], object], *, patience: float = PATIENCE_SECONDS) -> float:
    """Seconds until it is so. What raises because somebody is away is not so yet."""
    began = time.monotonic()
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException, subprocess.CalledProcessError):
            if is_so():
                return time.monotonic() - began
        if time.monotonic() > began + patience:
            pytest.fail(f"{what}: not after {patience:.0f} s")
        time.sleep(0.2)


class Database:
    """A PostgreSQL that may be stopped. It trusts everybody on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.port = folder, folder / "data", free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        shutil.chown(folder, "postgres", "postgres")
        self._as_postgres("initdb", "--pgdata", self.data, "--auth", "trust", "--no-sync", "--encoding", "UTF8")

    def _as_postgres(self, name: str, *arguments: object) -> None:
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", postgres(name), *arguments]
        subprocess.run([str(word) for word in command], cwd="/", check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -k {self.folder}"
        self._as_postgres("pg_ctl", "-D", self.data, "-o", options, "-l", self.folder / "log", "-w", "start")

    def stop(self) -> None:
        """As when its machine falls over."""
        self._as_postgres("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    @contextlib.contextmanager
    def cursor(self) -> Iterator:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection, connection.cursor() as cursor:
            yield cursor

    def do(self, *statements: str) -> None:
        with self.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def one(self, query: str, *facts: object) -> object:
        with self.cursor() as cursor:
            return cursor.execute(query, facts).fetchone()[0]


class Door:
    """A port that leads to another, or to nobody: `closed` refuses, `silent` accepts and never answers."""

    def __init__(self, behind: int) -> None:
        self.behind, self.port = behind, free_port()
        self.state = "open"
        self._listening: socket.socket | None = None
        self._calls: list[socket.socket] = []
        self.be("open")

    def be(self, state: str) -> None:
        """Those who are inside are thrown out, unless it falls silent: then they wait for ever."""
        self.state = state
        if state != "silent":
            for call in self._calls:
                call.close()
            self._calls = []
        if state == "closed" and self._listening is not None:
            self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()
            self._listening = None
        elif state != "closed" and self._listening is None:
            self._listening = socket.create_server(("127.0.0.1", self.port), backlog=64)
            threading.Thread(target=self._listen, args=[self._listening], daemon=True).start()

    def _listen(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                call, _ = listening.accept()
                self._calls.append(call)
                if self.state == "open":
                    there = socket.create_connection(("127.0.0.1", self.behind))
                    self._calls.append(there)
                    for one, other in ((call, there), (there, call)):
                        threading.Thread(target=self._carry, args=[one, other], daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                while self.state == "silent":
                    time.sleep(0.1)
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()


class Browser:
    """Comes through a proxy that speaks https, keeps cookies, follows no redirects."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, SimpleCookie()

    def headers(self, path: str) -> dict[str, str]:
        return {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.1",
            "Referer": f"https://{HOST}{path}",
            "Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items()),
        }

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=100)
        with contextlib.closing(connection):
            connection.request("POST" if body is not None else "GET", path, body, self.headers(path) | headers)
            answer = connection.getresponse()
            data = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        return Answer(answer.status, answer.headers, data, time.monotonic() - began)

    def form(self, path: str, **values: str | bytes) -> tuple[bytes, dict[str, str]]:
        """What a browser would send from the form of that page, and with which headers. Bytes are a photograph."""
        page = self.ask(path)
        assert page.status == 200, (path, page.status)
        return multipart(values | hidden_fields(page.text, of_the_form_with=next(iter(values))))

    def send(self, path: str, **values: str | bytes) -> Answer:
        body, headers = self.form(path, **values)
        return self.ask(path, body, **headers)

    def sign_in(self, email: str) -> None:
        assert self.send("/accounts/login/", login=email, password=PASSWORD).status == 302


def multipart(values: dict[str, str | bytes]) -> tuple[bytes, dict[str, str]]:
    edge, parts = uuid.uuid4().hex, []
    for name, value in values.items():
        is_file = isinstance(value, bytes)
        kind = '; filename="IMG_1.jpg"\r\nContent-Type: image/jpeg' if is_file else ""
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"{kind}\r\n\r\n'
        parts.append(head.encode() + (value if isinstance(value, bytes) else value.encode()) + b"\r\n")
    body = b"".join(parts) + f"--{edge}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={edge}"}


class House:
    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self.database, self.port = folder, database, free_port()
        self.var = folder / "var"
        self.processes: list[subprocess.Popen] = []
        self.environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            "SECRET_KEY": uuid.uuid4().hex + uuid.uuid4().hex,
            "ALLOWED_HOSTS": HOST,
            "BASE_URL": f"https://{HOST}",
            "DATABASE_URL": database.url,
            "EMAIL_URL": f"filemail:///{self.var}/mail",
            "TRUSTED_PROXIES": "1",
            "LEAST_FREE_DISK_MB": "5",
            "VAR_FOLDER": str(self.var),
            "TMPDIR": str(self.var / "tmp"),
            "PYTHONWARNINGS": "ignore",
        }
        for name in ("tmp", "mail"):
            (self.var / name).mkdir(parents=True, exist_ok=True)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text() if (self.folder / "log").exists() else ""

    def start(self, *command: str, under: tuple[str, ...] = (), **environment: str) -> subprocess.Popen:
        with (self.folder / "log").open("a") as log:
            process = subprocess.Popen(
                [*under, sys.executable, *command],
                cwd=ROOT,
                env=self.environment | environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def web(self, **environment: str) -> subprocess.Popen:
        options = ["--workers=2", "--threads=4", "--preload", "--timeout=60", "--no-control-socket"]
        web = self.start("-m", "gunicorn", "cms.wsgi", f"--bind=127.0.0.1:{self.port}", *options, **environment)
        until("the site answers", lambda: self.browser().ask("/healthz").status == 200)
        return web

    def worker(self, *arguments: str, **environment: str) -> subprocess.Popen:
        return self.start("manage.py", "work", *arguments, **environment)

    def tend(self, *, under: tuple[str, ...] = ()) -> str:
        """One round of the timer, as systemd runs it."""
        return self.manage("tend", under=under)

    def manage(self, *arguments: str, said: str = "", under: tuple[str, ...] = ()) -> str:
        command = [*under, sys.executable, "manage.py", *arguments]
        answer = subprocess.run(
            command, cwd=ROOT, env=self.environment, input=said, capture_output=True, text=True, check=False
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout.strip()

    def python(self, text: str) -> str:
        """The last line that these lines of Python print."""
        return self.manage("shell", "--verbosity", "0", said=text).splitlines()[-1]

    def act(self, text: str) -> list[int]:
        """What `cast` says to this, as ids."""
        said = self.manage("shell", "--verbosity", "0", said=f"from tests.bad_days.cast import *\n{text}\n")
        return [int(word) for word in said.split()]

    def browser(self) -> Browser:
        return Browser(self.port)

    def someone(self, email: str) -> Browser:
        """Somebody with an account, signed in."""
        self.act(f"photographer({email!r})")
        browser = self.browser()
        browser.sign_in(email)
        return browser

    def kill(self, process: subprocess.Popen) -> None:
        """With all it has started, as when the power goes."""
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if os.getsid(int(entry.name)) == process.pid:
                    os.kill(int(entry.name), signal.SIGKILL)
        process.wait(10)

    def end(self) -> None:
        for process in self.processes:
            self.kill(process)
        self.processes = []

    def hung(self, *entries: int) -> bool:
        """Whether all of them are on the wall."""
        query = "SELECT count(*) FROM gallery_entry WHERE state = 'hung' AND id = ANY(%s)"
        return self.database.one(query, list(entries)) == len(entries)

    def erased(self, entry: int) -> bool:
        """Whether its photograph is gone, and everything public with it."""
        query = """SELECT erased_at IS NOT NULL AND media = '' FROM gallery_entry e
                   JOIN gallery_master m ON m.id = e.master_id WHERE e.id = %s"""
        return bool(self.database.one(query, entry))

    def jobs(self, *statuses: str) -> object:
        query = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = ANY(%s)"
        return self.database.one(query, list(statuses))

    def drafts(self, title: str) -> tuple[int, int]:
        """How many entries are called so, and how many of them have a photograph."""
        query = "SELECT count(*), count(master_id) FROM gallery_entry WHERE title = %s"
        with self.database.cursor() as cursor:
            return cursor.execute(query, [title]).fetchone()

    def left_public(self) -> list[str]:
        """Folders of public files that no photograph on the wall has."""
        with self.database.cursor() as cursor:
            named = {row[0] for row in cursor.execute("SELECT media FROM gallery_entry WHERE state = 'hung'")}
        public = self.var / "public"
        folders = {str(file.parent.relative_to(public)) for file in public.glob("exhibits/**/*.*")}
        return sorted(folders - named)

    def is_encoding(self) -> bool:
        """A child is at work on a picture of a process that we have started."""
        sessions = {process.pid for process in self.processes}
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes().split(b"\0")
                if b"cms.images.sandbox" in words and os.getsid(int(entry.name)) in sessions:
                    return True
        return False

    def files(self, *kinds: str) -> list[str]:
        """Below var/: what lies there, but for the queue of counted pictures and gunicorn's counts."""
        return sorted(
            str(file.relative_to(self.var))
            for kind in kinds or ("private", "public", "tmp")
            for file in (self.var / kind).rglob("*")
            if file.is_file() and not re.search(r"portal-counts-|portal-pictures|slot", str(file))
        )


@functools.cache
def noise(width: int = 3000, height: int = 2000) -> bytes:
    """Seconds of work for every encoder."""
    buffer = io.BytesIO()
    bands = [Image.effect_noise((width, height), 90) for _ in "RGB"]
    Image.merge("RGB", bands).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()
