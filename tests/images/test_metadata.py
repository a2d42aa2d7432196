import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from cms.images import headers, metadata
from cms.images.credit import Credit, iptc_segment, xmp_packet
from cms.images.metadata import FoundMetadata, clean
from cms.images.sandbox import pixels
from tests.images import builders


def read(exif: Image.Exif | None = None, **options: object) -> FoundMetadata:
    if exif is not None:
        options["exif"] = exif
    return metadata.read(Image.open(io.BytesIO(builders.photo(64, 48, **options))))


def camera(make: str, model: str) -> str:
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Model] = make, model
    return read(exif).camera


@pytest.mark.parametrize(
    ("make", "model", "name"),
    [
        ("NIKON CORPORATION", "NIKON D850", "Nikon D850"),
        ("Canon", "Canon EOS R5", "Canon EOS R5"),
        ("Apple", "iPhone 15 Pro", "Apple iPhone 15 Pro"),
        ("HMD Global", "Nokia 8.3 5G", "HMD Global Nokia 8.3 5G"),
        ("SONY", "ILCE-7M4", "Sony ILCE-7M4"),
        ("", "Holga", "Holga"),
        ("LG", "", "LG"),
    ],
)
def test_cameras_are_named_as_people_name_them(make, model, name):
    assert camera(make, model) == name


def exposure(**details: object) -> str:
    exif = Image.Exif()
    exif.get_ifd(IFD.Exif).update({getattr(Base, name): value for name, value in details.items()})
    return read(exif).exposure


def test_exposure_is_said_as_photographers_say_it():
    assert exposure(ExposureTime=0.5, FNumber=11.0) == "0.5 s, f/11"
    assert exposure(ExposureTime=30.0, ISOSpeedRatings=3200) == "30 s, ISO 3200"
    assert exposure(ExposureTime=1 / 8000, FocalLength=200.0) == "1/8,000 s, 200 mm"
    assert exposure() == ""


@pytest.mark.parametrize(
    "written", ["9999:99:99 00:00:00", "2099:01:01 00:00:00", "0000:00:00", "1700:01:01", "x", "    :  :  "]
)
def test_impossible_dates_are_ignored(written):
    exif = Image.Exif()
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = written
    assert read(exif).taken_on is None


def test_text_is_cleaned_and_markup_stays_text():
    assert clean("a\0b") == "a b"
    assert clean("photo\u202egpj.exe\r\nx\x07") == "photogpj.exe x"
    assert clean("<script>alert(1)</script>") == "<script>alert(1)</script>"
    assert clean("e\u0301te\u0301") == "été"
    assert clean("x" * 10_000) == "x" * 300
    assert clean(b"caf\xe9") == "café"
    assert clean(b"caf\xc3\xa9") == "café"
    assert clean("\ud800") == ""
    assert clean(42) == ""


def xmp(body: str, doctype: str = "") -> bytes:
    return (
        f'{doctype}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:exif="http://ns.adobe.com/exif/1.0/">{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def test_xmp_gives_creators_and_place():
    body = "<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li><rdf:li>Bo</rdf:li></rdf:Seq></dc:creator>"
    found = read(xmp=xmp(body + "<exif:GPSLatitude>51,28.6N</exif:GPSLatitude>"))
    assert found.creator == "Ada, Bo"
    assert found.had_location is True


@pytest.mark.parametrize(
    "packet",
    [
        xmp("<dc:creator>&a;</dc:creator>", '<!DOCTYPE x [<!ENTITY a "boom">]>'),
        b"\xff\xfe<not xml",
        b"<unclosed",
        b"\0" * 50,
    ],
)
def test_bad_xmp_reads_as_none(packet):
    assert read(xmp=packet) == FoundMetadata()


def test_iptc_is_read_in_utf8():
    found = read(extra=iptc_segment(Credit(creator="Żółć", copyright_notice="© Żółć")))
    assert (found.creator, found.rights) == ("Żółć", "© Żółć")


def test_several_by_lines_are_joined():
    sets = b"".join(struct.pack(">BBBH", 0x1C, 2, 80, len(name)) + name for name in (b"Ada", b"Bo", b"Ada"))
    segment = (
        b"Photoshop 3.0\0" + struct.pack(">4sHHI", b"8BIM", 0x0404, 0, len(sets)) + sets + b"\0" * (len(sets) % 2)
    )
    assert read(extra=struct.pack(">HH", 0xFFED, len(segment) + 2) + segment).creator == "Ada, Bo"


def test_windows_authors_are_read():
    exif = Image.Exif()
    exif[Base.XPAuthor] = "Zoë Żółć;Bo\0".encode("utf-16-le")
    assert read(exif).creator == "Zoë Żółć, Bo"


def said_in_png(kind: bytes, body: bytes) -> str:
    data = builders.photo(64, 48, "PNG")
    data = data[:33] + builders.chunk(kind, body) + data[33:]
    return pixels.decode(data, headers.read(data)).found.creator


def test_words_of_a_png_are_read_compressed_or_not():
    packet = xmp("<dc:creator><rdf:Seq><rdf:li>Żółć</rdf:li></rdf:Seq></dc:creator>")
    for squeezed, pack in ((b"\0\0", bytes), (b"\1\0", zlib.compress)):
        assert said_in_png(b"iTXt", b"XML:com.adobe.xmp\0" + squeezed + b"\0\0" + pack(packet)) == "Żółć"
        assert said_in_png(b"iTXt", b"Author\0" + squeezed + b"en\0\0" + pack("Żółć".encode())) == "Żółć"
    assert said_in_png(b"tEXt", b"Author\0Zo\xeb") == "Zoë"
    assert said_in_png(b"zTXt", b"Author\0\0" + zlib.compress(b"Zo\xeb")) == "Zoë"


def test_balloons_in_a_png_stay_unopened():
    balloon = zlib.compress(bytes(50_000_000), 9)
    assert said_in_png(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + balloon) == ""
    assert said_in_png(b"zTXt", b"Author\0\0" + balloon) == ""


def test_an_endless_directory_ends():
    # The details' directory is the main one again, and the next directory is itself.
    entries = struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<HHII", 0x8825, 4, 1, 8)
    loop = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 2) + entries + struct.pack("<I", 8)
    assert read(loop) == FoundMetadata()


def test_found_metadata_survives_the_journey():
    found = metadata.read(Image.open(io.BytesIO(builders.secretive())))
    assert FoundMetadata.from_json(found.as_json()) == found


def test_no_credit_is_no_packet():
    assert xmp_packet(Credit()) == b""
    assert iptc_segment(Credit()) == b""


def test_a_packet_survives_every_character():
    from defusedxml.ElementTree import fromstring

    packet = xmp_packet(Credit(title="]]> & <b> \"q\" 'a' \x00\x0b\ud800\uffff 写真 🎞", creator="a\nb"))
    words = [element.text for element in fromstring(packet).iter() if element.text]
    assert words == ["]]> & <b> \"q\" 'a'  写真 🎞", "a\nb"]
