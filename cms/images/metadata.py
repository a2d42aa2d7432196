"""What we read from a photograph, cleaned, and what we write into every public copy.

Reading keeps seven facts and drops the rest. Text stays text: markup in it is data and is escaped where it is
shown. Writing is the credit and nothing else.
"""

import datetime
import re
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import ExifTags, Image
from PIL.ExifTags import IFD, Base

MAX_WORDS = 300
MAX_XMP_BYTES = 1024 * 1024
FIRST_YEAR = 1826  # the oldest photograph there is

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
# Unicode's control, format, surrogate, private and unassigned letters.
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
DC = "{http://purl.org/dc/elements/1.1/}"
EXIF_XMP = "{http://ns.adobe.com/exif/1.0/}"


@dataclass(frozen=True, slots=True)
class FoundMetadata:
    """What the file says of itself. Empty text and None mean it does not say."""

    camera: str = ""
    lens: str = ""
    exposure: str = ""
    taken_on: datetime.date | None = None
    creator: str = ""
    rights: str = ""
    had_location: bool = False

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "taken_on": self.taken_on.isoformat() if self.taken_on else None}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "FoundMetadata":
        taken_on = found["taken_on"]
        return cls(**{**found, "taken_on": datetime.date.fromisoformat(taken_on) if taken_on else None})


@dataclass(frozen=True, slots=True)
class Credit:
    """The words written into a public copy. Addresses are absolute; empty fields are left out.

    `licence_url` and `web_statement` are the pair Google shows as "Licensable": the licence, and the page
    where the picture is shown and its maker can be asked.
    """

    title: str = ""
    creator: str = ""
    credit_line: str = ""
    copyright_notice: str = ""
    licence_url: str = ""
    usage_terms: str = ""
    web_statement: str = ""
    source: str = ""
    alt_text: str = ""


def clean(words: object, limit: int = MAX_WORDS) -> str:
    """One line of printable text: no NUL, no control or direction characters, no half surrogates."""
    if isinstance(words, bytes):
        words = _decoded(words)
    if not isinstance(words, str):
        return ""
    spaced = re.sub(r"[\s\0]+", " ", words[: limit * 4])
    kept = "".join(letter for letter in spaced if unicodedata.category(letter) not in UNPRINTABLE)
    return unicodedata.normalize("NFC", kept).strip()[:limit].strip()


def read(image: Image.Image) -> FoundMetadata:
    """What can be read from an opened picture. Broken parts are no reason to refuse: they read as empty."""
    exif, details, gps = _exif(image)
    xmp = _xmp(image.info.get("xmp"))
    iptc = _iptc(image.info.get("photoshop"))
    png = image.info
    artist = clean(_exif_words(exif.get(Base.Artist)))
    rights = clean(_exif_words(exif.get(Base.Copyright)))
    return FoundMetadata(
        camera=_camera(clean(exif.get(Base.Make), 60), clean(exif.get(Base.Model), 60)),
        lens=clean(details.get(Base.LensModel), 100),
        exposure=_exposure(details),
        taken_on=_date(details.get(Base.DateTimeOriginal)) or _date(details.get(Base.DateTimeDigitized)),
        creator=_said(xmp, "creator") or clean(iptc.get(80)) or artist or clean(png.get("Author")),
        rights=_said(xmp, "rights") or clean(iptc.get(116)) or rights or clean(png.get("Copyright")),
        had_location=_has_place(gps) or _xmp_has_place(xmp),
    )


def _exif(image: Image.Image) -> tuple[Mapping[int, Any], Mapping[int, Any], Mapping[int, Any]]:
    parts: list[Mapping[int, Any]] = []
    # Each directory on its own: a broken one hides only itself. Pillow raises almost anything here.
    for pointer in (None, IFD.Exif, IFD.GPSInfo):
        try:
            exif = image.getexif()
            parts.append(dict(exif if pointer is None else exif.get_ifd(pointer)))
        except Exception:
            parts.append({})
    return parts[0], parts[1], parts[2]


def _camera(make: str, model: str) -> str:
    """ "NIKON CORPORATION" and "NIKON D850" are a Nikon D850; makers repeat their name in the model."""
    if not make or not model:
        return make or model
    first = make.split()[0]
    if first.isupper() and len(first) > 3:
        tidy = first.capitalize()
    else:
        tidy = first if first.lower() in model.lower() else make
    rest = model[len(first) :].strip() if model.lower().startswith(first.lower()) else model
    return clean(f"{tidy} {rest}", 100)


def _exposure(details: Mapping[int, Any]) -> str:
    """As a photographer says it: "1/250 s, f/2.8, ISO 400, 35 mm"."""
    seconds, aperture = _number(details.get(Base.ExposureTime)), _number(details.get(Base.FNumber))
    sensitivity = details.get(Base.ISOSpeedRatings)
    if isinstance(sensitivity, tuple):
        sensitivity = next(iter(sensitivity), None)
    speed, length = _number(sensitivity), _number(details.get(Base.FocalLength))
    said = []
    if seconds and seconds < 100_000:
        said.append(f"1/{round(1 / seconds):,} s" if seconds < 0.4 else f"{seconds:.3g} s")
    if aperture and aperture < 1000:
        said.append(f"f/{aperture:.2g}" if aperture < 10 else f"f/{aperture:.0f}")
    if speed and speed < 10_000_000:
        said.append(f"ISO {speed:.0f}")
    if length and length < 100_000:
        said.append(f"{length:.0f} mm")
    return ", ".join(said)


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if 0.000_001 < number < float("inf") else None


