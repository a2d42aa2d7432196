"""The two storages: on the local disk, and on a real S3 server."""

import urllib.request

import pytest
from django.core.files.base import ContentFile

from cms.core.storage import (
    NoPublicAddress,
    PrivateDiskStorage,
    PublicDiskStorage,
)
from tests.s3 import KEY, SECRET, status_of


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


@pytest.mark.s3
def test_private_objects_are_refused_to_strangers(s3, buckets):
    private, _ = buckets
    name = private.save("masters/one.jpg", ContentFile(b"as received"))
    with private.open(name) as file:
        assert file.read() == b"as received"
    assert status_of(f"{s3.endpoint}/gallery-private/{name}") == 403
    assert status_of(f"{s3.endpoint}/gallery-private/") == 403
    with pytest.raises(NoPublicAddress):
        private.url(name)
    private.delete(name)
    assert not private.exists(name)


@pytest.mark.s3
def test_public_objects_have_a_plain_address(s3, buckets):
    _, public = buckets
    name = public.save("exhibits/one/320.avif", ContentFile(b"a picture"))
    address = public.url(name)
    assert address == f"{s3.endpoint}/gallery-public/exhibits/one/320.avif"
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
        assert SECRET not in kept
        assert KEY not in kept
