"""Each cache in front that settings may name raises when it does not listen, so that it is told again."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import unquote

import pytest
from botocore.exceptions import ClientError
from requests import RequestException

from cms.changes.backends import CloudflareBackend, CloudfrontBackend, HTTPBackend, NotPurged

URLS = ["https://portal.example/", "https://portal.example/exhibitions/?page=2"]


class Front(BaseHTTPRequestHandler):
    """A cache, or the door of a content network: keeps what it was asked and answers as told."""

    asked: list[tuple[str, str, str, str]] = []
    status, body = 200, b"{}"

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.asked.append((self.command, self.headers["Host"], self.path, body))
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    do_PURGE = do_POST = answer  # noqa: N815 (named by the library)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def front(monkeypatch) -> Iterator[tuple[type[Front], str]]:
    monkeypatch.setattr(Front, "asked", [])
    server = HTTPServer(("127.0.0.1", 0), Front)
    Thread(target=server.serve_forever, daemon=True).start()
    yield Front, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_http(front, monkeypatch):
    door, address = front
    backend = HTTPBackend({"LOCATION": address})
    backend.purge_batch(URLS)
    assert [asked[:3] for asked in door.asked] == [
        ("PURGE", "portal.example", "/"),
        ("PURGE", "portal.example", "/exhibitions/?page=2"),
    ]
    monkeypatch.setattr(door, "status", 404)  # it was not there
    backend.purge_batch(URLS)
    monkeypatch.setattr(door, "status", 503)
    with pytest.raises(RequestException):
        backend.purge_batch(URLS)


def test_cloudflare(front, monkeypatch):
    door, address = front
    backend = CloudflareBackend({"ZONEID": "zone", "BEARER_TOKEN": "token"})
    backend.cloudflare_purge_endpoint_url = f"{address}/zones/zone/purge_cache"
    monkeypatch.setattr(door, "body", b'{"success": true}')
    backend.purge_batch(URLS)
    ((_, _, path, body),) = door.asked
    assert (path, json.loads(body)) == ("/zones/zone/purge_cache", {"files": URLS})
    monkeypatch.setattr(door, "body", b'{"success": false, "errors": []}')
    with pytest.raises(NotPurged):
        backend.purge_batch(URLS)
    monkeypatch.setattr(door, "status", 403)
    with pytest.raises(RequestException):
        backend.purge_batch(URLS)


def test_cloudfront(front, monkeypatch):
    door, address = front
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", address)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")  # not asked for where the door is Amazon's own
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "for-tests-only")
    backend = CloudfrontBackend({"DISTRIBUTION_ID": "E1"})
    monkeypatch.setattr(door, "status", 201)
    monkeypatch.setattr(door, "body", b"<Invalidation><Id>I1</Id></Invalidation>")
    backend.purge_batch(URLS)
    ((_, _, path, body),) = door.asked
    assert path == "/2020-05-31/distribution/E1/invalidation"
    assert all(f"<Path>{named}</Path>" in unquote(body) for named in ("/", "/exhibitions/?page=2"))
    monkeypatch.setattr(door, "status", 403)
    monkeypatch.setattr(door, "body", b"<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>")
    with pytest.raises(ClientError):
        backend.purge_batch(URLS)
