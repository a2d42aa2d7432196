"""The items of an ISO base media file (ISO/IEC 23008-12): what they are, where they lie, what is said of each."""

import struct
from collections.abc import Iterator

from cms.images import formats
from cms.images.headers.header import Data
from cms.images.refusal import PhotoRefused

MAX_DEPTH = 4


class Items:
    """The `meta` box between `start` and `end`. Raises PhotoRefused, or struct.error where it is malformed."""

    def __init__(self, data: Data, start: int, end: int) -> None:
        self.data = data
        self.primary = 0
        self.kinds: dict[int, bytes] = {}
        self._idat = 0
        self._sources: dict[int, list[int]] = {}
        self._properties: list[tuple[bytes, int]] = []
        self._said: dict[int, list[int]] = {}
        self._places: dict[int, list[tuple[int, int, int]]] = {}
        readers = {
            b"pitm": self._read_primary,
            b"iinf": self._read_kinds,
            b"iref": self._read_references,
            b"iprp": self._read_properties,
            b"iloc": self._read_places,
        }
        for kind, body, body_end in boxes(data, start, end):
            if kind == b"idat":
                self._idat = body
            elif kind in readers:
                readers[kind](body, body_end)

    def sizes(self) -> Iterator[tuple[int, int]]:
        """Every size that any item has."""
        for name, body in self._properties:
            if name == b"ispe":
                yield struct.unpack_from(">II", self.data, body + 4)

    def properties(self, item: int, wanted: bytes) -> Iterator[int]:
        """Where the bodies of an item's properties of this name begin."""
        for index in self._said.get(item, ()):
            if 0 < index <= len(self._properties) and self._properties[index - 1][0] == wanted:
                yield self._properties[index - 1][1]

    def parts(self) -> list[int]:
        """The picture that is shown, and whatever it is put together from."""
        found = fresh = [self.primary]
        for _ in range(MAX_DEPTH):
            fresh = [part for item in fresh for part in self._sources.get(item, ()) if part not in found]
            found = found + list(dict.fromkeys(fresh))
        return found

    def extents(self, item: int) -> Iterator[tuple[int, int]]:
        """(start, end) of each piece of an item's bytes in the file."""
        for method, start, length in self._places.get(item, ()):
            if method in (0, 1):
                begin = start + (self._idat if method else 0)
                yield begin, begin + length if length else len(self.data)

    @property
    def is_see_through(self) -> bool:
        """Whether there is an alpha picture, of whichever item."""
        return any(
            name == b"auxC" and b"alpha" in bytes(self.data[body : body + 64]) for name, body in self._properties
        )

    def word(self, position: int) -> bytes:
        return bytes(self.data[position : position + 4])

    def _read_primary(self, body: int, end: int) -> None:
        (self.primary,) = struct.unpack_from(">I" if self.data[body] else ">H", self.data, body + 4)

    def _read_kinds(self, body: int, end: int) -> None:
        for kind, entry, _ in boxes(self.data, body + (8 if self.data[body] else 6), end):
            if kind == b"infe" and self.data[entry] >= 2:
                wide = self.data[entry] > 2
                (item,) = struct.unpack_from(">I" if wide else ">H", self.data, entry + 4)
                self.kinds[item] = self.word(entry + (10 if wide else 8))

    def _read_references(self, body: int, end: int) -> None:
        code = "I" if self.data[body] else "H"
        for kind, entry, _ in boxes(self.data, body + 4, end):
            if kind == b"dimg":
                item, count = struct.unpack_from(f">{code}H", self.data, entry)
                place = entry + struct.calcsize(f">{code}H")
                self._sources[item] = list(struct.unpack_from(f">{count}{code}", self.data, place))

    def _read_properties(self, body: int, end: int) -> None:
        for container, inner, inner_end in boxes(self.data, body, end):
            if container == b"ipco":
                self._properties += [(name, place) for name, place, _ in boxes(self.data, inner, inner_end)]
            elif container == b"ipma":
                self._read_associations(inner)

    def _read_associations(self, body: int) -> None:
        wide_items, wide_indexes = self.data[body] > 0, self.data[body + 3] & 1
        (count,) = struct.unpack_from(">I", self.data, body + 4)
        position = body + 8
        for _ in range(_bounded(count)):
            (item,) = struct.unpack_from(">I" if wide_items else ">H", self.data, position)
            position += 4 if wide_items else 2
            number = self.data[position]
            indexes = struct.unpack_from(f">{number}{'H' if wide_indexes else 'B'}", self.data, position + 1)
            self._said.setdefault(item, []).extend(index & (0x7FFF if wide_indexes else 0x7F) for index in indexes)
            position += 1 + number * (2 if wide_indexes else 1)

    def _read_places(self, body: int, end: int) -> None:
        version = self.data[body]
        sizes, more = self.data[body + 4], self.data[body + 5]
        offset_size, length_size, base_size = sizes >> 4, sizes & 15, more >> 4
        index_size = more & 15 if version else 0
        code = ">I" if version == 2 else ">H"
        (count,) = struct.unpack_from(code, self.data, body + 6)
        position = body + 6 + struct.calcsize(code)
        for _ in range(_bounded(count)):
            (item,) = struct.unpack_from(code, self.data, position)
            position += struct.calcsize(code)
            method = struct.unpack_from(">H", self.data, position)[0] & 15 if version else 0
            position += 4 if version else 2  # and the number of another file it may lie in
            base, position = self._number(position, base_size)
            (pieces,) = struct.unpack_from(">H", self.data, position)
            position += 2
            for _ in range(_bounded(pieces)):
                position += index_size
                offset, position = self._number(position, offset_size)
                length, position = self._number(position, length_size)
                self._places.setdefault(item, []).append((method, base + offset, length))

    def _number(self, position: int, size: int) -> tuple[int, int]:
        if position + size > len(self.data):
            raise PhotoRefused.because("truncated")
        return int.from_bytes(self.data[position : position + size], "big"), position + size


def _bounded(count: int) -> int:
    if count > formats.MAX_PARTS:
        raise PhotoRefused.because("cluttered")
    return count


def boxes(data: Data, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(kind, start and end of the body) of each box; a box that runs past the end means a cut file."""
    position = start
    for _ in range(formats.MAX_PARTS):
        if position + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", data, position)
        body = position + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, body)
            body += 8
        elif size == 0:
            size = end - position
        if size < body - position or position + size > end:
            raise PhotoRefused.because("truncated")
        yield kind, body, position + size
        position += size
    raise PhotoRefused.because("cluttered")
