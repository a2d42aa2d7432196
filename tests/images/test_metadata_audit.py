"""The reader that looks for what public files must not carry."""

import io

import pytest
from PIL import Image

from cms.images import encode
from cms.images.credit import Credit
from cms.images.metadata_audit import has_credit, leaks
from tests.factories.photos import picture

CREDIT = Credit(title="T", creator="A. Example", credit_line="Photo: A. Example", alt_text="A flask.")


def saved(kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture().save(buffer, kind, **options)
    return buffer.getvalue()


def exif_with_gps() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0110] = "Camera of somebody"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 28.0, 40.0)
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_plain_picture_is_clean(kind):
    assert leaks(saved(kind)) == []
    assert not has_credit(saved(kind))


@pytest.mark.parametrize(
    ("kind", "named"),
    [("JPEG", "APP1 'Exif\\x00\\x00'"), ("PNG", "PNG eXIf"), ("WEBP", "WebP EXIF"), ("AVIF", "AVIF item Exif")],
)
def test_exif_is_found(kind, named):
    assert leaks(saved(kind, exif=exif_with_gps())) == [named]


def test_comments_and_trailing_bytes_are_found():
    assert leaks(saved("JPEG", comment=b"taken at home")) == ["JPEG comment"]
    assert leaks(saved("JPEG") + b"PK\x03\x04") == ["4 bytes after the picture"]
    assert leaks(saved("WEBP") + b"tail") == ["4 bytes after the picture"]
    assert leaks(saved("PNG") + b"tail") == ["4 bytes after the picture"]


def test_places_in_xmp_are_found():
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>51,28N</exif:GPSLatitude></x:xmpmeta>'
    assert leaks(saved("JPEG", xmp=packet)) == ["XMP GPS"]
    assert leaks(saved("AVIF", xmp=packet)) == ["XMP GPS"]


def test_what_we_make_is_clean_and_credited():
    source = io.BytesIO(saved("JPEG", exif=exif_with_gps(), comment=b"taken at home"))
    made = list(encode.ladder(source, credit=CREDIT))
    assert [item.mime for item in made] == ["image/avif", "image/jpeg"]
    assert [leaks(item.data) for item in made] == [[], []]
    assert [has_credit(item.data) for item in made] == [True, True]


def test_anything_else_is_refused():
    assert leaks(b"<svg></svg>") == ["not a JPEG, AVIF, PNG or WebP"]
