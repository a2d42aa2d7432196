"""Draws one illustration. Imported by the drawing processes, so nothing of Django comes with it."""

from io import BytesIO
from typing import Any

from PIL import Image

#: The long edge of a drawing, in pixels: the widest derivative needs no more.
DRAWN_EDGE = 2400
JPEG_QUALITY = 92


def drawn(photo: dict[str, Any], long_edge: int) -> bytes:
    """The JPEG of one illustration. Those marked `full_size` are enlarged to all their pixels, when drawn at full
    edge: only their size matters, and nobody waits for a motif of 48 megapixels."""
    from home.demo.illustrations import draw  # many modules, which only drawing needs

    full = photo["width_px"], photo["height_px"]
    scale = min(1.0, long_edge / max(full))
    size = max(1, round(full[0] * scale)), max(1, round(full[1] * scale))
    wanted = photo["placeholder"]
    image = draw(wanted["motif"], size=size, palette=wanted["palette"], seed=wanted["seed"])
    if wanted.get("full_size") and long_edge >= DRAWN_EDGE:
        image = image.resize(full, Image.Resampling.BICUBIC)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=JPEG_QUALITY)
    return buffer.getvalue()
