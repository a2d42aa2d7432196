"""Small photographs, each made once."""

import functools
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(width: int = 120, height: int = 80, *, tone: int = 0) -> Image.Image:
    """A gradient, so that no two corners are alike and rotations show. `tone` makes another picture."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, Image.new("L", (width, height), tone % 256)))


@functools.cache
def jpeg(width: int = 120, height: int = 80, *, tone: int = 0, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture(width, height, tone=tone).save(buffer, "JPEG", quality=90, **options)
    return buffer.getvalue()


def upload(data: bytes | None = None, name: str = "IMG_0001.jpg", mime: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg() if data is None else data, content_type=mime)


@functools.cache
def turned(data: bytes) -> bytes:
    """Upside down: another picture by every mark of likeness."""
    buffer = io.BytesIO()
    Image.open(io.BytesIO(data)).transpose(Image.Transpose.ROTATE_180).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


@functools.cache
def saved_again(data: bytes, *, quality: int = 60, **options: object) -> bytes:
    """A copy as another program would save it: other bytes, nearly the same pixels."""
    buffer = io.BytesIO()
    Image.open(io.BytesIO(data)).save(buffer, "JPEG", quality=quality, **options)
    return buffer.getvalue()


def with_comment(data: bytes, comment: bytes = b"another program was here") -> bytes:
    """The same pixels in another file: a comment put in right after the first marker."""
    return data[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + data[2:]
