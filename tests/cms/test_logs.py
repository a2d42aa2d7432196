"""What the shipped servers write down while people follow links from our mails and search for names."""

import datetime as dt
import http.client
import json
import logging
import logging.config
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.views.defaults import server_error

from cms.core.logs import mask, request_id
from tests.benchmarks.contenders import front

SECRETS = ("s3cr3t", "Wilhelmina", "quist")
LINK = "/forms/network/confirm/?link=s3cr3t-token"
PATHS = (
    LINK,
    "/forms/network/leave/?link=s3cr3t-token",
    "/forms/tell-me/confirm/?link=s3cr3t-token",
    "/accounts/password/reset/key/3-d2abc7-s3cr3t/",
    "/accounts/password/reset/key/3-d2abc7-s3cr3t",
    "/accounts/confirm-email/s3cr3t:Mw:1t/",
    "/accounts/login/?email=quist@calderwick.example",
    "/search/?q=Wilhelmina+%22Quist",
    '/search/?q="Wilhelmina',
    "/nothing-here/?link=s3cr3t",
    "/nothing-here)?link=s3cr3t",
    "/%61ccounts/confirm-email/s3cr3t:Mw:1t/",
    "/accounts/p%61ssword/reset/key/3-d2abc7-s3cr3t/",
    "//accounts/confirm-email/s3cr3t:Mw:1t/",
    "/accounts//confirm-email/s3cr3t:Mw:1t/",
    "/accounts/./confirm-email/s3cr3t:Mw:1t/",
    "/people/quist@calderwick.example/",
    "/people/wil.o'quist%40calderwick.example/",
)


def dockerfile_options(port: int) -> list[str]:
    """gunicorn's command as the image has it, on another port."""
    command = re.search(r"^CMD (\[.*\])$", (front.ROOT / "Dockerfile").read_text(), re.MULTILINE)
    program, *options = json.loads(command[1])
    assert program == "gunicorn"
    options[options.index("--bind") + 1] = f"127.0.0.1:{port}"
    return options


def ask(port: int, path: str, method: str = "GET") -> int:
    headers = {"Referer": f"https://portal.example{LINK}", "X-Forwarded-Proto": "https"}
    headers["User-Agent"] = "Robot/1.0 (of quist@calderwick.example) \x85\x9b2J"
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as asked:
        asked.request(method, path, headers=headers)
        with asked.getresponse() as answer:
            return answer.status


