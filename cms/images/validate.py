"""Is this a photograph we can take? Judged by content, never by name.

Headers first, without decoding; then one decode in a bounded client. A file is either refused in words its
sender can act on, or it is whole, safe to open and described.
"""

import hashlib
import mmap
import os
from dataclasses import dataclass
from typing import IO

from cms.images import formats, headers, refusal
from cms.images.formats import Limits
from cms.images.headers import Header
from cms.images.metadata import FoundMetadata
from cms.images.refusal import PhotoRefused
from cms.images.sandbox import client

__all__ = ["Inspection", "PhotoRefused", "inspect"]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a good file is. Sizes are upright. `pixel_hash` is equal for equal pixels under other metadata;
    `likeness` is close for re-encoded copies (`cms.images.perceptual_hash.alike`)."""

    format: str
    mime: str
    extension: str
    width: int
    height: int
    bytes: int
    found: FoundMetadata
    sha256: str
    pixel_hash: str
    likeness: str
    thumbhash: str
    colour: str

    @property
    def has_location(self) -> bool:
        return self.found.had_location


def inspect(file: IO[bytes], *, limits: Limits) -> Inspection:
    """Judge and describe an open binary file, which is rewound afterwards. Raises PhotoRefused."""
    try:
        file.seek(0, os.SEEK_END)
        size = file.tell()
        file.seek(0)
    except OSError:  # there was no room for it (cms.core.uploads)
        raise PhotoRefused.because("busy") from None
    if size > limits.max_bytes:
        raise refusal.too_many_bytes(size, limits.max_bytes)
    if not size:
        raise PhotoRefused.because("empty")
    with client.on_disk(file) as fd:
        with mmap.mmap(fd, 0, access=mmap.ACCESS_READ) as data:
            header = headers.read(data)
            _within(limits, header, header.width, header.height)
            digest = hashlib.sha256(data).hexdigest()
        ((facts, _),) = client.run(file, {"job": "inspect"}, formats.INSPECTION)
    # Cropping and rotation inside HEIC and AVIF show their true size only now.
    _within(limits, header, facts["width"], facts["height"])
    return Inspection(
        format=header.format.code,
        mime=header.format.mime,
        extension=header.format.extension,
        bytes=size,
        found=FoundMetadata.from_json(facts.pop("found")),
        sha256=digest,
        **facts,
    )


def _within(limits: Limits, header: Header, width: int, height: int) -> None:
    if max(width, height) > formats.MAX_EDGE:
        raise refusal.too_long(width, height)
    most = limits.max_megapixels(header.format, progressive=header.progressive, heavy=header.heavy)
    if width * height > most * formats.MEGAPIXEL:
        raise refusal.too_many_pixels(
            width, height, header.format, progressive=header.progressive, heavy=header.heavy, limit=most
        )
    if max(width, height) < limits.min_long_edge:
        raise refusal.too_small(max(width, height), limits.min_long_edge)
