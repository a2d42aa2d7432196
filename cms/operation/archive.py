"""What a backup is: one tar of the database, every private file, and at the end a manifest that vouches for both.

It is written beside its name and renamed when it is whole and on the disk, so whatever has the name is complete.
"""

import fcntl
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

FORMAT = 1
DATABASE, FILES, MANIFEST = "database", "private/", "manifest.json"
PIECE = 1024 * 1024


class NotABackup(Exception):
    """The file is not a whole backup of ours. The message says what is wrong."""


class IsBeingWritten(OSError):
    """By another process, to the same name."""


class _Hashed:
    """Reads along, and says afterwards what went through."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.digest.update(data)
        return data


class Writer:
    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.checksums: dict[str, str] = {}

    def add(self, name: str, size: int, stream: IO[bytes], *, at: float) -> None:
        """Raises `OSError` when the stream is shorter than `size` bytes."""
        about = tarfile.TarInfo(name)
        about.size, about.mtime, about.mode = size, int(at), 0o600
        hashed = _Hashed(stream)
        self.tar.addfile(about, cast(IO[bytes], hashed))
        self.checksums[name] = hashed.digest.hexdigest()

    def add_manifest(self, facts: dict[str, Any], *, at: float) -> None:
        data = json.dumps({"format": FORMAT, **facts, "checksums": self.checksums}).encode()
        self.add(MANIFEST, len(data), io.BytesIO(data), at=at)


@contextmanager
def writing(path: Path) -> Iterator[tuple[Writer, Path]]:
    """Gives a file beside it, too, for something large on its way there. A disk that fails leaves neither, and what
    a process that was killed has left is overwritten. Raises `IsBeingWritten`."""
    half, aside = (path.with_name(f".{path.name}.{what}") for what in ("half", "database"))
    with _alone(half) as written:
        try:
            os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
            with tarfile.open(fileobj=written, mode="w:", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar), aside
            written.flush()
            os.fsync(written.fileno())
            half.replace(path)
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
        finally:
            aside.unlink(missing_ok=True)


@contextmanager
def _alone(file: Path) -> Iterator[IO[bytes]]:
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "wb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.path.samestat(os.fstat(opened.fileno()), file.stat()):  # it has just got the backup's name
                raise BlockingIOError
        except (BlockingIOError, FileNotFoundError) as problem:
            raise IsBeingWritten("Another process is writing a backup of this name.") from problem
        opened.truncate()
        yield opened


def read_manifest(path: Path) -> dict[str, Any]:
    """Reads all of it and compares every checksum. Raises `NotABackup` or `OSError`."""
    seen: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        for name, stream in each_member(path):
            if manifest is not None:
                raise NotABackup("Something stands behind its manifest.")
            if name == MANIFEST:
                manifest = json.loads(stream.read())
            else:
                seen[name] = _digest(stream)
    except (tarfile.TarError, ValueError, EOFError) as problem:
        raise NotABackup(f"It cannot be read to its end ({type(problem).__name__}): it is damaged.") from problem
    if not isinstance(manifest, dict) or not isinstance(manifest.get("checksums"), dict):
        raise NotABackup("It has no manifest: it is no backup of this site, or its end is missing.")
    if manifest.get("format") != FORMAT:
        raise NotABackup("It was made by a version of the site that writes backups in another way.")
    promised = manifest["checksums"]
    if wrong := sorted(name for name in seen.keys() | promised.keys() if seen.get(name) != promised.get(name)):
        raise NotABackup(f"{len(wrong)} of its files are not as they were written, {wrong[0]} among them.")
    return manifest


def each_member(path: Path) -> Generator[tuple[str, IO[bytes]], None, None]:
    """Name and bytes, in order. Each must be read before the next is asked for."""
    with tarfile.open(path, "r:") as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isfile() else None
            if stream is None:
                raise NotABackup(f"{member.name} is not a file.")
            yield member.name, stream


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := stream.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()
