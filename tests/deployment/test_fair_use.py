"""Ten requests a second of the APIs, and fifty at once: counted by nginx, as deploy/nginx.conf sets it up."""

import http.client
import json
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.contenders.front import free_port, nginx_conf

SITE = (Path(__file__).resolve().parents[2] / "deploy/nginx.conf").read_text()
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
AT_ONCE = 50
pytestmark = pytest.mark.skipif(NGINX is None, reason="needs nginx")


@pytest.fixture
def front(tmp_path: Path) -> Iterator[http.client.HTTPConnection]:
    """nginx, with nobody behind it: what it lets through is answered with 502."""
    port = free_port()
    conf = nginx_conf(SITE, folder=tmp_path, front=port, back=free_port(), secure=False)
    (tmp_path / "nginx.conf").write_text(conf)
    nginx = subprocess.Popen([str(NGINX), "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for _ in range(100):
        try:
            connection.connect()
            break
        except OSError:
            time.sleep(0.05)
    yield connection
    connection.close()
    nginx.terminate()
    nginx.wait(10)


def ask(front: http.client.HTTPConnection, path: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    front.request("GET", path)
    answer = front.getresponse()
    return answer.status, answer.headers, answer.read()


def test_who_asks_the_apis_too_often_is_told_when_to_ask_again(front):
    answers = [ask(front, "/api/gallery/v1/exhibits/") for _ in range(3 * AT_ONCE)]
    statuses = [status for status, _, _ in answers]
    assert statuses[: AT_ONCE + 1] == [502] * (AT_ONCE + 1)
    assert Counter(statuses)[429] > AT_ONCE
    _, headers, body = answers[statuses.index(429)]
    assert (headers["Content-Type"], headers["Retry-After"]) == ("application/problem+json", "1")
    assert (headers["Access-Control-Allow-Origin"], headers["Cache-Control"]) == ("*", "no-store")
    assert json.loads(body)["status"] == 429
    time.sleep(1.0)
    assert ask(front, "/api/v2/pages/")[0] == 502


def test_pages_are_not_counted(front):
    assert {ask(front, "/")[0] for _ in range(3 * AT_ONCE)} == {502}