def _date(value: Any) -> datetime.date | None:
    found = re.match(r"(\d{4})[:\-](\d{2})[:\-](\d{2})", clean(value, 30))
    if not found:
        return None
    try:
        taken_on = datetime.date(*map(int, found.groups()))
    except ValueError:
        return None
    # A camera in another time zone may be a day ahead; one set to 2036 is simply wrong.
    tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    return taken_on if taken_on.year >= FIRST_YEAR and taken_on <= tomorrow else None


def _has_place(gps: Mapping[int, Any]) -> bool:
    return any(tag in gps for tag in (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude))


def _xmp_has_place(xmp: Element | None) -> bool:
    if xmp is None:
        return False
    names = {EXIF_XMP + "GPSLatitude", EXIF_XMP + "GPSLongitude"}
    return any(element.tag in names or names & element.attrib.keys() for element in xmp.iter())


def _xmp(packet: object) -> Element | None:
    """The packet as a tree; None when it declares a DTD, is too long or is not well-formed."""
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "surrogateescape")
    if not isinstance(packet, bytes) or not 0 < len(packet) <= MAX_XMP_BYTES:
        return None
    try:
        return fromstring(packet.strip(b"\0 \t\r\n"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        return None


def _said(xmp: Element | None, name: str) -> str:
    """A Dublin Core field: its list items joined by commas, or its plain text."""
    found = next(xmp.iter(DC + name), None) if xmp is not None else None
    if found is None:
        return ""
    items = [clean(item.text) for item in found.iter(RDF + "li")][:10]
    return clean(", ".join(filter(None, items)) or found.text)


def _iptc(resources: object) -> dict[int, bytes]:
    """Record 2 of an IPTC-IIM block: the first value of each data set."""
    block = resources.get(0x0404) if isinstance(resources, dict) else None
    found: dict[int, bytes] = {}
    position = 0
    while isinstance(block, bytes) and position + 5 <= len(block) and block[position] == 0x1C:
        record, dataset, length = struct.unpack_from(">BBH", block, position + 1)
        if length & 0x8000:
            break
        if record == 2:
            found.setdefault(dataset, block[position + 5 : position + 5 + length])
        position += 5 + length
    return found


def _decoded(words: bytes) -> str:
    try:
        return words.decode("utf-8")
    except UnicodeDecodeError:
        return words.decode("cp1252", "replace")


def _exif_words(words: object) -> object:
    """Pillow reads EXIF text as Latin-1; cameras and editors have long written UTF-8 there."""
    try:
        return words.encode("latin-1") if isinstance(words, str) else words
    except UnicodeEncodeError:
        return words


NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
}


def xmp_packet(credit: Credit) -> bytes:
    """The credit as an XMP packet, UTF-8, empty fields left out; no credit at all gives no bytes."""
    fields = [
        _language("dc:title", credit.title),
        _list("dc:creator", credit.creator),
        _language("dc:rights", credit.copyright_notice),
        _plain("photoshop:Credit", credit.credit_line),
        _plain("photoshop:Source", credit.source),
        _plain("xmpRights:Marked", "True" if credit.copyright_notice else ""),
        _plain("xmpRights:WebStatement", credit.licence_url),
        _language("xmpRights:UsageTerms", credit.usage_terms),
        _licensor(credit.web_statement),
        _language("Iptc4xmpCore:AltTextAccessibility", credit.alt_text),
    ]
    if not any(fields):
        return b""
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if prefix != "rdf")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{NAMESPACES["rdf"]}">'
        f'<rdf:Description rdf:about="" {names}>{"".join(fields)}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _written(words: str) -> str:
    # XML 1.0 has no way at all to write control characters, so they cannot be escaped, only dropped.
    kept = "".join(letter for letter in words if letter in "\t\n" or _in_xml(letter))
    # By hand: the standard library's escape drags the whole of urllib into the bounded process.
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _in_xml(letter: str) -> bool:
    return letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff\x7f"


def _plain(name: str, words: str) -> str:
    return f"<{name}>{_written(words)}</{name}>" if words else ""


def _language(name: str, words: str) -> str:
    if not words:
        return ""
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{_written(words)}</rdf:li></rdf:Alt></{name}>'


def _list(name: str, words: str) -> str:
    return f"<{name}><rdf:Seq><rdf:li>{_written(words)}</rdf:li></rdf:Seq></{name}>" if words else ""


def _licensor(page: str) -> str:
    if not page:
        return ""
    return (
        '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">'
        f"{_plain('plus:LicensorURL', page)}</rdf:li></rdf:Seq></plus:Licensor>"
    )


def iptc_segment(credit: Credit) -> bytes:
    """By-line, credit, source and copyright notice as a JPEG APP13 segment, for readers older than XMP."""
    fields = {80: credit.creator, 110: credit.credit_line, 115: credit.source, 116: credit.copyright_notice}
    sets = [(dataset, words.encode()[:2000]) for dataset, words in fields.items() if words]
    if not sets:
        return b""
    block = b"\x1c\x01\x5a\x00\x03\x1b%G"  # "what follows is UTF-8"
    for dataset, words in sets:
        block += struct.pack(">BBBH", 0x1C, 2, dataset, len(words)) + words
    block += b"\0" * (len(block) % 2)
    segment = b"Photoshop 3.0\0" + struct.pack(">4sHHI", b"8BIM", 0x0404, 0, len(block)) + block
    return struct.pack(">HH", 0xFFED, len(segment) + 2) + segment
