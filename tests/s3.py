"""A real S3 server (SeaweedFS), with a private and a public bucket, that tests may stop and start again."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from botocore.client import Config
from botocore.exceptions import ClientError

from cms.core.storage import PrivateS3Storage, PublicS3Storage

WEED = shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")
KEY, SECRET = "testkey", "test-secret-8c1f"
PRIVATE, PUBLIC = "gallery-private", "gallery-public"
#: The server listens at each of its ports and, for itself, this much higher.
INTERNAL = 10_000


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


def free_ports(count: int) -> list[int]:
    found: list[int] = []
    for port in range(20_000 + os.getpid() % 10_000, 50_000):
        if all(_is_free(number) for number in (port, port + INTERNAL)):
            found.append(port)
        if len(found) == count:
            return found
    raise RuntimeError("No free ports.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class Server:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, *self.inner = free_ports(5)
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None
        identity = {
            "name": "app",
            "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
        (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))

    def start(self) -> None:
        """Returns once both buckets can be written to."""
        master, volume, filer, admin = self.inner
        command = [str(WEED), "mini", f"-dir={self.folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
        command += [f"-s3.port={self.port}", f"-master.port={master}", f"-volume.port={volume}"]
        command += [f"-filer.port={filer}", f"-admin.port={admin}", f"-s3.config={self.folder}/s3.json"]
        command += [f"-bucket={PRIVATE},{PUBLIC}", "-s3.port.iceberg=0", "-s3.port.lance=0", "-webdav=false"]
        command += ["-admin.ui=false", "-master.telemetry=false"]
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        for _ in range(150):
            try:
                if status_of(f"{self.endpoint}/{PRIVATE}/") == 403:
                    break
            except OSError:
                pass
            time.sleep(0.2)
        else:
            pytest.fail((self.folder / "log").read_text()[-2000:])
        self._open_the_public_one()

    def stop(self) -> None:
        """At once, as when the power goes."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def client(self, *, secret: str = SECRET):
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=KEY,
            aws_secret_access_key=secret,
            region_name="us-east-1",
            config=Config(s3={"addressing_style": "path"}, signature_version="s3v4"),
        )

    def names(self, bucket: str) -> list[str]:
        return [found["Key"] for found in self.client().list_objects_v2(Bucket=bucket).get("Contents", [])]

    def unfinished(self, bucket: str) -> list[str]:
        """Large uploads that were begun and neither finished nor given up."""
        found = self.client().list_multipart_uploads(Bucket=bucket)
        return [upload["Key"] for upload in found.get("Uploads", [])]

    def empty(self) -> None:
        for bucket in (PRIVATE, PUBLIC):
            for name in self.names(bucket):
                self.client().delete_object(Bucket=bucket, Key=name)

    def _open_the_public_one(self) -> None:
        """The server answers a little before its store is ready."""
        rule = {
            "Effect": "Allow",
            "Principal": "*",
            "Action": ["s3:GetObject"],
            "Resource": [f"arn:aws:s3:::{PUBLIC}/*"],
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [rule]})
        client = self.client()
        for attempt in range(40):
            try:
                client.put_bucket_policy(Bucket=PUBLIC, Policy=policy)
                for bucket in (PRIVATE, PUBLIC):
                    client.put_object(Bucket=bucket, Key="ready", Body=b"ready")
                    client.delete_object(Bucket=bucket, Key="ready")
                return
            except ClientError:
                if attempt == 39:
                    raise
                time.sleep(0.5)


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if WEED is None:
        pytest.skip("weed is not installed")
    server = Server(tmp_path_factory.mktemp("s3"))
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def s3(s3_server: Server, settings, monkeypatch) -> Iterator[Server]:
    """The server, running, and every storage of the project on it. Credentials come from the environment only,
    as in production; and as there, what is not said has its default."""
    from gallery.models.masters import Master

    if s3_server.process is None:
        s3_server.start()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    settings.AWS_STORAGE_PRIVATE_BUCKET = PRIVATE
    settings.AWS_STORAGE_PUBLIC_BUCKET = PUBLIC
    settings.AWS_S3_ENDPOINT_URL = s3_server.endpoint
    settings.AWS_S3_REGION_NAME = "us-east-1"
    settings.AWS_S3_ADDRESSING_STYLE = "path"
    settings.MEDIA_URL = f"{s3_server.endpoint}/{PUBLIC}/"
    private = {"BACKEND": "cms.core.storage.PrivateS3Storage"}
    public = {"BACKEND": "cms.core.storage.PublicS3Storage"}
    settings.STORAGES = settings.STORAGES | {"default": private, "private": private, "public": public}
    for name in ("file", "preview"):  # fields choose their storage once, when the process starts
        monkeypatch.setattr(Master._meta.get_field(name), "storage", PrivateS3Storage())
    yield s3_server
    if s3_server.process is None:
        s3_server.start()
    s3_server.empty()


@pytest.fixture
def buckets(s3: Server) -> tuple[PrivateS3Storage, PublicS3Storage]:
    return PrivateS3Storage(), PublicS3Storage()
