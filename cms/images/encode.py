"""One decode, many outputs. Everything here works in the bounded process and hands back finished bytes.

The ladder runs bounded too, though its file was validated: decoders get new bugs after old uploads, and the
worker gets its memory back after every picture.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any

from cms.images import formats
from cms.images.credit import Credit
from cms.images.sandbox import client


@dataclass(frozen=True, slots=True)
class Encoded:
    """One finished file. Sizes are upright pixels."""

    mime: str
    width: int
    height: int
    data: bytes


def ladder(file: IO[bytes], *, credit: Credit) -> Iterator[Encoded]:
    """AVIF and JPEG at each rung's width, largest first, each with the credit. Raises PhotoRefused."""
    yield from _run(file, {"job": "ladder", "credit": asdict(credit)}, formats.BACKGROUND)


def preview(file: IO[bytes], long_edge: int = formats.PREVIEW_LONG_EDGE) -> bytes:
    """A JPEG for private eyes, with no metadata at all. Raises PhotoRefused."""
    (result,) = _run(file, {"job": "preview", "long_edge": long_edge}, formats.BACKGROUND)
    return result.data


def render(
    file: IO[bytes],
    *,
    crop: tuple[int, int, int, int],
    size: tuple[int, int],
    mime: str,
    credit: Credit,
    quality: int | None = None,
) -> Encoded:
    """The part `crop` (left, top, right, bottom in full upright pixels) at `size`. Raises PhotoRefused."""
    job = {"job": "render", "crop": crop, "size": size, "mime": mime, "quality": quality}
    (result,) = _run(file, {**job, "credit": asdict(credit)}, formats.ENCODING)
    return result


def _run(file: IO[bytes], job: dict[str, Any], allowance: formats.Allowance) -> Iterator[Encoded]:
    for facts, data in client.run(file, job, allowance):
        yield Encoded(data=data, **facts)
