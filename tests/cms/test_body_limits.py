"""Nobody fills the disk: what each address takes, the real server while it is sent too much, and nginx in front."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from cms.body_limits import BOUNDED_BY_THE_VIEW, DEFAULT, LIBRARY_PICTURE, LIMITS, MEGABYTE, PAGE
from cms.images.formats import Limits
from gallery.desk.entry_form import LONGEST_WAITING, MOST_WAITING_AN_HOUR, WORDS_WAIT
from tests import kept_database
from tests.benchmarks.contenders.front import free_port
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory

ROOT = Path(__file__).resolve().parents[2]
NGINX = (ROOT / "deploy/nginx.conf").read_text()
FORM = "multipart/form-data; boundary=b"
HEAD = (
    b'--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n' + b"t" * 32 + b"\r\n"
    b'--b\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n'
    b"Content-Type: image/jpeg\r\n\r\n"
)
SIZE = 300 * MEGABYTE


# --- The real server


class RealSite:
    """gunicorn as in production, with a folder of its own for temporary files."""

    def __init__(self, port: int, temp: Path) -> None:
        self.port, self.temp = port, temp

    def send(
        self, path: str, *, chunked: bool, says: int = SIZE, sends: int = SIZE, host: str = "127.0.0.1"
    ) -> tuple[int, str]:
        """Status and head of the answer to a form with a large file; 0 if the server only hung up."""
        length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {says}"
        head = f"POST {path} HTTP/1.1\r\nHost: {host}:{self.port}\r\nCookie: csrftoken={'t' * 32}\r\n"
        head += f"Content-Type: {FORM}\r\n{length}\r\n\r\n"
        block = b"x" * MEGABYTE
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            line.sendall(head.encode())
            answer = b""
            with suppress(OSError):  # it need not listen to the end
                for part in (HEAD, *[block] * (sends // MEGABYTE)):
                    line.sendall(b"%x\r\n%b\r\n" % (len(part), part) if chunked else part)
                line.shutdown(socket.SHUT_WR)
            with suppress(OSError):
                while data := line.recv(65_536):
                    answer += data
        status = re.match(rb"HTTP/1.1 (\d+)", answer)
        return (int(status[1]) if status else 0), answer.decode(errors="replace")

    def made_files_since(self, moment: int) -> bool:
        """Whether a file came or went, however short it stayed."""
        left = [file for file in self.temp.iterdir() if not file.name.startswith("portal-counts-")]
        return self.temp.stat().st_mtime_ns != moment or left != []


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[RealSite]:
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            kept_database.keep(folder / "portal.sqlite3")
        database = f"sqlite:///{folder / 'portal.sqlite3'}"
    else:
        to = connection.settings_dict
        database = f"postgres://{to['USER']}:{to['PASSWORD']}@{to['HOST']}:{to['PORT']}/{to['NAME']}"
    temp = folder / "temp"
    temp.mkdir()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": database,
        "CACHE_URL": "locmemcache://",
        "VAR_FOLDER": str(folder / "var"),
        "TMPDIR": str(temp),
    }
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", f"--bind=127.0.0.1:{port}"]
    command += ["--workers=1", "--threads=4", "--no-control-socket", f"--worker-tmp-dir={folder}"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 60
        while True:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                break
            assert server.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline, (folder / "log").read_text()
            time.sleep(0.2)
        yield RealSite(port, temp)
    finally:
        server.terminate()
        server.wait(40)


EVERYWHERE = [
    "/",
    "/accounts/login/",
    "/search/",
    "/forms/report/",
    "/api/gallery/v1/exhibits/",
    "/api/v2/pages/",
    "/api/none/",
    "/admin/images/add/",
    "/admin/pages/3/edit/",
    "/nothing-here/",
    "/no.page",  # no page's, no view's
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_too_much_is_refused_and_never_touches_the_disk(site, path):
    moment = site.temp.stat().st_mtime_ns
    status, answer = site.send(path, chunked=False)
    assert not site.made_files_since(moment)
    assert status in ({404} if path == "/no.page" else {413, 0})
    if status == 413:
        assert ("application/problem+json" if path.startswith("/api/") else "That is more than fits") in answer


def test_nor_under_a_name_that_is_not_ours(site):
    moment = site.temp.stat().st_mtime_ns
    status, _ = site.send("/forms/report/", chunked=False, host="elsewhere.example")
    assert not site.made_files_since(moment)
    assert status in {400, 0}


@pytest.mark.parametrize("path", ["/", "/forms/report/", "/exhibitions/none/enter/", "/api/gallery/v1/exhibits/"])
def test_a_body_without_a_length_is_not_read(site, path):
    moment = site.temp.stat().st_mtime_ns
    status, _ = site.send(path, chunked=True)
    assert not site.made_files_since(moment)
    assert status not in {200, 500}


def test_no_more_is_read_than_was_said(site):
    moment = site.temp.stat().st_mtime_ns
    site.send("/forms/report/", chunked=False, says=100_000, sends=20 * MEGABYTE)
    assert not site.made_files_since(moment)


# --- Each address


@pytest.fixture
def temp(tmp_path, settings) -> Path:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


def send(client: Client, path: str, size: int):
    return client.post(path, {"files[]": SimpleUploadedFile("a.jpg", b"x" * size, content_type="image/jpeg")})


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, most in LIMITS.items() if most == LIBRARY_PICTURE])
def test_the_library_takes_one_picture_of_somebody_signed_in(name, temp, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = MEGABYTE
    editor, path = Client(), example(name)
    editor.force_login(UserFactory(is_superuser=True))
    assert send(editor, path, 3 * MEGABYTE).status_code != 413
    assert send(editor, path, LIBRARY_PICTURE).status_code == 413
    moment = temp.stat().st_mtime_ns
    answer = send(Client(), path, 3 * MEGABYTE)
    assert answer.status_code == 413
    assert "You are signed out" in answer.content.decode()
    assert temp.stat().st_mtime_ns == moment


@pytest.mark.django_db
def test_the_entry_form_keeps_no_file_of_somebody_signed_out(temp):
    exhibition, visitor, moment = make_exhibition(), Client(), temp.stat().st_mtime_ns
    answer = visitor.post(
        f"/exhibitions/{exhibition.slug}/enter/",
        {"title": "Four Necks", "photo": SimpleUploadedFile("a.jpg", b"x" * 5 * MEGABYTE, "image/jpeg")},
    )
    assert answer.status_code == 302
    assert visitor.session["words-waiting"] == {"title": "Four Necks"}
    assert temp.stat().st_mtime_ns == moment


@pytest.mark.django_db
def test_words_of_somebody_signed_out_are_short_few_and_gone_in_an_hour():
    address = f"/exhibitions/{make_exhibition().slug}/enter/"
    crowd = [Client() for _ in range(MOST_WAITING_AN_HOUR + 1)]
    for one in crowd:
        one.post(address, {"title": "x" * 5_000})
    assert len(crowd[0].session["words-waiting"]["title"]) == LONGEST_WAITING
    assert crowd[0].session.get_expiry_age() == WORDS_WAIT
    assert "words-waiting" not in crowd[-1].session


@pytest.mark.django_db
@pytest.mark.parametrize("size", [100_000, DEFAULT + 1])
def test_the_length_decides_whatever_the_form_of_the_body(size):
    answer = Client().post("/search/", "q=" + "x" * size, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code == 413) == (size > DEFAULT)
    if size > DEFAULT:
        assert "The most we can take here is 1 MB" in answer.content.decode()
        assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_an_api_refuses_as_a_problem():
    answer = Client().post("/api/v2/pages/", "x" * (DEFAULT + 1), content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert answer.json()["detail"] == "The most this address takes is 1 MB."
    assert answer["Access-Control-Allow-Origin"] == "*"


# --- The table


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            yield from names(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)


def test_every_address_of_the_table_exists():
    assert {*LIMITS, *BOUNDED_BY_THE_VIEW} <= set(names(get_resolver().url_patterns))


def test_the_limits_are_those_that_were_promised():
    assert (MEGABYTE, 4 * MEGABYTE, Limits().max_bytes + MEGABYTE) == (DEFAULT, PAGE, LIBRARY_PICTURE)


# --- nginx in front


def megabytes_in_nginx(path: str) -> int:
    """What nginx lets through: as the first location says whose pattern matches, else as the server says."""
    default = re.search(r"^    client_max_body_size (\d+)m;", NGINX, re.MULTILINE)
    for location in re.finditer(r"^    location ~ (\S+) \{\n(.*?)^    \}", NGINX, re.MULTILINE | re.DOTALL):
        if re.search(location[1], path):
            default = re.search(r"client_max_body_size (\d+)m;", location[2])
            break
    assert default is not None
    return int(default[1])


def example(name: str) -> str:
    for values in ([], [12], ["made-visible"], ["events", "eventpage", 3]):
        with suppress(NoReverseMatch):
            return reverse(name, args=values)
    raise AssertionError(f"No example of {name}")


@pytest.mark.parametrize(("name", "most"), LIMITS.items())
def test_nginx_takes_as_much_as_the_table(name, most):
    assert megabytes_in_nginx(example(name)) == most // MEGABYTE


def test_nginx_takes_three_of_the_largest_photographs():
    largest = 3 * Limits().max_bytes // MEGABYTE
    assert [megabytes_in_nginx(example(name)) >= largest for name in BOUNDED_BY_THE_VIEW] == [True, True]


@pytest.mark.parametrize(
    "path", [*EVERYWHERE[:7], "/admin/", "/admin/images/5/delete/", "/desk/entries/5/", "/media/a"]
)
def test_nginx_takes_no_more_than_the_default_anywhere_else(path):
    assert megabytes_in_nginx(path) == DEFAULT // MEGABYTE
