"""What we read from a photograph, cleaned: seven facts, and the rest is dropped.

Text stays text: markup in it is data and is escaped where it is shown.
"""

import datetime
import re
import struct
import unicodedata
from collections.abc import Iterable, Mapping
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
JOINERS = "\u200c\u200d"  # Persian and Indian names need them, and emoji
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


def clean(words: object, limit: int = MAX_WORDS) -> str:
    """One line of printable text: no NUL, no control or direction characters, no half surrogates."""
    if isinstance(words, bytes):
        words = _decoded(words)
    if not isinstance(words, str):
        return ""
    spaced = re.sub(r"[\s\0]+", " ", words[: limit * 4])
    kept = "".join(
        letter for letter in spaced if letter in JOINERS or unicodedata.category(letter) not in UNPRINTABLE
    )
    return unicodedata.normalize("NFC", kept).strip()[:limit].strip()


def read(image: Image.Image) -> FoundMetadata:
    """What can be read from an opened picture. Broken parts are no reason to refuse: they read as empty."""
    exif, details, gps = _exif(image)
    xmp = _xmp(image.info.get("xmp"))
    iptc = _iptc(image.info.get("photoshop"))
    by_lines = _joined(iptc.get(80, ()))
    png = image.info
    artist = clean(_exif_words(exif.get(Base.Artist))) or _windows_words(exif.get(Base.XPAuthor))
    rights = clean(_exif_words(exif.get(Base.Copyright)))
    return FoundMetadata(
        camera=_camera(clean(exif.get(Base.Make), 60), clean(exif.get(Base.Model), 60)),
        lens=clean(details.get(Base.LensModel), 100),
        exposure=_exposure(details),
        taken_on=_date(details.get(Base.DateTimeOriginal)) or _date(details.get(Base.DateTimeDigitized)),
        creator=_said(xmp, "creator") or by_lines or artist or clean(png.get("Author")),
        rights=_said(xmp, "rights") or _joined(iptc.get(116, ())) or rights or clean(png.get("Copyright")),
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
    return _joined([item.text for item in found.iter(RDF + "li")]) or clean(found.text)


def _joined(items: Iterable[object]) -> str:
    """The first ten, each once, with commas between."""
    return clean(", ".join(dict.fromkeys(filter(None, map(clean, list(items)[:10])))))


def _windows_words(words: object) -> str:
    """What Windows writes into EXIF: UTF-16, with semicolons between several."""
    if isinstance(words, tuple):
        words = bytes(number & 0xFF for number in words if isinstance(number, int))
    if not isinstance(words, bytes):
        return ""
    return _joined(words.decode("utf-16-le", "replace").split("\0")[0].split(";"))


def _iptc(resources: object) -> dict[int, list[bytes]]:
    """Record 2 of an IPTC-IIM block: the values of each data set."""
    block = resources.get(0x0404) if isinstance(resources, dict) else None
    found: dict[int, list[bytes]] = {}
    position = 0
    while isinstance(block, bytes) and position + 5 <= len(block) and block[position] == 0x1C:
        record, dataset, length = struct.unpack_from(">BBH", block, position + 1)
        if length & 0x8000:
            break
        if record == 2:
            found.setdefault(dataset, []).append(block[position + 5 : position + 5 + length])
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