def wait_for(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        try:
            ask(port, "/healthz")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("The server does not answer.")


@pytest.fixture
def start(tmp_path, django_db_setup, django_db_blocker):
    """Starts a server; what it says stands in `site.log`."""
    if connection.vendor != "sqlite":
        pytest.skip("the servers get a copy of the database, which only SQLite gives away")
    with django_db_blocker.unblock(), closing(sqlite3.connect(tmp_path / "site.sqlite3")) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    environment = os.environ | {
        "PATH": front.PATH,
        "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
        "VAR_FOLDER": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.contenders.front_settings",
    }
    servers = []

    def start_one(port: int, *command: str) -> subprocess.Popen:
        with (tmp_path / "site.log").open("a") as said:
            server = subprocess.Popen(command, cwd=front.ROOT, env=environment, stdout=said, stderr=said)
        servers.append(server)
        wait_for(port, server)
        return server

    yield start_one
    for server in servers:
        server.terminate()
        server.wait(40)


def written(folder: Path) -> str:
    return "\n".join(file.read_text() for file in sorted(folder.glob("*.log")))


def test_what_gunicorn_and_nginx_write_names_nobody_and_opens_nothing(start, tmp_path):
    back, port = front.free_port(), front.free_port()
    gunicorn = start(back, sys.executable, "-m", "gunicorn", *dockerfile_options(back))
    doors = [back]
    if shutil.which("nginx", path=front.PATH):
        tmp_path.chmod(0o755)
        site = (front.ROOT / "deploy/nginx.conf").read_text()
        conf = front.nginx_conf(site, folder=tmp_path, front=port, back=back, secure=False)
        (tmp_path / "nginx.conf").write_text(conf)
        start(port, "nginx", "-c", f"{tmp_path}/nginx.conf", "-p", str(tmp_path))
        doors.append(port)
    for door in doors:
        answers = [ask(door, path) for path in PATHS]
        assert answers[0] == 200
        assert max(answers) < 500
        assert ask(door, LINK, "POST") == 403
    for _ in range(8):
        with socket.create_connection(("127.0.0.1", back), timeout=30) as line:
            line.sendall(b"GET / HTTP/1.1\r\nbad header\r\n\r\n")
            line.recv(100)
    gunicorn.terminate()
    gunicorn.wait(40)
    if port in doors:
        assert {ask(port, path) for path in PATHS if path.startswith("/accounts/p")} == {502}
        assert ask(port, "/static/cms/css/site.css") == 502  # with the page it belongs to as its referrer
    logs = written(tmp_path)
    for line in ("GET /forms/network/confirm/", "POST /forms/network/confirm/", "GET /search/"):
        assert logs.count(line) >= len(doors)
    searches = [line for line in logs.splitlines() if "GET /search/?…" in line]
    assert all(re.search(r" \[\w{32}\]$", line) for line in searches[: len(doors)])
    assert logs.count("/accounts/password/reset/key/…") >= 2 * len(doors)
    invalid = [line for line in logs.splitlines() if "Invalid request" in line]
    assert len(invalid) == 8
    assert all(line.endswith(" [-]") for line in invalid)
    assert not re.search(r"[\x80-\x9f]", logs)
    assert "Robot/1.0 (of" in logs
    assert [line for line in logs.splitlines() if any(secret in line for secret in SECRETS)] == []


@pytest.fixture
def shipped(tmp_path) -> Iterator[Callable[[str], logging.Logger]]:
    """A logger with one of the formatters we ship, which writes to `ours.log`."""
    loggers = []

    def make(name: str) -> logging.Logger:
        handlers = {
            "file": {"class": "logging.FileHandler", "filename": str(tmp_path / "ours.log"), "formatter": "f"}
        }
        logging.config.dictConfig(
            {
                "version": 1,
                "disable_existing_loggers": False,
                "formatters": {"f": {**settings.LOGGING["formatters"][name]}},
                "handlers": handlers,
                "loggers": {"shipped": {"handlers": ["file"], "propagate": False}},
            }
        )
        loggers.append(logging.getLogger("shipped"))
        return loggers[0]

    token = request_id.set("the-id-of-a-request")
    yield make
    request_id.reset(token)
    for logger in loggers:
        logger.handlers.pop().close()


def log_a_mishap(logger: logging.Logger) -> None:
    try:
        raise ValueError("Key (lower(email::text))=(wilhelmina.quist@calderwick.example) already exists.")
    except ValueError:
        logger.exception("Refused: {'quist@calderwick.example': (550, b'no')} at %s", LINK)


def test_errors_in_our_own_log_repeat_no_address(shipped, tmp_path):
    log_a_mishap(shipped("line"))
    text = (tmp_path / "ours.log").read_text()
    assert "Key (lower(email::text))=(…@…) already exists." in text
    line = "ERROR shipped [the-id-of-a-request]: Refused: {'…@…': (550, b'no')} at /forms/network/confirm/?…"
    assert line in text


def test_json_is_one_object_a_line_and_repeats_no_address(shipped, tmp_path):
    logger = shipped("json")
    log_a_mishap(logger)
    logger.warning('Two\nlines, a "quote" and é')
    first, second = map(json.loads, (tmp_path / "ours.log").read_text().splitlines())
    assert first["error"].endswith("Key (lower(email::text))=(…@…) already exists.")
    del first["error"]
    assert dt.datetime.fromisoformat(first.pop("time")).utcoffset() == dt.timedelta(0)
    assert first == {
        "level": "ERROR",
        "logger": "shipped",
        "request_id": "the-id-of-a-request",
        "process": os.getpid(),
        "message": "Refused: {'…@…': (550, b'no')} at /forms/network/confirm/?…",
    }
    assert second["message"] == 'Two\nlines, a "quote" and é'


@pytest.mark.parametrize(
    ("proxies", "named", "is_kept"),
    [
        (1, "f00-Ba7", True),
        (1, "a" * 64, True),
        (0, "f00-Ba7", False),
        (1, "", False),
        (1, "a" * 65, False),
        (1, "two words", False),
        (1, "line\nbreak", False),
        (1, "é", False),
    ],
)
def test_a_request_keeps_the_name_that_a_trusted_proxy_gave_it(client, settings, proxies, named, is_kept):
    settings.TRUSTED_PROXIES = proxies
    answer = client.get("/healthz", headers={"x-request-id": named})
    assert (answer["X-Request-ID"] == named) is is_kept
    assert re.fullmatch(r"[A-Za-z0-9-]{1,64}", answer["X-Request-ID"])
    assert client.get("/healthz")["X-Request-ID"] != client.get("/healthz")["X-Request-ID"]


def test_the_page_that_says_that_something_tripped_says_how_to_find_it(rf):
    token = request_id.set("4b1d")
    assert "<code>4b1d</code>" in server_error(rf.get("/")).content.decode()
    request_id.reset(token)


@pytest.mark.django_db
def test_what_is_not_there_is_no_warning(client, caplog):
    caplog.set_level(logging.NOTSET, "django")
    logging.config.dictConfig({"version": 1, "incremental": True, "loggers": settings.LOGGING["loggers"]})
    assert client.get("/nothing/here/").status_code == 404
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize(
    "line",
    [
        '127.0.0.1 - - "GET /exhibitions/made-visible/ HTTP/1.1" 200 51 "-" "Mozilla/5.0"',
        "Why? Because it failed.",
        "/accounts/password/reset/ 200",
    ],
)
def test_other_lines_stay_as_they_are(line):
    assert mask(line) == line


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("no sean.o'brien@uni.ac.uk here", "no …@… here"),
        ("{'ann@x.example': 'bo%40x.example'}", "{'…@…': '…@…'}"),
        ("GET /x)?q=secret HTTP/1.1", "GET /x)?… HTTP/1.1"),
        ("/%61ccounts//confirm%2Demail/secret/ 200", "/%61ccounts//confirm%2Demail/… 200"),
        ("a\x85b\x9b2J\x1b\u2028c\r", "a\\x85b\\x9b2J\\x1b\\x2028c\\x0d"),
        ("two\n\tlines", "two\n\tlines"),
    ],
)
def test_what_names_somebody_or_steers_a_terminal_is_cut_out_however_it_is_written(line, masked):
    assert mask(line) == masked


def test_a_long_line_takes_no_time():
    began = time.monotonic()
    mask("a" * 100_000 + "?" * 1000 + "@" * 1000)
    mask("/" * 100_000 + "/./accounts" * 10_000)
    assert time.monotonic() - began < 2
