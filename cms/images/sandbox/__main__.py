"""The process in which strangers' files are decoded: `python -m cms.images.sandbox`.

It has no Django, no settings, no secrets and no way to write a file; it may use a fixed amount of memory and
CPU, and when a decoder loses its mind only this process dies. `cms.images.sandbox.client` starts it.

Standard input: one JSON job, `{"job": name, "fd": number of the open picture, …}`. Standard output: for each
result a line of JSON with its number of `bytes`, then those bytes; the last line says `done` or `refused`.
"""

import json
import mmap
import resource
import sys
from collections.abc import Iterator
from typing import Any

from PIL import Image

from cms.images import formats, perceptual_hash
from cms.images.credit import Credit
from cms.images.headers import read
from cms.images.refusal import PhotoRefused
from cms.images.sandbox import outputs, pixels, wholeness

Result = tuple[dict[str, Any], bytes]


def inspect(data: mmap.mmap, job: dict[str, Any]) -> Iterator[Result]:
    """Decode everything once, keep only what describes it."""

    def fit(width: int, height: int) -> tuple[int, int]:
        return _within(width, height, 2 * perceptual_hash.SMALL_EDGE)

    header = read(data)
    wholeness.refuse_if_damaged(data, header)
    picture = pixels.decode(data, header, fit)
    blur, colour = perceptual_hash.describe(picture.image)
    yield (
        {
            "width": picture.width,
            "height": picture.height,
            "found": picture.found.as_json(),
            "pixel_hash": perceptual_hash.pixel_hash(picture.image, (picture.width, picture.height)),
            "likeness": perceptual_hash.likeness(picture.image),
            "thumbhash": blur,
            "colour": colour,
        },
        b"",
    )


def ladder(data: mmap.mmap, job: dict[str, Any]) -> Iterator[Result]:
    """Every rung in every output format, largest first."""

    def fit(width: int, height: int) -> tuple[int, int]:
        top = formats.ladder_widths(width, height)[0]
        return top, formats.scaled_height(width, height, top)

    credit = Credit(**job["credit"])
    picture = pixels.decode(data, read(data), fit)
    for image in outputs.ladder(picture.image, (picture.width, picture.height)):
        for mime in (outputs.AVIF, outputs.JPEG):
            yield _encoded(image, mime, credit, None)


def preview(data: mmap.mmap, job: dict[str, Any]) -> Iterator[Result]:
    """One JPEG without any metadata."""

    def fit(width: int, height: int) -> tuple[int, int]:
        return _within(width, height, job["long_edge"])

    yield _encoded(pixels.decode(data, read(data), fit).image, outputs.JPEG, None, None)


def render(data: mmap.mmap, job: dict[str, Any]) -> Iterator[Result]:
    """A part of the picture (`crop`, in full upright pixels) at a given `size`."""
    left, top, right, bottom = job["crop"]
    width, height = job["size"]
    across, down = width / (right - left), height / (bottom - top)

    def fit(full_width: int, full_height: int) -> tuple[int, int]:
        return max(1, round(full_width * across)), max(1, round(full_height * down))

    image = pixels.decode(data, read(data), fit).image
    x = max(0, min(round(left * across), image.width - width))
    y = max(0, min(round(top * down), image.height - height))
    cut = image.crop((x, y, x + width, y + height))
    yield _encoded(cut, job["mime"], Credit(**job["credit"]), job["quality"])


JOBS = {"inspect": inspect, "ladder": ladder, "preview": preview, "render": render}


def _within(width: int, height: int, long_edge: int) -> tuple[int, int]:
    scale = min(1.0, long_edge / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _encoded(image: Image.Image, mime: str, credit: Credit | None, quality: int | None) -> Result:
    data = outputs.encode(image, mime, credit, quality)
    return {"mime": mime, "width": image.width, "height": image.height}, data


def _limit(what: int, amount: int) -> None:
    """Best effort: macOS refuses some limits, and the wall clock still holds there."""
    try:
        resource.setrlimit(what, (amount, amount))
    except (ValueError, OSError):
        return


def _send(result: dict[str, Any], payload: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps({**result, "bytes": len(payload)}).encode() + b"\n" + payload)
    sys.stdout.buffer.flush()


def main() -> None:
    job = json.loads(sys.stdin.buffer.read())
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CPU, job["cpu_seconds"])
    _limit(resource.RLIMIT_AS, job["memory_bytes"])
    try:
        with mmap.mmap(job["fd"], 0, access=mmap.ACCESS_READ) as data:
            for result, payload in JOBS[job["job"]](data, job):
                _send(result, payload)
    except PhotoRefused as refusal:
        _send({"refused": refusal.code})
    except MemoryError:
        _send({"refused": "too-heavy"})
    except Exception:
        _send({"refused": "damaged"})
    else:
        _send({"done": True})


if __name__ == "__main__":
    main()
