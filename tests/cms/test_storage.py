"""The two storages: on the local disk, and on a real S3 server."""

import json
import shutil
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
from django.core.files.base import ContentFile

from cms.core.storage import (
    NoPublicAddress,
    PrivateDiskStorage,
    PrivateS3Storage,
    PublicDiskStorage,
    PublicS3Storage,
)

WEED = shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")
PORT = 8433
ENDPOINT = f"http://127.0.0.1:{PORT}"


def test_the_default_storage_is_the_private_one():
    from django.core.files.storage import storages

    assert isinstance(storages["default"], PrivateDiskStorage)
    assert isinstance(storages["public"], PublicDiskStorage)


def test_private_files_have_no_address_on_disk():
    with pytest.raises(NoPublicAddress):
        PrivateDiskStorage().url("masters/a.jpg")


def test_a_template_shows_nothing_in_its_place():
    from django.template import Context, Template

    class Holder:
        @property
        def url(self) -> str:
            return PrivateDiskStorage().url("masters/a.jpg")

    assert Template("[{{ file.url }}]").render(Context({"file": Holder()})) == "[]"


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """SeaweedFS with both buckets; the public one opened for reading by its policy."""
    if WEED is None:
        pytest.skip("weed is not installed")
    folder = tmp_path_factory.mktemp("s3")
    identity = {
        "name": "app",
        "credentials": [{"accessKey": "testkey", "secretKey": "testsecret"}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    command = [WEED, "mini", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-s3.port={PORT}"]
    command += [f"-s3.config={folder}/s3.json", "-bucket=gallery-private,gallery-public", "-s3.port.iceberg=0"]
    command += ["-webdav=false", "-admin.ui=false", "-master.telemetry=false"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            for _ in range(150):
                try:
                    if status_of(f"{ENDPOINT}/gallery-private/") == 403:
                        break
                except OSError:
                    pass
                time.sleep(0.2)
            else:
                pytest.fail((folder / "log").read_text()[-2000:])
            _open_for_reading("gallery-public")
            yield
        finally:
            server.terminate()
            server.wait(10)


def _open_for_reading(bucket: str) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=ENDPOINT,
        aws_access_key_id="testkey",
        aws_secret_access_key="testsecret",
        region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}),
    )
    rule = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["s3:GetObject"],
        "Resource": [f"arn:aws:s3:::{bucket}/*"],
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [rule]})
    for attempt in range(20):  # the server answers a little before its store is ready
        try:
            client.put_bucket_policy(Bucket=bucket, Policy=policy)
            return
        except ClientError:
            if attempt == 19:
                raise
            time.sleep(0.5)


@pytest.fixture
def buckets(s3, settings, monkeypatch) -> tuple[PrivateS3Storage, PublicS3Storage]:
    """Credentials come from the environment only, as in production."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testkey")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testsecret")
    settings.AWS_STORAGE_PRIVATE_BUCKET = "gallery-private"
    settings.AWS_STORAGE_PUBLIC_BUCKET = "gallery-public"
    settings.AWS_S3_ENDPOINT_URL = ENDPOINT
    settings.AWS_S3_REGION_NAME = "us-east-1"
    settings.AWS_S3_ADDRESSING_STYLE = "path"
    settings.MEDIA_URL = f"{ENDPOINT}/gallery-public/"
    return PrivateS3Storage(), PublicS3Storage()


@pytest.mark.s3
def test_private_objects_are_refused_to_strangers(buckets):
    private, _ = buckets
    name = private.save("masters/one.jpg", ContentFile(b"as received"))
    with private.open(name) as file:
        assert file.read() == b"as received"
    assert status_of(f"{ENDPOINT}/gallery-private/{name}") == 403
    assert status_of(f"{ENDPOINT}/gallery-private/") == 403
    with pytest.raises(NoPublicAddress):
        private.url(name)
    private.delete(name)
    assert not private.exists(name)


@pytest.mark.s3
def test_public_objects_have_a_plain_address(buckets):
    _, public = buckets
    name = public.save("exhibits/one/320.avif", ContentFile(b"a picture"))
    address = public.url(name)
    assert address == f"{ENDPOINT}/gallery-public/exhibits/one/320.avif"
    with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
        assert (answer.read(), answer.headers["Cache-Control"]) == (
            b"a picture",
            "public, max-age=30, stale-while-revalidate=30",
        )
    assert public.listdir("exhibits/one") == ([], ["320.avif"])
    public.delete(name)
    assert status_of(address) in {403, 404}


@pytest.mark.s3
def test_storages_hold_no_credentials(buckets):
    """What a job stores of a storage is its deconstruction, in plain text."""
    for storage in buckets:
        kept = repr(storage.deconstruct()) if hasattr(storage, "deconstruct") else ""
        assert "testsecret" not in kept
        assert "testkey" not in kept
