"""Everything in public storage: each feature says what it has there, makes it again, and what no row names goes."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from django.core.files.storage import Storage, storages
from django.utils import timezone

from cms.changes.recording import tell
from cms.core.addresses import absolute_media_url
from cms.core.storage import STORAGE_PROBLEMS
from cms.images import library
from cms.images.models import PortalImage, PortalRendition
from cms.images.refusal import PhotoRefused
from cms.jobs.periodic import Turn, every_round
from cms.operation.files import modified_at, walk

#: A folder is filled before a row names it, or named before it is filled; nobody takes so long over one.
FILLED_WITHIN = dt.timedelta(hours=2)
#: The timer looks at a part of public storage so often, so that listing a large bucket costs little.
LOOK_EVERY = dt.timedelta(minutes=10)
AT_ONCE = 200


class Made(NamedTuple):
    """What came of making public files: how many pictures have new ones, and which could not be made, in words."""

    number: int
    failed: list[str]


Maker = TypeVar("Maker", bound=Callable[..., Made])
Naming = TypeVar("Naming", bound=Callable[[list[str]], set[str]])
_makers: dict[str, Callable[..., Made]] = {}
_owners: dict[str, tuple[int, Callable[[list[str]], set[str]]]] = {}


def makes_public_files(what: str) -> Callable[[Maker], Maker]:
    """The function makes files again, all of them or with `missing=True` those that are not there. One picture that
    cannot be made keeps no other from being made."""

    def register(make: Maker) -> Maker:
        _makers[what] = make
        return make

    return register


def names_public_files(top: str, *, depth: int) -> Callable[[Naming], Naming]:
    """The function is given places `depth` below `top`, folders or files, and returns those that rows name."""

    def register(naming: Naming) -> Naming:
        _owners[top] = depth, naming
        return naming

    return register


def make_all(*, missing: bool) -> Iterator[tuple[str, Made]]:
    for what, make in _makers.items():
        yield what, make(missing=missing)


def are_there(keys: Iterable[str]) -> bool:
    """All these files, which lie in one folder each picture."""
    wanted = set(keys)
    there: set[str] = set()
    for folder in {key.rpartition("/")[0] for key in wanted}:
        there |= set(walk(storages["public"], folder))
    return bool(wanted) and wanted <= there


# --- What no row names


@every_round("public files without a row", Turn.FORGET)
def sweep_a_part(now: dt.datetime) -> int:
    """A part every ten minutes, chosen by the clock: whichever process tends then, all parts have their turn."""
    minutes = int(now.timestamp() // 60)
    every = LOOK_EVERY // dt.timedelta(minutes=1)
    return 0 if minutes % every else sweep(now=now, part=minutes // every)


def sweep(*, now: dt.datetime, part: int | None = None, filled_within: dt.timedelta = FILLED_WITHIN) -> int:
    """Deletes what nobody names and nobody can still be filling. All of it, or the part with this number."""
    storage = storages["public"]
    return sum(_sweep(storage, top, now, part, filled_within) for top in sorted(_owners))


def _sweep(storage: Storage, top: str, now: dt.datetime, part: int | None, filled_within: dt.timedelta) -> int:
    depth, naming = _owners[top]
    first = sorted(_list(storage, top))
    parts = [first[begin : begin + AT_ONCE] for begin in range(0, len(first), AT_ONCE)]
    if part is not None and parts:
        parts = [parts[part % len(parts)]]
    swept = 0
    for some in parts:
        places = some if depth == 1 else [place for one in some for place in _list(storage, one)]
        named = naming(places)  # asked after looking: what is named before it is filled is never missed
        swept += sum(_remove(storage, place, now - filled_within) for place in places if place not in named)
    return swept


def _list(storage: Storage, folder: str) -> list[str]:
    try:
        folders, names = storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [f"{folder}/{name}" for name in (*folders, *names) if name]


def _remove(storage: Storage, place: str, cutoff: dt.datetime) -> bool:
    files = list(walk(storage, place)) or [place]  # some S3 servers go on listing a folder when it is empty
    times = [time for file in files if (time := modified_at(storage, file)) is not None]
    if not times or max(times) > cutoff:
        return False
    for file in files:
        storage.delete(file)
    tell([absolute_media_url(file) for file in files], now=timezone.now())
    if files != [place] and hasattr(storage, "base_location"):  # on a disk the folder is something of its own
        storage.delete(place)
    return True


# --- The editors' library


@names_public_files(library.FOLDER, depth=1)
def _ladders(places: list[str]) -> set[str]:
    every = PortalImage.objects.only("sources").iterator()
    return {key.rpartition("/")[0] for image in every for key in image.sources.keys}


@names_public_files("renditions", depth=1)
def _renditions(places: list[str]) -> set[str]:
    return set(PortalRendition.objects.filter(file__in=places).values_list("file", flat=True))


@makes_public_files("library pictures")
def make_library(*, missing: bool) -> Made:
    """Renditions are made when somebody asks for them, so those that are not there are forgotten."""
    done, failed = 0, []
    for image in PortalImage.objects.order_by("pk").iterator():
        if missing and are_there(image.sources.keys):
            continue
        try:
            library.make_ladder(image_id=image.pk, anew=True)
            done += 1
        except (PhotoRefused, *STORAGE_PROBLEMS) as problem:
            failed.append(f"library picture {image.pk} ({type(problem).__name__})")
            if missing:  # pages show nothing in its place, and the timer tries again
                PortalImage.objects.filter(pk=image.pk).update(sources=[], made_key="")
    for rendition in PortalRendition.objects.iterator():
        if not missing or not storages["public"].exists(rendition.file.name):
            rendition.delete()
    return Made(done, failed)
